import type { Db } from "./database.ts";
import { SEGMENT_SIZE } from "./schema.ts";

/*
 * Which commits a sha or a subject may be of: both have keys of 32 bits. The keys of a segment of commits are in order,
 * 256 to a page, each of which is a row. An entry, numbers with the lowest byte first:
 *
 * | bytes | what |
 * |---|---|
 * | 0-3 | the key |
 * | 4-5 | the commit, counted from the first id of the segment |
 *
 * `part` is the page's number, from 1; part 0 has the first key of each page, four bytes each.
 */

/** The first four bytes of a sha; a normalised subject's, see cache/subject-key.ts. */
export type KeyKind = "sha" | "subject";

/** In the order of shas. */
export function shaKey(sha: Buffer, from = 0): number {
  return sha.readUInt32BE(from);
}

const KEY = 4;
const ENTRY = KEY + 2;
const PAGE_ENTRIES = 256;

/** Gathers the keys of one segment after the other. */
export class SegmentKeys {
  readonly #kind: KeyKind;
  /** Of each its key times SEGMENT_SIZE, plus its place in the segment: sorting numbers is quicker than anything else. */
  readonly #entries = new Float64Array(SEGMENT_SIZE);
  #count = 0;

  constructor(kind: KeyKind) {
    this.#kind = kind;
  }

  add(key: number, id: number): void {
    this.#entries[this.#count++] = key * SEGMENT_SIZE + (id % SEGMENT_SIZE);
  }

  /** Writes what was gathered among what an earlier run wrote of the segment; then the next one may begin. */
  write(db: Db, segment: number): void {
    const before = db
      .prepare<[string, number], Buffer>(
        "select page from commit_key where kind = ? and segment = ? and part > 0",
      )
      .pluck();
    for (const page of before.all(this.#kind, segment)) eachEntry(page, (key, place) => this.add(key, place));
    db.prepare("delete from commit_key where kind = ? and segment = ?").run(this.#kind, segment);
    const insert = db.prepare("insert into commit_key (kind, segment, part, page) values (?, ?, ?, ?)");
    const entries = this.#entries.subarray(0, this.#count).sort();
    const firsts = Buffer.alloc(Math.ceil(entries.length / PAGE_ENTRIES) * KEY);
    for (let part = 1; part <= firsts.length / KEY; part++) {
      const page = packEntries(entries.subarray((part - 1) * PAGE_ENTRIES, part * PAGE_ENTRIES));
      page.copy(firsts, (part - 1) * KEY, 0, KEY);
      insert.run(this.#kind, segment, part, page);
    }
    insert.run(this.#kind, segment, 0, firsts);
    this.#count = 0;
  }
}

function packEntries(entries: Float64Array): Buffer {
  const page = Buffer.alloc(entries.length * ENTRY);
  for (const [at, entry] of entries.entries()) {
    page.writeUInt32LE(Math.floor(entry / SEGMENT_SIZE), at * ENTRY);
    page.writeUInt16LE(entry % SEGMENT_SIZE, at * ENTRY + KEY);
  }
  return page;
}

/** The first keys of a segment's pages. */
interface FirstOfPages {
  readonly segment: number;
  readonly keys: Buffer;
}

/** Looks up commits by keys, in an index to which nobody adds meanwhile. */
export class CommitKeys {
  readonly #firsts;
  readonly #page;
  /** Of all segments, in order, read when they are asked for. */
  readonly #segments = new Map<KeyKind, readonly FirstOfPages[]>();

  constructor(db: Db) {
    this.#firsts = db.prepare<[KeyKind], FirstOfPages>(
      "select segment, page as keys from commit_key where kind = ? and part = 0 order by segment",
    );
    this.#page = db
      .prepare<[KeyKind, number, number], Buffer>(
        "select page from commit_key where kind = ? and segment = ? and part = ?",
      )
      .pluck();
  }

  /** Ids of the commits whose keys are neither below `low` nor above `high`, in order. */
  between(kind: KeyKind, low: number, high: number): number[] {
    const ids: number[] = [];
    for (const { segment, keys } of this.#of(kind)) {
      // what begins below `low` may go on with it
      let part = Math.max(1, firstFrom(keys, KEY, low));
      for (; part * KEY <= keys.length && keys.readUInt32LE((part - 1) * KEY) <= high; part++) {
        const page = this.#page.get(kind, segment, part) ?? Buffer.alloc(0);
        for (let at = firstFrom(page, ENTRY, low) * ENTRY; at < page.length; at += ENTRY) {
          if (page.readUInt32LE(at) > high) break;
          ids.push(segment * SEGMENT_SIZE + page.readUInt16LE(at + KEY));
        }
      }
    }
    return low === high ? ids : ids.sort((one, other) => one - other);
  }

  #of(kind: KeyKind): readonly FirstOfPages[] {
    const known = this.#segments.get(kind) ?? this.#firsts.all(kind);
    this.#segments.set(kind, known);
    return known;
  }
}

/** Which of the entries, of so many bytes each, is the first whose key is not below `low`. */
function firstFrom(entries: Buffer, size: number, low: number): number {
  let [from, to] = [0, entries.length / size];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (entries.readUInt32LE(middle * size) < low) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Visits the keys of all commits, segment after segment. */
export function eachKey(db: Db, kind: KeyKind, visit: (key: number, id: number) => void): void {
  const pages = db
    .prepare<[KeyKind], [number, Buffer]>(
      "select segment, page from commit_key where kind = ? and part > 0 order by segment",
    )
    .raw();
  for (const [segment, page] of pages.iterate(kind))
    eachEntry(page, (key, place) => visit(key, segment * SEGMENT_SIZE + place));
}

function eachEntry(page: Buffer, visit: (key: number, place: number) => void): void {
  for (let at = 0; at < page.length; at += ENTRY) visit(page.readUInt32LE(at), page.readUInt16LE(at + KEY));
}
