import type { Db } from "../cache/database.ts";
import { readMeta, writeMeta } from "../cache/history-writer.ts";
import { InvertedBatch } from "../cache/inverted-list.ts";
import { SEGMENT_SIZE } from "../cache/schema.ts";
import { unpackTouched } from "../cache/touched-list.ts";

/**
 * Turns "commit touches symbols" round: which commits touched a symbol, and a path. Only what is new, up to the
 * commit `last`, of all that are recorded unless told.
 */
export function indexTouches(
  db: Db,
  last = db.prepare<[], number | null>("select max(commit_id) from diff").pluck().get() ?? 0,
): void {
  const from = Number(readMeta(db, DONE) ?? 0) + 1;
  const rows = db.prepare<[number, number], [number, Buffer]>(
    "select commit_id, touched from diff where commit_id between ? and ? order by commit_id",
  );
  const symbols = new InvertedBatch<number>();
  const paths = new InvertedBatch<number>();
  for (let start = from; start <= last; ) {
    const segment = Math.floor(start / SEGMENT_SIZE);
    const end = Math.min(last, (segment + 1) * SEGMENT_SIZE - 1);
    for (const [commit, touched] of rows.raw().all(start, end)) {
      const files = unpackTouched(touched);
      for (const symbol of new Set(files.flatMap((file) => file.symbols))) symbols.add(symbol, commit);
      for (const file of files) paths.add(file.path, commit);
    }
    const appending = start > segment * SEGMENT_SIZE && start > 1;
    db.transaction(() => {
      symbols.flush(db, "touch", segment, appending);
      paths.flush(db, "path_touch", segment, appending);
      writeMeta(db, DONE, String(end));
    })();
    start = end + 1;
  }
}

const DONE = "touches inverted up to";
