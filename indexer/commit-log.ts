import type { CommitRecord } from "../cache/history-writer.ts";
import { startGit } from "./git.ts";
import { readMessage } from "./message-record.ts";

/**
 * Reads the commits of some revisions (lines as `git log --stdin` takes them), parents first, in batches.
 *
 * Throws `environment` when git fails; a reader that stops early ends git.
 */
export async function* readCommitLog(gitDir: string, revisions: string): AsyncGenerator<CommitRecord[]> {
  const git = startGit(gitDir, [
    "log",
    "--stdin",
    "--topo-order",
    "--reverse",
    "-z",
    `--format=${LOG_FORMAT}`,
  ]);
  try {
    await git.write(revisions);
    git.endInput();
    let batch: CommitRecord[] = [];
    for await (const record of recordsOf(git.output)) {
      batch.push(readRecord(record));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    await git.close();
    yield batch;
  } finally {
    await git.close();
  }
}

/** Bytes; of a message that is longer, and is none of a kernel, the rest is left out. */
const LONGEST_RECORD = 16 << 20;

const LOG_FORMAT = "%H%n%P%n%at%n%an <%ae>%n%B";
const BATCH = 256;

async function* recordsOf(output: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of output) {
    let from = 0;
    for (let to = chunk.indexOf(0); to !== -1; to = chunk.indexOf(0, from)) {
      rest.push(chunk.subarray(from, to));
      yield (rest.length === 1 ? chunk.subarray(from, to) : Buffer.concat(rest)).toString("utf8");
      rest = [];
      length = 0;
      from = to + 1;
    }
    if (from < chunk.length && length < LONGEST_RECORD) rest.push(chunk.subarray(from));
    length += chunk.length - from;
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString("utf8");
}

/** One record of LOG_FORMAT. */
function readRecord(record: string): CommitRecord {
  const [sha = "", parents = "", time = "", author = ""] = record.split("\n", 4);
  const start = sha.length + parents.length + time.length + author.length + 4;
  return {
    sha,
    parents: parents === "" ? [] : parents.split(" "),
    authorTime: Number(time),
    author,
    ...readMessage(record.slice(start)),
  };
}
