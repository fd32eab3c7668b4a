import type { HistoryReader } from "../cache/history-reader.ts";

/** A word to look for and what it counts. */
export type WeightedWords = ReadonlyMap<string, number>;

/** One way to weigh the words of a crash, and by commit how much its message speaks of them so. */
export interface Weighing {
  readonly words: WeightedWords;
  readonly scores: Float32Array;
}

/**
 * Adds to each commit's scores how much its subject and prose speak of these words: Okapi BM25 (Robertson and
 * Zaragoza, 2009), a word of the subject counting as two more of the prose. Quoted crash logs are no part of the
 * text. The list of a word is walked once, however many weigh it.
 */
export function scoreText(history: HistoryReader, weighings: readonly Weighing[]): void {
  const lengths = history.textLengths();
  const { commits, gains } = scratchFor(lengths.length);
  for (const word of new Set(weighings.flatMap(({ words }) => [...words.keys()]))) {
    let found = 0;
    history.eachWithWord(word, (commit, count, inSubject) => {
      const often = inSubject ? count + SUBJECT_BONUS : count;
      const length = (lengths[commit] ?? 0) / TYPICAL_LENGTH;
      commits[found] = commit;
      gains[found++] = (often * (K1 + 1)) / (often + K1 * (1 - B + B * length));
    });
    if (found === 0) continue;
    const rarity = Math.log(1 + (lengths.length - found + 0.5) / (found + 0.5));
    for (const { words, scores } of weighings) {
      const weight = words.get(word) ?? 0;
      if (weight > 0) addGains(scores, weight * rarity, { commits, gains, found });
    }
  }
}

interface Found {
  readonly commits: Uint32Array;
  readonly gains: Float32Array;
  /** How many of both hold something. */
  readonly found: number;
}

function addGains(scores: Float32Array, weight: number, { commits, gains, found }: Found): void {
  for (let at = 0; at < found; at++) {
    const commit = commits[at] ?? 0;
    scores[commit] = (scores[commit] ?? 0) + weight * (gains[at] ?? 0);
  }
}

/** The commits with one word, and what it says there: the arrays are used again by all words and questions. */
let scratch = { commits: new Uint32Array(0), gains: new Float32Array(0) };

function scratchFor(size: number): typeof scratch {
  if (scratch.commits.length < size)
    scratch = { commits: new Uint32Array(size), gains: new Float32Array(size) };
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
