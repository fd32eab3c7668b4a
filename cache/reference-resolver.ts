import { normaliseSubject } from "../kernel/commit/subject.ts";
import { eachKey } from "./commit-keys.ts";
import { CommitTable } from "./commit-table.ts";
import type { Db } from "./database.ts";
import { FirstReleases } from "./first-releases.ts";
import { idsOf } from "./id-set.ts";
import type { ShaTable } from "./sha-table.ts";
import { subjectKey } from "./subject-key.ts";

/** A reference whose commit is not known yet. */
export interface OpenReference {
  readonly commit: number;
  readonly kind: string;
  readonly position: number;
  readonly sha: string | null;
  readonly subject: string | null;
}

/** The questions and answers of resolving references; the rules are in indexer/references.ts. */
export class ReferenceResolver {
  readonly #db: Db;
  readonly #commits: CommitTable;
  readonly #shas: ShaTable;
  readonly #isBackport;
  readonly #resolve;

  /** `shas`: those of all commits. */
  constructor(db: Db, shas: ShaTable) {
    this.#db = db;
    this.#shas = shas;
    this.#commits = new CommitTable(db);
    this.#isBackport = db.prepare<[number], number>(
      "select 1 from reference where commit_id = ? and kind = 'backport'",
    );
    this.#resolve = db.prepare(
      "update reference set target = ? where commit_id = ? and kind = ? and position = ?",
    );
  }

  open(): OpenReference[] {
    return this.#db
      .prepare<[], OpenReference>(
        `select commit_id as "commit", kind, position, sha, subject from reference where target is null order by commit_id`,
      )
      .all();
  }

  /** The one commit whose sha begins so; among several, the one with the quoted subject. */
  bySha(reference: OpenReference): number | undefined {
    if (reference.sha === null) return undefined;
    const only = this.#shas.beginning(reference.sha);
    if (only !== undefined) return only;
    const found = this.#commits.bySha(reference.sha).slice(0, MOST_COMPARED);
    return found.length <= 1 ? found[0] : this.#onlyOne(found, reference.subject);
  }

  bySubject({ commit, subject }: OpenReference): number | undefined {
    if (subject === null) return undefined;
    const older = this.#commits.bySubject(subject).filter((id) => id < commit);
    const origins: number[] = [];
    for (const id of older) {
      if (this.#isBackport.get(id) === undefined) origins.push(id);
      if (origins.length === MOST_COMPARED) break;
    }
    return this.#onlyOne(origins, subject);
  }

  resolve(reference: OpenReference, target: number): void {
    this.#resolve.run(target, reference.commit, reference.kind, reference.position);
  }

  /** Commits of stable and vendor releases that say nothing of their origin. */
  guessUnmarkedBackports(): void {
    const copies = this.#unmarkedCopies();
    if (copies.size === 0) return;
    const mainline = idsOf(this.#db, "select id from release where kind in ('mainline', 'rc')");
    const releases = new FirstReleases(this.#db);
    const origins = new Map<number, number[]>();
    eachKey(this.#db, "subject", (key, id) => {
      if (!mainline.has(releases.of(id))) return;
      for (const copy of copies.get(key) ?? [])
        if (copy !== id && this.#isTheSame(copy, id)) origins.set(copy, [...(origins.get(copy) ?? []), id]);
    });
    const insert = this.#db.prepare(
      "insert or ignore into reference (commit_id, kind, position, how, target) values (?, 'backport', 1000, 'same-subject', ?)",
    );
    for (const [copy, found] of origins) if (found.length === 1) insert.run(copy, found[0]);
  }

  /** By the keys of their subjects: those of which a subject of some length is all that can tell the origin. */
  #unmarkedCopies(): Map<number, number[]> {
    const releases = idsOf(this.#db, "select id from release where kind in ('stable', 'vendor')");
    const copies = new Map<number, number[]>();
    if (releases.size === 0) return copies;
    const marked = idsOf(
      this.#db,
      "select distinct commit_id from reference where kind in ('backport', 'revert')",
    );
    const firsts = new FirstReleases(this.#db);
    const last = this.#commits.last();
    for (let id = 1; id <= last; id++) {
      if (marked.has(id) || !releases.has(firsts.of(id))) continue;
      const subject = this.#commits.subject(id);
      if (subject.length < SHORTEST_TELLING_SUBJECT) continue;
      const key = subjectKey(subject);
      const others = copies.get(key);
      if (others) others.push(id);
      else copies.set(key, [id]);
    }
    return copies;
  }

  /** Have two commits the same subject, to the letter, and the same author? */
  #isTheSame(one: number, other: number): boolean {
    const [a, b] = [this.#commits.find(one), this.#commits.find(other)];
    if (!a || !b || a.page.author(a.place) !== b.page.author(b.place)) return false;
    return a.page.subject(a.place) === b.page.subject(b.place);
  }

  #onlyOne(found: readonly number[], subject: string | null): number | undefined {
    const wanted = subject === null ? undefined : normaliseSubject(subject);
    const same = found.filter((id) => normaliseSubject(this.#commits.subject(id)) === wanted);
    return same.length === 1 ? same[0] : undefined;
  }
}

/** Commits that a sha or a subject may mean. */
const MOST_COMPARED = 20;

/** "Fix build" says too little to take two commits for one. */
const SHORTEST_TELLING_SUBJECT = 20;
