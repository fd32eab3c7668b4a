import { rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { eachCommit } from "../cache/commit-table.ts";
import type { Db } from "../cache/database.ts";
import { TouchWriter } from "../cache/history-writer.ts";
import { readMeta } from "../cache/meta.ts";
import { SEGMENT_SIZE } from "../cache/schema.ts";
import { FUNCTION_LINE } from "../kernel/diff/function-line.ts";
import type { CommitTouch } from "../kernel/diff/touched.ts";
import type { CommitFeed } from "./commit-feed.ts";
import { deltaCacheSetting } from "./diff-tree.ts";
import { startDiffTrees } from "./diff-trees.ts";
import type { TouchInverter } from "./inverted.ts";
import type { Progress } from "./progress.ts";

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
 * Records which functions each new commit of a source touches, by `git diff-tree` in as many processes as there
 * are cores, while the commits themselves are still being added. Batches are written in commit order, so an
 * interrupted run goes on behind the last one written.
 */
export async function indexHunks(db: Db, gitDir: string, work: HunkWork, progress: Progress): Promise<void> {
  const { source, feed, inverter } = work;
  const from = Math.max(work.from, Number(readMeta(db, `hunks of ${source}`) ?? 0) + 1);
  const stage = progress.stage("changed functions", async () =>
    Math.max(0, work.from + (await work.count()) - from),
  );
  const writer = new TouchWriter(db);
  const finished = new InOrder<Finished>((batch) => {
    if (feed.failed) return; // ids of what was taken back must not be written
    writer.addBatch(batch.touched, { source, upTo: batch.upTo });
    inverter.invert(Math.floor((batch.upTo + 1) / SEGMENT_SIZE) * SEGMENT_SIZE - 1);
    stage.advance(batch.commits);
  });
  const queue = new BatchQueue(db, from, feed);
  const driver = functionNameDriver(db);
  const trees = startDiffTrees(gitDir, driver.config, availableParallelism());
  try {
    await Promise.all(
      Array.from({ length: trees.lanes * UNDER_WAY }, (_, at) =>
        diffBatches((shas) => trees.touched(at % trees.lanes, shas), queue, finished),
      ),
    );
  } finally {
    await trees.close();
    driver.remove();
    stage.end();
  }
}

interface Batch {
  readonly number: number;
  readonly ids: ReadonlyMap<string, number>;
  /** The last commit id of the batch. */
  readonly upTo: number;
}

interface Finished {
  readonly touched: { id: number; files: CommitTouch["files"] }[];
  readonly upTo: number;
  readonly commits: number;
}

/** Batches of commits in order of their ids, as soon as the commits are there. */
class BatchQueue {
  readonly #db: Db;
  readonly #feed: CommitFeed;
  #from: number;
  #number = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(db: Db, from: number, feed: CommitFeed) {
    this.#db = db;
    this.#from = from;
    this.#feed = feed;
  }

  /** Undefined when there are no more. */
  next(): Promise<Batch | undefined> {
    const batch = this.#turn.then(() => this.#take());
    this.#turn = batch;
    return batch;
  }

  async #take(): Promise<Batch | undefined> {
    const reached = await this.#feed.reach(this.#from + BATCH - 1);
    if (reached < this.#from || this.#feed.failed) return undefined;
    const upTo = Math.min(reached, this.#from + BATCH - 1);
    const ids = new Map<string, number>();
    eachCommit(this.#db, ({ id, page, place }) => ids.set(page.sha(place).toString("hex"), id), {
      from: this.#from,
      to: upTo,
    });
    this.#from = upTo + 1;
    return { number: this.#number++, ids, upTo };
  }
}

/** One batch after the other. */
async function diffBatches(
  touchedBy: (shas: readonly string[]) => Promise<CommitTouch[]>,
  queue: BatchQueue,
  finished: InOrder<Finished>,
): Promise<void> {
  for (let batch = await queue.next(); batch !== undefined; batch = await queue.next())
    finished.put(batch.number, finish(batch, await touchedBy([...batch.ids.keys()])));
}

function finish(batch: Batch, touched: readonly CommitTouch[]): Finished {
  const found = touched.flatMap((commit) => {
    const id = batch.ids.get(commit.sha);
    return id === undefined ? [] : [{ id, files: commit.files }];
  });
  return { touched: found, upTo: batch.upTo, commits: batch.ids.size };
}

/** Takes results in any order and hands them on in their own. */
class InOrder<Result> {
  readonly #waiting = new Map<number, Result>();
  readonly #handle: (result: Result) => void;
  #next = 0;

  constructor(handle: (result: Result) => void) {
    this.#handle = handle;
  }

  put(number: number, result: Result): void {
    this.#waiting.set(number, result);
    for (let ready = this.#waiting.get(this.#next); ready; ready = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      this.#handle(ready);
    }
  }
}

/**
 * git's default rule takes labels and annotations for functions (see FUNCTION_LINE). A
 * driver of ours costs less than git's own `cpp` driver; gitattributes(5) wants it named in a file, which lies beside
 * the index.
 */
function functionNameDriver(db: Db): { config: readonly string[]; remove(): void } {
  const attributes = join(dirname(db.name), "git-attributes");
  // What is no source counts as binary: git then says that it differs, and does not read it.
  writeFileSync(attributes, "* -diff\n*.c diff=kfix\n*.h diff=kfix\n*.S diff=kfix\n");
  return {
    config: [
      `core.attributesFile=${attributes}`,
      `diff.kfix.xfuncname=${FUNCTION_LINE}`,
      deltaCacheSetting(availableParallelism()),
    ],
    remove: () => rmSync(attributes, { force: true }),
  };
}

/** Commits asked for at a time. */
const BATCH = 256;

/** Batches that a lane is asked for at a time, so that neither half of it waits while the other has more to do. */
const UNDER_WAY = 16;
