import { SEGMENT_SIZE } from "./schema.ts";

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

/** In the lists of `word`: four steps of frequency, times two for "also in the subject". */
export const WORD_SCALE = 8;
