import { subjectKey } from "../cache/subject-key.ts";
import type { Trees } from "./trees.ts";

/** A tree whose patch queue carries a fix. */
export interface CarriedBy {
  readonly tree: string;
  /** The patch, from the tree's root. */
  readonly patch: string;
  /** False: it names no commit, and only its subject is the same. */
  readonly named: boolean;
}

/** The trees whose patch queues (debian/patches, quilt, SUSE's) carry a fix already. */
export function treesCarrying(
  trees: Trees,
  fix: { readonly sha: string; readonly subject: string },
): CarriedBy[] {
  const key = String(subjectKey(fix.subject));
  return trees.usable().flatMap((tree) => {
    const found = tree.carried({ sha: fix.sha, subjectKey: key });
    if (found === undefined) return [];
    const named = found.upstream !== undefined && fix.sha.startsWith(found.upstream);
    return [{ tree: tree.facts.name, patch: found.patch, named }];
  });
}
