/** Answers many logs at once: `kfix crash --group`. */
import { stat } from "node:fs/promises";
import { Fleet } from "../finder/fleet.ts";
import { answerFleet, type FleetAnswer, type FleetOptions } from "../finder/fleet-answer.ts";
import type { Library } from "../finder/library.ts";
import type { Skipped } from "../kernel/crash/line-limit.ts";
import type { KfixError } from "../kernel/error.ts";
import { HostLogs } from "../kernel/fleet/host-logs.ts";
import { complaintOf, nothingFound } from "./answer-logs.ts";
import type { Invocation } from "./definition.ts";
import { hostOfPath } from "./logs/host-name.ts";
import { longestLineFrom, skippedText } from "./logs/line-limit.ts";
import { complain } from "./output/complain.ts";
import { progressBar } from "./output/progress-bar.ts";
import { sanitize } from "./output/terminal.ts";
import { type LogInput, readLog, readLogs } from "./read-logs.ts";

/** A log with lines that are too long. */
interface SkippedOfLog extends Skipped {
  readonly input: string;
}

/** What was read, beside what it says. */
export interface FleetReading {
  readonly answer: FleetAnswer;
  readonly logs: number;
  /** The logs that were not read whole. */
  readonly skipped: readonly SkippedOfLog[];
  /** A log could not be read, and was complained of. */
  readonly failed: boolean;
}

/**
 * Reads every log that the command line asks for, and answers for each crash in them once. A log that cannot be read is
 * complained of and hides no other. Throws what is wrong with the only one, and `not-found` where no log has a crash.
 */
export async function readFleet(
  input: Invocation,
  library: Library | undefined,
  options: FleetOptions,
): Promise<FleetReading> {
  const progress = progressBar(input);
  const fleet = new Fleet();
  const longestLine = longestLineFrom(input.io.env);
  const complaints: KfixError[] = [];
  const skipped: SkippedOfLog[] = [];
  let logs = 0;
  let found = 0;
  const reading = progress.stage("logs", undefined);
  for await (const log of readLogs(input)) {
    const read = await readLog(log, new HostLogs(await knownSince(log), longestLine));
    if (read.skipped) {
      input.io.stderr.write(`kfix: ${sanitize(skippedText(log.name, read.skipped))}\n`);
      skipped.push({ input: log.name, ...read.skipped });
    }
    const fallbackHost = hostOfPath(log.name);
    for (const sighting of read.crashes) fleet.add({ ...sighting, input: log.name, fallbackHost });
    const complaint = complaintOf(log, read);
    if (complaint !== undefined && complaint.code !== "not-found") complaints.push(complaint);
    found += read.crashes.length;
    logs++;
    reading.advance(1);
  }
  reading.end();
  const [only] = complaints;
  if (only !== undefined && logs === 1) throw only;
  for (const complaint of complaints) complain(input.io, complaint);
  if (found === 0) throw nothingFound(logs === 1 ? "the log" : `${logs} logs`);
  const groups = fleet.groups();
  const asking = progress.stage("fixes", Math.min(groups.length, options.lookups));
  const answer = answerFleet(library, groups, { ...options, onLookup: () => asking.advance(1) });
  asking.end();
  return { answer, logs, skipped, failed: complaints.length > 0 };
}

/** A file's lines are older than its last change. */
async function knownSince(log: LogInput): Promise<number> {
  try {
    return (await stat(log.name)).mtimeMs;
  } catch {
    return Date.now();
  }
}
