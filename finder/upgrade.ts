import type { Commit } from "../cache/history-rows.ts";
import { exposureOf, isFixed } from "../kernel/cve/exposure.ts";
import type { CveWindow } from "../kernel/cve/window.ts";
import { KfixError } from "../kernel/error.ts";
import { isSupported, LIFECYCLE } from "../kernel/lifecycle.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import {
  compareSeries,
  compareVersions,
  kindOfNumber,
  parseVersion,
  type Version,
} from "../kernel/version.ts";
import { type Fix, findFixes } from "./fix.ts";
import { isInEffect } from "./history-verdict.ts";
import { hasHistory, type Library } from "./library.ts";
import type { IndexedRelease, ReleaseTree } from "./release-tree.ts";

/** A release to go to. */
export interface UpgradeStep {
  readonly series: string;
  readonly version: string;
  /** Whose release it is: `stable`, `mainline`, or a vendor's. */
  readonly source: string;
}

export interface Upgrade {
  readonly steps: readonly UpgradeStep[];
  /** Why the nearest release with the fix is not the one to take: `take 3.17.4, not 3.17.3: ...`. */
  readonly advice: string | undefined;
}

/**
 * Where to go for a fix, the smallest step first: the nearest release of the kernel's own series, the next long-term
 * series, one that is still kept up if any has the fix, and the first release of mainline; where none of these has it, any
 * later release. For a kernel whose series is not known mainline alone: any other may be a step back. A release that
 * also has the fix's own later fixes is preferred to one without.
 */
export function upgradePath(library: Library, fix: Fix, kernel: RunningKernel): Upgrade {
  const goal = { library, fix, followUps: followUpsOf(library, fix) };
  const places = placesToGo(goal);
  const { series } = kernel;
  const after = kernel.upstream === undefined ? undefined : parseVersion(kernel.upstream);
  const own = series === undefined ? undefined : firstOfSeries(goal, places, series, after);
  const longterm = series === undefined ? undefined : nextLongterm(goal, places, series);
  const later = places.filter((place) => isLater(place, series, after));
  const mainline = firstComplete(
    goal,
    later.filter(({ kind }) => kind === "mainline"),
  );
  const steps = [own, longterm, mainline ?? (own || longterm ? undefined : firstComplete(goal, later))];
  const unique = new Map(steps.flatMap((step) => (step ? [[step.number, step] as const] : [])));
  return {
    steps: inOrder([...unique.values()]).map((place) => ({
      series: place.version.series,
      version: place.number,
      source: place.kind === "rc" ? "mainline" : place.kind,
    })),
    advice: own && adviceOn(goal, places, own, after),
  };
}

/** Nobody upgrades to an older kernel. */
function isLater({ version }: Place, series: string | undefined, after: Version | undefined): boolean {
  if (after) return compareVersions(version, after) > 0;
  return series === undefined || compareSeries(version.series, series) >= 0;
}

function adviceOn(
  goal: Goal,
  places: readonly Place[],
  own: Place,
  after: Version | undefined,
): string | undefined {
  const nearest = laterIn(places, own.version.series, after).find((place) =>
    has(goal.library, goal.fix, place),
  );
  if (!nearest || nearest.number === own.number) return undefined;
  return `take ${own.number}, not ${nearest.number}: the fix brought a bug of its own, which is fixed only there`;
}

/** A release that an upgrade may lead to. */
interface Place {
  readonly number: string;
  readonly version: Version;
  readonly kind: "mainline" | "rc" | "stable" | "vendor";
  /** Undefined: known by CVE records only. */
  readonly indexed: IndexedRelease | undefined;
}

/** What a place is asked for. */
interface Goal {
  readonly library: Library;
  readonly fix: Carried;
  readonly followUps: readonly Carried[];
}

/** A change as releases have it: by commits of the history, by windows of CVE records. */
interface Carried {
  readonly carriers: readonly Commit[];
  readonly windows: readonly CveWindow[];
}

