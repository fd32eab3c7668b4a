import { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { SEGMENT_SIZE } from "../cache/schema.ts";
import { scoreWords } from "./scored-words.ts";
import type { WeightedWords } from "./text-search.ts";

/**
 * By the ids of commits what words of a fix count in their messages, for these and others: whatever crashed it is the
 * same, so that a segment's commits are all looked at with the first of them, and then never again.
 */
export function scoreFixWords(history: HistoryReader, among: CommitSet, words: WeightedWords): Float32Array {
  const known = knownOf(history, words);
  const missing = new CommitSet(known.scores.length);
  const segments: number[] = [];
  const [first, last] = among.segments ?? [0, -1];
  for (let segment = first; segment <= last; segment++) {
    if (known.segments.has(segment)) continue;
    known.segments.add(segment);
    segments.push(segment);
    missing.addRange(segment * SEGMENT_SIZE, Math.min((segment + 1) * SEGMENT_SIZE, known.scores.length));
  }
  if (segments.length > 0) {
    const scores = scoreWords(history, missing, words);
    for (const segment of segments) {
      const from = segment * SEGMENT_SIZE;
      known.scores.set(scores.subarray(from, from + SEGMENT_SIZE), from);
    }
  }
  return known.scores;
}

interface Known {
  readonly scores: Float32Array;
  /** Those that are counted. */
  readonly segments: Set<number>;
}

function knownOf(history: HistoryReader, words: WeightedWords): Known {
  const before = KNOWN.get(history);
  if (before?.words === words) return before;
  const known = { words, scores: new Float32Array(history.facts().size), segments: new Set<number>() };
  KNOWN.set(history, known);
  return known;
}

const KNOWN = new WeakMap<HistoryReader, Known & { readonly words: WeightedWords }>();
