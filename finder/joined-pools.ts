import { normaliseSubject } from "../kernel/commit/subject.ts";
import type { Ranked } from "./ranking.ts";

/**
 * Puts the candidates of several pools into one order. A pool counts as much as it knows of the trace's functions:
 * a history that ends at 3.1 has little to say of a crash in 6.1. What stands in two pools stays in the first
 * (the history, which knows more of it), with the better place.
 */
export function joinPools(ranked: readonly (readonly Ranked[])[]): Ranked[] {
  if (ranked.length < 2) return [...(ranked[0] ?? [])];
  const joined = new Map<string, { one: Ranked; value: number }>();
  for (const candidates of ranked) {
    for (const one of candidates) {
      const commit = one.pool.history.commit(one.commit);
      if (!commit) continue;
      const key = normaliseSubject(commit.subject);
      const value = one.belief * one.familiarity;
      const known = joined.get(key);
      if (known) known.value += value;
      else joined.set(key, { one, value });
    }
  }
  return [...joined.values()].sort((a, b) => b.value - a.value).map(({ one }) => one);
}
