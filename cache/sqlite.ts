import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";

export type Db = Database.Database;
/** A prepared question: what it is asked with, and what a row of its answer is. */
export type Statement<Asked extends unknown[], Row> = Database.Statement<Asked, Row>;

/** Opens a database. */
export function openSqlite(file: string, options: Database.Options = {}): Db {
  // It may be what was loaded, too, which its types do not know (github.com/WiseLibs/better-sqlite3/issues/972).
  return new Database(file, { ...options, nativeBinding: library() } as Database.Options);
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

/**
 * SQLite's library, from the nearest folder of packages (nodejs.org/api/modules.html#loading-from-node_modules-folders).
 * better-sqlite3 would look for it in thirteen places, and Node's own search reads package.json as well: a look-up would
 * take several milliseconds longer. undefined: it was installed in another way, and better-sqlite3 has to find it.
 */
function library(): object | undefined {
  for (let folder = import.meta.dirname; !loaded && folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "node_modules/better-sqlite3/build/Release/better_sqlite3.node");
    if (existsSync(file)) loaded = load(file);
  }
  return loaded;
}

let loaded: object | undefined;

function load(file: string): object {
  const addon = { exports: {} };
  process.dlopen(addon, file);
  return addon.exports;
}
