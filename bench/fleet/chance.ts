/** Chance that comes out the same on every run. */

export type Random = () => number;

/** A generator with a fixed seed: numbers from 0 to below 1 (mulberry32, public domain). */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function below(chance: Random, bound: number): number {
  return Math.floor(chance() * bound);
}

export function pick<Item>(items: readonly Item[], chance: Random): Item {
  const item = items[below(chance, items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

export function shuffled<Item>(items: readonly Item[], chance: Random): Item[] {
  const rest = [...items];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = below(chance, at + 1);
    const [a, b] = [rest[at], rest[other]];
    if (a !== undefined && b !== undefined) {
      rest[at] = b;
      rest[other] = a;
    }
  }
  return rest;
}
