/**
 * Crashes in kernel logs: the way in.
 *
 * A log is scanned for headlines (scanner.ts, anchors.ts); around one, the lines are undressed (dressing.ts), cut
 * into reports, one a crash (segment.ts), and each report is read (interpret.ts): its kind and title (kinds.ts),
 * its frames (call-trace.ts), who is to blame (blame.ts, culprit.ts), and on what machine it was.
 */
import type { Crash, CrashIdentity } from "./crash.ts";
import { identify } from "./interpret.ts";
import { CrashScanner, ReportScanner } from "./scanner.ts";

export type { Crash, CrashKind, Frame, LoggedKernel } from "./crash.ts";
export { isCrashText } from "./crash-text.ts";
export { CrashScanner } from "./scanner.ts";

/**
 * Every crash in a text, in order, each with its lines in the input.
 *
 * Takes whatever people have: dmesg, syslog, journald, JSON, mails, web pages, a single line. Never throws; a text
 * without a crash gives an empty list.
 */
export function parseCrashes(log: string): Crash[] {
  const scanner = new CrashScanner();
  return [...scanner.push(log), ...scanner.end()];
}

/** Of `parseCrashes`'s crashes what tells each from others. */
export function identifyCrashes(log: string): CrashIdentity[] {
  const scanner = new ReportScanner(identify);
  return [...scanner.push(log), ...scanner.end()];
}

/** The first crash in a text, which is the one to look at: those behind it are often its aftermath. */
export function parseCrash(log: string): Crash | undefined {
  return parseCrashes(log)[0];
}
