import type { KeyedList } from "./list-page.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { readVarints } from "./varint.ts";

/** The keys of lists, by numbers from 0. */
export interface NumberedKeys {
  /** Behind the greatest number. */
  readonly end: number;
  /** The numbers of those that have a list, in the order of the keys. */
  readonly order: Uint32Array;
  textOf(number: number): string;
}

/** Gets a list, which is the first `length` of the bytes, and until the next one only. */
export type VisitList = (key: string, bytes: Uint8Array, length: number) => void;

/**
 * Gathers "key -> ascending numbers" for one segment after the other, and makes lists of an inverted table of them, or the
 * ends of lists that an earlier run began. Keys are known by their numbers until all is gathered.
 *
 * What a list has is a commit's distance from the first id of the segment, times `scale`, a power of two, plus what the
 * list says of that commit (how often a word stands there): less than `scale`. The bytes hold the gaps, each
 * split so that adding to a list needs only its last number.
 *
 * What is gathered lies in one flat array of (key, number) pairs until it is taken: some millions of them cost
 * eight bytes each, where a list a key would cost a hundred. The array is used again for the next segment.
 */
export class ListBatch {
  #pairs = new Uint32Array(1 << 16);
  #length = 0;
  readonly #scale: number;
  #bytes = new Uint8Array(1 << 10);

  constructor(scale: number) {
    this.#scale = scale;
  }

  /** The commits of a segment must come in ascending order, each once for a key. */
  add(key: number, commit: number, note: number): void {
    if (this.#length === this.#pairs.length) this.#grow();
    const at = this.#length;
    this.#pairs[at] = key;
    this.#pairs[at + 1] = (commit % SEGMENT_SIZE) * this.#scale + note;
    this.#length = at + 2;
  }

  /**
   * Visits the lists of the segment in the order of their keys, what was gathered behind what an earlier run wrote of
   * it; the batch is empty afterwards.
   */
  take(keys: NumberedKeys, before: readonly KeyedList[], visit: VisitList): void {
    const { numbers, ends } = this.#inOrder(keys);
    let next = 0;
    let start = 0;
    for (const [at, end] of ends.entries()) {
      const key = keys.textOf(keys.order[at] ?? 0);
      let old = before[next];
      for (; old && old.key < key; old = before[++next]) visit(old.key, old.list, old.list.length);
      const mine = old?.key === key ? old : undefined;
      if (mine) next++;
      const length = this.#encode(numbers, start, end, mine?.list);
      visit(key, this.#bytes, length);
      start = end;
    }
    for (const { key, list } of before.slice(next)) visit(key, list, list.length);
    this.#length = 0;
  }

  /** The numbers key after key, each key's as they came, and where each key's end. */
  #inOrder({ end, order }: NumberedKeys): { numbers: Uint32Array; ends: Uint32Array } {
    const pairs = this.#pairs;
    const length = this.#length;
    /** By key, how many numbers it has, and then where the next of them is put. */
    const places = new Uint32Array(end);
    for (let at = 0; at < length; at += 2) {
      const key = pairs[at] ?? 0;
      places[key] = (places[key] ?? 0) + 1;
    }
    const ends = new Uint32Array(order.length);
    let sum = 0;
    for (let at = 0; at < order.length; at++) {
      const key = order[at] ?? 0;
      const count = places[key] ?? 0;
      places[key] = sum;
      sum += count;
      ends[at] = sum;
    }
    const numbers = new Uint32Array(length / 2);
    for (let at = 0; at < length; at += 2) {
      const key = pairs[at] ?? 0;
      const place = places[key] ?? 0;
      numbers[place] = pairs[at + 1] ?? 0;
      places[key] = place + 1;
    }
    return { numbers, ends };
  }

  /** Puts the gaps between some numbers into `#bytes`, behind those of a list, and says how many bytes there are. */
  #encode(numbers: Uint32Array, start: number, end: number, list: Uint8Array | undefined): number {
    const positionOf = -this.#scale; // as a mask
    let at = list?.length ?? 0;
    const most = at + (end - start) * LONGEST_NUMBER;
    if (most > this.#bytes.length) this.#bytes = new Uint8Array(2 * most);
    const bytes = this.#bytes;
    let before = 0;
    if (list) {
      bytes.set(list);
      for (const gap of readVarints(list)) before += gap & positionOf;
    }
    for (let next = start; next < end; next++) {
      const number = numbers[next] ?? 0;
      let rest = number - before;
      before = number & positionOf;
      for (; rest > 127; rest >>= 7) bytes[at++] = (rest & 127) | 128;
      bytes[at++] = rest;
    }
    return at;
  }

  #grow(): void {
    const pairs = new Uint32Array(this.#pairs.length * 2);
    pairs.set(this.#pairs);
    this.#pairs = pairs;
  }
}

/** In bytes: of up to 28 bits. */
const LONGEST_NUMBER = 4;
