import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { KfixError } from "../kernel/error.ts";
import { explainSqlite, guarded } from "./database.ts";
import { openSqlite, SqliteError } from "./sqlite.ts";

/**
 * Takes the one writer's place of an index. It is held by SQLite's own lock on an empty database: the operating
 * system lets go of it when the process ends in any way, so a lock can never be stale. The file beside it only
 * says who holds it.
 *
 * Throws `busy`, with the owner, when another process holds it.
 */
export function takeWriterLock(folder: string, name: string): { release(): void } {
  mkdirSync(folder, { recursive: true });
  const ownerFile = join(folder, `${name}.owner`);
  const file = join(folder, `${name}.lock`);
  const lock = guarded(file, () => openSqlite(file, { timeout: 0 }));
  try {
    lock.pragma("journal_mode = memory");
    lock.exec("begin exclusive");
  } catch (cause) {
    lock.close();
    if (!(cause instanceof SqliteError) || !cause.code.startsWith("SQLITE_BUSY")) {
      throw explainSqlite(file, cause);
    }
    throw new KfixError("busy", `another kfix is writing the ${name} index${ownerText(ownerFile)}`, {
      hint: "wait until it ends, or stop it: what it has done so far is kept",
      cause,
    });
  }
  writeFileSync(ownerFile, `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}\n`);
  return {
    release: () => {
      rmSync(ownerFile, { force: true });
      lock.close();
    },
  };
}

function ownerText(ownerFile: string): string {
  try {
    return ` (${readFileSync(ownerFile, "utf8").trim()})`;
  } catch {
    return "";
  }
}
