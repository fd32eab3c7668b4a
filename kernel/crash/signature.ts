/** The identity of a crash: what stays the same when it happens again, elsewhere. */
import type { Crash, Frame } from "./crash.ts";
import { isHelper, ROOTS } from "./culprit.ts";
import { canonicalName, titleName } from "./symbol.ts";

/** So many callers tell two crashes in one function apart. */
const CALLERS = 2;

/**
 * `null-deref:pick_next_task_fair<__schedule<schedule`: the kind, the culprit and who called it. Free of
 * addresses, offsets, compiler suffixes, modules and whatever dressed the log.
 */
export function signatureOf(crash: Pick<Crash, "kind" | "title" | "culprit" | "frames">): string {
  if (crash.culprit === undefined) return `${crash.kind}:${crash.title}`;
  const chain = [crash.culprit, ...callersOf(crash.culprit, crash.frames)];
  return `${crash.kind}:${chain.map((name) => canonicalName(name)).join("<")}`;
}

function callersOf(culprit: string, frames: readonly Frame[]): string[] {
  const sure = frames.filter((frame) => frame.reliable && !frame.inlined).map((frame) => frame.function);
  const at = sure.findLastIndex((name) => name === culprit || titleName(name) === culprit);
  if (at < 0) return [];
  return sure
    .slice(at + 1)
    .filter((name) => name !== culprit && !isHelper(name) && !ROOTS.test(name))
    .slice(0, CALLERS);
}
