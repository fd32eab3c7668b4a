import { answerCrash, type CrashAnswer, kernelOfCrash, unanswered } from "../../finder/crash.ts";
import type { Library } from "../../finder/library.ts";
import { type CrashLocation, locateCrash } from "../../finder/location.ts";
import type { Crash } from "../../kernel/crash/crash.ts";
import { LineLimit } from "../../kernel/crash/line-limit.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { KfixError } from "../../kernel/error.ts";
import { readFleet } from "../answer-fleet.ts";
import { answerLogs } from "../answer-logs.ts";
import type { AnsweredCrashJson, CrashAnswerJson } from "../answers/crash.ts";
import type { Report } from "../answers/report.ts";
import { runBatch } from "../batch.ts";
import {
  BATCH,
  type BatchAnswer,
  type CommandDefinition,
  EXPLAIN,
  type Invocation,
  isSet,
  JSON_OUTPUT,
  KERNEL,
  textOption,
} from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { longestLineFrom, skippedJson } from "../logs/line-limit.ts";
import { foldersOf, openForCrashes } from "../open-library.ts";
import { complain } from "../output/complain.ts";
import { crashAnswerText, crashText, locatedText } from "../output/crash-text.ts";
import { fleetJson } from "../output/fleet-json.ts";
import { fleetText } from "../output/fleet-text.ts";
import { crashAnswerJson, crashJson } from "../output/json.ts";
import { print, printJson } from "../output/print.ts";
import { crashProofText } from "../output/proof-text.ts";
import { sanitize } from "../output/terminal.ts";
import { timed } from "../output/verbose.ts";
import { JOURNAL } from "../read-logs.ts";
import { crashReport, fleetReport, type ReportedCrash } from "../report/model.ts";
import { formatOf, renderReport } from "../report/render.ts";
import { expectFree, writeReport } from "../report/write.ts";
import { type Age, ageOf } from "../stale-note.ts";
import { openTrees } from "../tree-options.ts";

export const crash: CommandDefinition = {
  name: "crash",
  summary: "which kernel fixes this crash",
  description:
    "Reads kernel logs as people have them (dmesg, syslog, journald, serial console, a mail, one mangled line) and answers\n" +
    "for each crash in them: what crashed, which commit fixes it and why we think so, which releases have the fix,\n" +
    "whether this kernel has it, and what to upgrade to.",
  arguments: [
    {
      name: "[log...]",
      help: "files (also gz, xz, zst, bz2) and folders (/var/crash, /sys/fs/pstore); - or nothing: standard input",
      takes: "files",
    },
  ],
  options: [
    JOURNAL,
    KERNEL,
    EXPLAIN,
    { flags: "--parse-only", help: "say what crashed and no more; needs no index" },
    { flags: "--group", help: "count the same crash over all logs and hosts, and find one fix for all" },
    {
      flags: "--lookups <number>",
      help: "with --group: find fixes for so many crashes, the commonest first (150)",
    },
    {
      flags: "--report <file>",
      help: "also write a report for a ticket: FILE.md, .html or .json; replaces an older report, no other file",
    },
    { flags: "-n, --limit <number>", help: "candidates to show (10; with --group 3)" },
    {
      flags: "--mask-quotes",
      help: "hide from each candidate the crash that its own message quotes (for evaluation)",
    },
    JSON_OUTPUT,
    BATCH,
  ],
  examples: [
    { command: "dmesg | kfix crash", says: "the log of the running kernel" },
    { command: "kfix crash --journal -1", says: "the journal of the boot before this one" },
    {
      command: "kfix crash /sys/fs/pstore /var/crash",
      says: "what firmware and kdump kept of the last crashes",
    },
    {
      command: "kfix crash /var/log/syslog --kernel 3.16.0-4-amd64",
      says: "a log that does not name its kernel",
    },
    { command: "kfix crash --parse-only --json oops.txt", says: "what crashed, as JSON, without any index" },
    {
      command: "kfix crash oops.txt --report oops.html",
      says: "the answer as one file for a ticket, with pictures; --report oops.md for Markdown",
    },
    {
      command: "kfix crash --group /var/log/hosts export.json.gz",
      says: "many machines' logs: which crash on how many, and which upgrade cures most",
    },
    {
      command: `echo '{"id":1,"log":"...","kernel":"6.1.55"}' | kfix crash --batch`,
      says: "many at once, as JSON lines",
    },
  ],
  run,
  batch: {
    fields: [
      { name: "log", help: "a kernel log, however it is dressed", required: true },
      {
        name: "kernel",
        help: "what runs, if the log does not say: uname -r, uname -a, or a version",
        required: false,
      },
    ],
    open: openBatch,
  },
};

