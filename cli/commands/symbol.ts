import type { Library } from "../../finder/library.ts";
import { type SymbolCommit, symbolHistory } from "../../finder/symbol.ts";
import { symbolName } from "../../kernel/crash/symbol.ts";
import { KfixError } from "../../kernel/error.ts";
import { runBatch } from "../batch.ts";
import {
  BATCH,
  CACHE_DIR,
  type CommandDefinition,
  type Invocation,
  isSet,
  JSON_OUTPUT,
  textOption,
} from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { openLibrary } from "../open-library.ts";
import { dateText } from "../output/fix-text.ts";
import { symbolCommitJson } from "../output/json.ts";
import { print, printJson } from "../output/print.ts";
import { type Paint, sanitize } from "../output/terminal.ts";
import { needWords } from "../words.ts";

export const symbol: CommandDefinition = {
  name: "symbol",
  summary: "what happened to this function",
  description:
    "Lists the commits that touched a function, a structure or a variable, newest first, and marks the fixes among them.\n" +
    "Takes what people paste: func+0x1b/0x60 [mod], struct foo, SYSCALL_DEFINE3(read, __x64_sys_read, foo.isra.0.",
  arguments: [{ name: "[name...]", help: "the symbol, as pasted" }],
  options: [
    { flags: "--fixes", help: "only commits that are fixes by their own words" },
    { flags: "-n, --limit <number>", help: "commits to show (50; 0: all)" },
    JSON_OUTPUT,
    BATCH,
    CACHE_DIR,
  ],
  examples: [
    { command: "kfix symbol pick_next_task_fair", says: "the history of a function" },
    { command: "kfix symbol --fixes 'tcp_v4_rcv+0x1b/0x60'", says: "only fixes, the name as a trace has it" },
  ],
  run,
};

async function run(input: Invocation): Promise<number> {
  const library = openLibrary(input);
  if (isSet(input, "batch"))
    return runBatch(input.io, (record) =>
      answerJson(record.required("name"), history(library, input, record.required("name"))),
    );
  const name = needWords(input, "a function, struct foo, or a line of a trace").join(" ");
  const commits = history(library, input, name);
  if (isSet(input, "json")) printJson(input.io, answerJson(name, commits));
  else await print(input.io, (paint) => commits.map((found) => commitLine(found, paint)).join("\n"));
  return EXIT.found;
}

/** Throws `not-found` when no commit touched the symbol. */
function history(library: Library, input: Invocation, pasted: string): SymbolCommit[] {
  const name = symbolName(pasted);
  const commits = symbolHistory(library, name).filter((found) => !isSet(input, "fixes") || found.isFix);
  if (commits.length === 0) {
    throw new KfixError("not-found", `no indexed commit touches ${name}`, {
      hint: "check the spelling; kfix status shows which history is indexed, and whether with its hunks",
    });
  }
  const limit = Number(textOption(input, "limit") ?? 50);
  return limit > 0 ? commits.slice(0, limit) : commits;
}

function answerJson(name: string, commits: readonly SymbolCommit[]): Record<string, unknown> {
  return {
    schema: "kfix.symbol/1",
    name: symbolName(name),
    definitions: [],
    commits: commits.map(symbolCommitJson),
  };
}

function commitLine(found: SymbolCommit, paint: Paint): string {
  const { commit, release, isFix } = found;
  const mark = isFix ? paint("green", "fix") : "   ";
  return `${paint("yellow", commit.sha.slice(0, 12))} ${dateText(commit.authorTime)} ${(release ?? "unreleased").padEnd(12)} ${mark} ${sanitize(commit.subject)}`;
}
