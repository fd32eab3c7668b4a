import { findMessages, type MessageMatch } from "../../finder/message.ts";
import { architecturesFor, type Trees } from "../../finder/trees.ts";
import { KfixError } from "../../kernel/error.ts";
import type { MessageAnswerJson } from "../answers/message.ts";
import { runBatch } from "../batch.ts";
import {
  BATCH,
  type BatchAnswer,
  type CommandDefinition,
  type Invocation,
  type Io,
  isSet,
  JSON_OUTPUT,
  textOption,
} from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { messageText, withMacros } from "../output/message-text.ts";
import { print, printJson } from "../output/print.ts";
import { stopwatch, timed } from "../output/verbose.ts";
import { ARCH, openTrees, TREE } from "../tree-options.ts";
import { needWords } from "../words.ts";

export const message: CommandDefinition = {
  name: "message",
  summary: "who prints this line",
  description:
    "Finds the call that prints a line of the kernel log, though the source has it with conversions (%s, %pI4), behind\n" +
    "pr_fmt or a device's name, or in pieces that several calls print. Each piece is shown with its line.",
  arguments: [{ name: "[line...]", help: "the line, as the log has it" }],
  options: [TREE, ARCH, { flags: "-n, --limit <number>", help: "places to show (5)" }, JSON_OUTPUT, BATCH],
  examples: [
    {
      command: 'kfix message "BUG: unable to handle kernel NULL pointer dereference at 0000000000000078"',
      says: "printed in three pieces by arch/x86/mm/fault.c",
    },
    {
      command: "kfix message --tree linux-6.1 'e1000e 0000:03:00.0 eth0: Hardware Error'",
      says: "a driver's line, device and all",
    },
  ],
  run,
  batch: {
    fields: [
      { name: "line", help: "a line of the kernel log", required: true },
      { name: "arch", help: "an architecture as uname -m names it, or all", required: false },
      { name: "tree", help: "an indexed tree, or a folder with a kernel's source", required: false },
    ],
    open: openBatch,
  },
};

function openBatch(input: Invocation): BatchAnswer {
  const trees = openTrees(input);
  const limit = limitOf(input);
  return async (record) => {
    const { json } = await answer(input.io, trees, record.required("line"), {
      tree: record.optional("tree") ?? textOption(input, "tree"),
      arch: record.optional("arch") ?? textOption(input, "arch"),
      limit,
    });
    return json;
  };
}

async function run(input: Invocation): Promise<number> {
  if (isSet(input, "batch")) return runBatch(input.io, openBatch(input));
  const trees = openTrees(input);
  const shown = { tree: textOption(input, "tree"), arch: textOption(input, "arch"), limit: limitOf(input) };
  const line = needWords(input, "a line of the kernel log").join(" ");
  const { matches, json } = await answer(input.io, trees, line, shown);
  if (isSet(input, "json")) printJson(input.io, json);
  else if (matches.length === 0) {
    throw new KfixError("not-found", `no printing call in the tree ${json.tree} fits this line`, {
      hint: "give the whole line, or only what the kernel wrote; another tree with --tree, all architectures with --arch all; what was put together before it was printed: kfix grep",
    });
  } else {
    await print(input.io, (paint) => matches.map((match) => messageText(match, paint)).join("\n"));
    if (matches.every(({ score }) => score < WEAK) && !input.io.settings.quiet) input.io.stderr.write(DOUBT);
  }
  return matches.length > 0 ? EXIT.found : EXIT.none;
}

async function answer(
  io: Io,
  trees: Trees,
  line: string,
  options: { tree: string | undefined; arch: string | undefined; limit: number },
): Promise<{ matches: readonly MessageMatch[]; json: MessageAnswerJson }> {
  const opened = stopwatch(io);
  const tree = await trees.messageStore(options.tree, line);
  opened(`opened the tree ${tree.facts.name} in ${tree.facts.root}`);
  const architectures = architecturesFor(tree.facts, options.arch);
  const matches = timed(io, "looked for what prints the line", () =>
    findMessages(tree, line, { architectures, limit: options.limit }),
  );
  const json: MessageAnswerJson = {
    schema: "kfix.message/1",
    line,
    tree: tree.facts.name,
    matches: matches.map((match) => matchJson(match, tree.facts.name)),
  };
  return { matches, json };
}

function matchJson(match: MessageMatch, tree: string): MessageAnswerJson["matches"][number] {
  return {
    path: match.path,
    line: match.line,
    function: match.function ?? null,
    format: withMacros(match.format),
    macro: match.macro,
    level: match.level ?? null,
    arch: match.arch ?? null,
    score: match.score,
    tree,
    pieces: match.pieces.map((piece) => ({ ...piece, format: withMacros(piece.format) })),
  };
}

/** Of 202 lines whose place is known and came first, none had less (docs/trees.md). */
const WEAK = 0.15;
const DOUBT =
  "kfix: hardly any of this line is a text of these places: they may pass on what another says, who was not found\n      look for its words: kfix grep\n";

function limitOf(input: Invocation): number {
  const limit = Number(textOption(input, "limit") ?? 5);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new KfixError("usage", "--limit takes a number from 1 to 1000");
  return limit;
}
