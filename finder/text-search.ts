import type { HistoryReader } from "../cache/history-reader.ts";

/** A word to look for and what it counts. */
export type WeightedWords = ReadonlyMap<string, number>;

/**
 * Adds to each commit's score how much its subject and prose speak of these words: Okapi BM25 (Robertson and
 * Zaragoza, 2009), a word of the subject counting as two more of the prose. Quoted crash logs are no part of the
 * text.
 */
export function scoreText(history: HistoryReader, words: WeightedWords, scores: Float32Array): void {
  const lengths = history.textLengths();
  const { commits, counts } = scratchFor(lengths.length);
  for (const [word, weight] of words) {
    let found = 0;
    history.eachWithWord(word, (commit, count, inSubject) => {
      commits[found] = commit;
      counts[found++] = inSubject ? count + SUBJECT_BONUS : count;
    });
    if (found === 0) continue;
    const rarity = Math.log(1 + (lengths.length - found + 0.5) / (found + 0.5));
    for (let at = 0; at < found; at++) {
      const commit = commits[at] ?? 0;
      const count = counts[at] ?? 0;
      const length = (lengths[commit] ?? 0) / TYPICAL_LENGTH;
      const gain = (weight * rarity * count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
      scores[commit] = (scores[commit] ?? 0) + gain;
    }
  }
}

/** The commits with one word, and how often it stands there: the arrays are used again by all words and questions. */
let scratch = { commits: new Uint32Array(0), counts: new Uint8Array(0) };

function scratchFor(size: number): typeof scratch {
  if (scratch.commits.length < size)
    scratch = { commits: new Uint32Array(size), counts: new Uint8Array(size) };
  return scratch;
}

/** How much a word tells: the logarithm of the share of commits without it. */
export function rarityOf(history: HistoryReader, word: string): number {
  const all = history.textLengths().length;
  const found = history.wordCount(word);
  return found === 0 ? 0 : Math.log(1 + (all - found + 0.5) / (found + 0.5));
}

const K1 = 1.2;
const B = 0.6;
const SUBJECT_BONUS = 2;
/** Words of a usual commit message. */
const TYPICAL_LENGTH = 60;
