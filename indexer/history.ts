import type { FactTable } from "../cache/commit-facts.ts";
import type { CommitTree } from "../cache/commit-tree.ts";
import type { Db } from "../cache/database.ts";
import { CommitWriter } from "../cache/history-writer.ts";
import type { ShaTable } from "../cache/sha-table.ts";
import type { CommitFeed } from "./commit-feed.ts";
import { readCommitLogAside } from "./commit-log-thread.ts";
import { commitsIn } from "./commits-in.ts";
import { askGit } from "./git.ts";
import type { Progress } from "./progress.ts";

/** The commits that an update adds: all that `wanted` reach and `known` do not. */
export interface NewCommits {
  /** As `git log --stdin` takes them. */
  readonly revisions: string;
  /** Counts them, once; while the first of them are read. */
  readonly count: () => Promise<number>;
}

/** Finds what the tips reach and the index lacks. */
export async function findNewCommits(
  gitDir: string,
  tips: { readonly wanted: readonly string[]; readonly known: readonly string[] },
): Promise<NewCommits> {
  const known = await commitsIn(gitDir, tips.known);
  const revisions = `${tips.wanted.join("\n")}\n${known.map((sha) => `^${sha}\n`).join("")}`;
  let counted: Promise<number> | undefined;
  const count = (): Promise<number> => {
    // That git fails is said by the one that reads them.
    counted ??= askGit(gitDir, ["rev-list", "--count", "--stdin"], revisions).then(Number, () => 0);
    return counted;
  };
  return { revisions, count };
}

/**
 * Adds new commits to the index, parents first, and tells the feed of them.
 *
 * The order is git's own topological order of these tips, so a run that was interrupted and is begun again gives
 * the same ids as one made in one go. Returns how all commits of the index hang together, their ids by sha, and what
 * each says itself.
 */
export async function indexCommits(
  db: Db,
  gitDir: string,
  { commits, feed }: { readonly commits: NewCommits; readonly feed: CommitFeed },
  progress: Progress,
): Promise<{ readonly tree: CommitTree; readonly shas: ShaTable; readonly facts: FactTable }> {
  const stage = progress.stage("commits", commits.count);
  const writer = new CommitWriter(db);
  try {
    for await (const batch of readCommitLogAside(gitDir, commits.revisions)) {
      if (feed.failed) throw STOPPED;
      writer.add(batch);
      stage.advance(batch.count);
      feed.advance(writer.written);
    }
    writer.end();
    feed.advance(writer.written);
    feed.complete();
    return writer;
  } catch (error) {
    writer.abandon();
    feed.fail();
    throw error;
  } finally {
    stage.end();
  }
}

/** Thrown where the reason is told by somebody else: what works beside this one failed. */
export const STOPPED = new Error("stopped, as the changed functions could not be recorded");
