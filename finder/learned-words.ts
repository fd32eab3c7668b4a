import type { CrashKind } from "../kernel/crash/crash.ts";
import learned from "./learned-words.json" with { type: "json" };

/**
 * Words of a defect and how much more often they stand in messages of crash fixes than in others, and words by
 * which fixes of one kind of crash differ from those of the rest: log-odds, learned by bench/ranking/learn-words.ts.
 */
export const FIX_WORDS: ReadonlyMap<string, number> = toMap(learned.fix);

const OF_KIND = new Map<string, ReadonlyMap<string, number>>(
  Object.entries(learned.kinds).map(([kind, words]) => [kind, toMap(words)]),
);

/** Empty for a kind that too few examples were known of. */
export function wordsOfKind(kind: CrashKind): ReadonlyMap<string, number> {
  return OF_KIND.get(kind) ?? new Map();
}

function toMap(rows: readonly (readonly (string | number)[])[]): Map<string, number> {
  return new Map(rows.map(([word, weight]) => [String(word), Number(weight)]));
}
