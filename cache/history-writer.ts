import { FactTable, isMerge } from "./commit-facts.ts";
import { SegmentKeys, shaKey } from "./commit-keys.ts";
import { CommitPageBuilder, PAGE_SIZE } from "./commit-page.ts";
import { CommitTable, eachCommit } from "./commit-table.ts";
import { CommitTree } from "./commit-tree.ts";
import type { Db } from "./database.ts";
import { countCommits, writeMeta } from "./meta.ts";
import { NameTable } from "./name-table.ts";
import { CommitCursor, type PackedCommits } from "./packed-commits.ts";
import { type QuotedCrashRecord, quotedCrashesOf } from "./quoted-crashes.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { SegmentWords } from "./segment-words.ts";
import { SHA_BYTES, ShaTable } from "./sha-table.ts";
import { packTouched, type TouchedIds } from "./touched-list.ts";

/** What a message says of other commits, series and reports, and the logs that it quotes. */
export interface CommitMentions {
  readonly references: readonly ReferenceRecord[];
  /** Series of `Cc: stable` lines; undefined: no series named. */
  readonly stableHints: readonly (string | undefined)[];
  readonly reports: readonly { readonly kind: string; readonly id: string }[];
  /** These logs as they stand there. */
  readonly quotes: readonly string[];
}

export type ReferenceKind = "backport" | "fixes" | "revert";

export interface ReferenceRecord {
  readonly kind: ReferenceKind;
  readonly how: string;
  readonly sha: string | undefined;
  readonly subject: string | undefined;
}

/** Adds commits with all that their messages say. Ids follow the order of the calls. */
export class CommitWriter {
  readonly #db: Db;
  readonly #insert: ReturnType<typeof prepareCommitInserts>;
  /** Of all commits of the index, those that were added among them. */
  readonly shas = new ShaTable();
  /** How all commits of the index hang together, those that were added among them. */
  readonly tree: CommitTree;
  /** What all commits of the index say themselves, those that were added among them. */
  readonly facts = new FactTable();
  readonly #people: Interner;
  readonly #page = new CommitPageBuilder();
  readonly #shaKeys = new SegmentKeys("sha");
  readonly #subjectKeys = new SegmentKeys("subject");
  #nextId: number;
  /** The last id whose page is written. */
  #written: number;
  readonly #words = new SegmentWords();
  /** The first id of what the open transaction adds. */
  #firstNew: number;

  constructor(db: Db) {
    this.#db = db;
    this.#insert = prepareCommitInserts(db);
    this.#written = new CommitTable(db).last();
    this.#nextId = this.#written + 1;
    this.#firstNew = this.#nextId;
    this.tree = new CommitTree(db, this.#nextId);
    eachCommit(db, ({ id, page, place, parents }) => {
      this.shas.set(page.sha(place), id);
      this.tree.add(id, parents);
      const merges = isMerge(parents, (text) => page.subjectBegins(place, text));
      this.facts.addCommit(id, page.authorTime(place), merges);
    });
    this.#page.begin(storedPage(db, Math.floor(this.#nextId / PAGE_SIZE)));
    this.#people = new Interner(db, "person");
    db.exec("begin");
  }

  get nextId(): number {
    return this.#nextId;
  }

  /** The last commit that can be read. */
  get written(): number {
    return this.#written;
  }

  /** The commit whose sha begins at `from`. */
  has(bytes: Uint8Array, from = 0): boolean {
    return this.shas.get(bytes, from) !== undefined;
  }

  /** Adds those commits of a batch that are not there yet. A full segment is committed as a whole. */
  add(batch: PackedCommits): void {
    const commit = new CommitCursor(batch);
    while (commit.next()) {
      if (this.has(commit.bytes, commit.sha)) continue;
      this.#addCommit(commit);
      if (this.#nextId % SEGMENT_SIZE === 0) this.#nextSegment();
    }
  }

  /** Writes what is gathered. The writer is of no use afterwards. */
  end(): void {
    if (this.#written < this.#nextId - 1) this.#writePage();
    this.#writeSegment();
    this.#db.exec("commit");
  }

  /** Gives up what was not committed yet. */
  abandon(): void {
    if (this.#db.inTransaction) this.#db.exec("rollback");
  }

  #nextSegment(): void {
    this.#writeSegment();
    this.#db.exec("commit; begin");
    this.#firstNew = this.#nextId;
  }

  #writeSegment(): void {
    const last = this.#nextId - 1;
    if (last < this.#firstNew) return;
    const segment = Math.floor(last / SEGMENT_SIZE);
    this.#words.write(this.#db, segment);
    this.#shaKeys.write(this.#db, segment);
    this.#subjectKeys.write(this.#db, segment);
    countCommits(this.#db, last + 1 - this.#firstNew);
  }

  #writePage(): void {
    const last = this.#nextId - 1;
    const { parents, commits } = this.#page.page;
    this.#insert.page.run(Math.floor(last / PAGE_SIZE), parents, commits);
    this.#written = last;
  }

  #addCommit(commit: CommitCursor): void {
    const { bytes } = commit;
    const id = this.#nextId++;
    this.shas.set(bytes, id, commit.sha);
    const parents = this.#distances(id, commit);
    this.tree.add(id, parents);
    this.facts.addCommit(
      id,
      commit.authorTime,
      isMerge(parents, (text) => commit.subjectBegins(text)),
    );
    this.#shaKeys.add(shaKey(bytes, commit.sha), id);
    this.#subjectKeys.add(commit.subjectKey, id);
    const author = this.#people.idOf(bytes, commit.author, commit.subject);
    this.#page.add(id % PAGE_SIZE, commit, author, parents);
    if (this.#nextId % PAGE_SIZE === 0) {
      this.#writePage();
      this.#page.begin(undefined);
    }
    if (commit.mentions) this.#addMentions(id, commit.mentions);
    this.#words.add(id, commit);
  }

  /** From a commit to its parents; 0 for one that is not here. */
  #distances(id: number, { bytes, parents, author }: CommitCursor): number[] {
    const distances: number[] = [];
    for (let at = parents; at < author; at += SHA_BYTES) {
      const parent = this.shas.get(bytes, at);
      distances.push(parent === undefined ? 0 : id - parent);
    }
    return distances;
  }

  #addMentions(id: number, { references, stableHints, reports, quotes }: CommitMentions): void {
    for (const [position, { kind, how, sha, subject }] of references.entries())
      this.#insert.reference.run(id, kind, position, how, sha ?? null, subject ?? null, this.#named(id, sha));
    for (const series of stableHints) this.#insert.stableHint.run(id, series ?? "");
    for (const report of reports) this.#insert.report.run(report.kind, report.id, id);
    for (const [position, quote] of quotes.flatMap(quotedCrashesOf).entries())
      this.#addQuote(id, position, quote);
  }

