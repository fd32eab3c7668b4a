import { normaliseSubject } from "../kernel/commit/subject.ts";
import type { Db } from "./database.ts";
import { IN_SHA_RANGE, shaRange } from "./sha-range.ts";
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
  readonly #bySha;
  readonly #bySubject;
  readonly #resolve;

  constructor(db: Db) {
    this.#db = db;
    this.#bySha = db.prepare<[Buffer, Buffer, Buffer, Buffer], { id: number; subject: string }>(
      `select id, subject from commits where ${IN_SHA_RANGE} limit 20`,
    );
    this.#bySubject = db.prepare<[number, number], { id: number; subject: string }>(
      `select id, subject from commits where subject_key = ? and id < ?
         and id not in (select commit_id from reference where kind = 'backport') limit 20`,
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
    const range = reference.sha === null ? undefined : shaRange(reference.sha);
    if (!range) return undefined;
    const found = this.#bySha.all(...range, ...range);
    if (found.length <= 1) return found[0]?.id;
    return onlyOne(found, reference.subject);
  }

  bySubject(reference: OpenReference): number | undefined {
    if (reference.subject === null) return undefined;
    return onlyOne(this.#bySubject.all(subjectKey(reference.subject), reference.commit), reference.subject);
  }

  resolve(reference: OpenReference, target: number): void {
    this.#resolve.run(target, reference.commit, reference.kind, reference.position);
  }

  /** Commits of stable and vendor releases that say nothing of their origin. */
  guessUnmarkedBackports(): void {
    this.#db.exec(`
      insert or ignore into reference (commit_id, kind, position, how, target)
      select copy.id, 'backport', 1000, 'same-subject', max(origin.id)
      from commits copy
      join release on release.id = copy.release and release.kind in ('stable', 'vendor')
      join commits origin on origin.subject_key = copy.subject_key and origin.author = copy.author
        and origin.subject = copy.subject and origin.id <> copy.id
      join release line on line.id = origin.release and line.kind in ('mainline', 'rc')
      where length(copy.subject) >= ${SHORTEST_TELLING_SUBJECT}
        and copy.id not in (select commit_id from reference where kind in ('backport', 'revert'))
      group by copy.id having count(*) = 1`);
  }
}

function onlyOne(
  found: readonly { id: number; subject: string }[],
  subject: string | null,
): number | undefined {
  const wanted = subject === null ? undefined : normaliseSubject(subject);
  const same = found.filter((commit) => normaliseSubject(commit.subject) === wanted);
  return same.length === 1 ? same[0]?.id : undefined;
}

/** "Fix build" says too little to take two commits for one. */
const SHORTEST_TELLING_SUBJECT = 20;
