import { treesCarrying } from "../../finder/carried.ts";
import { type Fix, findFixes } from "../../finder/fix.ts";
import type { Library } from "../../finder/library.ts";
import { type FolderTree, openFolderTree } from "../../finder/patch-folder.ts";
import { releaseMap } from "../../finder/release-map.ts";
import type { Trees } from "../../finder/trees.ts";
import { judge, type Verdict } from "../../finder/verdict.ts";
import { KfixError } from "../../kernel/error.ts";
import { identifyKernel, type RunningKernel } from "../../kernel/running-kernel.ts";
import type { CheckAnswerJson } from "../answers/check.ts";
import { runBatch } from "../batch.ts";
import {
  BATCH,
  type BatchAnswer,
  type CommandDefinition,
  EXPLAIN,
  type Invocation,
  isSet,
  JSON_OUTPUT,
  KERNEL_OR_SETTING,
  TREE,
  textOption,
} from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { foldersOf, openLibrary } from "../open-library.ts";
import { carriedLines } from "../output/carried-text.ts";
import { treeLines, verdictLines } from "../output/fix-text.ts";
import { fixJson, treeJson, verdictJson } from "../output/json.ts";
import { print, printJson } from "../output/print.ts";
import { proofLines } from "../output/proof-text.ts";
import { releaseMapLines } from "../output/release-map-text.ts";
import { type Paint, sanitize } from "../output/terminal.ts";
import { timed } from "../output/verbose.ts";
import { type Age, ageOf } from "../stale-note.ts";
import { openTrees } from "../tree-options.ts";
import type { TreePresence } from "../tree-presence.ts";
import { needWords } from "../words.ts";

export const check: CommandDefinition = {
  name: "check",
  summary: "does my kernel have this fix",
  description:
    "Judges fixes for a kernel: fixed, missing, not affected or unknown, with the reason and what to upgrade to.\n" +
    "With --tree the source itself is asked, hunk by hunk: for a vendor's kernel whose number does not tell.\n" +
    "Exit status: 0 all fixed or not affected, 1 one is missing, 4 one is unknown and none missing.",
  arguments: [{ name: "[fix...]", help: "shas, CVEs or subjects, each one word of the command line" }],
  options: [KERNEL_OR_SETTING, TREE, EXPLAIN, JSON_OUTPUT, BATCH],
  examples: [
    { command: "kfix check --kernel 3.16.7 eeb61e53ea19", says: "one fix, one kernel" },
    {
      command: 'kfix check --kernel "$(uname -a)" CVE-2024-26642',
      says: "the running kernel, with all it says of itself",
    },
    { command: "kfix check --tree ~/src/vendor-kernel eeb61e53ea19", says: "is the fix in this source" },
    {
      command: `echo '{"id":1,"kernel":"3.16.7","fix":"eeb61e53ea19"}' | kfix check --batch`,
      says: "many at once",
    },
  ],
  run,
  batch: {
    fields: [
      { name: "kernel", help: "what runs: uname -r, uname -a, or a version", required: true },
      { name: "fix", help: "a sha, a CVE (in a batch also as cve) or a subject", required: true },
    ],
    open: openBatch,
  },
};

interface Checked {
  readonly query: string;
  readonly fix: Fix | undefined;
  readonly verdict: Verdict;
  /** With --tree. */
  readonly presence: TreePresence | undefined;
}

/** What is checked: a kernel by its strings, or a tree by its code. */
type Subject = { readonly told: string; readonly kernel: RunningKernel } | { readonly tree: FolderTree };

function subjectOf(told: string): Subject {
  return { told, kernel: identifyKernel(told) };
}

function openBatch(input: Invocation): BatchAnswer {
  const library = openLibrary(input);
  const trees = openTrees(input);
  const age = ageOf(foldersOf(input));
  const { told, given } = subjectsOf(input);
  return async (record) => {
    const query = record.optional("cve") ?? record.required("fix");
    const kernel = record.optional("kernel") ?? told;
    const subject = kernel === undefined && given ? given : subjectOf(kernel ?? record.required("kernel"));
    return answerJson(age, trees, subject, [await checkOne(input, library, subject, query)]);
  };
}

/** What the command line says is to be checked. */
function subjectsOf(input: Invocation): {
  told: string | undefined;
  given: { tree: FolderTree } | undefined;
} {
  const folder = textOption(input, "tree");
  return {
    told: textOption(input, "kernel"),
    given: folder === undefined ? undefined : { tree: openFolderTree(folder) },
  };
}

