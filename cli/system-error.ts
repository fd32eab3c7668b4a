import { explainSqlite } from "../cache/database.ts";
import { explainRefusal } from "../cache/refusal.ts";
import { SqliteError } from "../cache/sqlite.ts";

/** What SQLite or the operating system refused, as an error for a person; other errors come back as they are. */
export function explainSystemError(error: unknown): unknown {
  return error instanceof SqliteError ? explainSqlite("an index", error) : explainRefusal(error);
}
