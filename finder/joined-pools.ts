import { normaliseSubject } from "../kernel/commit/subject.ts";

/** What joining asks of a candidate. */
export interface Joinable {
  /** Of which pool it is: the same thing for all of one pool. */
  readonly pool: object;
  readonly subject: string;
  /** The files it changes, by their numbers in its pool. */
  readonly paths: readonly number[];
  readonly belief: number;
  readonly familiarity: number;
}

/**
 * Puts the candidates of several pools, each best first, into one order. A pool counts as much as it knows of the
 * trace's functions: a history that ends at 3.1 has little to say of a crash in 6.1. What stands in two pools stays
 * in the first (the history, which knows more of it), and a patch that was merged twice under two shas is one
 * candidate: the beliefs in both add up.
 */
export function joinPools<Candidate extends Joinable>(
  ranked: readonly (readonly Candidate[])[],
): Candidate[] {
  const bySubject = new Map<string, Place<Candidate>[]>();
  const joined: Place<Candidate>[] = [];
  for (const one of ranked.flat()) {
    const value = one.belief * (ranked.length < 2 ? 1 : one.familiarity);
    const key = normaliseSubject(one.subject);
    const namesakes = bySubject.get(key) ?? [];
    const known = namesakes.find((place) => isSamePatch(place.one, one));
    if (known) known.value += value;
    else {
      const place = { one, value };
      joined.push(place);
      bySubject.set(key, [...namesakes, place]);
    }
  }
  return joined.sort((a, b) => b.value - a.value).map(({ one }) => one);
}

interface Place<Candidate> {
  readonly one: Candidate;
  value: number;
}

/** Of two with the same subject. In one pool, different patches share a subject now and then ("Fix lockdep warning"). */
function isSamePatch(a: Joinable, b: Joinable): boolean {
  if (a.pool !== b.pool) return true;
  const paths = new Set(a.paths);
  return a.paths.length === b.paths.length && b.paths.every((path) => paths.has(path));
}
