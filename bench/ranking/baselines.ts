import { FACT } from "../../cache/commit-facts.ts";
import { CommitSet } from "../../cache/commit-set.ts";
import type { HistoryReader } from "../../cache/history-reader.ts";
import type { CrashQuery } from "../../finder/crash-query.ts";
import { scoreText } from "../../finder/text-search.ts";

/** Simple ways to rank, for comparison: each gives every commit a value; the larger the earlier. */
export const BASELINES: readonly {
  readonly name: string;
  readonly rank: (history: HistoryReader, query: CrashQuery) => Float32Array;
}[] = [
  {
    name: "crash function named in the message, newest first",
    rank: (history, { functions }) => {
      const values = new Float32Array(history.facts().size);
      const name = functions[0]?.name.toLowerCase();
      if (name === undefined) return values;
      for (const commit of history.withWord(name).commits) values[commit] = commit;
      return values;
    },
  },
  {
    name: "changes any of the first eight functions",
    rank: (history, { functions }) => touchesOf(history, functions),
  },
  {
    name: "BM25 over subject and prose, words of the trace",
    rank: (history, { functions }) => textOf(history, functions),
  },
  {
    name: "BM25 and changed functions, weights by hand",
    rank: (history, { functions }) => {
      const text = textOf(history, functions);
      const touches = touchesOf(history, functions);
      const best = text.reduce((most, value) => Math.max(most, value), 1e-9);
      return text.map((value, commit) => (5 * value) / best + 1.5 * Math.min(2, touches[commit] ?? 0));
    },
  },
  {
    name: "BM25 over subject and prose, all words of the crash",
    rank: (history, { words }) => {
      const values = new Float32Array(history.facts().size);
      scoreText(history, allOf(history), [
        { words: new Map([...words.keys()].map((word) => [word, 1])), scores: values },
      ]);
      return values;
    },
  },
];

function allOf(history: HistoryReader): CommitSet {
  const { size } = history.facts();
  const all = new CommitSet(size);
  all.addRange(1, size);
  return all;
}

function textOf(history: HistoryReader, functions: CrashQuery["functions"]): Float32Array {
  const values = new Float32Array(history.facts().size);
  const names = new Map(functions.map((place) => [place.name.toLowerCase(), place.weight]));
  scoreText(history, allOf(history), [{ words: names, scores: values }]);
  return values;
}

function touchesOf(history: HistoryReader, functions: CrashQuery["functions"]): Float32Array {
  const values = new Float32Array(history.facts().size);
  for (const place of functions.slice(0, 8)) {
    for (const commit of place.commits) values[commit] = (values[commit] ?? 0) + 1;
  }
  return values;
}

/** Rank of the answer among the commits that the kernel lacks; undefined where its value is 0. */
export function rankIn(
  values: Float32Array,
  answer: number,
  history: HistoryReader,
  admits: (commit: number) => boolean,
): number | undefined {
  const mine = values[answer] ?? 0;
  if (mine === 0) return undefined;
  const facts = history.facts();
  let rank = 1;
  for (let id = 1; id < facts.size; id++) {
    const value = values[id] ?? 0;
    if (value < mine || (value === mine && id <= answer) || id === answer) continue;
    if (!facts.has(id, FACT.merge | FACT.copy) && admits(id)) rank++;
  }
  return rank;
}
