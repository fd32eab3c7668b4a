import { textOf } from "./inverted-table.ts";
import { ListBatch, type VisitList } from "./list-batch.ts";
import type { KeyedList } from "./list-page.ts";

/** Gathers lists by ids, of symbols or of paths, as `ListBatch` does by numbers from 0, which it gives them. */
export class InvertedBatch {
  /** By number. */
  #ids: number[] = [];
  readonly #numbers = new Map<number, number>();
  /** By an id's number, the commit that was added last. */
  #lasts: number[] = [];
  readonly #lists = new ListBatch(1);

  /** The commits of a segment must come in ascending order; one that an id has already is not added again. */
  add(id: number, commit: number): void {
    const number = this.#numberOf(id);
    if (this.#lasts[number] === commit) return;
    this.#lasts[number] = commit;
    this.#lists.add(number, commit, 0);
  }

  /** As `ListBatch` does. */
  take(before: readonly KeyedList[], visit: VisitList): void {
    const ids = this.#ids;
    const order = Uint32Array.from(ids.keys()).sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
    const text = (number: number) => textOf(ids[number] ?? 0);
    this.#lists.take({ end: ids.length, order, textOf: text }, before, visit);
    this.#ids = [];
    this.#numbers.clear();
    this.#lasts = [];
  }

  #numberOf(id: number): number {
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.#ids.push(id) - 1;
      this.#numbers.set(id, number);
    }
    return number;
  }
}
