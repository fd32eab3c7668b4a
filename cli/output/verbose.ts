import type { Io } from "../definition.ts";
import { sanitize } from "./terminal.ts";

type Told = Pick<Io, "stderr" | "settings">;

/** With --verbose: says on standard error what kfix reads, or did. */
export function tell(io: Told, what: string): void {
  if (io.settings.verbose) io.stderr.write(`kfix: ${" ".repeat(TIME_WIDTH)}  ${sanitize(what)}\n`);
}

/** Does the work, and with --verbose says how long it took. */
export function timed<T>(io: Told, what: string, work: () => T): T {
  const done = stopwatch(io);
  const result = work();
  done(what);
  return result;
}

/** For work that is waited for: what comes back says, with --verbose, how long it took since. */
export function stopwatch(io: Told): (what: string) => void {
  if (!io.settings.verbose) return () => {}; // Node's clock would be loaded for nothing
  const began = performance.now();
  return (what) => say(io, performance.now() - began, what);
}

/** Since the process began, Node's own start included. */
export function sayTotal(io: Told): void {
  if (io.settings.verbose) say(io, performance.now(), "in all, since the start of Node");
}

function say(io: Told, milliseconds: number, what: string): void {
  const said = sanitize(what);
  io.stderr.write(`kfix: ${milliseconds.toFixed(1).padStart(TIME_WIDTH - 3)} ms  ${said}\n`);
}

const TIME_WIDTH = 12;
