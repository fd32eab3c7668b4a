import type { Db } from "./database.ts";
import { NO_RELEASE } from "./schema.ts";
import { IN_SHA_RANGE } from "./sha-range.ts";

/** The rows that a history index gives, and the questions that are asked of it. */

/** A commit of the index; `id` is its place in topological order and means nothing outside this index. */
export interface Commit {
  readonly id: number;
  readonly sha: string;
  /** Seconds since 1970. */
  readonly authorTime: number;
  readonly author: string;
  readonly subject: string;
  /** Its first release; undefined: on a branch that no release has yet. */
  readonly release: number | undefined;
}

export interface Reference {
  readonly commit: number;
  readonly kind: string;
  readonly how: string;
  /** As written. */
  readonly sha: string | undefined;
  readonly subject: string | undefined;
  readonly target: number | undefined;
}

export interface ReleaseRow {
  readonly id: number;
  readonly name: string;
  readonly series: string;
  readonly kind: "mainline" | "rc" | "stable" | "vendor";
  readonly parent: number | undefined;
  /** Seconds since 1970. */
  readonly date: number;
  readonly tip: number;
}

export interface QuotedCrash {
  readonly commit: number;
  readonly kind: string;
  readonly title: string;
  readonly signature: string;
  readonly function: string | undefined;
  readonly frames: readonly string[];
}

export interface CommitRow {
  readonly id: number;
  readonly sha: Buffer;
  readonly author_time: number;
  readonly author: string;
  readonly subject: string;
  readonly release: number;
}

export function toCommit(row: CommitRow): Commit {
  return {
    id: row.id,
    sha: row.sha.toString("hex"),
    authorTime: row.author_time,
    author: row.author,
    subject: row.subject,
    release: row.release === NO_RELEASE ? undefined : row.release,
  };
}

export interface ReferenceRow {
  readonly commit: number;
  readonly kind: string;
  readonly how: string;
  readonly sha: string | null;
  readonly subject: string | null;
  readonly target: number | null;
}

export function toReference(row: ReferenceRow): Reference {
  return {
    ...row,
    sha: row.sha ?? undefined,
    subject: row.subject ?? undefined,
    target: row.target ?? undefined,
  };
}

export function prepareQuestions(db: Db) {
  const commit =
    "select c.id, sha, author_time, p.name as author, subject, release from commits c join person p on p.id = c.author";
  const reference = `select commit_id as "commit", kind, how, sha, subject, target from reference`;
  return {
    commit: db.prepare<[number], CommitRow>(`${commit} where c.id = ?`),
    subject: db.prepare<[number], string>("select subject from commits where id = ?").pluck(),
    bySha: db.prepare<[Buffer, Buffer, Buffer, Buffer], CommitRow>(
      `${commit} where ${IN_SHA_RANGE} order by c.id limit 20`,
    ),
    bySubject: db.prepare<[number], CommitRow>(`${commit} where subject_key = ? order by c.id limit 200`),
    referencesFrom: db.prepare<[number], ReferenceRow>(
      `${reference} where commit_id = ? order by kind, position`,
    ),
    referencesTo: db.prepare<[number, string], ReferenceRow>(
      `${reference} where target = ? and kind = ? order by commit_id`,
    ),
    referencesToUnknown: db.prepare<[string, string], ReferenceRow>(
      `${reference} where target is null and kind = 'backport' and sha >= ? and sha < ? order by commit_id limit 100`,
    ),
    releases: db.prepare<[], Omit<ReleaseRow, "parent"> & { parent: number | null }>(
      "select id, name, series, kind, parent, date, tip from release order by id",
    ),
    alsoIn: db.prepare<[number], number>("select release from also_in where commit_id = ?").pluck(),
    symbolId: db.prepare<[string], number>("select id from symbol where name = ?").pluck(),
    symbolName: db.prepare<[number], string>("select name from symbol where id = ?").pluck(),
    pathName: db.prepare<[number], string>("select name from path where id = ?").pluck(),
    symbolsBeginning: db
      .prepare<[string, string, number], number>(
        "select id from symbol where name >= ? and name < ? order by name limit ?",
      )
      .pluck(),
    pathsUnder: db
      .prepare<[string, string], [number, string]>(
        "select id, name from path where name >= ? and name < ? order by name",
      )
      .raw(),
    paths: db.prepare<[], [number, string]>("select id, name from path").raw(),
    pathId: db.prepare<[string], number>("select id from path where name = ?").pluck(),
    touch: db
      .prepare<[number], [number, Buffer]>("select segment, commits from touch where symbol = ?")
      .raw(),
    pathTouch: db
      .prepare<[number], [number, Buffer]>("select segment, commits from path_touch where path = ?")
      .raw(),
    diff: db.prepare<[number], Buffer>("select touched from diff where commit_id = ?").pluck(),
    wordIn: db
      .prepare<[string, number], Buffer>("select commits from word where word = ? and segment = ?")
      .pluck(),
    wordBytes: db
      .prepare<[string], number | null>("select sum(length(commits)) from word where word = ?")
      .pluck(),
    word: db.prepare<[string], [number, Buffer]>("select segment, commits from word where word = ?").raw(),
    wordsBeginning: db
      .prepare<[string, string, number], string>(
        "select word from word where word >= ? and word < ? group by word order by sum(length(commits)) desc limit ?",
      )
      .pluck(),
    segments: db.prepare<[], [number, Buffer]>("select id, lengths from segment order by id").raw(),
    quotes: db.prepare<
      [number],
      Omit<QuotedCrash, "function" | "frames"> & { function: string | null; frames: string }
    >(
      `select commit_id as "commit", kind, title, signature, function, frames from quoted_crash where commit_id = ?`,
    ),
    quotesBySignature: db
      .prepare<[string], number>("select distinct commit_id from quoted_crash where signature = ? limit 500")
      .pluck(),
    quotesByFrame: db
      .prepare<[string], number>("select commit_id from quoted_frame where name = ? limit 2000")
      .pluck(),
    byReport: db
      .prepare<[string, string], number>("select commit_id from report where kind = ? and id = ?")
      .pluck(),
    stableHints: db.prepare<[number], string>("select series from stable_hint where commit_id = ?").pluck(),
  };
}
