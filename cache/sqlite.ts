import { createRequire } from "node:module";
import Database from "better-sqlite3";

export type Db = Database.Database;
/** A prepared question: what it is asked with, and what a row of its answer is. */
export type Statement<Asked extends unknown[], Row> = Database.Statement<Asked, Row>;

/**
 * Opens a database. SQLite's library is named to better-sqlite3, which would else look for it in thirteen places: a
 * look-up would take several milliseconds longer.
 */
export function openSqlite(file: string, options: Database.Options = {}): Db {
  return new Database(file, { ...options, nativeBinding: library() });
}

/**
 * Opens a finished database, which no one changes any more: an update makes a file of its own and puts it in place.
 * So the lock for reading is kept until the end (sqlite.org/pragma.html#pragma_locking_mode): to take it, to look for a
 * journal and for a change, and to give it back took longer than many a statement itself.
 */
export function openSqliteForReading(file: string): Db {
  const db = openSqlite(file, { readonly: true, fileMustExist: true });
  db.pragma("locking_mode = exclusive");
  // Mapping the file instead saves a fortieth of the time, and costs a hundred megabytes that count as the program's own.
  db.pragma("cache_size = -4096");
  return db;
}

/** An error that SQLite itself reported; `code` is its result code (sqlite.org/rescode.html). */
export const SqliteError = Database.SqliteError;

let found: string | undefined;

function library(): string {
  found ??= createRequire(import.meta.url).resolve("better-sqlite3/build/Release/better_sqlite3.node");
  return found;
}