function followUpsOf(library: Library, fix: Fix): Carried[] {
  return fix.followUps.flatMap((commit) => {
    try {
      return findFixes(library, commit.sha).slice(0, 1);
    } catch (error) {
      if (error instanceof KfixError && error.code !== "unusable-cache") return []; // it is not indexed
      throw error;
    }
  });
}

/** Every release of the history, and those that the records of the fix and its follow-ups name, in version order. */
function placesToGo({ library, fix, followUps }: Goal): readonly Place[] {
  const indexed = indexedPlaces(library.releases);
  const places = new Map<string, Place>();
  for (const carried of [fix, ...followUps]) {
    for (const { fixed } of carried.windows) {
      const version = fixed && parseVersion(fixed.version);
      const kind = version && kindOfNumber(version);
      if (version && kind)
        places.set(version.text, { number: version.text, version, kind, indexed: undefined });
    }
  }
  if (places.size === 0) return indexed;
  for (const place of indexed) places.set(place.number, place);
  return inOrder([...places.values()]);
}

/** linux-stable has thousands of releases: they are put in order once for all fixes. */
function indexedPlaces(releases: ReleaseTree): readonly Place[] {
  let places = INDEXED.get(releases);
  if (!places) {
    const all = releases.all.flatMap((indexed): [string, Place][] => {
      const { number, version, kind } = indexed;
      return kind === "rc" ? [] : [[number, { number, version, kind, indexed }]];
    });
    places = inOrder([...new Map(all).values()]);
    INDEXED.set(releases, places);
  }
  return places;
}

const INDEXED = new WeakMap<ReleaseTree, readonly Place[]>();

function inOrder(places: readonly Place[]): Place[] {
  return [...places].sort((a, b) => compareVersions(a.version, b.version));
}

function firstOfSeries(
  goal: Goal,
  places: readonly Place[],
  series: string,
  after: Version | undefined,
): Place | undefined {
  return firstComplete(goal, laterIn(places, series, after));
}

function laterIn(places: readonly Place[], series: string, after: Version | undefined): Place[] {
  return places.filter(
    ({ version }) => version.series === series && (!after || compareVersions(version, after) > 0),
  );
}

function nextLongterm(goal: Goal, places: readonly Place[], series: string): Place | undefined {
  const lifecycle = goal.library.lifecycle ?? LIFECYCLE;
  const later = lifecycle.longterm
    .map((row) => row.series)
    .filter((longterm) => compareSeries(longterm, series) > 0);
  const at = dateOf(goal.library);
  const found = later.flatMap((longterm) => firstOfSeries(goal, places, longterm, undefined) ?? []);
  return found.find((place) => isSupported(place.version.series, at, lifecycle)) ?? found[0];
}

/** How far the data goes, in seconds since 1970: what is kept up is judged as of then. */
function dateOf(library: Library): number {
  const releases = library.releases.all.map((release) => release.date);
  return Math.max(library.cve?.date() ?? 0, ...releases, 0);
}

/** The first release with the fix and its follow-ups, else the first with the fix. */
function firstComplete(goal: Goal, places: readonly Place[]): Place | undefined {
  const withFix = places.filter((place) => has(goal.library, goal.fix, place));
  const complete = withFix.find((place) =>
    goal.followUps.every((followUp) => has(goal.library, followUp, place) || isSpared(followUp, place)),
  );
  return complete ?? withFix[0];
}

function has(library: Library, carried: Carried, place: Place): boolean {
  const { indexed } = place;
  if (indexed && hasHistory(library) && isInEffect(library, carried.carriers, indexed)) return true;
  return isFixed(carried.windows, place.version);
}

/** The follow-up's own bug never came to this release. */
function isSpared(followUp: Carried, place: Place): boolean {
  return followUp.windows.length > 0 && exposureOf(followUp.windows, place.version).status === "not-affected";
}