async function run(input: Invocation): Promise<number> {
  if (isSet(input, "batch")) return runBatch(input.io, openBatch(input));
  const library = openLibrary(input);
  const trees = openTrees(input);
  const { told, given } = subjectsOf(input);
  const subject = given ?? (told === undefined ? undefined : subjectOf(told));
  if (!subject) {
    throw new KfixError("usage", "say which kernel to check", {
      hint: 'as in: kfix check --kernel "$(uname -a)" SHA, or kfix check --tree FOLDER SHA',
    });
  }
  const checks: Checked[] = [];
  for (const query of needWords(input, "a sha, a CVE or a subject")) {
    checks.push(await checkOne(input, library, subject, query));
  }
  if (isSet(input, "json")) printJson(input.io, answerJson(ageOf(foldersOf(input)), trees, subject, checks));
  else {
    await print(input.io, (paint) =>
      checks
        .map((one) => {
          const carried = one.fix ? carriedLines(treesCarrying(trees, one.fix)) : [];
          return [
            checkedText(library, { subject, explain: isSet(input, "explain") }, one, paint),
            ...carried,
          ].join("\n");
        })
        .join("\n"),
    );
  }
  return exitStatus(checks);
}

/** A fix that is not indexed is an unknown verdict, not an error: the others are still answered. */
async function checkOne(
  input: Invocation,
  library: Library,
  subject: Subject,
  query: string,
): Promise<Checked> {
  const { fix, reason } = timed(input.io, `looked up ${query}`, () => lookUp(library, query));
  if (!fix)
    return {
      query,
      fix,
      presence: undefined,
      verdict: { status: "unknown", reason, since: undefined, upgradeTo: [] },
    };
  if ("kernel" in subject)
    return { query, fix, presence: undefined, verdict: judge(library, fix, subject.kernel) };
  const { judgeTree, presenceInTree } = await import("../tree-presence.ts");
  const presence = await presenceInTree(foldersOf(input), subject.tree, fix);
  return { query, fix, presence, verdict: judgeTree(library, fix, subject.tree, presence) };
}

function lookUp(library: Library, query: string): { fix: Fix | undefined; reason: string } {
  try {
    return { fix: findFixes(library, query)[0], reason: `${query} is not indexed` };
  } catch (error) {
    if (!(error instanceof KfixError) || (error.code !== "not-found" && error.code !== "not-indexed"))
      throw error;
    return { fix: undefined, reason: error.message };
  }
}

function checkedText(
  library: Library,
  { subject, explain }: { readonly subject: Subject; readonly explain: boolean },
  checked: Checked,
  paint: Paint,
): string {
  const { query, fix, verdict, presence } = checked;
  if (!fix) return [sanitize(query), ...verdictLines(verdict, paint).map((line) => `  ${line}`)].join("\n");
  const kernel = "kernel" in subject ? subject.kernel : identifyKernel(subject.tree.version ?? "");
  return [
    `${fix.sha === "" ? "" : `${paint("yellow", fix.sha.slice(0, 12))} `}${sanitize(fix.subject)}`,
    ...verdictLines(verdict, paint).map((line) => `  ${line}`),
    ...(explain ? proofLines(verdict).map((line) => `  ${line}`) : []),
    ...(presence ? treeLines(presence, paint) : []),
    ...releaseMapLines(releaseMap(library, fix, kernel), paint),
  ].join("\n");
}

function exitStatus(checks: readonly Checked[]): number {
  if (checks.some((checked) => checked.verdict.status === "missing")) return 1;
  if (checks.some((checked) => checked.verdict.status === "unknown")) return EXIT.unknown;
  return EXIT.found;
}

function answerJson(age: Age, trees: Trees, subject: Subject, checks: readonly Checked[]): CheckAnswerJson {
  return {
    schema: "kfix.check/1",
    ...age(),
    kernel: "told" in subject ? subject.told : (subject.tree.version ?? null),
    checks: checks.map(({ query, fix, verdict, presence }) => ({
      query,
      fix: fix ? fixJson(fix) : null,
      verdict: verdictJson(verdict),
      carriedBy: fix ? treesCarrying(trees, fix) : [],
      ...(presence ? { tree: treeJson(presence) } : {}),
    })),
  };
}
