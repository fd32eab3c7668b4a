import { availableParallelism } from "node:os";
import type { Db } from "../cache/database.ts";
import { type TouchedCommit, TouchWriter } from "../cache/history-writer.ts";
import { readMeta } from "../cache/meta.ts";
import { SEGMENT_SIZE } from "../cache/schema.ts";
import type { CommitFeed } from "./commit-feed.ts";
import { type ComparedFiles, compareFiles } from "./compared-files.ts";
import type { TouchInverter } from "./inverted.ts";
import { type ListedSegment, listSegments } from "./listed-segments.ts";
import type { Progress } from "./progress.ts";
import { TouchThreads } from "./touch-threads.ts";

/** Which commits' changes to record. */
export interface HunkWork {
  readonly source: number;
  /** The first commit id that this source's update adds, and how many it will have added. */
  readonly from: number;
  readonly count: () => Promise<number>;
  /** The commits that are there so far. */
  readonly feed: CommitFeed;
  /** Turned round meanwhile, as far as segments are complete. */
  readonly inverter: TouchInverter;
}

/**
 * Records which functions each new commit of a source touches, while the commits themselves are still being added: a
 * segment after the other. The files that its commits change are compared path by path, in as many threads as there are
 * cores, while the changed files of the next segment are listed. An interrupted run goes on behind the last commit
 * whose changes were written.
 */
export async function indexHunks(db: Db, gitDir: string, work: HunkWork, progress: Progress): Promise<void> {
  const { source, feed, inverter } = work;
  const from = Math.max(work.from, Number(readMeta(db, `hunks of ${source}`) ?? 0) + 1);
  const stage = progress.stage("changed functions", async () =>
    Math.max(0, work.from + (await work.count()) - from),
  );
  const writer = new TouchWriter(db);
  const threads = new TouchThreads(gitDir, Math.min(MOST_THREADS, availableParallelism()));
  const compareAndWrite = async (segment: ListedSegment): Promise<void> => {
    const commits = segment.upTo + 1 - segment.from;
    let told = 0;
    const tell = (share: number): void => {
      const done = Math.floor(share * commits);
      stage.advance(done - told);
      told = done;
    };
    const compared = await compareFiles(segment.files, threads, tell);
    tell(1);
    for (const { touched, upTo } of batchesOf(segment, compared)) {
      if (feed.failed) return; // ids of what was taken back must not be written
      writer.addBatch(touched, { source, upTo });
    }
    inverter.invert(Math.floor((segment.upTo + 1) / SEGMENT_SIZE) * SEGMENT_SIZE - 1);
  };
  let written = Promise.resolve();
  try {
    for await (const segment of listSegments(db, gitDir, from, feed)) {
      await written;
      written = compareAndWrite(segment);
      written.catch(() => {}); // the next turn tells
    }
    await written;
  } finally {
    await threads.close();
    stage.end();
  }
}

/** What the commits of a segment touch, in their order; those that touch no C file are left out. */
function* batchesOf(
  { from, upTo, files }: ListedSegment,
  compared: ComparedFiles,
): Generator<{ touched: TouchedCommit[]; upTo: number }> {
  let change = 0;
  for (let begin = from; begin <= upTo; begin += BATCH) {
    const end = Math.min(upTo, begin + BATCH - 1);
    const touched: TouchedCommit[] = [];
    for (; change < files.count; change++) {
      const id = from + files.commitOf.at(change);
      if (id > end) break;
      const symbols = compared.symbols(change);
      if (symbols === undefined) continue;
      const file = { path: files.paths[files.pathOf.at(change)] ?? "", symbols };
      const last = touched.at(-1);
      if (last?.id === id) last.files.push(file);
      else touched.push({ id, files: [file] });
    }
    yield { touched, upTo: end };
  }
}

/** With more the thread that writes would not keep up. */
const MOST_THREADS = 8;

/** Commits written at a time. */
const BATCH = 256;
