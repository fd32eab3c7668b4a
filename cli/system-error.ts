import { explainSqlite } from "../cache/database.ts";
import { KfixError } from "../kernel/error.ts";

/**
 * What the operating system refused, as an error for a person; other errors come back as they are.
 * The codes are those of errno(3) that a full disk, a folder's permissions or a limit can cause.
 */
export function explainSystemError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  if (error.code.startsWith("SQLITE_")) return explainSqlite("an index", error);
  const row = REFUSALS.find((one) => one.codes.includes(String(error.code)));
  if (!row) return error;
  const place = "path" in error && typeof error.path === "string" ? `${error.path}: ` : "";
  return new KfixError("environment", `${place}${row.says}`, { hint: row.hint, cause: error });
}

const REFUSALS: readonly {
  readonly codes: readonly string[];
  readonly says: string;
  readonly hint: string;
}[] = [
  {
    codes: ["ENOSPC", "EDQUOT"],
    says: "the disk is full",
    hint: "free some space and run the command again: it goes on where it stopped",
  },
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
];
