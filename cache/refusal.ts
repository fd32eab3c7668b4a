import { KfixError } from "../kernel/error.ts";

/** Why the operating system or Node refused, and what to do about it. */
export interface Refusal {
  readonly says: string;
  readonly hint: string;
}

/** Whether an error of the system or of Node has one of these codes: `ENOENT` (errno(3)). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** The refusal that an error tells of by its code; undefined for any other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const told = String(error.code); // perhaps a more special one, as SQLITE_IOERR_READ
  return REFUSALS.find(({ codes }) => codes.some((code) => told === code || told.startsWith(`${code}_`)));
}

/** The same as an error for a person, which names the file that the error names, or else `place`; others as they are. */
export function explainRefusal(error: unknown, place?: string): unknown {
  const refusal = refusalOf(error);
  if (!refusal) return error;
  const named = error instanceof Error && "path" in error ? error.path : undefined;
  const where = typeof named === "string" ? named : place;
  return new KfixError("environment", where === undefined ? refusal.says : `${where}: ${refusal.says}`, {
    hint: refusal.hint,
    cause: error,
  });
}

type Row = Refusal & { readonly codes: readonly string[] };

export const DISK_FULL: Row = {
  codes: ["ENOSPC", "EDQUOT", "EFBIG", "SQLITE_FULL"],
  says: "the disk is full",
  hint: "free some space, or keep the cache elsewhere with --cache-dir; then run the command again: it goes on where it stopped",
};

/** By the codes of errno(3), of Node (nodejs.org/api/errors.html) and of SQLite (sqlite.org/rescode.html). */
const REFUSALS: readonly Row[] = [
  DISK_FULL,
  {
    codes: ["EACCES", "EPERM", "EROFS"],
    says: "permission denied",
    hint: "check the folder's permissions, or choose another with --cache-dir",
  },
  {
    codes: ["ENOTDIR", "EEXIST", "EISDIR", "ELOOP", "ENAMETOOLONG"],
    says: "this cannot be a folder of kfix",
    hint: "choose another with --cache-dir, or mend the path",
  },
  {
    codes: ["EMFILE", "ENFILE"],
    says: "too many open files",
    hint: "raise the limit with: ulimit -n 1024",
  },
  {
    codes: ["EAGAIN"],
    says: "no more processes may be started",
    hint: "raise the limit with: ulimit -u 4096",
  },
  {
    codes: ["ENOMEM", "SQLITE_NOMEM", "ERR_WORKER_OUT_OF_MEMORY", "ERR_WORKER_INIT_FAILED"],
    says: "memory ran out",
    hint: "give it more, as with NODE_OPTIONS=--max-old-space-size=4096; what was done so far is kept",
  },
  {
    codes: ["EIO", "SQLITE_IOERR"],
    says: "the disk could not be read or written",
    hint: "it may be failing: dmesg tells; another can be chosen with --cache-dir",
  },
];
