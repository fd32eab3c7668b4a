import type { CommitSet } from "./commit-set.ts";
import { WORD_SCALE } from "./inverted-list.ts";
import type { StoredList } from "./inverted-table.ts";
import { SEGMENT_SIZE } from "./schema.ts";

/** Commits that have a word, with what is noted of each (`timesOf`, `isInSubject`): valid until the next list is asked. */
export interface Found {
  /** Their ids, ascending; behind `length` stands anything, here and in `notes`. */
  readonly ids: Uint32Array;
  readonly notes: Uint8Array;
  readonly length: number;
}

/** Where a word stands. Its long lists are read when commits of their segments are asked for. */
export class WordList {
  readonly #lists: readonly StoredList[];
  #count: number | undefined;

  /** Takes the lists of the word in all segments, in order. */
  constructor(lists: readonly StoredList[]) {
    this.#lists = lists;
  }

  /** How many commits have the word. */
  get count(): number {
    this.#count ??= this.#lists.reduce((sum, { count }) => sum + count, 0);
    return this.#count;
  }

  /** Those of the wanted commits that have it. */
  among(wanted: CommitSet): Found {
    let length = 0;
    if (wanted.segments) {
      const [first, last] = wanted.segments;
      for (const { segment, commits } of this.#lists.filter(
        ({ segment }) => segment >= first && segment <= last,
      ))
        length = take(segment, commits, wanted.members, length);
    }
    return { ids, notes, length };
  }
}

/** Takes one segment's list apart and adds what is wanted of it behind `length`; its new length. */
function take(segment: number, list: Uint8Array, members: Uint8Array, length: number): number {
  reserve(length + list.length);
  const [toIds, toNotes] = [ids, notes];
  let end = length;
  let id = segment * SEGMENT_SIZE;
  let value = 0;
  let shift = 0;
  for (let at = 0; at < list.length; at++) {
    const byte = list[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte & 0x80) {
      shift += 7;
      continue;
    }
    id += value >> NOTE_BITS;
    toIds[end] = id;
    toNotes[end] = value & (WORD_SCALE - 1);
    end += members[id] ?? 0; // what is not wanted is written over: quicker than to ask
    value = 0;
    shift = 0;
  }
  return end;
}

const NOTE_BITS = 31 - Math.clz32(WORD_SCALE);

/** So many commits have room; a list has no more of them than bytes. */
function reserve(size: number): void {
  if (size <= ids.length) return;
  const [oldIds, oldNotes] = [ids, notes];
  ids = new Uint32Array(2 * size);
  notes = new Uint8Array(2 * size);
  ids.set(oldIds);
  notes.set(oldNotes);
}

/** Used again by all lists. */
let ids = new Uint32Array(1 << 12);
let notes = new Uint8Array(1 << 12);
