import type { Db } from "./database.ts";
import { NO_RELEASE } from "./schema.ts";

/*
 * The first release that has each commit, two bytes a commit in the order of their ids: its id, the lower byte first, or
 * NO_RELEASE. They lie in pages of 1,024 commits, apart from what never changes of a commit.
 */

const PAGE_BITS = 10;
const PAGE_SIZE = 1 << PAGE_BITS;

/** By the ids of commits, for the writer. */
export function readFirstReleases(db: Db, size: number): Uint16Array {
  const releases = new Uint16Array(size);
  eachFirstRelease(db, (commit, release) => {
    releases[commit] = release;
  });
  return releases;
}

/** Visits all commits that a release has. */
export function eachFirstRelease(db: Db, visit: (commit: number, release: number) => void): void {
  const rows = db
    .prepare<[], [number, Buffer]>("select page, releases from first_release order by page")
    .raw();
  for (const [page, bytes] of rows.iterate()) {
    for (let at = 0; at < bytes.length; at += 2) {
      const release = bytes.readUInt16LE(at);
      if (release !== NO_RELEASE) visit(page * PAGE_SIZE + at / 2, release);
    }
  }
}

/** Writes the pages in which something differs from what is stored. */
export function storeFirstReleases(db: Db, releases: Uint16Array, stored: Uint16Array): void {
  const insert = db.prepare("insert or replace into first_release values (?, ?)");
  for (let from = 0; from < releases.length; from += PAGE_SIZE) {
    const page = releases.subarray(from, from + PAGE_SIZE);
    if (page.every((release, at) => release === stored[from + at])) continue;
    const bytes = Buffer.alloc(page.length * 2);
    for (const [at, release] of page.entries()) bytes.writeUInt16LE(release, at * 2);
    insert.run(from / PAGE_SIZE, bytes);
  }
}

/** For who asks for few. */
export class FirstReleases {
  readonly #read;
  readonly #pages = new Map<number, Buffer>();

  constructor(db: Db) {
    this.#read = db.prepare<[number], Buffer>("select releases from first_release where page = ?").pluck();
  }

  of(commit: number): number {
    const number = commit >>> PAGE_BITS;
    const page = this.#pages.get(number) ?? this.#read.get(number) ?? NONE;
    this.#pages.set(number, page);
    const at = (commit & (PAGE_SIZE - 1)) * 2;
    return at < page.length ? page.readUInt16LE(at) : NO_RELEASE;
  }
}

const NONE = Buffer.alloc(0);
