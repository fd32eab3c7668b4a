import type { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { WeightedWords } from "./text-search.ts";

/** For each of some commits, by place, what the words in its message count together; `rare`: a seldom word counts more. */
export function scoreWords(
  history: HistoryReader,
  among: CommitSet,
  words: WeightedWords,
  { rare = false, scores = new Float32Array(among.size) }: ScoreOptions = {},
): Float32Array {
  const all = history.facts().size;
  for (const [word, weight] of words) {
    const list = history.wordList(word);
    const { ids, length } = list.among(among);
    if (length === 0) continue;
    among.toPlaces(ids, length);
    const gain = rare ? (weight * Math.log2(1 + all / (1 + list.count))) / 10 : weight;
    addTo(scores, gain, ids, length);
  }
  return scores;
}

interface ScoreOptions {
  readonly rare?: boolean;
  /** What to add to, and to return. */
  readonly scores?: Float32Array;
}

/** A loop of its own is short enough for V8 to compile while it runs. */
function addTo(scores: Float32Array, gain: number, places: Uint32Array, length: number): void {
  for (let at = 0; at < length; at++) {
    const place = places[at] ?? 0;
    scores[place] = (scores[place] ?? 0) + gain;
  }
}
