import type { CacheFolders } from "../cache/folders.ts";
import type { Fix } from "../finder/fix.ts";
import type { Library } from "../finder/library.ts";
import { findPatch, type PatchPresence } from "../finder/patch.ts";
import type { FolderTree } from "../finder/patch-folder.ts";
import { judge, type Verdict } from "../finder/verdict.ts";
import { readDiff } from "../indexer/commit-diff.ts";
import { identifyKernel } from "../kernel/running-kernel.ts";
import { parseVersion } from "../kernel/version.ts";

/** What a source tree says of a fix, and by whose diff. */
export interface TreePresence extends PatchPresence {
  /** The commit whose diff was looked for; undefined: no indexed repository has one. */
  readonly sha: string | undefined;
}

/**
 * Looks for a fix in a tree: the backport of the tree's own series first, where there is one, then the mainline
 * commit, then other backports, until one can be told.
 */
export async function presenceInTree(
  folders: CacheFolders,
  tree: FolderTree,
  fix: Fix,
): Promise<TreePresence> {
  const series = tree.version === undefined ? undefined : parseVersion(tree.version)?.series;
  const own = fix.stable.filter((release) => release.series === series).map((release) => release.sha);
  const others = fix.stable.map((release) => release.sha).reverse();
  let shas = [...new Set([...own, fix.sha, ...others])].filter((sha) => /^[0-9a-f]{40}$/.test(sha));
  let last: TreePresence = { state: "unknown", hunks: [], sha: undefined };
  for (let tries = 0; tries < MOST_DIFFS; tries++) {
    const found = await readDiff(folders, shas);
    if (!found) return last;
    const presence = await findPatch(tree, found.diff);
    last = { ...presence, sha: found.sha };
    if (presence.state !== "unknown") return last;
    shas = shas.filter((sha) => sha !== found.sha);
  }
  return last;
}

const MOST_DIFFS = 3;

/** The verdict of a tree: its code decides; its number tells only whether it ever had the bug. */
export function judgeTree(library: Library, fix: Fix, tree: FolderTree, presence: TreePresence): Verdict {
  const total = presence.hunks.length;
  const there = presence.hunks.filter((hunk) => hunk.presence === "applied").length;
  const byNumber = judge(library, fix, identifyKernel(tree.version ?? ""));
  if (presence.state === "applied") {
    return {
      status: "fixed",
      reason: `the source has it: ${there} of ${total} changes found`,
      since: undefined,
      upgradeTo: [],
      proof: {
        how: "source",
        commit: presence.sha,
        release: undefined,
        detail: `the source has ${there} of the ${total} changes of commit ${presence.sha?.slice(0, 12) ?? "unknown"}, and none of the code before them`,
        check: presence.sha === undefined ? undefined : `git show ${presence.sha}`,
      },
    };
  }
  if (presence.state === "not-applied") {
    if (byNumber.status === "not-affected") return byNumber;
    return {
      ...byNumber,
      status: "missing",
      reason: "the source has the code as it was before",
      since: undefined,
      proof: undefined,
    };
  }
  const reason =
    presence.state === "partly"
      ? `the source has a part of it: ${there} of ${total} changes found`
      : presence.sha === undefined
        ? "no indexed repository has its diff: kfix source add PATH-OR-URL"
        : "the source has neither the code before it nor the code behind it";
  return { ...byNumber, status: "unknown", reason, since: undefined, proof: undefined };
}
