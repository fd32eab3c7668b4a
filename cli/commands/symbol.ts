import { type DefinitionStore, type FoundDefinition, findDefinitions } from "../../finder/definition.ts";
import { hasHistory, type Library } from "../../finder/library.ts";
import { type SymbolCommit, symbolHistory } from "../../finder/symbol.ts";
import { architecturesFor, type Trees } from "../../finder/trees.ts";
import { isSymbol, symbolName } from "../../kernel/crash/symbol.ts";
import { KfixError } from "../../kernel/error.ts";
import type { Maintainers } from "../../kernel/source/maintainers.ts";
import type { SymbolAnswerJson } from "../answers/symbol.ts";
import { runBatch } from "../batch.ts";
import {
  BATCH,
  type BatchAnswer,
  type CommandDefinition,
  type Invocation,
  isSet,
  JSON_OUTPUT,
  textOption,
} from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { foldersOf, openLibrary } from "../open-library.ts";
import { dateText } from "../output/fix-text.ts";
import { maintainersJson, symbolCommitJson } from "../output/json.ts";
import { maintainerLines } from "../output/location-text.ts";
import { print, printJson } from "../output/print.ts";
import { type Paint, sanitize } from "../output/terminal.ts";
import { stopwatch, timed } from "../output/verbose.ts";
import { type Age, ageOf } from "../stale-note.ts";
import { ARCH, openTrees, TREE } from "../tree-options.ts";
import { needWords } from "../words.ts";

export const symbol: CommandDefinition = {
  name: "symbol",
  summary: "where a function is defined, and what happened to it",
  description:
    "Shows where a function, a structure or a macro is defined for an architecture, in the indexed source trees, and\n" +
    "lists the commits that touched a function, a structure or a variable, newest first, and marks the fixes among them.\n" +
    "Takes what people paste: func+0x1b/0x60 [mod], struct foo, SYSCALL_DEFINE3(read, __x64_sys_read, foo.isra.0.",
  arguments: [{ name: "[name...]", help: "the symbol, as pasted" }],
  options: [
    TREE,
    ARCH,
    { flags: "--fixes", help: "only commits that are fixes by their own words" },
    { flags: "-n, --limit <number>", help: "commits to show (50; 0: all)" },
    JSON_OUTPUT,
    BATCH,
  ],
  examples: [
    { command: "kfix symbol pick_next_task_fair", says: "the history of a function" },
    { command: "kfix symbol --fixes 'tcp_v4_rcv+0x1b/0x60'", says: "only fixes, the name as a trace has it" },
  ],
  run,
  batch: {
    fields: [
      { name: "name", help: "the symbol, as pasted", required: true },
      { name: "arch", help: "an architecture as uname -m names it, or all", required: false },
      { name: "tree", help: "an indexed tree, or a folder with a kernel's source", required: false },
    ],
    open: openBatch,
  },
};

function openBatch(input: Invocation): BatchAnswer {
  const sources = openSources(input);
  const age = ageOf(foldersOf(input));
  return async (record) =>
    answerJson(
      age,
      await answer(sources, input, record.required("name"), {
        tree: record.optional("tree") ?? textOption(input, "tree"),
        arch: record.optional("arch") ?? textOption(input, "arch"),
      }),
    );
}

async function run(input: Invocation): Promise<number> {
  if (isSet(input, "batch")) return runBatch(input.io, openBatch(input));
  const sources = openSources(input);
  const name = needWords(input, "a function, struct foo, or a line of a trace").join(" ");
  const found = await answer(sources, input, name, {
    tree: textOption(input, "tree"),
    arch: textOption(input, "arch"),
  });
  if (isSet(input, "json")) printJson(input.io, answerJson(ageOf(foldersOf(input)), found));
  else await print(input.io, (paint) => symbolText(found, paint));
  return EXIT.found;
}

/** What there is to answer from: a history, trees, or both. */
interface Sources {
  readonly library: Library | undefined;
  readonly trees: Trees;
}

interface Answer {
  readonly maintainers: readonly Maintainers[];
  readonly name: string;
  readonly tree: string | undefined;
  readonly definitions: readonly FoundDefinition[];
  readonly commits: readonly SymbolCommit[];
}

/** Throws `not-indexed` when there is neither a history nor a tree. */
function openSources(input: Invocation): Sources {
  const trees = openTrees(input);
  try {
    const library = openLibrary(input);
    return { library: hasHistory(library) ? library : undefined, trees };
  } catch (error) {
    const asked = isSet(input, "batch") || textOption(input, "tree") !== undefined;
    const missing = error instanceof KfixError && error.code === "not-indexed";
    if (missing && (asked || trees.names().length > 0)) return { library: undefined, trees };
    throw error;
  }
}

