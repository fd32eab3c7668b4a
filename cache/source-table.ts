import { CommitTable } from "./commit-table.ts";
import type { Db } from "./database.ts";
import type { ListedSource } from "./source-list.ts";

/** A git repository whose history is in the index. */
export interface Source {
  readonly id: number;
  readonly name: string;
  /** The git directory. */
  readonly path: string;
  /** Where kfix cloned it from; null: a repository of the user's, read in place. */
  readonly url: string | null;
  /** 0: message-only. */
  readonly hunks: number;
  readonly added_at: string;
  readonly indexed_at: string | null;
  /** While an update runs: the first commit id that it adds. */
  readonly pending_from: number | null;
}

/** A ref as the index remembers it; shas in hexadecimal. */
export interface KnownRef {
  readonly name: string;
  readonly sha: string;
  readonly commit: string | undefined;
  readonly date: number;
}

/** The sources of an index and the refs that were, or are being, indexed of each. */
export class SourceTable {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  all(): Source[] {
    return this.#db.prepare<[], Source>("select * from source order by id").all();
  }

  /** The sources as the list beside the index tells of them. */
  listed(): ListedSource[] {
    const refs = this.#db
      .prepare<[number], number>("select count(*) from source_ref where source = ?")
      .pluck();
    return this.all().map((source) => ({
      name: source.name,
      path: source.path,
      url: source.url,
      hunks: source.hunks === 1,
      refs: refs.get(source.id) ?? 0,
      addedAt: source.added_at,
      indexedAt: source.indexed_at,
    }));
  }

  pendingFrom(source: number): number {
    return (
      this.#db
        .prepare<[number], number | null>("select pending_from from source where id = ?")
        .pluck()
        .get(source) ?? 1
    );
  }

  add(source: { name: string; path: string; url: string | undefined; hunks: boolean }): void {
    this.#db
      .prepare("insert into source (name, path, url, hunks, added_at) values (?, ?, ?, ?, ?)")
      .run(source.name, source.path, source.url ?? null, source.hunks ? 1 : 0, new Date().toISOString());
  }

  refs(source: number): KnownRef[] {
    return this.#readRefs("source_ref", source);
  }

  pendingRefs(source: number): KnownRef[] {
    return this.#readRefs("pending_ref", source);
  }

  /** Notes what an update will bring in, so that an interrupted one goes on with the same commits. */
  begin(source: number, refs: readonly KnownRef[]): void {
    const insert = this.#db.prepare("insert into pending_ref values (?, ?, ?, ?, ?)");
    this.#db.transaction(() => {
      const first = new CommitTable(this.#db).last() + 1;
      this.#db.prepare("update source set pending_from = ? where id = ?").run(first, source);
      for (const ref of refs) {
        const commit = ref.commit === undefined ? null : Buffer.from(ref.commit, "hex");
        insert.run(source, ref.name, Buffer.from(ref.sha, "hex"), commit, ref.date);
      }
    })();
  }

  /** The update is complete: what was pending is what the index has. */
  finish(source: number): void {
    this.#db.transaction(() => {
      this.#db.prepare("delete from source_ref where source = ?").run(source);
      this.#db.prepare("insert into source_ref select * from pending_ref where source = ?").run(source);
      this.#db.prepare("delete from pending_ref where source = ?").run(source);
      this.#db
        .prepare("update source set indexed_at = ?, pending_from = null where id = ?")
        .run(new Date().toISOString(), source);
    })();
  }

  #readRefs(table: "source_ref" | "pending_ref", source: number): KnownRef[] {
    return this.#db
      .prepare<[number], { name: string; sha: Buffer; commit_sha: Buffer | null; date: number }>(
        `select name, sha, commit_sha, date from ${table} where source = ? order by name`,
      )
      .all(source)
      .map(({ name, sha, commit_sha, date }) => ({
        name,
        sha: sha.toString("hex"),
        commit: commit_sha?.toString("hex"),
        date,
      }));
  }
}
