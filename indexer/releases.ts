import type { CommitTree } from "../cache/commit-tree.ts";
import type { Db } from "../cache/database.ts";
import { ReleaseWriter } from "../cache/release-writer.ts";
import { compareVersions, type Release, releaseOfTag } from "../kernel/version.ts";
import type { Progress } from "./progress.ts";
import type { Ref } from "./refs.ts";

/** A release tag with the commit that it names. */
export interface TaggedRelease {
  readonly release: Release;
  readonly commit: string;
  readonly date: number;
}

/** The releases among the refs; where two sources disagree on a tag, the first one's counts. */
export function taggedReleases(refs: readonly Ref[]): TaggedRelease[] {
  const byName = new Map<string, TaggedRelease>();
  for (const ref of refs) {
    if (!ref.name.startsWith("refs/tags/") || ref.commit === undefined) continue;
    const release = releaseOfTag(ref.name.slice("refs/tags/".length));
    if (release && !byName.has(release.name))
      byName.set(release.name, { release, commit: ref.commit, date: ref.date });
  }
  return [...byName.values()].sort((a, b) => compareVersions(a.release.version, b.release.version));
}

/**
 * Gives every commit its first release, exactly as set membership in git has it: releases in version order, each
 * walked from its tip down to what an ancestor release already has. Linear in commits.
 *
 * "R contains C" then means: C's first release is R or an ancestor of R in the tree of releases, or `also_in`
 * says so: the rare commit that two lines of releases got independently, by a merge between them.
 */
export function indexReleases(
  db: Db,
  commits: CommitTree,
  tags: readonly TaggedRelease[],
  progress: Progress,
): void {
  const stage = progress.stage("releases", tags.length);
  const writer = new ReleaseWriter(db, commits);
  writer.inTransaction(() => {
    if (writer.isOutdated(tags.map((tag) => ({ name: tag.release.name, commit: tag.commit }))))
      writer.clear();
    for (const tag of tags) {
      if (!writer.has(tag.release.name)) placeRelease(writer, tag);
      stage.advance(1);
    }
  });
  stage.end();
}

function placeRelease(writer: ReleaseWriter, tag: TaggedRelease): void {
  const tip = writer.commitId(tag.commit);
  if (tip === undefined) return;
  for (const parent of [...likelyParents(writer, tag.release), undefined]) {
    const own = walk(writer, tip, parent);
    if (own === undefined) continue;
    writer.add(tag.release, { tip, date: tag.date, sha: tag.commit, parent }, own);
    return;
  }
}

/**
 * Releases that may be the nearest ancestor, the nearest first: v3.18.3 follows v3.18.2, v3.18.1 follows v3.18,
 * v3.18 its last release candidate, v3.18-rc1 follows v3.17.
 */
function likelyParents(writer: ReleaseWriter, release: Release): number[] {
  const before = writer.placed
    .filter((other) => compareVersions(other.version, release.version) < 0)
    .reverse();
  const sameSeries = before.filter((other) => other.series === release.series);
  const mainline = before.filter((other) => other.kind === "mainline" || other.kind === "rc");
  return [...sameSeries, ...mainline].slice(0, MAX_PARENTS_TRIED).map((other) => other.id);
}

/**
 * The commits from `tip` down that `parent` does not contain; undefined when the parent's tip is not below.
 *
 * Every way down to the parent's tip passes only commits that it does not contain, until it meets the tip itself.
 */
function walk(writer: ReleaseWriter, tip: number, parent: number | undefined): number[] | undefined {
  const floor = parent === undefined ? undefined : writer.tipOf(parent);
  const seen = new Set<number>([tip]);
  const stack = [tip];
  const own: number[] = [];
  let reached = floor === undefined;
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === floor) reached = true;
    if (parent !== undefined && writer.contains(parent, id)) continue;
    own.push(id);
    for (const above of writer.parentsOf(id)) {
      if (seen.has(above)) continue;
      seen.add(above);
      stack.push(above);
    }
  }
  return reached ? own : undefined;
}

/** A tag that descends from none of these begins a line of its own. */
const MAX_PARENTS_TRIED = 12;
