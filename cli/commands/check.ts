import { type Fix, findFixes } from "../../finder/fix.ts";
import type { Library } from "../../finder/library.ts";
import { releaseMap } from "../../finder/release-map.ts";
import { judge, type Verdict } from "../../finder/verdict.ts";
import { KfixError } from "../../kernel/error.ts";
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
import { verdictLines } from "../output/fix-text.ts";
import { fixJson, verdictJson } from "../output/json.ts";
import { print, printJson } from "../output/print.ts";
import { releaseMapLines } from "../output/release-map-text.ts";
import { sanitize } from "../output/terminal.ts";
import { needWords } from "../words.ts";

export const check: CommandDefinition = {
  name: "check",
  summary: "does my kernel have this fix",
  description:
    "Judges fixes for a kernel: fixed, missing, not affected or unknown, with the reason and what to upgrade to.\n" +
    "Exit status: 0 all fixed or not affected, 1 one is missing, 4 one is unknown and none missing.",
  arguments: [{ name: "[fix...]", help: "shas, CVEs or subjects, each one word of the command line" }],
  options: [KERNEL, JSON_OUTPUT, BATCH, CACHE_DIR],
  examples: [
    { command: "kfix check --kernel 3.16.7 eeb61e53ea19", says: "one fix, one kernel" },
    {
      command: 'kfix check --kernel "$(uname -a)" eeb61e53ea19',
      says: "the running kernel, with all it says of itself",
    },
    {
      command: `echo '{"id":1,"kernel":"3.16.7","fix":"eeb61e53ea19"}' | kfix check --batch`,
      says: "many at once",
    },
  ],
  run,
};

interface Checked {
  readonly query: string;
  readonly fix: Fix | undefined;
  readonly verdict: Verdict;
}

async function run(input: Invocation): Promise<number> {
  const library = openLibrary(input);
  const told = textOption(input, "kernel");
  if (isSet(input, "batch")) {
    return runBatch(input.io, (record) => {
      const kernel = record.optional("kernel") ?? told ?? record.required("kernel");
      return answerJson(kernel, [
        checkOne(library, kernel, record.optional("cve") ?? record.required("fix")),
      ]);
    });
  }
  if (told === undefined) {
    throw new KfixError("usage", "say which kernel to check", {
      hint: 'as in: kfix check --kernel "$(uname -a)" SHA',
    });
  }
  const checks = needWords(input, "a sha, a CVE or a subject").map((query) => checkOne(library, told, query));
  if (isSet(input, "json")) printJson(input.io, answerJson(told, checks));
  else {
    await print(input.io, (paint) =>
      checks
        .map(({ query, fix, verdict }) => {
          const head = fix
            ? `${paint("yellow", fix.sha.slice(0, 12))} ${sanitize(fix.subject)}`
            : sanitize(query);
          const map = fix ? releaseMapLines(releaseMap(library, fix, identifyKernel(told)), paint) : [];
          return [head, ...verdictLines(verdict, paint).map((line) => `  ${line}`), ...map].join("\n");
        })
        .join("\n"),
    );
  }
  return exitStatus(checks);
}

/** A fix that is not indexed is an unknown verdict, not an error: the others are still answered. */
function checkOne(library: Library, kernel: string, query: string): Checked {
  try {
    const [fix] = findFixes(library, query);
    if (fix) return { query, fix, verdict: judge(library, fix, identifyKernel(kernel)) };
  } catch (error) {
    if (!(error instanceof KfixError) || (error.code !== "not-found" && error.code !== "not-indexed"))
      throw error;
  }
  const reason = `${query} is not indexed`;
  return { query, fix: undefined, verdict: { status: "unknown", reason, since: undefined, upgradeTo: [] } };
}

function exitStatus(checks: readonly Checked[]): number {
  if (checks.some((checked) => checked.verdict.status === "missing")) return 1;
  if (checks.some((checked) => checked.verdict.status === "unknown")) return EXIT.unknown;
  return EXIT.found;
}

function answerJson(kernel: string, checks: readonly Checked[]): Record<string, unknown> {
  return {
    schema: "kfix.check/1",
    kernel,
    checks: checks.map(({ query, fix, verdict }) => ({
      query,
      fix: fix ? fixJson(fix) : null,
      verdict: verdictJson(verdict),
    })),
  };
}
