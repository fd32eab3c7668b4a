import { eachCommit } from "../cache/commit-table.ts";
import type { Db } from "../cache/database.ts";
import { SEGMENT_SIZE } from "../cache/schema.ts";
import type { ChangedFiles } from "./changed-files.ts";
import { ChangedFilesReader } from "./changed-files-reader.ts";
import type { CommitFeed } from "./commit-feed.ts";

/** Commits whose ids follow each other, and the files that they change. */
export interface ListedSegment {
  readonly from: number;
  readonly upTo: number;
  /** Its commits count from `from`. */
  readonly files: ChangedFiles;
}

/**
 * Lists what the commits from `from` on change, as far as they come: a segment of the index at a time. So much is
 * gathered before files are compared, as the more versions of a file are read together, the less each of them costs:
 * a fourth of a segment costs twice as much.
 */
export async function* listSegments(
  db: Db,
  gitDir: string,
  from: number,
  feed: CommitFeed,
): AsyncGenerator<ListedSegment> {
  for (let begin = from; ; ) {
    const last = (Math.floor(begin / LISTED) + 1) * LISTED - 1;
    if ((await feed.reach(begin)) < begin || feed.failed) return;
    const segment = await listSegment(db, gitDir, { from: begin, last }, feed);
    if (feed.failed) return;
    yield segment;
    begin = segment.upTo + 1;
  }
}

async function listSegment(
  db: Db,
  gitDir: string,
  { from, last }: { from: number; last: number },
  feed: CommitFeed,
): Promise<ListedSegment> {
  const reader = new ChangedFilesReader(gitDir);
  try {
    let next = from;
    while (next <= last && !feed.failed) {
      const wanted = Math.min(last, next + AT_A_TIME - 1);
      const upTo = Math.min(wanted, await feed.reach(wanted));
      if (upTo < next) break;
      await reader.ask(shasOf(db, next, upTo));
      next = upTo + 1;
    }
    return { from, upTo: next - 1, files: await reader.end() };
  } finally {
    await reader.close();
  }
}

function shasOf(db: Db, from: number, to: number): string[] {
  const shas: string[] = [];
  eachCommit(db, ({ page, place }) => shas.push(page.sha(place).toString("hex")), { from, to });
  return shas;
}

/** Commits. */
const LISTED = SEGMENT_SIZE / 2;
/** Git begins when so many commits are there. */
const AT_A_TIME = 1024;
