import type { Db } from "./database.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { readVarints, VarintWriter } from "./varint.ts";

/**
 * Gathers "key -> ascending numbers" for one segment after the other and adds them to an inverted table: a new row
 * for a key, or the end of the row that an earlier run began.
 *
 * A number is a commit's distance from the first id of the segment, times `scale`, plus what the list says of
 * that commit (how often a word stands there): less than `scale`. The bytes hold the gaps between numbers, each
 * gap split so that adding to a list needs only its last number.
 *
 * What is gathered lies in flat arrays of (key, number) pairs until it is flushed: some millions of them cost
 * eight bytes each, where a list a key would cost a hundred. The arrays are used again for the next segment.
 */
export class InvertedBatch<Key extends string | number> {
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

  /** The number under which this batch knows the key until it is flushed: from 0, in the order of the calls. */
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
   * Writes into `table (column, segment, commits)`, in key order so that the b-tree grows in order, and is empty
   * again. `appending`: the segment may have rows already, from an earlier run.
   */
  flush(db: Db, table: InvertedTable, segment: number, appending: boolean): void {
    const column = INVERTED[table];
    const find = db
      .prepare<[Key, number], Buffer>(`select commits from ${table} where ${column} = ? and segment = ?`)
      .pluck();
    const put = db.prepare(`insert or replace into ${table} (${column}, segment, commits) values (?, ?, ?)`);
    const { starts, numbers } = this.#byKey();
    const keys = inOrder(this.#keys);
    const out = new VarintWriter();
    for (const { key, number } of keys) {
      const before = appending ? find.get(key, segment) : undefined;
      out.clear();
      this.#encode(numbers.subarray(starts[number], starts[number + 1]), this.#lastOf(before), out);
      put.run(key, segment, before ? Buffer.concat([before, out.bytes()]) : out.bytes());
    }
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
  #lastOf(list: Buffer | undefined): number {
    let last = 0;
    for (const value of readVarints(list ?? Buffer.alloc(0))) last += Math.floor(value / this.#scale);
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
function inOrder<Key extends string | number>(keys: readonly Key[]): { key: Key; number: number }[] {
  const ranked = keys.map((key, number) => ({ key, number, rank: rankOf(key) }));
  return ranked.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Of keys in order, ranks never fall; equal ones tell nothing. */
function rankOf(key: string | number): number {
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

/** Commits of an inverted list, ascending, with what was noted of each: in arrays that are used again. */
export class Postings {
  #ids = new Uint32Array(1 << 10);
  #notes = new Uint8Array(1 << 10);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Commit ids; behind `length` stands anything. */
  get ids(): Uint32Array {
    return this.#ids;
  }

  get notes(): Uint8Array {
    return this.#notes;
  }

  /** The ids alone, all of them; a view. */
  get commits(): Uint32Array {
    return this.#ids.subarray(0, this.#length);
  }

  clear(): this {
    this.#length = 0;
    return this;
  }

  /** Adds one row of an inverted table. `scale` is the number of notes, a power of two. */
  append(segment: number, commits: Uint8Array, scale: number): this {
    this.#reserve(this.#length + commits.length);
    const [ids, notes] = [this.#ids, this.#notes];
    const noteBits = scale - 1;
    const noteLength = 31 - Math.clz32(scale);
    let id = segment * SEGMENT_SIZE;
    let length = this.#length;
    let value = 0;
    let shift = 0;
    for (let at = 0; at < commits.length; at++) {
      const byte = commits[at] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte & 0x80) {
        shift += 7;
        continue;
      }
      id += value >> noteLength;
      ids[length] = id;
      notes[length++] = value & noteBits;
      value = 0;
      shift = 0;
    }
    this.#length = length;
    return this;
  }

  /** So many commits have room; there are no more of them than bytes. */
  #reserve(size: number): void {
    if (size <= this.#ids.length) return;
    const [ids, notes] = [this.#ids, this.#notes];
    this.#ids = new Uint32Array(2 * size);
    this.#notes = new Uint8Array(2 * size);
    this.#ids.set(ids);
    this.#notes.set(notes);
  }
}

/** How often a word stands in a text (1 to 4; 4: or more), by what was noted of it. */
export function timesOf(note: number): number {
  return (note & 3) + 1;
}

/** Whether it stands in the subject. */
export function isInSubject(note: number): boolean {
  return note >= 4;
}

/** An even number. */
const CHUNK = 1 << 18;

type InvertedTable = keyof typeof INVERTED;

const INVERTED = { word: "word", touch: "symbol", path_touch: "path" } as const;

/** In the lists of `word`: four steps of frequency, times two for "also in the subject". */
export const WORD_SCALE = 8;
