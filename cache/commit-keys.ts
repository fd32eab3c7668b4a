import type { Db } from "./database.ts";
import { SEGMENT_SIZE } from "./schema.ts";

/*
 * Which commits a sha or a subject may be of: both have keys of 32 bits. The keys of a segment of commits are in order,
 * in pages of which each is a row; `first` is a page's first key. An entry, the lowest byte first:
 *
 * | bytes | what |
 * |---|---|
 * | 0-3 | the key |
 * | 4-5 | the commit, counted from the first id of the segment |
 */

/** The first four bytes of a sha; a normalised subject's, see cache/subject-key.ts. */
export type KeyKind = "sha" | "subject";

/** In the order of shas. */
export function shaKey(sha: Buffer, from = 0): number {
  return sha.readUInt32BE(from);
}

const ENTRY = 6;
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
      .prepare<[string, number], Buffer>("select page from commit_key where kind = ? and segment = ?")
      .pluck();
    for (const page of before.all(this.#kind, segment))
      for (let at = 0; at < page.length; at += ENTRY)
        this.add(page.readUInt32LE(at), page.readUInt16LE(at + 4));
    db.prepare("delete from commit_key where kind = ? and segment = ?").run(this.#kind, segment);
    const insert = db.prepare("insert into commit_key values (?, ?, ?, ?, ?)");
    const entries = this.#entries.subarray(0, this.#count).sort();
    for (let from = 0; from < entries.length; from += PAGE_ENTRIES) {
      const page = packEntries(entries.subarray(from, from + PAGE_ENTRIES));
      insert.run(this.#kind, segment, page.readUInt32LE(0), from / PAGE_ENTRIES, page);
    }
    this.#count = 0;
  }
}

function packEntries(entries: Float64Array): Buffer {
  const page = Buffer.alloc(entries.length * ENTRY);
  for (const [at, entry] of entries.entries()) {
    page.writeUInt32LE(Math.floor(entry / SEGMENT_SIZE), at * ENTRY);
    page.writeUInt16LE(entry % SEGMENT_SIZE, at * ENTRY + 4);
  }
  return page;
}

/** Looks up commits by keys. */
export class CommitKeys {
  readonly #pages;

  constructor(db: Db) {
    // In each segment the pages that begin within the range, and those that begin last before it. SQLite is told to take
    // one segment after the other (sqlite.org/optoverview.html, "Manual Control Of Query Plans Using CROSS JOIN").
    this.#pages = db
      .prepare<{ kind: KeyKind; low: number; high: number }, [number, Buffer]>(
        `select segment.id, page from segment cross join commit_key here on here.kind = $kind and here.segment = segment.id
           and here.first between coalesce((select max(first) from commit_key below
             where below.kind = $kind and below.segment = segment.id and below.first < $low), 0) and $high
         order by segment.id, here.first, part`,
      )
      .raw();
  }

  /** Ids of the commits whose keys are neither below `low` nor above `high`, in order. */
  between(kind: KeyKind, low: number, high: number): number[] {
    const ids: number[] = [];
    for (const [segment, page] of this.#pages.all({ kind, low, high })) {
      for (let at = firstFrom(page, low); at < page.length; at += ENTRY) {
        if (page.readUInt32LE(at) > high) break;
        ids.push(segment * SEGMENT_SIZE + page.readUInt16LE(at + 4));
      }
    }
    return low === high ? ids : ids.sort((one, other) => one - other);
  }
}

/** Where in a page the first entry stands whose key is not below `low`. */
function firstFrom(page: Buffer, low: number): number {
  let [from, to] = [0, page.length / ENTRY];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (page.readUInt32LE(middle * ENTRY) < low) from = middle + 1;
    else to = middle;
  }
  return from * ENTRY;
}

/** Visits the keys of all commits, segment after segment. */
export function eachKey(db: Db, kind: KeyKind, visit: (key: number, id: number) => void): void {
  const pages = db
    .prepare<[KeyKind], [number, Buffer]>(
      "select segment, page from commit_key where kind = ? order by segment",
    )
    .raw();
  for (const [segment, page] of pages.iterate(kind))
    for (let at = 0; at < page.length; at += ENTRY)
      visit(page.readUInt32LE(at), segment * SEGMENT_SIZE + page.readUInt16LE(at + 4));
}
