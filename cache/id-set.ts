import type { Db } from "./database.ts";

/** The numbers that a question gives, one a row. */
export function idsOf(db: Db, question: string): Set<number> {
  return new Set(db.prepare<[], number>(question).pluck().iterate());
}
