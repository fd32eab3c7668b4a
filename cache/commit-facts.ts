import { CommitTable, eachCommit } from "./commit-table.ts";
import type { Db } from "./database.ts";
import { readFirstReleases } from "./first-releases.ts";
import { countTouched } from "./touched-list.ts";

/**
 * What ranking asks of commits, seven bytes each in id order:
 *
 * | bytes | what |
 * |---|---|
 * | 0-1 | first release, 0 for none |
 * | 2-3 | days since 1990 when it was written |
 * | 4 | flags, see `FACT` |
 * | 5 | symbols touched, 255 stands for more |
 * | 6 | files touched, likewise |
 *
 * They lie in pages, each of which is read when it is asked for: a crash asks for a few commits of a million, or for tens
 * of thousands of those that its kernel lacks.
 */
export class CommitFacts {
  readonly #pages: (Uint8Array | undefined)[] = [];
  readonly #read: (page: number) => Uint8Array;
  /** Ids are smaller than this. */
  readonly size: number;

  constructor(size: number, read: (page: number) => Uint8Array) {
    this.size = size;
    this.#read = read;
  }

  release(id: number): number {
    return this.#byte(id, 0) + 256 * this.#byte(id, 1);
  }

  /** Days since 1990. */
  day(id: number): number {
    return this.#byte(id, 2) + 256 * this.#byte(id, 3);
  }

  flags(id: number): number {
    return this.#byte(id, 4);
  }

  has(id: number, flag: number): boolean {
    return (this.#byte(id, 4) & flag) !== 0;
  }

  symbols(id: number): number {
    return this.#byte(id, 5);
  }

  files(id: number): number {
    return this.#byte(id, 6);
  }

  #byte(id: number, at: number): number {
    const page = this.#pages[id >>> PAGE_BITS] ?? this.#readPage(id >>> PAGE_BITS);
    return page[(id & (PAGE_SIZE - 1)) * FACT_BYTES + at] ?? 0;
  }

  #readPage(number: number): Uint8Array {
    const page = this.#read(number);
    this.#pages[number] = page;
    return page;
  }
}

/** Bits of a commit's flags. */
export const FACT = {
  merge: 1,
  /** A backport whose origin is indexed. */
  copy: 2,
  namesCulprit: 4,
  ccStable: 8,
  backported: 16,
  reverts: 32,
  reverted: 64,
} as const;

export const FACT_BYTES = 7;

/** Commits in one row: all of its bytes are on one page of the database, which has 8,192. */
const PAGE_SIZE = 1024;
const PAGE_BITS = Math.log2(PAGE_SIZE);

/** Seconds since 1970 as whole days since 1990, within what two bytes hold. */
export function factDay(seconds: number): number {
  return Math.min(65_535, Math.max(0, Math.floor(seconds / 86_400) - DAYS_1970_TO_1990));
}

const DAYS_1970_TO_1990 = 7305;

/** Gathers the facts of all commits from the other tables. */
export function gatherFacts(db: Db): Uint8Array {
  const size = new CommitTable(db).last() + 1;
  const bytes = new Uint8Array(size * FACT_BYTES);
  const set = (id: number, at: number, value: number): void => {
    bytes[id * FACT_BYTES + at] = value;
  };
  const flag = (id: number | null, bit: number): void => {
    if (id !== null) set(id, 4, (bytes[id * FACT_BYTES + 4] ?? 0) | bit);
  };
  const releases = readFirstReleases(db, size);
  eachCommit(db, ({ id, page, place, parents }) => {
    const release = releases[id] ?? 0;
    const day = factDay(page.authorTime(place));
    set(id, 0, release & 255);
    set(id, 1, release >> 8);
    set(id, 2, day & 255);
    set(id, 3, day >> 8);
    if (parents.length > 1 || page.subjectBegins(place, "Merge ")) flag(id, FACT.merge);
  });
  const references = db
    .prepare<[], [number, string, number | null]>("select commit_id, kind, target from reference")
    .raw();
  for (const [id, kind, target] of references.iterate()) {
    if (kind === "fixes") flag(id, FACT.namesCulprit);
    else if (kind === "revert") {
      flag(id, FACT.reverts);
      flag(target, FACT.reverted);
    } else if (target !== null) {
      flag(id, FACT.copy);
      flag(target, FACT.backported);
    }
  }
  for (const id of db.prepare<[], number>("select distinct commit_id from stable_hint").pluck().iterate())
    flag(id, FACT.ccStable);
  const diffs = db.prepare<[], [number, Buffer]>("select commit_id, touched from diff").raw();
  for (const [id, touched] of diffs.iterate()) {
    const { files, symbols } = countTouched(touched);
    set(id, 5, Math.min(255, symbols));
    set(id, 6, Math.min(255, files));
  }
  return bytes;
}

/** Writes the facts of all commits: a later commit can change those of an earlier one. */
export function writeFacts(db: Db): void {
  storeFacts(db, gatherFacts(db));
}

export function storeFacts(db: Db, bytes: Uint8Array): void {
  const insert = db.prepare("insert into fact (page, facts) values (?, ?)");
  db.transaction(() => {
    db.exec("delete from fact");
    const length = PAGE_SIZE * FACT_BYTES;
    for (let page = 0; page * length < bytes.length; page++)
      insert.run(page, Buffer.from(bytes.subarray(page * length, (page + 1) * length)));
  })();
}

/** What `writeFacts` wrote. */
export function readFacts(db: Db): CommitFacts {
  const [page = 0, length = 0] =
    db
      .prepare<[], [page: number, length: number]>(
        "select page, length(facts) from fact order by page desc limit 1",
      )
      .raw()
      .get() ?? [];
  const read = db.prepare<[number], Buffer>("select facts from fact where page = ?").pluck();
  return new CommitFacts(page * PAGE_SIZE + length / FACT_BYTES, (number) => read.get(number) ?? NO_FACTS);
}

const NO_FACTS = new Uint8Array();
