import { type Release, releaseOfTag, type Version } from "../kernel/version.ts";
import { CommitTable } from "./commit-table.ts";
import type { CommitTree } from "./commit-tree.ts";
import type { Db } from "./database.ts";
import { NO_RELEASE } from "./schema.ts";

interface PlacedRelease {
  readonly id: number;
  readonly version: Version;
  readonly series: string;
  readonly kind: Release["kind"];
}

/** Builds the tree of releases and the first release of each commit, within one transaction. */
export class ReleaseWriter {
  readonly #db: Db;
  readonly #statements;
  readonly #placed: PlacedRelease[] = [];
  readonly #tips = new Map<number, number>();
  /** For each release: itself and all its ancestors. */
  readonly #lines = new Map<number, ReadonlySet<number>>();
  readonly #commits: CommitTree;
  readonly #table: CommitTable;

  /** The tree has all commits of the index, and learns their releases. */
  constructor(db: Db, commits: CommitTree) {
    this.#db = db;
    this.#statements = {
      alsoIn: db.prepare<[number], number>("select release from also_in where commit_id = ?").pluck(),
      addAlsoIn: db.prepare("insert or ignore into also_in (release, commit_id) values (?, ?)"),
      add: db.prepare(
        "insert into release (name, series, kind, parent, date, sha, tip) values (?, ?, ?, ?, ?, ?, ?)",
      ),
    };
    this.#commits = commits;
    this.#table = new CommitTable(db);
    this.#load();
  }

  /** Releases in the index so far, in the order in which they were placed. */
  get placed(): readonly PlacedRelease[] {
    return this.#placed;
  }

  /** Last, the commits are told the releases that `work` found. */
  inTransaction(work: () => void): void {
    this.#db.transaction(() => {
      work();
      this.#commits.storeReleases();
    })();
  }

  /** A tag was moved or deleted since: what the index says of releases can no longer be extended. */
  isOutdated(tags: readonly { name: string; commit: string }[]): boolean {
    const now = new Map(tags.map((tag) => [tag.name, tag.commit]));
    return this.#db
      .prepare<[], [string, Buffer]>("select name, sha from release")
      .raw()
      .all()
      .some(([name, sha]) => now.get(name) !== sha.toString("hex"));
  }

  clear(): void {
    this.#db.exec("delete from also_in; delete from release");
    this.#placed.length = 0;
    this.#tips.clear();
    this.#lines.clear();
    this.#commits.clearReleases();
  }

  has(name: string): boolean {
    return this.#db.prepare("select 1 from release where name = ?").get(name) !== undefined;
  }

  commitId(sha: string): number | undefined {
    return this.#table.bySha(sha)[0];
  }

  tipOf(release: number): number | undefined {
    return this.#tips.get(release);
  }

  parentsOf(id: number): number[] {
    return this.#commits.parentsOf(id);
  }

  contains(release: number, id: number): boolean {
    const line = this.#lines.get(release);
    if (!line) return false;
    const first = this.#commits.releaseOf(id);
    if (first === NO_RELEASE) return false;
    if (line.has(first)) return true;
    return this.#statements.alsoIn.all(id).some((other) => line.has(other));
  }

  /** Adds a release; `own` are the commits that its parent does not contain. */
  add(
    release: Release,
    at: { tip: number; date: number; sha: string; parent: number | undefined },
    own: readonly number[],
  ): void {
    const { name, series, kind } = release;
    const row = this.#statements.add.run(
      name,
      series,
      kind,
      at.parent ?? null,
      at.date,
      Buffer.from(at.sha, "hex"),
      at.tip,
    );
    const id = Number(row.lastInsertRowid);
    this.#remember(id, release, at.tip, at.parent);
    for (const commit of own) {
      if (this.#commits.releaseOf(commit) === NO_RELEASE) this.#commits.setRelease(commit, id);
      else this.#statements.addAlsoIn.run(id, commit);
    }
  }

  #load(): void {
    const rows = this.#db
      .prepare<
        [],
        {
          id: number;
          name: string;
          series: string;
          kind: Release["kind"];
          parent: number | null;
          tip: number;
        }
      >("select id, name, series, kind, parent, tip from release order by id")
      .all();
    for (const row of rows) {
      const version = releaseOfTag(row.name)?.version;
      if (version)
        this.#remember(
          row.id,
          { version, series: row.series, kind: row.kind },
          row.tip,
          row.parent ?? undefined,
        );
    }
  }

  #remember(id: number, release: Omit<PlacedRelease, "id">, tip: number, parent: number | undefined): void {
    this.#placed.push({ id, version: release.version, series: release.series, kind: release.kind });
    this.#tips.set(id, tip);
    this.#lines.set(id, new Set([id, ...(parent === undefined ? [] : (this.#lines.get(parent) ?? []))]));
  }
}
