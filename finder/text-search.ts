import type { HistoryReader } from "../cache/history-reader.ts";

/** A word to look for and what it counts. */
export type WeightedWords = ReadonlyMap<string, number>;

export interface TextHit {
  readonly commit: number;
  readonly score: number;
}

/**
 * The commits whose subject and prose speak most of these words: Okapi BM25 (Robertson and Zaragoza, 2009), a
 * word of the subject counting as two more of the prose. Quoted crash logs are no part of the text.
 */
export function searchText(history: HistoryReader, words: WeightedWords, limit: number): TextHit[] {
  const lengths = history.textLengths();
  const scores = new Float32Array(lengths.length);
  const touched: number[] = [];
  for (const [word, weight] of words) {
    const found: { commit: number; count: number }[] = [];
    history.eachWithWord(word, (commit, count, inSubject) => {
      found.push({ commit, count: inSubject ? count + SUBJECT_BONUS : count });
    });
    if (found.length === 0) continue;
    const rarity = Math.log(1 + (lengths.length - found.length + 0.5) / (found.length + 0.5));
    for (const { commit, count } of found) {
      const length = (lengths[commit] ?? 0) / TYPICAL_LENGTH;
      const score = scores[commit] ?? 0;
      if (score === 0) touched.push(commit);
      scores[commit] = score + (weight * rarity * count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
    }
  }
  return best(touched, scores, limit);
}

function best(commits: readonly number[], scores: Float32Array, limit: number): TextHit[] {
  const threshold = nthLargest(commits, scores, limit);
  return commits
    .filter((commit) => (scores[commit] ?? 0) >= threshold)
    .map((commit) => ({ commit, score: scores[commit] ?? 0 }))
    .sort((a, b) => b.score - a.score || b.commit - a.commit)
    .slice(0, limit);
}

function nthLargest(commits: readonly number[], scores: Float32Array, n: number): number {
  if (commits.length <= n) return 0;
  const sorted = Float32Array.from(commits, (commit) => scores[commit] ?? 0).sort();
  return sorted[sorted.length - n] ?? 0;
}

const K1 = 1.2;
const B = 0.6;
const SUBJECT_BONUS = 2;
/** Words of a usual commit message. */
const TYPICAL_LENGTH = 60;
