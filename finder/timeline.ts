import { factDay } from "../cache/commit-facts.ts";
import { mainlineCount } from "../kernel/mainline-count.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import { compareSeries, parseVersion } from "../kernel/version.ts";
import type { IndexedRelease, ReleaseTree } from "./release-tree.ts";

/** Where commits stand in time, seen from the kernel that crashed. */
export interface Timeline {
  readonly known: boolean;
  /** There are releases after the kernel: its fix may be among them. */
  readonly reachesBeyond: boolean;
  /** By release (as `CommitFacts.release` says it): 1 where the kernel has what first came with it. */
  readonly had: Uint8Array;
  has(release: number): boolean;
  /** Mainline releases from the kernel to the one that first had the commit. */
  releasesAfter(release: number): number;
  yearsAfter(day: number): number;
  /** The number of the release candidate that first had it; 0 for none. */
  candidateOf(release: number): number;
}

/** For commits of a history. `victim` undefined: it is not known what crashed, or it is newer (`told`: its series, or the oldest that it can be). */
export function timelineOfHistory(
  releases: ReleaseTree,
  victim: IndexedRelease | undefined,
  told?: string,
): Timeline {
  const had = new Uint8Array(RELEASES);
  const base = victim === undefined && told !== undefined ? releases.mainlineBefore(told) : undefined;
  const own = victim ?? base;
  if (own) for (const id of releases.lineOf(own)) had[id] = 1;
  if (base && told !== undefined) for (const id of hadBefore(releases, { base, told })) had[id] = 1;
  const from = victim && mainlineCount(victim.series);
  const newest = releases.newest();
  const unreleased = newest && (mainlineCount(newest.series) ?? 0) + 1;
  const reaches = newest === undefined || told === undefined || compareSeries(told, newest.series) <= 0;
  const day = victim && factDay(victim.date);
  const after: (number | undefined)[] = [];
  const releasesAfter = (id: number): number => {
    if (from === undefined) return UNKNOWN;
    const series = releases.seriesOf(id);
    const to = series === undefined ? unreleased : mainlineCount(series);
    return to === undefined ? UNKNOWN : to - from;
  };
  return {
    known: victim !== undefined,
    reachesBeyond: reaches,
    had,
    has: (release) => had[release] === 1,
    releasesAfter: (id) => {
      // Asked of every commit of the history, and there are a few hundred releases.
      const known = after[id];
      if (known !== undefined) return known;
      const count = releasesAfter(id);
      after[id] = count;
      return count;
    },
    yearsAfter: (commit) => (day === undefined ? UNKNOWN : (commit - day) / 365.25),
    candidateOf: (id) => releases.get(id)?.version.rc ?? 0,
  };
}

/**
 * The releases whose changes a kernel has, of a series that is not indexed, because mainline had them first
 * (Documentation/process/stable-kernel-rules.rst): those of the time before the mainline release ahead of that series,
 * whose date is reckoned from the last one that is known. Where that is all of the history, what no release has, too.
 */
function hadBefore(
  releases: ReleaseTree,
  { base, told }: { readonly base: IndexedRelease; readonly told: string },
): number[] {
  const between = (mainlineCount(told) ?? 0) - (mainlineCount(base.series) ?? 0) - 1;
  if (between < 1) return [];
  const date = base.date + between * LEAST_CYCLE;
  const had = releases.all.filter((release) => release.date < date);
  const isAll = releases.all.every((release) => release.date < date - LEAST_CYCLE);
  return [...had.map(({ id }) => id), ...(isAll ? [UNRELEASED] : [])];
}

/** `CommitFacts.release` of a commit that no release has. */
const UNRELEASED = 0;
/** Seconds from one mainline release to the next, at least. */
const LEAST_CYCLE = 56 * 86_400;

/** For the fixes of CVE records, whose release is the `mainlineCount` of the mainline release with the fix. */
export function timelineOfRecords(kernel: RunningKernel): Timeline {
  const version = kernel.upstream === undefined ? undefined : parseVersion(kernel.upstream);
  const count = kernel.series === undefined ? undefined : mainlineCount(kernel.series);
  // What calls itself 6.3.0 may be any commit between 6.3-rc1 and 6.4-rc1 on a developer's machine.
  const complete = version !== undefined && version.numbers.length > (version.numbers[0] === 2 ? 3 : 2);
  const had = new Uint8Array(RELEASES);
  if (count !== undefined) had.fill(1, 1, complete ? count + 1 : count);
  return {
    known: count !== undefined,
    reachesBeyond: count === undefined || count > OLDEST_RECORDED,
    had,
    has: (release) => had[release] === 1,
    releasesAfter: (release) => (count === undefined || release === 0 ? UNKNOWN : release - count),
    yearsAfter: () => UNKNOWN,
    candidateOf: () => 0,
  };
}

/** Their numbers are smaller: `CommitFacts` has two bytes for one. */
const RELEASES = 1 << 16;
const UNKNOWN = -20;
/** The records tell of little before 3.12: older kernels had no CVE team. */
const OLDEST_RECORDED = 44;
