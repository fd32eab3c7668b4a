import type { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { isInSubject } from "../cache/inverted-list.ts";
import type { TraceFunction } from "./crash-query.ts";

/** What messages of some commits name of the trace, function names whole; by place. */
export interface Naming {
  /** What the functions that it names count together. */
  readonly scores: Float32Array;
  /** The most telling of them, its weight times its rarity in messages. */
  readonly rarest: Float32Array;
  /** 1 + the place in the trace of the innermost of them; 0 where it names none. */
  readonly innermost: Uint8Array;
}

export function namingOf(
  history: HistoryReader,
  among: CommitSet,
  functions: readonly TraceFunction[],
): Naming {
  const all = history.facts().size;
  const rarest = new Float32Array(among.size);
  const innermost = new Uint8Array(among.size);
  for (const place of functions.filter(isTelling)) {
    const list = history.wordList(place.name.toLowerCase());
    const { ids, length } = list.among(among);
    const rarity = place.weight * Math.log(all / (1 + list.count));
    for (let at = 0; at < length; at++) {
      const commit = among.placeOf(ids[at] ?? 0);
      rarest[commit] = Math.max(rarest[commit] ?? 0, rarity);
      if (innermost[commit] === 0) innermost[commit] = 1 + place.position;
    }
  }
  return { scores: scoreNames(history, among, functions), rarest, innermost };
}

/** `Naming.scores` alone. */
export function scoreNames(
  history: HistoryReader,
  among: CommitSet,
  functions: readonly TraceFunction[],
): Float32Array {
  const scores = new Float32Array(among.size);
  for (const { name, weight } of functions.filter(isTelling)) {
    const { ids, notes, length } = history.wordList(name.toLowerCase()).among(among);
    for (let at = 0; at < length; at++) {
      const commit = among.placeOf(ids[at] ?? 0);
      scores[commit] = (scores[commit] ?? 0) + weight * (isInSubject(notes[at] ?? 0) ? 1.5 : 1);
    }
  }
  return scores;
}

/** Each function that few messages name, with the commits whose messages do. */
export function seldomNamed(history: HistoryReader, functions: readonly TraceFunction[]): Named[] {
  return functions.filter(isTelling).flatMap((place) => {
    const word = place.name.toLowerCase();
    if (history.wordList(word).count > MANY) return [];
    return [{ place, commits: Array.from(history.withWord(word).commits) }];
  });
}

export interface Named {
  readonly place: TraceFunction;
  readonly commits: readonly number[];
}

/** Shorter names without `_` (`panic`, `bread`) are words of English. */
function isTelling({ name }: TraceFunction): boolean {
  return name.includes("_") || name.length >= SHORT;
}

const SHORT = 6;
const MANY = 250;
