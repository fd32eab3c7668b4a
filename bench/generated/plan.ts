/** How large a generated history is, and how its commits are shared out. */
export interface HistorySize {
  readonly commits: number;
  readonly tags: number;
  readonly series: number;
}

/** linux-stable of today. */
export const LINUX_STABLE: HistorySize = { commits: 1_500_000, tags: 3_000, series: 40 };

export interface HistoryPlan {
  readonly releases: readonly PlannedRelease[];
  readonly series: readonly PlannedSeries[];
}

/** A mainline release with its candidates. */
export interface PlannedRelease {
  /** `6.1`. */
  readonly version: string;
  /** Each candidate and at last the release: its tag, and how many commits it has more than the one before. */
  readonly steps: readonly { readonly tag: string; readonly commits: number }[];
}

/** A stable series. */
export interface PlannedSeries {
  readonly version: string;
  /** Which release it begins with, counted from 0. */
  readonly release: number;
  readonly updates: number;
  readonly commitsEach: number;
}

/** Seven parts in ten are mainline; nine in ten of a release come before its first candidate, as in the kernel. */
export function planHistory(size: HistorySize): HistoryPlan {
  const versions = VERSIONS.slice(0, Math.max(1, Math.min(VERSIONS.length, Math.floor(size.tags / 24))));
  const each = Math.floor((size.commits * MAINLINE_SHARE) / versions.length);
  const releases = versions.map((version) => ({ version, steps: stepsOf(version, each) }));
  const series = Math.min(size.series, versions.length);
  const updates = Math.max(1, Math.floor((size.tags - versions.length * (CANDIDATES + 1)) / series));
  const commitsEach = Math.max(1, Math.floor((size.commits * (1 - MAINLINE_SHARE)) / (series * updates)));
  return {
    releases,
    series: Array.from({ length: series }, (_, at) => {
      const release = Math.floor(((at + 0.5) * versions.length) / series);
      return { version: versions[release] ?? "", release, updates, commitsEach };
    }),
  };
}

function stepsOf(version: string, commits: number): PlannedRelease["steps"] {
  const later = Math.max(1, Math.floor((commits * (1 - FIRST_SHARE)) / CANDIDATES));
  const tags = [...Array.from({ length: CANDIDATES }, (_, at) => `v${version}-rc${at + 1}`), `v${version}`];
  return tags.map((tag, at) => ({ tag, commits: at === 0 ? Math.floor(commits * FIRST_SHARE) : later }));
}

const MAINLINE_SHARE = 0.7;
const FIRST_SHARE = 0.8;
const CANDIDATES = 7;

/** 2.6.12 to 6.18. */
const VERSIONS: readonly string[] = [
  ...numbered("2.6.", 12, 39),
  ...numbered("3.", 0, 19),
  ...numbered("4.", 0, 20),
  ...numbered("5.", 0, 19),
  ...numbered("6.", 0, 18),
];

function numbered(before: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => `${before}${first + at}`);
}
