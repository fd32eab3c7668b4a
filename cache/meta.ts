import type { Db } from "./database.ts";

/** What an index notes of itself, by names. */

/** Notes that so many commits were added, or taken out. */
export function countCommits(db: Db, more: number): void {
  writeMeta(db, COMMITS, String(Number(readMeta(db, COMMITS) ?? 0) + more));
}

/** How many commits an index has. */
export function commitCount(db: Db): number {
  return Number(readMeta(db, COMMITS) ?? 0);
}

const COMMITS = "commits";

export function readMeta(db: Db, key: string): string | undefined {
  return db.prepare<[string], string>("select value from meta where key = ?").pluck().get(key);
}

export function writeMeta(db: Db, key: string, value: string): void {
  db.prepare("insert or replace into meta values (?, ?)").run(key, value);
}
