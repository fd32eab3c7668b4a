import { type InvertedKey, textOf } from "./inverted-table.ts";
import { ListBatch, type VisitList } from "./list-batch.ts";
import type { KeyedList } from "./list-page.ts";

/** Gathers lists by their keys, as `ListBatch` does by numbers, which it gives them. */
export class InvertedBatch<Key extends InvertedKey> {
  /** By number. */
  #keys: Key[] = [];
  readonly #numbers = new Map<Key, number>();
  /** By a key's number, the commit that was added last. */
  #lasts: number[] = [];
  readonly #lists: ListBatch;

  constructor(scale = 1) {
    this.#lists = new ListBatch(scale);
  }

  /** The commits of a segment must come in ascending order; one that a key has already is not added again. */
  add(key: Key, commit: number, note = 0): void {
    const number = this.#numberOf(key);
    if (this.#lasts[number] === commit) return;
    this.#lasts[number] = commit;
    this.#lists.add(number, commit, note);
  }

  /** As `ListBatch` does. */
  take(before: readonly KeyedList[], visit: VisitList): void {
    const keys = this.#keys;
    const order = Uint32Array.from(keys.keys()).sort((a, b) => compare(keys[a], keys[b]));
    const text = (number: number) => textOf(keys[number] ?? "");
    this.#lists.take({ end: keys.length, order, textOf: text }, before, visit);
    this.#keys = [];
    this.#numbers.clear();
    this.#lasts = [];
  }

  #numberOf(key: Key): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#keys.push(key) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

/** As SQLite does. */
function compare<Key extends InvertedKey>(a: Key | undefined, b: Key | undefined): number {
  return a === undefined || b === undefined || a === b ? 0 : a < b ? -1 : 1;
}
