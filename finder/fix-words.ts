import { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { SEGMENT_SIZE } from "../cache/schema.ts";
import { scoreWords } from "./scored-words.ts";
import type { WeightedWords } from "./text-search.ts";

/**
 * By the ids of commits what words of a fix count in their messages, for these and others: whatever crashed it is the
 * same, so that from the second crash on a segment's commits are all looked at with the first of them, and then never
 * again. A process that has one crash to answer looks at no others.
 */
export function scoreFixWords(history: HistoryReader, among: CommitSet, words: WeightedWords): Float32Array {
  if (!ASKED.has(history)) {
    ASKED.add(history);
    return scoreWords(history, among, words);
  }
  const known = knownOf(history, words);
  const missing = new CommitSet(known.scores.length);
  const [first, last] = among.segments ?? [0, -1];
  for (let segment = first; segment <= last; segment++) {
    if (known.segments.has(segment)) continue;
    known.segments.add(segment);
    missing.addRange(segment * SEGMENT_SIZE, Math.min((segment + 1) * SEGMENT_SIZE, known.scores.length));
  }
  if (!missing.segments) return known.scores;
  KNOWN.delete(history); // what fails on the way, as the index is damaged, is not to be taken for counted
  scoreWords(history, missing, words, { scores: known.scores });
  KNOWN.set(history, known);
  return known.scores;
}

interface Known {
  readonly words: WeightedWords;
  readonly scores: Float32Array;
  /** Those that are counted. */
  readonly segments: Set<number>;
}

function knownOf(history: HistoryReader, words: WeightedWords): Known {
  const before = KNOWN.get(history);
  if (before?.words === words) return before;
  return { words, scores: new Float32Array(history.facts().size), segments: new Set() };
}

const ASKED = new WeakSet<HistoryReader>();
const KNOWN = new WeakMap<HistoryReader, Known>();