function openBatch(input: Invocation): BatchAnswer {
  const told = textOption(input, "kernel");
  const longestLine = longestLineFrom(input.io.env);
  const answerJson = isSet(input, "parseOnly")
    ? (crashes: readonly Crash[], kernel: string | undefined) => parsedJson(input, crashes, kernel)
    : foundJson(ageOf(foldersOf(input)), answerer(input).answer);
  return (record) => {
    const limit = new LineLimit(longestLine);
    const crashes = parseCrashes(limit.take(record.required("log")));
    return { ...answerJson(crashes, record.optional("kernel") ?? told), ...skippedJson(limit.skipped) };
  };
}

/** What answers crashes of an unknown log with their fixes, as JSON. */
function foundJson(age: Age, answer: Answerer["answer"]) {
  return (crashes: readonly Crash[], kernel: string | undefined): CrashAnswerJson =>
    answersJson(
      age,
      crashes.map((parsed) => answer(parsed, kernel)),
    );
}

interface Answerer {
  readonly answer: (parsed: Crash, kernel: string | undefined) => Answered;
  /** No fixes are indexed, only trees: crashes are located and no more. */
  readonly missing: KfixError | undefined;
  readonly library: Library | undefined;
}

interface Answered {
  readonly answered: CrashAnswer;
  readonly location: CrashLocation | undefined;
}

/** Throws `not-indexed` where there is neither an index of fixes nor a tree. */
function answerer(input: Invocation): Answerer {
  const options = answerOptions(input);
  const { library, missing } = openForCrashes(input);
  const trees = openTrees(input);
  if (missing && trees.nearest(undefined) === undefined) throw missing;
  return {
    missing,
    library,
    answer: (parsed, told) => {
      const kernel = kernelTold(input, parsed, told);
      const answered = library
        ? timed(input.io, `looked for fixes of ${parsed.title}`, () =>
            answerCrash(library, parsed, { ...options, kernel }),
          )
        : unanswered(parsed, kernelOfCrash(parsed, kernel));
      const location = timed(input.io, "looked for it in the indexed trees", () =>
        locateCrash(trees, parsed, answered.kernel),
      );
      return { answered, location };
    },
  };
}

async function run(input: Invocation): Promise<number> {
  await checkReport(input);
  if (isSet(input, "group")) return answerGroups(input);
  if (isSet(input, "batch")) return runBatch(input.io, openBatch(input));
  if (isSet(input, "parseOnly")) return parseOnly(input);
  const { answer, missing, library } = answerer(input);
  const age = ageOf(foldersOf(input));
  const compose = missing ? locatedText : crashAnswerText;
  const reported: ReportedCrash[] = [];
  const status = await answerLogs(input, (crashes, log) => {
    const answers = crashes.map((parsed) => answer(parsed, textOption(input, "kernel")));
    reported.push(...answers.map((answered) => ({ ...answered, input: log.name })));
    return {
      found: answers.some(({ answered }) => answered.candidates.length > 0),
      json: () => answersJson(age, answers),
      text: (paint) =>
        answers
          .map(({ answered, location }) => {
            const proofs = isSet(input, "explain") ? `\n${crashProofText(answered, paint)}` : "";
            return compose(answered, location, paint) + proofs;
          })
          .join("\n\n\n"),
    };
  });
  if (reported.length > 0) await report(input, crashReport(reported, { library, now: new Date() }));
  if (missing === undefined || status === EXIT.badInput) return status;
  complain(input.io, missing);
  return EXIT.notIndexed;
}

