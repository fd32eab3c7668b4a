/** The rows that a history index gives, as SQLite has them and as the others see them. */

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
