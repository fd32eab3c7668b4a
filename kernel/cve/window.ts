/** A commit in the release that first had it, as CVE records name it: a bare version, no tag, never an -rc. */
export interface PlacedCommit {
  readonly version: string;
  readonly sha: string;
}

/** One way in which releases are affected: from the commit that brought the bug to the one that took it away. */
export interface CveWindow {
  /** undefined: not known; every release before the fix may have the bug. */
  readonly introduced: PlacedCommit | undefined;
  /** undefined: not fixed in the line that `introduced` belongs to. */
  readonly fixed: PlacedCommit | undefined;
}