/** Without an index the crashes are counted all the same, and the status says that no fix could be found. */
async function answerGroups(input: Invocation): Promise<number> {
  if (isSet(input, "batch"))
    throw new KfixError("usage", "--group answers once, --batch each line: choose one");
  const options = { ...answerOptions(input), lookups: numberOption(input, "lookups", 150, 1_000_000) };
  const { library, missing } = isSet(input, "parseOnly")
    ? { library: undefined, missing: undefined }
    : openForCrashes(input);
  const reading = await readFleet(input, library, options);
  if (input.options.report !== undefined)
    await report(input, fleetReport(reading, { library, now: new Date() }));
  if (isSet(input, "json"))
    printJson(input.io, { ...fleetJson(reading), ...(library ? ageOf(foldersOf(input))() : {}) });
  else await print(input.io, (paint) => fleetText(reading, paint));
  if (missing) complain(input.io, missing);
  if (reading.failed) return EXIT.badInput;
  return missing ? EXIT.notIndexed : EXIT.found;
}

async function parseOnly(input: Invocation): Promise<number> {
  const told = textOption(input, "kernel");
  const kernelOf = (parsed: Crash) => kernelOfCrash(parsed, kernelTold(input, parsed, told));
  const reported: ReportedCrash[] = [];
  const status = await answerLogs(input, (crashes, log) => {
    for (const parsed of crashes) {
      const answered = unanswered(parsed, kernelOf(parsed));
      reported.push({ answered, location: undefined, input: log.name });
    }
    return {
      found: crashes.length > 0,
      json: () => parsedJson(input, crashes, told),
      text: (paint) => crashes.map((parsed) => crashText(parsed, kernelOf(parsed), paint)).join("\n\n\n"),
    };
  });
  if (reported.length > 0)
    await report(input, crashReport(reported, { library: undefined, now: new Date() }));
  return status;
}

/** Throws `usage` at once for a report that could not be written in the end. */
async function checkReport(input: Invocation): Promise<void> {
  const file = textOption(input, "report");
  if (file === undefined) return;
  formatOf(file);
  await expectFree(file);
}

async function report(input: Invocation, made: Report): Promise<void> {
  const file = textOption(input, "report");
  if (file === undefined) return;
  await writeReport(file, renderReport(made, formatOf(file)));
  input.io.stderr.write(`kfix: wrote the report ${sanitize(file)}\n`);
}

function parsedJson(input: Invocation, crashes: readonly Crash[], told: string | undefined): CrashAnswerJson {
  return crashesJson(
    crashes.map((parsed) => crashJson(parsed, kernelOfCrash(parsed, kernelTold(input, parsed, told)))),
  );
}

/** The command line and a batch's line go before the log, and the log before a setting, which knows nothing of it. */
function kernelTold(input: Invocation, parsed: Crash, told: string | undefined): string | undefined {
  return told ?? (parsed.kernel.release === undefined ? input.io.settings.kernel : undefined);
}

function answersJson(age: Age, answers: readonly Answered[]): CrashAnswerJson {
  return {
    ...crashesJson(answers.map(({ answered, location }) => crashAnswerJson(answered, location))),
    ...age(),
  };
}

function crashesJson(crashes: readonly AnsweredCrashJson[]): CrashAnswerJson {
  return { schema: "kfix.crash/1", crashes };
}

interface AnswerOptions {
  readonly kernel: string | undefined;
  readonly maskQuotes: boolean;
  readonly limit: number;
}

function answerOptions(input: Invocation): AnswerOptions {
  const limit = numberOption(input, "limit", isSet(input, "group") ? 3 : 10, 1000);
  return { kernel: textOption(input, "kernel"), maskQuotes: isSet(input, "maskQuotes"), limit };
}

function numberOption(input: Invocation, name: string, unlessSaid: number, most: number): number {
  const number = Number(textOption(input, name) ?? unlessSaid);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new KfixError("usage", `--${name} takes a number from 1 to ${most}`);
}
