/** Where each candidate stands among all by one kind of evidence, as the logarithm of its place; 0 is the best. */
export type Standings = Readonly<Record<string, ReadonlyMap<number, number>>>;

/** Places of the candidates by each of these scores; equals share the better place. */
export function standingsOf(
  commits: readonly number[],
  scores: Readonly<Record<string, Float32Array>>,
): Standings {
  return Object.fromEntries(
    Object.entries(scores).map(([name, values]) => {
      const order = [...commits].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
      const places = new Map<number, number>();
      let place = 0;
      order.forEach((commit, at) => {
        if (at > 0 && values[commit] !== values[order[at - 1] ?? 0]) place = at;
        places.set(commit, Math.log2(1 + place));
      });
      return [name, places];
    }),
  );
}
