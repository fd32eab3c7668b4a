/** Where each candidate stands among all by one kind of evidence, as the logarithm of its place; 0 is the best. */
export type Standings<Name extends string> = Readonly<Record<Name, Float64Array>>;

/** Places of the first `count` by each of these scores; equals share the better place. */
export function standingsOf<Name extends string>(
  count: number,
  scores: Readonly<Record<Name, Float32Array>>,
): Standings<Name> {
  return Object.fromEntries(
    Object.entries<Float32Array>(scores).map(([name, values]) => [
      name,
      standings(values.subarray(0, count)),
    ]),
  ) as Standings<Name>;
}

function standings(values: Float32Array): Float64Array {
  const places = new Map<number, number>();
  const ascending = values.slice().sort();
  for (let at = 0; at < ascending.length; at++) places.set(ascending[at] ?? 0, ascending.length - 1 - at);
  const standing = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) standing[at] = Math.log2(1 + (places.get(values[at] ?? 0) ?? 0));
  return standing;
}
