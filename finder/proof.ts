import type { Commit } from "../cache/history-rows.ts";
import type { IndexedRelease } from "./release-tree.ts";

/** What a "fixed" rests on, so that anybody can see for himself. */
export interface Proof {
  /**
   * - `ancestor`: a commit of the history, and a tag that descends from it
   * - `record`: a line of a CVE record's .dyad file
   * - `changelog`: an entry of the package's own changelog
   * - `source`: the code of a source tree
   */
  readonly how: "ancestor" | "record" | "changelog" | "source";
  /** The commit that carries the fix; undefined: a changelog names a subject alone. */
  readonly commit: string | undefined;
  /** The tag, release or package version that has it first; undefined for a source tree. */
  readonly release: string | undefined;
  /** One sentence for a person. */
  readonly detail: string;
  /** A command that shows the same; undefined where there is none. */
  readonly check: string | undefined;
}

/** Git itself tells whether a tag descends from a commit (git-merge-base(1)). */
export function ancestorProof(carrier: Commit, first: IndexedRelease, release: IndexedRelease): Proof {
  const short = carrier.sha.slice(0, 12);
  const through = first.name === release.name ? "" : `, and ${release.name} descends from ${first.name}`;
  return {
    how: "ancestor",
    commit: carrier.sha,
    release: first.name,
    detail: `commit ${short} is in ${first.name}${through}`,
    check: `git merge-base --is-ancestor ${carrier.sha} ${release.name} && echo yes`,
  };
}
