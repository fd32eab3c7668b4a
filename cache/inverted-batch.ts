import { type InvertedKey, textOf } from "./inverted-table.ts";
import type { KeyedList } from "./list-page.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { readVarints, VarintWriter } from "./varint.ts";

/**
 * Gathers "key -> ascending numbers" for one segment after the other, and makes rows of an inverted table of them: a list
 * for each key, or the end of one that an earlier run began.
 *
 * A number is a commit's distance from the first id of the segment, times `scale`, plus what the list says of
 * that commit (how often a word stands there): less than `scale`. The bytes hold the gaps between numbers, each
 * gap split so that adding to a list needs only its last number.
 *
 * What is gathered lies in flat arrays of (key, number) pairs until it is taken: some millions of them cost
 * eight bytes each, where a list a key would cost a hundred. The arrays are used again for the next segment.
 */
export class InvertedBatch<Key extends InvertedKey> {
  /** By number. */
  #keys: Key[] = [];
  readonly #numbers = new Map<Key, number>();
  /** By a key's number, the commit that `add` added last. */
  #lasts: number[] = [];
  /** Each of CHUNK numbers. */
  readonly #chunks: Uint32Array[] = [];
  #length = 0;
  readonly #scale: number;

  constructor(scale = 1) {
    this.#scale = scale;
  }

  /** The commits of a segment must come in ascending order; one that a key has already is not added again. */
  add(key: Key, commit: number, note = 0): void {
    const number = this.numberOf(key);
    if (this.#lasts[number] === commit) return;
    this.#lasts[number] = commit;
    this.addNumbered(number, commit, note);
  }

  /** The number under which this batch knows the key until it is taken: from 0, in the order of the calls. */
  numberOf(key: Key): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.newNumber(key);
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** For who keeps the numbers himself: `numberOf` does not know the key. */
  newNumber(key: Key): number {
    return this.#keys.push(key) - 1;
  }

  /** As `add`, for a key whose number is known and that has not got the commit yet. */
  addNumbered(number: number, commit: number, note: number): void {
    const at = this.#length % CHUNK;
    const chunk = this.#chunks[(this.#length - at) / CHUNK] ?? this.#addChunk();
    chunk[at] = number;
    chunk[at + 1] = (commit % SEGMENT_SIZE) * this.#scale + note;
    this.#length += 2;
  }

  /**
   * Visits the lists of the segment in the order of their keys (as `textOf` has them), what was gathered behind what an
   * earlier run wrote of it; the batch is empty afterwards. A list is a view that is valid until the next one.
   */
  take(before: readonly KeyedList[], visit: (key: string, list: Uint8Array) => void): void {
    const { starts, numbers } = this.#byKey();
    const out = new VarintWriter();
    let next = 0;
    for (const { key, number } of inOrder(this.#keys)) {
      const text = textOf(key);
      let old = before[next];
      for (; old && old.key < text; old = before[++next]) visit(old.key, old.list);
      const mine = numbers.subarray(starts[number], starts[number + 1]);
      out.clear();
      if (old?.key === text) {
        next++;
        out.pushBytes(old.list);
        this.#encode(mine, this.#lastOf(old.list), out);
      } else this.#encode(mine, 0, out);
      visit(text, out.bytes());
    }
    for (const { key, list } of before.slice(next)) visit(key, list);
    this.#keys = [];
    this.#numbers.clear();
    this.#lasts = [];
    this.#length = 0;
  }

  /** The numbers sorted by key, each key's in the order in which they came: `starts[k]` to `starts[k + 1]`. */
  #byKey(): { starts: Uint32Array; numbers: Uint32Array } {
    const starts = new Uint32Array(this.#keys.length + 1);
    this.#eachPair((key) => {
      starts[key + 1] = (starts[key + 1] ?? 0) + 1;
    });
    for (let key = 1; key < starts.length; key++) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
    const next = starts.slice();
    const numbers = new Uint32Array(this.#length / 2);
    this.#eachPair((key, number) => {
      const place = next[key] ?? 0;
      numbers[place] = number;
      next[key] = place + 1;
    });
    return { starts, numbers };
  }

  /** Writes the gaps; the first is counted from the position `last`. */
  #encode(numbers: Uint32Array, last: number, out: VarintWriter): void {
    let before = last;
    for (const number of numbers) {
      const note = number % this.#scale;
      const position = (number - note) / this.#scale;
      out.push((position - before) * this.#scale + note);
      before = position;
    }
  }

  /** The position at which a stored list ends. */
  #lastOf(list: Uint8Array): number {
    let last = 0;
    for (const value of readVarints(list)) last += Math.floor(value / this.#scale);
    return last;
  }

  #eachPair(visit: (key: number, number: number) => void): void {
    for (let begin = 0; begin < this.#length; begin += CHUNK) {
      const chunk = this.#chunks[begin / CHUNK] ?? new Uint32Array();
      const end = Math.min(CHUNK, this.#length - begin);
      for (let at = 0; at < end; at += 2) visit(chunk[at] ?? 0, chunk[at + 1] ?? 0);
    }
  }

  #addChunk(): Uint32Array {
    const chunk = new Uint32Array(CHUNK);
    this.#chunks.push(chunk);
    return chunk;
  }
}

/**
 * Keys with their numbers, sorted as SQLite sorts them. Most words differ in their first characters, which are compared
 * as one number: much quicker than comparing strings.
 */
function inOrder<Key extends InvertedKey>(keys: readonly Key[]): { key: Key; number: number }[] {
  const ranked = keys.map((key, number) => ({ key, number, rank: rankOf(key) }));
  return ranked.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Of keys in order, ranks never fall; equal ones tell nothing. */
function rankOf(key: InvertedKey): number {
  if (typeof key === "number") return key;
  let rank = 0;
  let ascii = true;
  for (let at = 0; at < RANKED; at++) {
    const code = ascii && at < key.length ? key.charCodeAt(at) : 0;
    if (code > 127) ascii = false;
    rank = rank * 128 + Math.min(code, 127);
  }
  return rank;
}

/** Characters: as many as seven bits each leave a number exact. */
const RANKED = 7;

/** An even number. */
const CHUNK = 1 << 18;
