import { FACT } from "../cache/commit-facts.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { Crash } from "../kernel/crash/crash.ts";
import type { CrashQuery } from "./crash-query.ts";
import type { Evidence } from "./evidence.ts";

/** Commits that quote a trace much like this one, the likest first. */
export function commitsQuoting(history: HistoryReader, query: CrashQuery): number[] {
  const likeness = new Map<number, number>();
  for (const commit of history.commitsQuotingSignature(query.crash.signature)) likeness.set(commit, 1);
  for (const { quotedBy, weight } of query.functions)
    for (const commit of quotedBy) likeness.set(commit, (likeness.get(commit) ?? 0) + weight);
  return [...likeness]
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])
    .slice(0, MOST)
    .map(([commit]) => commit);
}

const MOST = 60;

/** What the logs that a commit's own message quotes say; undefined when they are of another crash. `telling`: see `tellingOf`. */
export function quoteEvidence(
  history: HistoryReader,
  { crash }: CrashQuery,
  commit: number,
  telling: Telling,
): Evidence | undefined {
  const ours = new Set([
    ...crash.frames.map((frame) => frame.function),
    ...(crash.function ? [crash.function] : []),
  ]);
  let best: Evidence | undefined;
  for (const quote of history.quotedCrashes(commit)) {
    const theirs = new Set([...quote.frames, ...(quote.function === undefined ? [] : [quote.function])]);
    const shared = [...theirs].filter((name) => ours.has(name)).length;
    const overlap = shared / Math.max(1, ours.size, theirs.size);
    const found = matchOf(
      {
        signature: quote.signature === crash.signature,
        site: quote.function !== undefined && quote.function === crash.function,
        kind: quote.kind === crash.kind,
      },
      { shared, overlap, site: crash.function, telling },
    );
    if (found && found.weight > (best?.weight ?? 0)) best = found;
  }
  return best;
}

/** Is it by this evidence that a commit fixes this very crash: do the traces agree, and not the title alone? */
export function isVerySame({ kind, weight }: Evidence): boolean {
  return kind === "same-crash-quoted" && weight >= VERY_SAME;
}

/** What a signature tells of a crash. */
export type Telling = "this crash" | "that the log lost its function" | "what many crashes have";

/**
 * A title without a function may be that of many: of all that ran out of memory, of each death of process 1. It tells one crash
 * while no two fixes quote it.
 */
export function tellingOf(history: HistoryReader, { culprit, title, signature }: Crash): Telling {
  if (culprit !== undefined) return "this crash";
  if (title.endsWith("corrupted")) return "that the log lost its function";
  const facts = history.facts();
  const quoting = history.commitsQuotingSignature(signature).filter((id) => !facts.has(id, FACT.copy));
  return quoting.length < 2 ? "this crash" : "what many crashes have";
}

function matchOf(
  same: { signature: boolean; site: boolean; kind: boolean },
  {
    shared,
    overlap,
    site,
    telling,
  }: { shared: number; overlap: number; site: string | undefined; telling: Telling },
): Evidence | undefined {
  const trace = shared > 1 ? `, ${shared} functions of its trace` : "";
  const very =
    shared > 1 ? "the very same crash" : `the same kind of crash in ${site ?? "the one function named"}`;
  if ((same.signature && telling === "this crash" && overlap >= 0.5) || (overlap >= 0.8 && shared >= 4))
    return {
      kind: "same-crash-quoted",
      detail: `quotes ${very}${trace}`,
      weight: VERY_SAME + 10 * overlap,
    };
  if (same.signature && telling === "this crash")
    return {
      kind: "same-crash-quoted",
      detail: `quotes the same crash${trace}`,
      weight: SAME + 4 * overlap,
    };
  if (same.signature && telling === "that the log lost its function")
    return {
      kind: "crash-quoted",
      detail: `quotes a report of the same kind, damaged as well${trace}`,
      weight: SAME + 4 * overlap,
    };
  if (same.signature)
    return {
      kind: "crash-quoted",
      detail: `quotes a report of the same kind${trace}`,
      weight: 3 + 6 * overlap,
    };
  if (same.site && same.kind)
    return {
      kind: "crash-quoted",
      detail: `quotes the same kind of crash in ${site}${trace}`,
      weight: 3 + 6 * overlap,
    };
  if (shared >= 3)
    return {
      kind: "crash-quoted",
      detail: `quotes a trace that shares ${shared} functions`,
      weight: 6 * overlap,
    };
  return undefined;
}

const VERY_SAME = 30;
const SAME = 10;
