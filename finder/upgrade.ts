import type { RunningKernel } from "../kernel/running-kernel.ts";
import { compareSeries, compareVersions, longtermSeries, parseVersion } from "../kernel/version.ts";
import type { Fix, Library } from "./fix.ts";
import type { IndexedRelease } from "./release-tree.ts";
import { carriersOf, isInEffect } from "./verdict.ts";

/** A release to go to. */
export interface UpgradeStep {
  readonly series: string;
  readonly version: string;
  /** Whose release it is: `stable`, `mainline`, or a vendor's. */
  readonly source: string;
}

/**
 * Where to go for a fix, the smallest step first: the nearest release of the kernel's own series, then the next
 * long-term series, then mainline. A release that also has the fix's own later fixes is preferred to one without.
 */
export function upgradePath(library: Library, fix: Fix, kernel: RunningKernel): UpgradeStep[] {
  const steps = [
    kernel.series === undefined ? undefined : firstOfSeries(library, fix, kernel.series, kernel.upstream),
    nextLongterm(library, fix, kernel.series),
    firstMainline(library, fix),
  ];
  const unique = new Map(steps.flatMap((step) => (step ? [[step.name, step] as const] : [])));
  return [...unique.values()].map((release) => ({
    series: release.series,
    version: release.number,
    source: release.kind === "rc" ? "mainline" : release.kind,
  }));
}

function firstOfSeries(
  library: Library,
  fix: Fix,
  series: string,
  after: string | undefined,
): IndexedRelease | undefined {
  const from = after === undefined ? undefined : parseVersion(after);
  const later = library.releases
    .ofSeries(series)
    .filter((release) => release.kind !== "rc" && (!from || compareVersions(release.version, from) > 0));
  return firstComplete(library, fix, later);
}

function nextLongterm(library: Library, fix: Fix, series: string | undefined): IndexedRelease | undefined {
  for (const longterm of longtermSeries()
    .map((row) => row.series)
    .sort(compareSeries)) {
    if (series !== undefined && compareSeries(longterm, series) <= 0) continue;
    const release = firstOfSeries(library, fix, longterm, undefined);
    if (release) return release;
  }
  return undefined;
}

function firstMainline(library: Library, fix: Fix): IndexedRelease | undefined {
  return firstComplete(
    library,
    fix,
    library.releases.all.filter((release) => release.kind === "mainline"),
  );
}

/** The first release with the fix and its follow-ups, else the first with the fix. */
function firstComplete(
  library: Library,
  fix: Fix,
  releases: readonly IndexedRelease[],
): IndexedRelease | undefined {
  const withFix = releases.filter((release) => isInEffect(library, fix.carriers, release));
  const followUps = fix.followUps
    .map((followUp) => carriersOf(library, followUp))
    .filter((carriers) => carriers.length > 0);
  const complete = withFix.find((release) =>
    followUps.every((carriers) => isInEffect(library, carriers, release)),
  );
  return complete ?? withFix[0];
}
