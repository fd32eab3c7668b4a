import { CommitPacker, type PackedCommits } from "../cache/packed-commits.ts";
import { startGit } from "./git.ts";
import { readMessage } from "./message-record.ts";

/**
 * Reads the commits of some revisions (lines as `git log --stdin` takes them), parents first, in batches.
 *
 * Throws `environment` when git fails; a reader that stops early ends git.
 */
export async function* readCommitLog(gitDir: string, revisions: string): AsyncGenerator<PackedCommits> {
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
    const splitter = new RecordSplitter();
    const packer = new CommitPacker();
    for await (const chunk of git.output) {
      for (const record of splitter.push(chunk)) {
        addRecord(packer, record);
        if (packer.count === BATCH) yield packer.take();
      }
    }
    const last = splitter.end();
    if (last !== undefined) addRecord(packer, last);
    await git.close();
    yield packer.take();
  } finally {
    await git.close();
  }
}

/** Bytes; of a message that is longer, and is none of a kernel, the rest is left out. */
const LONGEST_RECORD = 16 << 20;

const LOG_FORMAT = "%H%n%P%n%at%n%an <%ae>%n%B";
const BATCH = 256;

/** Cuts a stream of bytes at each NUL; of a longer record than LONGEST_RECORD the rest is left out. */
export class RecordSplitter {
  #rest: Buffer[] = [];
  #length = 0;

  /** The records that end in these bytes. */
  push(chunk: Buffer): Buffer[] {
    const records: Buffer[] = [];
    let from = 0;
    for (let to = chunk.indexOf(0); to !== -1; to = chunk.indexOf(0, from)) {
      const record = chunk.subarray(from, to);
      records.push(this.#rest.length === 0 ? record : Buffer.concat([...this.#rest, record]));
      this.#rest = [];
      this.#length = 0;
      from = to + 1;
    }
    if (from < chunk.length && this.#length < LONGEST_RECORD) this.#rest.push(chunk.subarray(from));
    this.#length += chunk.length - from;
    return records;
  }

  /** What stands behind the last NUL, if anything does. */
  end(): Buffer | undefined {
    return this.#rest.length > 0 ? Buffer.concat(this.#rest) : undefined;
  }
}

/** Reads one record of LOG_FORMAT. */
function addRecord(packer: CommitPacker, record: Buffer): void {
  const text = record.toString("utf8");
  const sha = text.indexOf("\n");
  const parents = text.indexOf("\n", sha + 1);
  const time = text.indexOf("\n", parents + 1);
  const author = text.indexOf("\n", time + 1);
  packer.add(
    record.subarray(0, parents === sha + 1 ? sha : parents), // ASCII: a byte is a character
    Number(text.slice(parents + 1, time)),
    text.slice(time + 1, author),
    readMessage(text.slice(author + 1)),
  );
}
