import type { Commit } from "../cache/history-rows.ts";
import { remembered } from "../cache/remembered.ts";
import { exposureOf, isFixed } from "../kernel/cve/exposure.ts";
import type { CveWindow } from "../kernel/cve/window.ts";
import { KfixError } from "../kernel/error.ts";
import { isSupported, LIFECYCLE } from "../kernel/lifecycle.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import {
  compareSeries,
  compareVersions,
  inSeriesOrder,
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
  const places = new Places(goal);
  const { series } = kernel;
  const after = kernel.upstream === undefined ? undefined : parseVersion(kernel.upstream);
  const own = series === undefined ? undefined : firstComplete(goal, places.laterIn(series, after));
  const longterm = series === undefined ? undefined : nextLongterm(goal, places, series);
  const later = () => laterPlaces(places, series, after);
  const mainline = firstComplete(goal, ofMainline(later()));
  const steps = [own, longterm, mainline ?? (own || longterm ? undefined : firstComplete(goal, later()))];
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

/** Nobody upgrades to an older kernel. In version order. */
function* laterPlaces(
  places: Places,
  series: string | undefined,
  after: Version | undefined,
): Generator<Place> {
  const from = after?.series ?? series;
  for (const one of places.series)
    if (from === undefined || compareSeries(one, from) >= 0) yield* places.laterIn(one, after);
}

function* ofMainline(places: Iterable<Place>): Generator<Place> {
  for (const place of places) if (place.kind === "mainline") yield place;
}

function adviceOn(goal: Goal, places: Places, own: Place, after: Version | undefined): string | undefined {
  const nearest = places
    .laterIn(own.version.series, after)
    .find((place) => has(goal.library, goal.fix, place));
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

/**
 * Every release of the history, and those that the records of the fix and its follow-ups name: linux-stable has thousands,
 * and an answer is about a few series.
 */
class Places {
  readonly #releases: ReleaseTree;
  readonly #recorded = new Map<string, Place[]>();

  constructor({ library, fix, followUps }: Goal) {
    this.#releases = library.releases;
    for (const { windows } of [fix, ...followUps]) {
      for (const { fixed } of windows) {
        const version = fixed && parseVersion(fixed.version);
        const kind = version && kindOfNumber(version);
        if (!version || !kind) continue;
        const place: Place = { number: version.text, version, kind, indexed: undefined };
        this.#recorded.set(version.series, [...(this.#recorded.get(version.series) ?? []), place]);
      }
    }
  }

  /** All series, in order. */
  get series(): readonly string[] {
    if (this.#recorded.size === 0) return this.#releases.series;
    return inSeriesOrder([...this.#releases.series, ...this.#recorded.keys()]);
  }

  /** Of a series, in version order. */
  of(series: string): readonly Place[] {
    const indexed = indexedPlaces(this.#releases, series);
    const recorded = this.#recorded.get(series);
    if (recorded === undefined) return indexed;
    const unique = new Map([...recorded, ...indexed].map((place) => [place.number, place]));
    return inOrder([...unique.values()]);
  }

  /** Of a series, behind a release. */
  laterIn(series: string, after: Version | undefined): readonly Place[] {
    return this.of(series).filter(({ version }) => !after || compareVersions(version, after) > 0);
  }
}

/** In order once for all fixes. */
function indexedPlaces(releases: ReleaseTree, series: string): readonly Place[] {
  const known = INDEXED.get(releases) ?? new Map<string, readonly Place[]>();
  INDEXED.set(releases, known);
  return remembered(known, series, () =>
    releases.ofSeries(series).flatMap((indexed): Place[] => {
      const { number, version, kind } = indexed;
      return kind === "rc" ? [] : [{ number, version, kind, indexed }];
    }),
  );
}

const INDEXED = new WeakMap<ReleaseTree, Map<string, readonly Place[]>>();

function inOrder(places: readonly Place[]): Place[] {
  return [...places].sort((a, b) => compareVersions(a.version, b.version));
}

function nextLongterm(goal: Goal, places: Places, series: string): Place | undefined {
  const lifecycle = goal.library.lifecycle ?? LIFECYCLE;
  const later = lifecycle.longterm
    .map((row) => row.series)
    .filter((longterm) => compareSeries(longterm, series) > 0);
  const at = dateOf(goal.library);
  const found = later.flatMap((longterm) => firstComplete(goal, places.of(longterm)) ?? []);
  return found.find((place) => isSupported(place.version.series, at, lifecycle)) ?? found[0];
}

/** How far the data goes, in seconds since 1970: what is kept up is judged as of then. */
function dateOf(library: Library): number {
  return Math.max(library.cve?.date() ?? 0, library.history?.newestReleaseDate() ?? 0);
}

/** The first release with the fix and its follow-ups, else the first with the fix. */
function firstComplete(goal: Goal, places: Iterable<Place>): Place | undefined {
  let first: Place | undefined;
  for (const place of places) {
    if (!has(goal.library, goal.fix, place)) continue;
    if (goal.followUps.every((followUp) => has(goal.library, followUp, place) || isSpared(followUp, place)))
      return place;
    first ??= place;
  }
  return first;
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
