import { eachCommit } from "./commit-table.ts";
import type { Db } from "./database.ts";
import { eachFirstRelease } from "./first-releases.ts";
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

/** The facts of all commits while they are gathered. */
export class FactTable {
  #bytes = new Uint8Array(1 << 16);
  #size = 1; // no id is 0

  /** What a commit says itself; `authorTime` in seconds since 1970. */
  addCommit(id: number, authorTime: number, merges: boolean): void {
    this.#size = Math.max(this.#size, id + 1);
    if (this.#size * FACT_BYTES > this.#bytes.length) this.#grow();
    const day = factDay(authorTime);
    this.#bytes[id * FACT_BYTES + 2] = day & 255;
    this.#bytes[id * FACT_BYTES + 3] = day >> 8;
    if (merges) this.flag(id, FACT.merge);
  }

  setRelease(id: number, release: number): void {
    this.#bytes[id * FACT_BYTES] = release & 255;
    this.#bytes[id * FACT_BYTES + 1] = release >> 8;
  }

  setTouched(id: number, { files, symbols }: { readonly files: number; readonly symbols: number }): void {
    this.#bytes[id * FACT_BYTES + 5] = Math.min(255, symbols);
    this.#bytes[id * FACT_BYTES + 6] = Math.min(255, files);
  }

  flag(id: number, bit: number): void {
    this.#bytes[id * FACT_BYTES + 4] = (this.#bytes[id * FACT_BYTES + 4] ?? 0) | bit;
  }

  /** A view. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size * FACT_BYTES);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#size * FACT_BYTES);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Of several parents, or with a subject that begins so: a merge that was applied as a patch. */
export function isMerge(parents: readonly number[], subjectBegins: (text: string) => boolean): boolean {
  return parents.length > 1 || subjectBegins("Merge ");
}

/** The facts of all commits from the tables alone. */
export function gatherFacts(db: Db): FactTable {
  const facts = new FactTable();
  eachCommit(db, ({ id, page, place, parents }) => {
    facts.addCommit(
      id,
      page.authorTime(place),
      isMerge(parents, (text) => page.subjectBegins(place, text)),
    );
  });
  addWhatOthersSay(db, facts);
  return facts;
}

/** Releases, references between commits, and what they touch. */
function addWhatOthersSay(db: Db, facts: FactTable): void {
  eachFirstRelease(db, (commit, release) => facts.setRelease(commit, release));
  const references = db
    .prepare<[], [number, string, number | null]>("select commit_id, kind, target from reference")
    .raw();
  for (const [id, kind, target] of references.iterate()) {
    if (kind === "fixes") facts.flag(id, FACT.namesCulprit);
    else if (kind === "revert") {
      facts.flag(id, FACT.reverts);
      if (target !== null) facts.flag(target, FACT.reverted);
    } else if (target !== null) {
      facts.flag(id, FACT.copy);
      facts.flag(target, FACT.backported);
    }
  }
  for (const id of db.prepare<[], number>("select distinct commit_id from stable_hint").pluck().iterate())
    facts.flag(id, FACT.ccStable);
  const diffs = db.prepare<[], [number, Buffer]>("select commit_id, touched from diff").raw();
  for (const [id, touched] of diffs.iterate()) facts.setTouched(id, countTouched(touched));
}

/**
 * Writes the facts of all commits: a later commit can change those of an earlier one. `own`: what each says itself, as
 * who wrote them all has it.
 */
export function writeFacts(db: Db, own: FactTable): void {
  addWhatOthersSay(db, own);
  storeFacts(db, own.bytes);
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
