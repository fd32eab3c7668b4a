import type { Db } from "../cache/database.ts";
import { type CommitRecord, CommitWriter } from "../cache/history-writer.ts";
import type { CommitFeed } from "./commit-feed.ts";
import { askGit, startGit } from "./git.ts";
import { readMessage } from "./message-record.ts";
import type { Progress } from "./progress.ts";

/** The commits that an update adds: all that `wanted` reach and `known` do not. */
export interface NewCommits {
  /** As `git log --stdin` takes them. */
  readonly revisions: string;
  /** Counted while the first of them are read. */
  readonly count: Promise<number>;
}

/** Finds what the tips reach and the index lacks. */
export async function findNewCommits(
  gitDir: string,
  tips: { readonly wanted: readonly string[]; readonly known: readonly string[] },
): Promise<NewCommits> {
  const known = await presentIn(gitDir, tips.known);
  const revisions = `${tips.wanted.join("\n")}\n${known.map((sha) => `^${sha}\n`).join("")}`;
  const counted = askGit(gitDir, ["rev-list", "--count", "--stdin"], revisions);
  return { revisions, count: counted.then(Number, () => 0) }; // that git fails is said by the one that reads them
}

/**
 * Adds new commits to the index, parents first, and tells the feed of them.
 *
 * The order is git's own topological order of these tips, so a run that was interrupted and is begun again gives
 * the same ids as one made in one go.
 */
export async function indexCommits(
  db: Db,
  gitDir: string,
  { commits, feed }: { readonly commits: NewCommits; readonly feed: CommitFeed },
  progress: Progress,
): Promise<void> {
  const stage = progress.stage("commits", commits.count);
  const git = startGit(gitDir, [
    "log",
    "--stdin",
    "--topo-order",
    "--reverse",
    "-z",
    `--format=${LOG_FORMAT}`,
  ]);
  const writer = new CommitWriter(db);
  try {
    await git.write(commits.revisions);
    git.endInput();
    for await (const record of recordsOf(git.output)) {
      if (feed.failed) throw STOPPED;
      const commit = readRecord(record);
      if (!writer.has(commit.sha)) writer.add(commit);
      stage.advance(1);
      feed.advance(writer.nextId - 1);
    }
    await git.close();
    writer.end();
    feed.complete();
  } catch (error) {
    writer.abandon();
    feed.fail();
    throw error;
  } finally {
    await git.close();
    stage.end();
  }
}

/** Thrown where the reason is told by somebody else: what works beside this one failed. */
export const STOPPED = new Error("stopped, as the changed functions could not be recorded");

/** Those of the shas that this repository has: another source of the same history may have brought the rest. */
async function presentIn(gitDir: string, shas: readonly string[]): Promise<string[]> {
  if (shas.length === 0) return [];
  const answer = await askGit(gitDir, ["cat-file", "--batch-check=%(objectname)"], `${shas.join("\n")}\n`);
  return answer.split("\n").filter((line) => /^[0-9a-f]{40}$/.test(line));
}

const LOG_FORMAT = "%H%n%P%n%at%n%an <%ae>%n%B";

async function* recordsOf(output: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of output) {
    let from = 0;
    for (let to = chunk.indexOf(0); to !== -1; to = chunk.indexOf(0, from)) {
      rest.push(chunk.subarray(from, to));
      yield (rest.length === 1 ? chunk.subarray(from, to) : Buffer.concat(rest)).toString("utf8");
      rest = [];
      from = to + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString("utf8");
}

/** One record of LOG_FORMAT; a message of any size is read, its words up to a bound. */
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
