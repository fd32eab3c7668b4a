import type { Db } from "../cache/database.ts";
import { ReferenceResolver } from "../cache/reference-resolver.ts";
import type { ShaTable } from "../cache/sha-table.ts";
import type { Progress } from "./progress.ts";

/**
 * Finds the commits that other commits name, where the writer has not found them among those before: by sha, short or
 * whole; where the sha is wrong or ambiguous, by the subject quoted beside it (`Fixes: 12345678 ("sched: ...")`), if
 * that leaves exactly one older commit.
 * What cannot be found stays as written, and is tried again when more history is indexed.
 *
 * Last, a commit of a stable series without any mark is taken for a backport of the mainline commit with the same
 * subject and author: a guess, and named so (`same-subject`).
 *
 * `shas` are those of all commits: they are in memory, and stable series name hundreds of thousands.
 */
export function indexReferences(db: Db, shas: ShaTable, progress: Progress): void {
  const resolver = new ReferenceResolver(db, shas);
  const open = resolver.open();
  const stage = progress.stage("backports and fixes", open.length);
  db.transaction(() => {
    for (const reference of open) {
      const target = resolver.bySha(reference) ?? resolver.bySubject(reference);
      if (target !== undefined && target !== reference.commit) resolver.resolve(reference, target);
      stage.advance(1);
    }
    resolver.guessUnmarkedBackports();
  })();
  stage.end();
}
