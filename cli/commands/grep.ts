import { existsSync, statSync } from "node:fs";
import { ripgrepPath } from "../../finder/ripgrep.ts";
import { architecturesFor } from "../../finder/trees.ts";
import { startProgram } from "../../indexer/start-program.ts";
import { KfixError } from "../../kernel/error.ts";
import { foreignPatterns } from "../../kernel/source/architectures.ts";
import { type CommandDefinition, type Invocation, isSet, JSON_OUTPUT, textOption } from "../definition.ts";
import { grepJson } from "../output/grep-json.ts";
import { isColoured, sanitizeLines, sanitizeStyled } from "../output/terminal.ts";
import { ARCH, openTrees, TREE } from "../tree-options.ts";
import { needWords } from "../words.ts";

export const grep: CommandDefinition = {
  name: "grep",
  summary: "search a source tree's text, without other architectures",
  description:
    "Runs ripgrep over a tree, with what cannot be built for the architecture left out. All that follows -- goes to\n" +
    "ripgrep as it is: its own flags, and folders of the tree.",
  arguments: [
    { name: "[pattern...]", help: "the regular expression; behind --: ripgrep's own flags and paths" },
  ],
  options: [TREE, ARCH, JSON_OUTPUT],
  examples: [
    { command: "kfix grep 'unable to handle kernel' -- -i", says: "whatever the case" },
    {
      command: "kfix grep 'EXPORT_SYMBOL.*skb' --tree linux-6.1 -- -l net/core",
      says: "file names, in one folder",
    },
  ],
  run,
};

/** Gives ripgrep's own status: 0 found, 1 nothing, 2 it refused. */
async function run(input: Invocation): Promise<number> {
  const [pattern = "", ...flags] = needWords(input, "a regular expression");
  const asked = textOption(input, "tree");
  const { facts } = await openTrees(input).definitionStore(asked);
  if (!existsSync(facts.root) || !statSync(facts.root).isDirectory()) {
    throw new KfixError("not-indexed", `the source of the tree ${facts.name} is gone: ${facts.root}`, {
      hint: `add it again, or forget it with: kfix source remove ${facts.name}`,
    });
  }
  const left = foreignPatterns(architecturesFor(facts, textOption(input, "arch"))).flatMap((glob) => [
    "-g",
    `!${glob}`,
  ]);
  const hasPath = flags.some((flag) => !flag.startsWith("-") && existsSync(`${facts.root}/${flag}`));
  const colour = isColoured(input.io) ? "always" : "never";
  const args = [
    "--no-config",
    "--no-ignore",
    "--sort=path",
    `--color=${colour}`,
    ...left,
    ...flags,
    "-e",
    pattern,
  ];
  const words = [...args, ...(hasPath ? [] : ["./"])];
  const plain = input.io.stdout.isTTY ? shownLines : plainLines;
  if (!isSet(input, "json")) return ripgrepStatus(facts.root, words, input.io, plain);
  return ripgrepStatus(facts.root, ["--json", ...words], input.io, grepJson({ pattern, tree: facts.name }));
}

/** What becomes of ripgrep's output: of whole lines, and at the end by its status. */
export interface OutputFilter {
  readonly lines: (lines: readonly string[]) => string;
  readonly end: (status: number) => string;
}

const plainLines: OutputFilter = {
  lines: (lines) => lines.map((line) => `${plainPath(line)}\n`).join(""),
  end: () => "",
};

/** For a terminal, which must not obey what a file says; a pipe gets the bytes as they are. */
const shownLines: OutputFilter = {
  lines: (lines) => lines.map((line) => `${sanitizeStyled(plainPath(line), true)}\n`).join(""),
  end: () => "",
};

async function ripgrepStatus(
  folder: string,
  args: readonly string[],
  io: Invocation["io"],
  filter: OutputFilter,
): Promise<number> {
  const child = await startProgram(ripgrepPath(), args, { cwd: folder });
  child.stdin.end();
  return new Promise((resolve) => {
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const end = text.lastIndexOf("\n");
      if (end === -1) {
        rest += text; // of a line that goes on nothing is looked at twice
        return;
      }
      const lines = (rest + text.slice(0, end)).split("\n");
      rest = text.slice(end + 1);
      if (!io.stdout.write(filter.lines(lines))) {
        child.stdout.pause();
        io.stdout.once("drain", () => child.stdout.resume());
      }
    });
    child.stderr.on("data", (text: Buffer) => io.stderr.write(sanitizeLines(text.toString("utf8"))));
    child.on("close", (status) => {
      const code = status ?? 2;
      io.stdout.write(`${rest === "" ? "" : filter.lines([rest])}${filter.end(code)}`);
      resolve(code);
    });
  });
}

/** `./kernel/fork.c:12:` as a path of the tree. */
function plainPath(line: string): string {
  return line.replace(DOT_SLASH, "$1");
}

/** With the colours that stand before it. */
const DOT_SLASH = new RegExp(`^((?:${String.fromCharCode(27)}\\[[\\d;]*m)*)\\./`);
