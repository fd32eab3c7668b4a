import { CommitKeys, shaKey } from "./commit-keys.ts";
import { CommitPage, PAGE_BITS, PAGE_SIZE, parentsIn } from "./commit-page.ts";
import type { Db } from "./database.ts";
import { SHA_BYTES } from "./sha-table.ts";
import { subjectKey } from "./subject-key.ts";

/** The commits of an index, as they are stored: by id, by sha, by subject. */
export class CommitTable {
  readonly #db: Db;
  readonly #read;
  readonly #keys: CommitKeys;
  readonly #pages = new Map<number, CommitPage>();

  constructor(db: Db) {
    this.#db = db;
    this.#read = db.prepare<[number], Buffer>("select commits from commit_page where id = ?").pluck();
    this.#keys = new CommitKeys(db);
  }

  /** The largest id that was given to a commit; 0: none was. */
  last(): number {
    const page = this.#db.prepare<[], number | null>("select max(id) from commit_page").pluck().get();
    return typeof page === "number" ? page * PAGE_SIZE + (this.#page(page)?.last ?? 0) : 0;
  }

  has(id: number): boolean {
    return this.#page(id >>> PAGE_BITS)?.has(id & PLACE) ?? false;
  }

  /** The page that has a commit, and its place there; undefined: there is no such commit. */
  find(id: number): { readonly page: CommitPage; readonly place: number } | undefined {
    const page = this.#page(id >>> PAGE_BITS);
    const place = id & PLACE;
    return page?.has(place) ? { page, place } : undefined;
  }

  /** Empty: there is no such commit. */
  subject(id: number): string {
    return this.#page(id >>> PAGE_BITS)?.subject(id & PLACE) ?? "";
  }

  /** Ids of the commits whose shas begin with these digits, at least four of them, in order. */
  bySha(prefix: string): number[] {
    if (!SHA_PREFIX.test(prefix)) return [];
    const lower = prefix.toLowerCase();
    const first = Buffer.from(lower.padEnd(2 * SHA_BYTES, "0"), "hex");
    const last = Buffer.from(lower.padEnd(2 * SHA_BYTES, "f"), "hex");
    const near = this.#keys.between("sha", shaKey(first), shaKey(last));
    return near.filter((id) => {
      const found = this.find(id);
      return found?.page.sha(found.place).toString("hex").startsWith(lower);
    });
  }

  /** Ids of the commits whose normalised subjects have the same key as this one's, in order: hardly ever another's. */
  bySubject(subject: string): number[] {
    const key = subjectKey(subject);
    return this.#keys.between("subject", key, key).filter((id) => this.has(id));
  }

  #page(number: number): CommitPage | undefined {
    const known = this.#pages.get(number);
    if (known) return known;
    const bytes = this.#read.get(number);
    if (!bytes) return undefined;
    if (this.#pages.size >= MOST_PAGES) this.#pages.clear();
    const page = new CommitPage(bytes);
    this.#pages.set(number, page);
    return page;
  }
}

const PLACE = PAGE_SIZE - 1;
const SHA_PREFIX = /^[0-9a-f]{4,40}$/i;
/** That are kept: some megabytes. */
const MOST_PAGES = 2_000;

/** A commit on a walk through all of them: where it stands, and how far before it its parents are. */
export interface StoredCommit {
  readonly id: number;
  readonly page: CommitPage;
  readonly place: number;
  readonly parents: readonly number[];
}

/** Visits the commits from one id to another, all unless told, in order; also while more are being added. */
export function eachCommit(
  db: Db,
  visit: (commit: StoredCommit) => void,
  { from, to }: { readonly from: number; readonly to: number } = ALL,
): void {
  const rows = db
    .prepare<[number, number], [number, Buffer, Buffer]>(
      "select id, parents, commits from commit_page where id between ? and ? order by id",
    )
    .raw();
  for (const [number, parents, commits] of rows.iterate(
    Math.floor(from / PAGE_SIZE),
    Math.floor(to / PAGE_SIZE),
  )) {
    const page = new CommitPage(commits);
    let place = number === 0 ? 1 : 0; // no id is 0
    for (const distances of parentsIn(parents)) {
      const id = number * PAGE_SIZE + place;
      if (id >= from && id <= to && page.has(place)) visit({ id, page, place, parents: distances });
      place++;
    }
  }
}

const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Takes a commit out: nobody finds it any more, and its id is given to no other. */
export function removeCommit(db: Db, id: number): void {
  const number = id >>> PAGE_BITS;
  const page = db
    .prepare<[number], Buffer>("select commits from commit_page where id = ?")
    .pluck()
    .get(number);
  if (!page) return;
  const rest = new CommitPage(page).without(id & PLACE);
  db.prepare("update commit_page set commits = ? where id = ?").run(rest, number);
}