/** Throws `bad-input` for what is no name, and `not-found` when nothing defines the symbol and no commit touched it. */
async function answer(
  { library, trees }: Sources,
  input: Invocation,
  pasted: string,
  place: { tree: string | undefined; arch: string | undefined },
): Promise<Answer> {
  if (!isSymbol(pasted)) {
    throw new KfixError(
      "bad-input",
      `${pasted.slice(0, 200).trim()} is no name of a function, type or macro`,
      {
        hint: "give the name alone: tcp_v4_rcv, struct rq, or a line of a trace",
      },
    );
  }
  const name = symbolName(pasted);
  const wanted = place.tree !== undefined || trees.names().length > 0;
  const done = stopwatch(input.io);
  const store = wanted ? await trees.definitionStore(place.tree) : undefined;
  const definitions = store ? findDefinitions(store, pasted, architecturesFor(store.facts, place.arch)) : [];
  if (store) done(`looked for definitions in the tree ${store.facts.name} in ${store.facts.root}`);
  const limit = Number(textOption(input, "limit") ?? 50);
  const wish = { fixesOnly: isSet(input, "fixes"), ...(limit > 0 ? { limit } : {}) };
  const commits = library
    ? timed(input.io, `looked for commits that touch ${name}`, () => symbolHistory(library, name, wish))
    : [];
  if (definitions.length > 0 || commits.length > 0)
    return { name, tree: store?.facts.name, definitions, commits, maintainers: writeTo(store, definitions) };
  throw new KfixError("not-found", notFound(name, store?.facts.name, library !== undefined), {
    hint: [
      "check the spelling",
      ...(store === undefined ? [] : [NOT_HELD]),
      "kfix status shows which history and trees are indexed, and whether with hunks",
    ].join("; "),
  });
}

/** Whom to write to about the symbol, when it is in one place. */
function writeTo(store: DefinitionStore | undefined, definitions: readonly FoundDefinition[]): Maintainers[] {
  const paths = [...new Set(definitions.map((one) => one.path))];
  const [path] = paths;
  return store && path !== undefined && paths.length === 1 ? store.maintainersOf(path) : [];
}

function notFound(name: string, tree: string | undefined, history: boolean): string {
  const commits = history ? `no indexed commit touches ${name}` : undefined;
  const definitions =
    tree === undefined
      ? undefined
      : `the tree ${tree} has no function, structure, union, enumeration or macro with arguments named ${name}`;
  return [definitions, commits].filter((part) => part !== undefined).join(", and ");
}

/** docs/trees.md, "Limits". */
const NOT_HELD =
  "variables, typedefs, enumerators and macros without arguments are not held, and kfix grep finds them";

function answerJson(age: Age, found: Answer): SymbolAnswerJson {
  return {
    schema: "kfix.symbol/1",
    ...age(),
    name: found.name,
    definitions: found.definitions.map((one) => ({
      path: one.path,
      line: one.line,
      endLine: one.endLine,
      arch: one.arch ?? null,
      tree: found.tree ?? null,
      macro: one.macro ?? null,
      kind: one.kind,
    })),
    maintainers: found.maintainers.map(maintainersJson),
    commits: found.commits.map(symbolCommitJson),
  };
}

function symbolText(found: Answer, paint: Paint): string {
  const definitions = found.definitions.map((one) => {
    const made = one.macro ? `  made by ${one.macro}` : "";
    return `${paint("bold", `${sanitize(one.path)}:${one.line}`)}-${one.endLine}  ${one.kind}${made}  ${paint("dim", sanitize(found.tree ?? ""))}`;
  });
  const commits = found.commits.map((commit) => commitLine(commit, paint));
  const people = maintainerLines(found.maintainers);
  return [
    ...definitions,
    ...people,
    ...(definitions.length > 0 && commits.length > 0 ? [""] : []),
    ...commits,
  ].join("\n");
}

function commitLine(found: SymbolCommit, paint: Paint): string {
  const { commit, release, isFix } = found;
  const mark = isFix ? paint("green", "fix") : "   ";
  return `${paint("yellow", commit.sha.slice(0, 12))} ${dateText(commit.authorTime)} ${(release ?? "unreleased").padEnd(12)} ${mark} ${sanitize(commit.subject)}`;
}
