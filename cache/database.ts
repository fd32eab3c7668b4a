import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { KfixError } from "../kernel/error.ts";
import { checksumFiles, verifyDatabase } from "./checksum.ts";
import { explainRefusal } from "./refusal.ts";
import { APPLICATION_ID, HISTORY_SCHEMA, HISTORY_SCHEMA_VERSION } from "./schema.ts";
import { type Db, openSqlite, openSqliteForReading, SqliteError } from "./sqlite.ts";

export type { Db };

export const REBUILD = "rebuild it with: kfix source update --rebuild";

/** The tables of an index, and the number that tells this arrangement of them from others. */
export interface Layout {
  readonly schema: string;
  readonly version: number;
  /** PRAGMA application_id: what the file is. */
  readonly application: number;
}

const HISTORY: Layout = {
  schema: HISTORY_SCHEMA,
  version: HISTORY_SCHEMA_VERSION,
  application: APPLICATION_ID,
};

/**
 * Opens a finished index for reading: a history's, unless told.
 *
 * Throws `not-indexed` when there is none, `unusable-cache` when it is damaged or of another schema number.
 */
export function openForReading(file: string, layout: Layout = HISTORY): Db {
  if (!existsSync(file)) {
    throw new KfixError("not-indexed", "no history is indexed yet", {
      hint: "index a kernel repository with: kfix source add PATH-OR-URL",
    });
  }
  return guarded(file, () => {
    verifyDatabase(file, { hint: REBUILD });
    const db = openSqliteForReading(file);
    checkIdentity(db, file, layout);
    return db;
  });
}

/** Opens the index being built at `file`, creating its tables when it is new. For the one writer. */
export function openForWriting(file: string, layout: Layout = HISTORY): Db {
  return guarded(file, () => {
    const db = openSqlite(file);
    // A writer that was killed right here has left a file with nothing in it.
    if (isEmpty(db)) {
      db.pragma("page_size = 8192");
      db.exec(`begin;
        pragma application_id = ${layout.application};
        pragma user_version = ${layout.version};
        ${layout.schema}
        commit;`);
    }
    checkIdentity(db, file, layout);
    db.pragma("journal_mode = wal");
    db.pragma("wal_autocheckpoint = 8000"); // pages: 64 MB, so that a page that is written often is copied seldom
    db.pragma("synchronous = normal");
    db.pragma("cache_size = -8192");
    db.pragma("temp_store = memory");
    return db;
  });
}

/** Makes a written index one plain file that readers can open, and closes it. */
export function finishWriting(db: Db): void {
  db.pragma("wal_checkpoint(truncate)");
  db.pragma("journal_mode = delete");
  db.close();
}

/** Removes a database with what SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const tail of ["", "-wal", "-shm", "-journal"]) rmSync(file + tail, { force: true });
  for (const beside of checksumFiles(file)) rmSync(beside, { force: true });
}

function isEmpty(db: Db): boolean {
  return db.prepare("select count(*) from sqlite_master").pluck().get() === 0;
}

/** Throws `unusable-cache` when a database is of another kind or schema; `hint`: how such an index is made anew. */
export function checkIdentity(db: Db, file: string, wanted: Omit<Layout, "schema">, hint = REBUILD): void {
  if (Number(db.pragma("application_id", { simple: true })) !== wanted.application)
    throw new KfixError("unusable-cache", `${file} is not an index of kfix, or it is damaged`, { hint });
  const version = Number(db.pragma("user_version", { simple: true }));
  if (version === wanted.version) return;
  const isNewer = version > wanted.version;
  throw new KfixError(
    "unusable-cache",
    `${file} was made by ${isNewer ? "a newer" : "an older"} kfix (schema ${version}, this one reads ${wanted.version})`,
    { hint: isNewer ? `use that kfix, or ${hint}` : hint },
  );
}

/** Runs `work`, turning SQLite's complaints about the file into one that says what to do. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw explainSqlite(file, cause);
  }
}

/** SQLite's result codes (sqlite.org/rescode.html) in the user's words; other errors come back as they are. */
export function explainSqlite(file: string, cause: unknown): unknown {
  const code = cause instanceof SqliteError ? cause.code : "";
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ)/.test(code)) {
    return new KfixError("unusable-cache", `${file} is damaged`, { hint: REBUILD, cause });
  }
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/.test(code)) {
    return (
      systemsReason(file) ??
      new KfixError("environment", `${file} cannot be opened or written`, {
        hint: "check the folder's permissions, or choose another with --cache-dir",
        cause,
      })
    );
  }
  return explainRefusal(cause, file);
}

/** SQLite says that it cannot open a file, and not why: few open files have another remedy than permissions. */
function systemsReason(file: string): unknown {
  try {
    closeSync(openSync(file, "r"));
    return undefined;
  } catch (error) {
    const explained = explainRefusal(error);
    return explained instanceof KfixError ? explained : undefined;
  }
}

/** True when SQLite finds nothing wrong in a database, finished or not. */
export function isSound(file: string): boolean {
  try {
    const db = openSqlite(file, { fileMustExist: true });
    try {
      return db.pragma("quick_check(1)", { simple: true }) === "ok";
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

/** Reads the whole database and throws `unusable-cache` when SQLite finds it inconsistent. */
export function checkDatabase(file: string): void {
  verifyDatabase(file, { always: true, hint: REBUILD });
  const db = openForReading(file);
  try {
    const found = guarded(file, () => String(db.pragma("quick_check(1)", { simple: true })));
    if (found !== "ok")
      throw new KfixError("unusable-cache", `${file} is damaged: ${found}`, { hint: REBUILD });
  } finally {
    db.close();
  }
}
