import type { HistoryReader } from "../cache/history-reader.ts";
import type { ListedSource } from "../cache/source-list.ts";
import { commitsIn } from "./commits-in.ts";
import { askRepository } from "./git.ts";

/** What a comparison of the index with git itself found. */
export interface Agreement {
  /** How many commits, and how many tags, were compared. */
  readonly commits: number;
  readonly tags: number;
  /** What does not agree, in words. */
  readonly differences: readonly string[];
}

/** Answers of the index that are held against git's. */
export interface ReleaseAnswers {
  /** The tags of releases that have the commit: `git tag --contains`. */
  tagsWith(id: number): readonly string[];
  /** How many commits a tag reaches: `git rev-list --count`. */
  commitsOf(tag: string): number;
}

/**
 * Compares the index with the repositories that it was made from, on a sample of `sample` commits and as many tags,
 * taken at even distances so that the same index is asked the same.
 */
export async function compareWithGit(
  history: HistoryReader,
  ours: ReleaseAnswers,
  sources: readonly ListedSource[],
  sample: number,
): Promise<Agreement> {
  const indexed = history.releases().map((release) => release.name);
  const commits = evenly(history.commitCount(), sample).flatMap((id) => history.commit(id) ?? []);
  const differences: string[] = [];
  let [comparedCommits, comparedTags] = [0, 0];
  for (const { path } of sources) {
    const there = new Set((await askRepository(path, ["tag", "--list"])).split("\n"));
    const tags = indexed.filter((tag) => there.has(tag));
    const known = new Set(tags);
    for (const tag of evenly(tags.length, sample).map((at) => tags[at - 1] ?? "")) {
      const counted = await askRepository(path, [
        "rev-list",
        "--count",
        "--end-of-options",
        `refs/tags/${tag}`,
      ]);
      comparedTags++;
      if (Number(counted) !== ours.commitsOf(tag))
        differences.push(`${tag} has ${counted.trim()} commits, the index ${ours.commitsOf(tag)}`);
    }
    const present = new Set(
      await commitsIn(
        path,
        commits.map((commit) => commit.sha),
      ),
    );
    for (const { id, sha } of commits.filter((commit) => present.has(commit.sha))) {
      const said = (await askRepository(path, ["tag", "--contains", sha])).split("\n");
      const git = new Set(said.filter((tag) => known.has(tag)));
      const own = new Set(ours.tagsWith(id).filter((tag) => known.has(tag)));
      comparedCommits++;
      const wrong = tags.filter((tag) => git.has(tag) !== own.has(tag));
      if (wrong.length > 0) differences.push(`${sha.slice(0, 12)} and ${wrong.slice(0, 3).join(", ")}`);
    }
  }
  return { commits: comparedCommits, tags: comparedTags, differences };
}

/** Numbers from 1 to `count`, at most `sample` of them. */
function evenly(count: number, sample: number): number[] {
  const step = Math.max(1, Math.floor(count / sample));
  return Array.from({ length: Math.min(sample, count) }, (_, at) => count - at * step).filter((id) => id > 0);
}
