import type { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { isInSubject, timesOf, WORD_SCALE } from "../cache/inverted-list.ts";
import type { Found } from "../cache/word-list.ts";

/** A word to look for and what it counts. */
export type WeightedWords = ReadonlyMap<string, number>;

/** One way to weigh the words of a crash, and by place how much a commit's message speaks of them so. */
export interface Weighing {
  readonly words: WeightedWords;
  readonly scores: Float32Array;
}

/**
 * Adds to the scores of some commits how much their subjects and prose speak of these words: Okapi BM25 (Robertson and
 * Zaragoza, 2009), a word of the subject counting as two more of the prose. Quoted crash logs are no part of the
 * text. The list of a word is walked once, however many weigh it.
 */
export function scoreText(history: HistoryReader, among: CommitSet, weighings: readonly Weighing[]): void {
  const lengths = history.textLengths(among);
  for (const word of new Set(weighings.flatMap(({ words }) => [...words.keys()]))) {
    const list = history.wordList(word);
    const found = list.among(among);
    if (found.length === 0) continue;
    const gains = gainsOf(found, lengths);
    among.toPlaces(found.ids, found.length);
    const rarity = rarityOfCount(list.count, history.textPlaces());
    for (const { words, scores } of weighings) {
      const weight = words.get(word) ?? 0;
      if (weight > 0) addGains(scores, weight * rarity, { places: found.ids, gains, length: found.length });
    }
  }
}

/** What a word says of each commit that has it, whatever the word counts. */
function gainsOf({ ids, notes, length }: Found, lengths: Uint8Array): Float32Array {
  if (scratch.length < length) scratch = new Float32Array(2 * length);
  const gains = scratch;
  for (let at = 0; at < length; at++)
    gains[at] = GAINS[((notes[at] ?? 0) << 8) | (lengths[ids[at] ?? 0] ?? 0)] ?? 0;
  return gains;
}

function addGains(
  scores: Float32Array,
  weight: number,
  { places, gains, length }: { places: Uint32Array; gains: Float32Array; length: number },
): void {
  for (let at = 0; at < length; at++) {
    const place = places[at] ?? 0;
    scores[place] = (scores[place] ?? 0) + weight * (gains[at] ?? 0);
  }
}

/** Used again by all words and questions. */
let scratch = new Float32Array(0);

/** How much a word tells: the logarithm of the share of commits without it. */
export function rarityOf(history: HistoryReader, word: string): number {
  const found = history.wordCount(word);
  return found === 0 ? 0 : rarityOfCount(found, history.textPlaces());
}

function rarityOfCount(found: number, all: number): number {
  return Math.log(1 + (all - found + 0.5) / (found + 0.5));
}

/** What these words count together, added to `sum`. */
export function sumOf(words: readonly string[], weights: Pick<WeightedWords, "get">, sum = 0): number {
  let all = sum;
  for (const word of words) all += weights.get(word) ?? 0;
  return all;
}

const K1 = 1.2;
const B = 0.6;
const SUBJECT_BONUS = 2;
/** Words of a usual commit message. */
const TYPICAL_LENGTH = 60;

/** What a word says of a commit by what is noted of it there (times 256) and by the length of the text. */
const GAINS = new Float32Array(WORD_SCALE << 8);
for (let note = 0; note < WORD_SCALE; note++) {
  const often = timesOf(note) + (isInSubject(note) ? SUBJECT_BONUS : 0);
  for (let length = 0; length < 256; length++) {
    const relative = length / TYPICAL_LENGTH;
    GAINS[(note << 8) | length] = (often * (K1 + 1)) / (often + K1 * (1 - B + B * relative));
  }
}
