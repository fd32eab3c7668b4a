import { treesCarrying } from "../../finder/carried.ts";
import { type Fix, findFixes } from "../../finder/fix.ts";
import { openFolderTree } from "../../finder/patch-folder.ts";
import { releaseMap } from "../../finder/release-map.ts";
import type { Trees } from "../../finder/trees.ts";
import { identifyKernel } from "../../kernel/running-kernel.ts";
import type { FixAnswerJson } from "../answers/fix.ts";
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
import { fixText, treeLines } from "../output/fix-text.ts";
import { fixJson, treeJson } from "../output/json.ts";
import { print, printJson } from "../output/print.ts";
import { releaseProofLines } from "../output/proof-text.ts";
import { timed } from "../output/verbose.ts";
import { type Age, ageOf } from "../stale-note.ts";
import { openTrees } from "../tree-options.ts";
import type { TreePresence } from "../tree-presence.ts";
import { needWords } from "../words.ts";

export const fix: CommandDefinition = {
  name: "fix",
  summary: "where is this fix: mainline release, stable series, packages, what it fixes, what followed",
  description:
    "Finds a fix by its commit (mainline or backport, at least 7 digits), by its CVE or by its subject, and says\n" +
    "which releases have it, and which version of a distribution's package.",
  arguments: [{ name: "[query...]", help: "a sha, a CVE, or a commit's subject" }],
  options: [KERNEL_OR_SETTING, TREE, EXPLAIN, JSON_OUTPUT, BATCH],
  examples: [
    { command: "kfix fix eeb61e53ea19", says: "a commit, by the first digits of its sha" },
    {
      command: 'kfix fix "sched: Fix race between task_group and sched_task_group"',
      says: "a commit, by its subject",
    },
    { command: "kfix fix CVE-2024-26642", says: "what a CVE is about (kfix source add cve ...)" },
    { command: "kfix fix --tree ~/src/linux eeb61e53ea19", says: "and whether this source has it" },
    {
      command: `echo '{"id":1,"query":"eeb61e53ea19"}' | kfix fix --batch`,
      says: "many at once, as JSON lines",
    },
  ],
  run,
  batch: {
    fields: [{ name: "query", help: "a sha, a CVE, or a commit's subject", required: true }],
    open: openBatch,
  },
};

function openBatch(input: Invocation): BatchAnswer {
  const library = openLibrary(input);
  const trees = openTrees(input);
  const age = ageOf(foldersOf(input));
  return async (record) => {
    const query = record.required("query");
    return answerJson(age, trees, query, await lookInTree(input, findFixes(library, query)));
  };
}

async function run(input: Invocation): Promise<number> {
  if (isSet(input, "batch")) return runBatch(input.io, openBatch(input));
  const library = openLibrary(input);
  const trees = openTrees(input);
  const query = needWords(input, "a sha, a CVE or a subject").join(" ");
  const fixes = timed(input.io, `looked up ${query}`, () => findFixes(library, query, { alike: true }));
  const found = await lookInTree(input, fixes);
  const told = textOption(input, "kernel");
  const kernel = told === undefined ? undefined : identifyKernel(told);
  if (isSet(input, "json")) printJson(input.io, answerJson(ageOf(foldersOf(input)), trees, query, found));
  else {
    await print(input.io, (paint) =>
      found
        .map(({ fix: one, presence }) =>
          [
            fixText(one, releaseMap(library, one, kernel), paint),
            ...(isSet(input, "explain") ? releaseProofLines(one) : []),
            ...(presence ? treeLines(presence, paint) : []),
            ...carriedLines(treesCarrying(trees, one)),
          ].join("\n"),
        )
        .join("\n\n"),
    );
  }
  return EXIT.found;
}

interface Found {
  readonly fix: Fix;
  /** With --tree. */
  readonly presence: TreePresence | undefined;
}

async function lookInTree(input: Invocation, fixes: readonly Fix[]): Promise<Found[]> {
  const folder = textOption(input, "tree");
  if (folder === undefined) return fixes.map((one) => ({ fix: one, presence: undefined }));
  const { presenceInTree } = await import("../tree-presence.ts");
  const tree = openFolderTree(folder);
  const found: Found[] = [];
  for (const one of fixes)
    found.push({ fix: one, presence: await presenceInTree(foldersOf(input), tree, one) });
  return found;
}

function answerJson(age: Age, trees: Trees, query: string, found: readonly Found[]): FixAnswerJson {
  return {
    schema: "kfix.fix/1",
    ...age(),
    query,
    fixes: found.map(({ fix: one, presence }) => ({
      ...fixJson(one),
      carriedBy: treesCarrying(trees, one),
      ...(presence ? { tree: treeJson(presence) } : {}),
    })),
  };
}
