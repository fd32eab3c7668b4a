import type { HistoryReader } from "../cache/history-reader.ts";
import { isInSubject, type Postings, timesOf } from "../cache/inverted-list.ts";

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
  for (const word of new Set(weighings.flatMap(({ words }) => [...words.keys()]))) {
    const found = history.withWord(word);
    if (found.length === 0) continue;
    const gains = gainsOf(found, lengths);
    const rarity = Math.log(1 + (lengths.length - found.length + 0.5) / (found.length + 0.5));
    for (const { words, scores } of weighings) {
      const weight = words.get(word) ?? 0;
      if (weight > 0) addGains(scores, weight * rarity, { found, gains });
    }
  }
}

/** What a word says of each commit that has it, whatever the word counts. */
function gainsOf({ ids, notes, length }: Postings, lengths: Uint8Array): Float32Array {
  if (scratch.length < length) scratch = new Float32Array(2 * length);
  const gains = scratch;
  for (let at = 0; at < length; at++) {
    const note = notes[at] ?? 0;
    const often = timesOf(note) + (isInSubject(note) ? SUBJECT_BONUS : 0);
    const relative = (lengths[ids[at] ?? 0] ?? 0) / TYPICAL_LENGTH;
    gains[at] = (often * (K1 + 1)) / (often + K1 * (1 - B + B * relative));
  }
  return gains;
}

function addGains(
  scores: Float32Array,
  weight: number,
  { found: { ids, length }, gains }: { found: Postings; gains: Float32Array },
): void {
  for (let at = 0; at < length; at++) {
    const commit = ids[at] ?? 0;
    scores[commit] = (scores[commit] ?? 0) + weight * (gains[at] ?? 0);
  }
}

/** Used again by all words and questions. */
let scratch = new Float32Array(0);

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
