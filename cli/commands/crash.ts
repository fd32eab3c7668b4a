import { answerCrash, type CrashAnswer, kernelOfCrash } from "../../finder/crash.ts";
import type { Library } from "../../finder/fix.ts";
import type { Crash } from "../../kernel/crash/crash.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { KfixError } from "../../kernel/error.ts";
import { type BatchRecord, runBatch } from "../batch.ts";
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
import { crashAnswerText, crashText } from "../output/crash-text.ts";
import { crashAnswerJson, crashJson } from "../output/json.ts";
import { print, printJson } from "../output/print.ts";
import { type LogInput, readLogs } from "../read-logs.ts";

export const crash: CommandDefinition = {
  name: "crash",
  summary: "which kernel fixes this crash",
  description:
    "Reads kernel logs as people have them (dmesg, syslog, journald, serial console, a mail, one mangled line) and answers\n" +
    "for each crash in them: what crashed, which commit fixes it and why we think so, which releases have the fix,\n" +
    "whether this kernel has it, and what to upgrade to.",
  arguments: [{ name: "[log...]", help: "files; - or nothing: standard input" }],
  options: [
    KERNEL,
    { flags: "--parse-only", help: "say what crashed and no more; needs no index" },
    { flags: "-n, --limit <number>", help: "candidates to show (10)" },
    {
      flags: "--mask-quotes",
      help: "hide from each candidate the crash that its own message quotes (for evaluation)",
    },
    JSON_OUTPUT,
    BATCH,
    CACHE_DIR,
  ],
  examples: [
    { command: "dmesg | kfix crash", says: "the log of the running kernel" },
    {
      command: "kfix crash /var/log/syslog --kernel 3.16.0-4-amd64",
      says: "a log that does not name its kernel",
    },
    { command: "kfix crash --parse-only --json oops.txt", says: "what crashed, as JSON, without any index" },
    {
      command: `echo '{"id":1,"log":"...","kernel":"6.1.55"}' | kfix crash --batch`,
      says: "many at once, as JSON lines",
    },
  ],
  run,
};

async function run(input: Invocation): Promise<number> {
  if (isSet(input, "parseOnly")) return parseOnly(input);
  const options = answerOptions(input);
  const library = openLibrary(input);
  if (isSet(input, "batch")) return runBatch(input.io, (record) => answerRecord(library, options, record));
  let found = false;
  const logs = await readLogs(input);
  for (const log of logs) {
    const answers = crashesIn(log).map((parsed) => answerCrash(library, parsed, options));
    found ||= answers.some((answered) => answered.candidates.length > 0);
    const named = logs.length > 1 ? { input: log.name } : {};
    if (isSet(input, "json")) printJson(input.io, { ...crashesJson(answers), ...named });
    else
      await print(
        input.io,
        (paint) =>
          heading(log, logs) + answers.map((answered) => crashAnswerText(answered, paint)).join("\n\n\n"),
      );
  }
  return found ? EXIT.found : EXIT.none;
}

async function parseOnly(input: Invocation): Promise<number> {
  const kernel = textOption(input, "kernel");
  const parsedJson = (log: string, told: string | undefined): Record<string, unknown> => ({
    schema: "kfix.crash/1",
    crashes: parseCrashes(log).map((parsed) => crashJson(parsed, kernelOfCrash(parsed, told))),
  });
  if (isSet(input, "batch")) {
    return runBatch(input.io, (record) =>
      parsedJson(record.required("log"), record.optional("kernel") ?? kernel),
    );
  }
  const logs = await readLogs(input);
  for (const log of logs) {
    const crashes = crashesIn(log);
    if (isSet(input, "json"))
      printJson(input.io, {
        ...parsedJson(log.text, kernel),
        ...(logs.length > 1 ? { input: log.name } : {}),
      });
    else {
      await print(input.io, (paint) => {
        const texts = crashes.map((parsed) => crashText(parsed, kernelOfCrash(parsed, kernel), paint));
        return heading(log, logs) + texts.join("\n\n");
      });
    }
  }
  return EXIT.found;
}

function answerRecord(
  library: Library,
  options: ReturnType<typeof answerOptions>,
  record: BatchRecord,
): Record<string, unknown> {
  const kernel = record.optional("kernel") ?? options.kernel;
  return crashesJson(
    parseCrashes(record.required("log")).map((parsed) =>
      answerCrash(library, parsed, { ...options, kernel }),
    ),
  );
}

function crashesJson(answers: readonly CrashAnswer[]): Record<string, unknown> {
  return { schema: "kfix.crash/1", crashes: answers.map(crashAnswerJson) };
}

/** The crashes of a log; throws `bad-input` for an empty one, `not-found` for one without a crash. */
function crashesIn(log: LogInput): Crash[] {
  if (log.text.trim() === "") {
    throw new KfixError("bad-input", `${log.name} is empty`, {
      hint: "give a kernel log: dmesg | kfix crash",
    });
  }
  const crashes = parseCrashes(log.text);
  if (crashes.length === 0) {
    throw new KfixError("not-found", `no kernel crash was found in ${log.name}`, {
      hint: "the lines from BUG:, Oops:, WARNING: or Call Trace: on are needed; journalctl -k -b -1 shows the last boot's",
    });
  }
  return crashes;
}

function answerOptions(input: Invocation): {
  kernel: string | undefined;
  maskQuotes: boolean;
  limit: number;
} {
  const limit = Number(textOption(input, "limit") ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new KfixError("usage", "--limit takes a number from 1 to 1000");
  }
  return { kernel: textOption(input, "kernel"), maskQuotes: isSet(input, "maskQuotes"), limit };
}

function heading(log: LogInput, logs: readonly LogInput[]): string {
  return logs.length > 1 ? `==> ${log.name} <==\n` : "";
}
