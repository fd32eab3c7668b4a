import type { CommitSet } from "./commit-set.ts";
import { type Postings, WORD_SCALE } from "./inverted-list.ts";
import type { StoredList } from "./inverted-table.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { readVarints } from "./varint.ts";

/** Commits that have a word, with what is noted of each (`timesOf`, `isInSubject`): valid until the next list is asked. */
export interface Found {
  /** Their ids, ascending; behind `length` stands anything, here and in `notes`. */
  readonly ids: Uint32Array;
  readonly notes: Uint8Array;
  readonly length: number;
}

/** The lists of some segments, from the first to the last. */
type FindLists = (first: number, last: number) => readonly StoredList[];

/** Where a word stands. What is asked decides which of its lists are found, and which of those are read. */
export class WordList {
  readonly #find: FindLists;
  #lists: readonly StoredList[] = [];
  /** The segments whose lists were found; -1: none. */
  #first = 0;
  #last = -1;
  #count: number | undefined;

  constructor(find: FindLists) {
    this.#find = find;
  }

  /** How many commits have the word. */
  get count(): number {
    this.#count ??= this.#all().reduce((sum, { count }) => sum + count, 0);
    return this.#count;
  }

  /** What its lists take, in bytes. */
  get size(): number {
    return this.#all().reduce((sum, { length }) => sum + length, 0);
  }

  /** All commits that have it, behind those that are there already. */
  appendTo(postings: Postings): Postings {
    for (const { segment, commits } of this.#all()) postings.append(segment, commits, WORD_SCALE);
    return postings;
  }

  /** Whether a commit has it. */
  has(commit: number): boolean {
    const segment = Math.floor(commit / SEGMENT_SIZE);
    const list = this.#within(segment, segment).find((one) => one.segment === segment);
    let id = segment * SEGMENT_SIZE;
    for (const step of list ? readVarints(list.commits) : []) {
      id += step >> NOTE_BITS;
      if (id >= commit) return id === commit;
    }
    return false;
  }

  /** Those of the wanted commits that have it. */
  among(wanted: CommitSet): Found {
    let length = 0;
    if (wanted.segments) {
      const [first, last] = wanted.segments;
      for (const list of this.#within(first, last))
        if (list.segment >= first && list.segment <= last)
          length = take(list.segment, list.commits, wanted, length);
    }
    return { ids, notes, length };
  }

  #all(): readonly StoredList[] {
    return this.#within(0, LAST_SEGMENT);
  }

  /** At least the lists of these segments, in order; what was found before is not looked for again. */
  #within(first: number, last: number): readonly StoredList[] {
    if (this.#last < 0) {
      this.#lists = this.#find(first, last);
      this.#first = first;
      this.#last = last;
    }
    if (first < this.#first) {
      this.#lists = [...this.#find(first, this.#first - 1), ...this.#lists];
      this.#first = first;
    }
    if (last > this.#last) {
      this.#lists = [...this.#lists, ...this.#find(this.#last + 1, last)];
      this.#last = last;
    }
    return this.#lists;
  }
}

/** Larger than any. */
const LAST_SEGMENT = 0xffff;

/**
 * Takes one segment's list apart, to the last of the wanted commits, and adds those behind `length`; its new length. Most
 * numbers have one byte or two, as it happens: both are read at once, which is quicker than to guess which it is.
 */
function take(segment: number, list: Uint8Array, { members, last }: CommitSet, length: number): number {
  reserve(length + list.length);
  const [toIds, toNotes] = [ids, notes];
  let end = length;
  let id = segment * SEGMENT_SIZE;
  for (let at = 0; at < list.length && id <= last; ) {
    const first = list[at++] ?? 0;
    const second = list[at] ?? 0;
    const more = first >> 7;
    at += more;
    let value = (first & 0x7f) | (-more & ((second & 0x7f) << 7));
    if ((first & second) > 0x7f)
      for (let shift = 14; (list[at - 1] ?? 0) > 0x7f; shift += 7)
        value |= ((list[at++] ?? 0) & 0x7f) << shift;
    id += value >> NOTE_BITS;
    toIds[end] = id;
    toNotes[end] = value & (WORD_SCALE - 1);
    end += members[id] ?? 0; // what is not wanted is written over: quicker than to ask
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
