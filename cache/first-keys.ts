/**
 * The first keys of all pages that an inverted table has of a segment (cache/inverted-table.ts), in order: one row, read
 * at once. To gather tens of thousands of them from the pages' own rows took longer than most look-ups.
 *
 * | bytes | what |
 * |---|---|
 * | 3 for each key | where it ends, counted from the first one's start |
 * | n | the keys, one behind the other |
 *
 * They are compared where they lie: a look-up asks for few, and a string for each would cost more than all that it asks.
 */
export class FirstKeys {
  readonly #bytes: Uint8Array;
  /** Of keys. */
  readonly length: number;
  /** Where the first begins. */
  readonly #start: number;

  constructor(bytes: Uint8Array, length: number) {
    this.#bytes = bytes;
    this.length = length;
    this.#start = END_BYTES * length;
  }

  /** The place of the last that is not behind the key; -1: all are. */
  placeOf(key: string): number {
    let low = -1;
    let high = this.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.compare(middle, key) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Below zero where the key at the place stands before this one, above where behind; 0 for the same. */
  compare(place: number, key: string): number {
    const start = this.#end(place - 1);
    const length = this.#end(place) - start;
    const most = Math.min(length, key.length);
    for (let at = 0; at < most; at++) {
      const difference = (this.#bytes[start + at] ?? 0) - key.charCodeAt(at);
      if (difference !== 0) return difference;
    }
    return length - key.length;
  }

  at(place: number): string {
    return Buffer.from(this.#bytes.subarray(this.#end(place - 1), this.#end(place))).toString("latin1");
  }

  #end(place: number): number {
    if (place < 0) return this.#start;
    const bytes = this.#bytes;
    const at = END_BYTES * place;
    return this.#start + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0) + 65_536 * (bytes[at + 2] ?? 0);
  }
}

const END_BYTES = 3;

/** The bytes of keys, which are ASCII and in order. */
export function packFirstKeys(keys: readonly string[]): Buffer {
  const ends = Buffer.alloc(END_BYTES * keys.length);
  let end = 0;
  for (const [place, key] of keys.entries()) {
    end += key.length;
    ends.writeUIntLE(end, END_BYTES * place, END_BYTES);
  }
  return Buffer.concat([ends, Buffer.from(keys.join(""), "latin1")]);
}
