import type { HistoryReader } from "../cache/history-reader.ts";
import { isInSubject } from "../cache/inverted-list.ts";
import type { TraceFunction } from "./crash-query.ts";

/** Which messages name functions of the trace whole. */
export interface Naming {
  /** By commit: what the functions that it names count together. */
  readonly scores: Float32Array;
  /** By commit: the most telling of them, its weight times its rarity in messages. */
  readonly rarest: Float32Array;
  /** By commit: 1 + the place in the trace of the innermost of them; 0 where it names none. */
  readonly innermost: Uint8Array;
  /** For each function that few messages name: those that do. */
  readonly named: readonly { readonly place: TraceFunction; readonly commits: readonly number[] }[];
}

export function namingOf(history: HistoryReader, functions: readonly TraceFunction[]): Naming {
  const size = history.facts().size;
  const naming = {
    scores: new Float32Array(size),
    rarest: new Float32Array(size),
    innermost: new Uint8Array(size),
  };
  const { scores, rarest, innermost } = naming;
  const named: { place: TraceFunction; commits: number[] }[] = [];
  for (const place of functions) {
    if (!place.name.includes("_") && place.name.length < SHORT) continue;
    const { ids, notes, length, commits } = history.withWord(place.name.toLowerCase());
    const rarity = place.weight * Math.log(size / (1 + length));
    for (let at = 0; at < length; at++) {
      const commit = ids[at] ?? 0;
      const counts = isInSubject(notes[at] ?? 0) ? 1.5 : 1;
      scores[commit] = (scores[commit] ?? 0) + place.weight * counts;
      rarest[commit] = Math.max(rarest[commit] ?? 0, rarity);
      if (innermost[commit] === 0) innermost[commit] = 1 + place.position;
    }
    if (length <= MANY) named.push({ place, commits: Array.from(commits) });
  }
  return { ...naming, named };
}

/** Shorter names without `_` (`panic`, `bread`) are words of English. */
const SHORT = 6;
const MANY = 250;
