import { createRequire } from "node:module";
import Database from "better-sqlite3";

export type Db = Database.Database;

/**
 * Opens a database. SQLite's library is named to better-sqlite3, which would else look for it in thirteen places: a
 * look-up would take several milliseconds longer.
 */
export function openSqlite(file: string, options: Database.Options = {}): Db {
  return new Database(file, { ...options, nativeBinding: library() });
}

/** An error that SQLite itself reported; `code` is its result code (sqlite.org/rescode.html). */
export const SqliteError = Database.SqliteError;

let found: string | undefined;

function library(): string {
  found ??= createRequire(import.meta.url).resolve("better-sqlite3/build/Release/better_sqlite3.node");
  return found;
}
