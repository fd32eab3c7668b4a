import type { CrashKind } from "../kernel/crash/crash.ts";
import learned from "./learned-words.json" with { type: "json" };

/** Words that tell fixes, and what they count: log-odds, learned by bench/ranking/learn-words.ts. */
export interface LearnedWords {
  /** Words of a defect and how much more often they stand in messages of crash fixes than in others. */
  readonly fix: ReadonlyMap<string, number>;
  /** Words by which fixes of one kind of crash differ from the rest; empty for a kind with too few examples. */
  ofKind(kind: CrashKind): ReadonlyMap<string, number>;
}

/** `fix` and `kinds` as the file has them. */
export interface LearnedWordsFile {
  readonly fix: WordRows;
  readonly kinds: Readonly<Record<string, WordRows>>;
}

type WordRows = readonly (readonly (string | number)[])[];

export function readLearnedWords({ fix, kinds }: LearnedWordsFile): LearnedWords {
  const ofKind = new Map(Object.entries(kinds).map(([kind, words]) => [kind, toMap(words)]));
  return { fix: toMap(fix), ofKind: (kind) => ofKind.get(kind) ?? new Map() };
}

export const LEARNED_WORDS: LearnedWords = readLearnedWords(learned);

function toMap(rows: WordRows): Map<string, number> {
  return new Map(rows.map(([word, weight]) => [String(word), Number(weight)]));
}
