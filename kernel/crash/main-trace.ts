/** The trace of the crash itself, among those of allocations, locks and other tasks. */
import type { ReportLine } from "./blame.ts";
import { startsCallTrace, startsTrace } from "./call-trace.ts";
import type { Frame } from "./crash.ts";
import { startsUtilityException } from "./instruction-pointer.ts";
import type { Place } from "./symbol.ts";

/** What ends a trace without beginning another. */
const TRACE_END =
  /^---\[ end|^Allocated|^Freed|^Mapped at|^Memory state around|^The buggy address|^hardirqs last|^Last Breaking-Event/;
/** sparc prints its trace a second time so. */
const CALLER = /^Caller\[/;

/**
 * The first "Call Trace:" that has frames; in a report without one, the first frames. The function of the
 * instruction pointer, where known, goes in front unless the trace has it.
 */
export function mainTrace(lines: readonly ReportLine[], site: Place | undefined): Frame[] {
  const exception = lines.findIndex(({ text }) => startsUtilityException(text));
  const traces = tracesOf(exception < 0 ? lines : lines.slice(exception)).filter(
    (trace) => trace.frames.length > 0,
  );
  const frames = (traces.find((trace) => trace.main) ?? traces[0])?.frames ?? [];
  if (site === undefined) return frames;
  const { function: name, offset, size, module } = site;
  if (frames.some((frame) => frame.function === name && (offset === undefined || frame.offset === offset)))
    return frames;
  const pointed = { ...bareFrame(name), offset, size, module };
  // arm names the innermost function without its offset.
  const [first, ...rest] = frames;
  return first?.function === name && first.offset === undefined ? [pointed, ...rest] : [pointed, ...frames];
}

interface Trace {
  readonly main: boolean;
  /** It is made of sparc's `Caller[...]` lines. */
  readonly callers: boolean;
  readonly frames: Frame[];
}

function tracesOf(lines: readonly ReportLine[]): Trace[] {
  let current: Trace = { main: false, callers: false, frames: [] };
  const traces = [current];
  for (const { text, frame } of lines) {
    if (startsTrace(text)) {
      current = { main: startsCallTrace(text), callers: false, frames: [] };
      traces.push(current);
    } else if (TRACE_END.test(text) || (CALLER.test(text) && !current.callers)) {
      current = { main: false, callers: CALLER.test(text), frames: [] };
      traces.push(current);
    }
    if (frame === undefined) continue;
    const { plain, called, inner, ...printed } = frame;
    if (inner !== undefined && current.frames.at(-1)?.function !== inner)
      current.frames.push(bareFrame(inner));
    current.frames.push(printed);
  }
  return traces;
}

function bareFrame(name: string): Frame {
  const unknown = { offset: undefined, size: undefined, module: undefined, file: undefined, line: undefined };
  return { function: name, reliable: true, inlined: false, ...unknown };
}