  /**
   * The commit that another means by a sha, if it is among those before it: what came later it cannot mean. Most do;
   * for the others see indexer/references.ts.
   */
  #named(id: number, sha: string | undefined): number | null {
    const target = sha === undefined ? undefined : this.shas.beginning(sha);
    return target === undefined || target === id ? null : target;
  }

  #addQuote(id: number, position: number, quote: QuotedCrashRecord): void {
    const { kind, title, signature, frames } = quote;
    this.#insert.quote.run(id, position, kind, title, signature, quote.function ?? null, frames.join(" "));
    for (const name of new Set(frames)) this.#insert.frame.run(name, id);
  }
}

/** What a commit touches: of each file the symbols (functions, structures, variables) that changed. */
export interface TouchedCommit {
  readonly id: number;
  readonly files: { readonly path: string; readonly symbols: readonly string[] }[];
}

/** Adds what commits touch, in id order, and then the inverted lists. */
export class TouchWriter {
  readonly #db: Db;
  readonly #symbols: Interner;
  readonly #paths: Interner;

  constructor(db: Db) {
    this.#db = db;
    this.#symbols = new Interner(db, "symbol");
    this.#paths = new Interner(db, "path");
  }

  /** Adds one batch in a transaction of its own, and notes that all commits of `source` up to `upTo` are done. */
  addBatch(batch: readonly TouchedCommit[], progress: { source: number; upTo: number }): void {
    const insert = this.#db.prepare("insert or replace into diff values (?, ?)");
    this.#db.transaction(() => {
      for (const commit of batch) {
        const files: TouchedIds[] = commit.files.map((file) => ({
          path: this.#paths.id(file.path),
          symbols: file.symbols.map((symbol) => this.#symbols.id(symbol)),
        }));
        insert.run(commit.id, packTouched(files));
      }
      writeMeta(this.#db, `hunks of ${progress.source}`, String(progress.upTo));
    })();
  }
}

/**
 * Text to small ids, each text stored once. What is stored is looked up where the table has an index of its names,
 * and otherwise, as while an index is built, all held in memory.
 */
class Interner {
  readonly #ids = new NameTable();
  readonly #find;
  readonly #insert;

  constructor(db: Db, table: "person" | "symbol" | "path") {
    const indexed = db.prepare("select 1 from sqlite_master where name = ?").get(`${table}_name`);
    if (indexed) this.#find = db.prepare<[string], number>(`select id from ${table} where name = ?`).pluck();
    else {
      const stored = db.prepare<[], [number, string]>(`select id, name from ${table}`).raw();
      for (const [id, name] of stored.iterate()) this.#ids.add(name, id);
    }
    this.#insert = db.prepare(`insert into ${table} (name) values (?)`);
  }

  /** Of the text that stands in UTF-8 in `bytes`. */
  idOf(bytes: Buffer, from: number, to: number): number {
    return this.#ids.getBytes(bytes, from, to) ?? this.id(bytes.toString("utf8", from, to));
  }

  id(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      const stored = this.#find?.get(text);
      id = stored ?? Number(this.#insert.run(text).lastInsertRowid);
      this.#ids.add(text, id);
    }
    return id;
  }
}

function storedPage(db: Db, page: number): { parents: Buffer; commits: Buffer } | undefined {
  return db
    .prepare<[number], { parents: Buffer; commits: Buffer }>(
      "select parents, commits from commit_page where id = ?",
    )
    .get(page);
}

function prepareCommitInserts(db: Db) {
  return {
    page: db.prepare("insert or replace into commit_page (id, parents, commits) values (?, ?, ?)"),
    reference: db.prepare(
      "insert into reference (commit_id, kind, position, how, sha, subject, target) values (?, ?, ?, ?, ?, ?, ?)",
    ),
    stableHint: db.prepare("insert or ignore into stable_hint values (?, ?)"),
    report: db.prepare("insert or ignore into report values (?, ?, ?)"),
    quote: db.prepare("insert into quoted_crash values (?, ?, ?, ?, ?, ?, ?)"),
    frame: db.prepare("insert or ignore into quoted_frame values (?, ?)"),
  };
}
