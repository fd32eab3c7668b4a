import type { Crash } from "../kernel/crash/parse.ts";
import { KfixError } from "../kernel/error.ts";
import { type Invocation, isSet } from "./definition.ts";
import { EXIT } from "./exit-status.ts";
import { longestLineFrom, skippedJson, skippedText } from "./logs/line-limit.ts";
import { complain } from "./output/complain.ts";
import { print, printJson } from "./output/print.ts";
import { type Paint, sanitize } from "./output/terminal.ts";
import { stopwatch } from "./output/verbose.ts";
import { asksForMany, type LogInput, type ReadLog, readCrashes, readLogs } from "./read-logs.ts";

/** What is said of the crashes of one log. */
export interface LogAnswer {
  readonly found: boolean;
  readonly json: () => Record<string, unknown>;
  readonly text: Compose;
}

type Compose = (paint: Paint) => string;

/**
 * Answers the logs that the command line asks for, one after the other; gives the exit status. With several, one that
 * cannot be read does not hide the others: it is complained of, and as with grep the status tells of it in the end.
 * Throws what is wrong with the only one.
 */
export async function answerLogs(
  input: Invocation,
  answer: (crashes: readonly Crash[], log: LogInput) => LogAnswer,
): Promise<number> {
  const many = await asksForMany(input);
  const longestLine = longestLineFrom(input.io.env);
  const printer = new Printer(input);
  let found = false;
  let failed = false;
  let passedOver = 0;
  for await (const log of readLogs(input)) {
    const done = stopwatch(input.io);
    const read = await readCrashes(log, longestLine);
    done(`read ${log.name}: ${read.crashes.length} ${read.crashes.length === 1 ? "crash" : "crashes"}`);
    if (read.skipped) input.io.stderr.write(`kfix: ${sanitize(skippedText(log.name, read.skipped))}\n`);
    const complaint = complaintOf(log, read);
    if (read.crashes.length > 0 || (isSet(input, "json") && log.named && complaint?.code === "not-found")) {
      const answered = answer(read.crashes, log);
      found ||= answered.found;
      const json = () => ({ ...answered.json(), ...skippedJson(read.skipped) });
      await printer.print({ ...answered, json }, many ? log.name : undefined);
    }
    if (complaint === undefined) continue;
    if (!many) throw complaint;
    failed ||= complaint.code !== "not-found";
    if (log.named || complaint.code !== "not-found") complain(input.io, complaint);
    else passedOver++;
  }
  await printer.end();
  if (!found && !failed && passedOver > 0) complain(input.io, nothingFound(`${passedOver} files`));
  if (failed) return EXIT.badInput;
  return found ? EXIT.found : EXIT.none;
}

/** What is wrong with a log: it cannot be read, it is empty, there is no crash in it. */
export function complaintOf(
  log: LogInput,
  { crashes, empty, problem }: ReadLog<unknown>,
): KfixError | undefined {
  if (problem !== undefined) return problem;
  if (crashes.length > 0) return undefined;
  if (empty && log.named) {
    return new KfixError("bad-input", `${log.name} is empty`, {
      hint: "give a kernel log: dmesg | kfix crash",
    });
  }
  return nothingFound(log.name);
}

export function nothingFound(place: string): KfixError {
  return new KfixError("not-found", `no kernel crash was found in ${place}`, {
    hint: "the lines from BUG:, Oops:, WARNING: or Call Trace: on are needed; journalctl -k -b -1 shows the last boot's",
  });
}

/** Prints answers as they come; on a terminal all at the end, in one pager. */
class Printer {
  readonly #input: Invocation;
  readonly #later: Compose[] = [];
  #first = true;

  constructor(input: Invocation) {
    this.#input = input;
  }

  /** `name` is given where there are several logs. */
  async print(answer: LogAnswer, name: string | undefined): Promise<void> {
    const { io } = this.#input;
    if (isSet(this.#input, "json")) {
      printJson(io, name === undefined ? answer.json() : { ...answer.json(), input: name });
      return;
    }
    const heading = name === undefined ? "" : `==> ${sanitize(name)} <==\n`;
    const gap = this.#first ? "" : "\n\n";
    const compose: Compose = (paint) => `${gap}${heading}${answer.text(paint)}`;
    this.#first = false;
    if (io.stdout.isTTY) this.#later.push(compose);
    else await print(io, compose);
  }

  async end(): Promise<void> {
    if (this.#later.length === 0) return;
    await print(this.#input.io, (paint) => this.#later.map((compose) => compose(paint)).join("\n"));
  }
}
