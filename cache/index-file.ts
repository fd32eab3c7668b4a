import { copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { publishDatabase, verifyDatabase } from "./checksum.ts";
import { type Db, finishWriting, isSound, openForWriting, REBUILD, removeDatabase } from "./database.ts";
import type { CacheFolders } from "./folders.ts";
import { takeWriterLock } from "./lock.ts";
import { writeSourceList } from "./source-list.ts";

/** The finished index, as readers open it. */
export function historyFile(folders: CacheFolders): string {
  return join(folders.index, "history.db");
}

/** The index that a writer builds beside it; it stays when the writer is stopped, and the next one goes on with it. */
function nextHistoryFile(folders: CacheFolders): string {
  return join(folders.index, "history.next.db");
}

/** True when a writer was stopped before it had finished. */
export function hasUnfinishedUpdate(folders: CacheFolders): boolean {
  return existsSync(nextHistoryFile(folders));
}

/** The one writer of the history index. */
export interface HistoryBuild {
  readonly db: Db;
  /** Shows the readers what was built. */
  publish(): void;
  /** Ends without publishing; what is committed stays for the next writer. */
  close(): void;
}

/**
 * Opens the index for building: an unfinished one, else a copy of the finished one, else an empty one.
 * Readers keep the finished one until `publish` renames the new one into its place.
 *
 * Throws `busy` while another process builds.
 */
export function beginHistoryBuild(folders: CacheFolders, options: { rebuild?: boolean } = {}): HistoryBuild {
  mkdirSync(folders.index, { recursive: true });
  const lock = takeWriterLock(folders.locks, "history");
  try {
    const next = nextHistoryFile(folders);
    const finished = historyFile(folders);
    // what a stopped writer left may be damaged: then it is begun again
    if (options.rebuild || (existsSync(next) && !isSound(next))) removeDatabase(next);
    if (!options.rebuild && !existsSync(next) && existsSync(finished)) {
      verifyDatabase(finished, { always: true, hint: REBUILD });
      copyWhole(finished, next);
    }
    const db = openForWriting(next);
    return {
      db,
      publish: () => {
        finishWriting(db);
        publishDatabase(next, finished);
        lock.release();
      },
      close: () => {
        db.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Forgets the history, finished and begun, with its list of sources. Throws `busy` while another process builds. */
export function removeHistoryIndex(folders: CacheFolders): void {
  const lock = takeWriterLock(folders.locks, "history");
  removeDatabase(nextHistoryFile(folders));
  removeDatabase(historyFile(folders));
  writeSourceList(folders, []);
  lock.release();
}

/** A copy that is either whole or not there, wherever the process is stopped. */
function copyWhole(from: string, to: string): void {
  const partial = `${to}.copy`;
  copyFileSync(from, partial);
  renameSync(partial, to);
}
