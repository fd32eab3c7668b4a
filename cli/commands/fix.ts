import { type Fix, findFixes } from "../../finder/fix.ts";
import { releaseMap } from "../../finder/release-map.ts";
import { identifyKernel } from "../../kernel/running-kernel.ts";
import { runBatch } from "../batch.ts";
import {
  BATCH,
  CACHE_DIR,
  type CommandDefinition,
  type Invocation,
  isSet,
  JSON_OUTPUT,
  KERNEL,
  textOption,
} from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { openLibrary } from "../open-library.ts";
import { fixText } from "../output/fix-text.ts";
import { fixJson } from "../output/json.ts";
import { print, printJson } from "../output/print.ts";
import { needWords } from "../words.ts";

export const fix: CommandDefinition = {
  name: "fix",
  summary: "where is this fix: mainline release, stable series, what it fixes, what followed",
  description:
    "Finds a fix by its commit (mainline or backport, at least 7 digits), by its CVE or by its subject, and says which releases have it.",
  arguments: [{ name: "[query...]", help: "a sha, a CVE, or a commit's subject" }],
  options: [KERNEL, JSON_OUTPUT, BATCH, CACHE_DIR],
  examples: [
    { command: "kfix fix eeb61e53ea19", says: "a commit, by the first digits of its sha" },
    {
      command: 'kfix fix "sched: Fix race between task_group and sched_task_group"',
      says: "a commit, by its subject",
    },
    { command: "kfix fix CVE-2024-35816", says: "what a CVE is about (kfix source add cve ...)" },
    {
      command: `echo '{"id":1,"query":"eeb61e53ea19"}' | kfix fix --batch`,
      says: "many at once, as JSON lines",
    },
  ],
  run,
};

async function run(input: Invocation): Promise<number> {
  const library = openLibrary(input);
  if (isSet(input, "batch")) {
    return runBatch(input.io, (record) =>
      answerJson(record.required("query"), findFixes(library, record.required("query"))),
    );
  }
  const query = needWords(input, "a sha, a CVE or a subject").join(" ");
  const fixes = findFixes(library, query);
  const told = textOption(input, "kernel");
  const kernel = told === undefined ? undefined : identifyKernel(told);
  if (isSet(input, "json")) printJson(input.io, answerJson(query, fixes));
  else
    await print(input.io, (paint) =>
      fixes.map((found) => fixText(found, releaseMap(library, found, kernel), paint)).join("\n\n"),
    );
  return EXIT.found;
}

function answerJson(query: string, fixes: readonly Fix[]): Record<string, unknown> {
  return { schema: "kfix.fix/1", query, fixes: fixes.map(fixJson) };
}
