import type { HistoryReader } from "../cache/history-reader.ts";
import type { LearnedWords } from "./learned-words.ts";

/** For every commit, what the words in its message count together; `rare`: a seldom word counts more. */
export function scoreWords(
  history: HistoryReader,
  words: ReadonlyMap<string, number>,
  rare = false,
): Float32Array {
  const scores = new Float32Array(history.facts().size);
  for (const [word, weight] of words) {
    const { ids, length } = history.withWord(word);
    const gain = rare ? (weight * Math.log2(1 + scores.length / (1 + length))) / 10 : weight;
    for (let at = 0; at < length; at++) {
      const commit = ids[at] ?? 0;
      scores[commit] = (scores[commit] ?? 0) + gain;
    }
  }
  return scores;
}

/** Words of a fix are the same for every crash: scored once for each open index. */
export function fixWordsOf(history: HistoryReader, learned: LearnedWords): Float32Array {
  let known = FIX_SCORES.get(history);
  if (known?.learned !== learned) {
    known = { learned, scores: scoreWords(history, learned.fix) };
    FIX_SCORES.set(history, known);
  }
  return known.scores;
}

const FIX_SCORES = new WeakMap<HistoryReader, { learned: LearnedWords; scores: Float32Array }>();
