import { exposureOf } from "../kernel/cve/exposure.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import {
  compareVersions,
  inSeriesOrder,
  kindOfNumber,
  parseVersion,
  type Version,
} from "../kernel/version.ts";
import type { Fix } from "./fix.ts";
import { carriersOf, judgeRelease } from "./history-verdict.ts";
import { type HistoryLibrary, hasHistory, type Library } from "./library.ts";
import type { IndexedRelease } from "./release-tree.ts";

/** One series: from the release that brought the bug to the one that fixed it. */
export interface ReleaseStrip {
  /** `6.1`, or `mainline`. */
  readonly series: string;
  /** Undefined: no release of the series had the bug; with `to`, the series began with the fix. */
  readonly from: string | undefined;
  /** Undefined: the bug is still there in the newest known release, or was never. */
  readonly to: string | undefined;
  /** False: nothing tells whether the series ever had the bug. */
  readonly known: boolean;
  /** The running kernel, in its own series; where it stands between the two. */
  readonly running: { readonly version: string; readonly place: "before" | "inside" | "behind" } | undefined;
}

/** A strip for mainline, for every series that a release of the fix is in, and for the running kernel's own. */
export function releaseMap(library: Library, fix: Fix, kernel: RunningKernel | undefined): ReleaseStrip[] {
  const named = [
    ...fix.stable.flatMap(({ series, version }) => (version === series ? [] : [series])),
    ...fix.windows.flatMap(({ introduced }) =>
      introduced?.version.split(".").length === 3 ? [introduced.version] : [],
    ),
    ...seriesOfCulprits(library, fix),
    ...(kernel?.series === undefined ? [] : [kernel.series]),
  ].flatMap((text) => parseVersion(text)?.series ?? []);
  const strips = inSeriesOrder(named).map((one) => stripOf(library, fix, one, kernel));
  const mainline: ReleaseStrip = {
    series: "mainline",
    from: oldestCulprit(fix),
    to: fix.mainline?.rc ?? fix.mainline?.release,
    known: true,
    running: undefined,
  };
  return mainline.from === undefined && mainline.to === undefined ? strips : [mainline, ...strips];
}

/** Stable series to which the bug itself was backported: they have it, whether or not they got the fix. */
function seriesOfCulprits(library: Library, fix: Fix): string[] {
  if (!hasHistory(library)) return [];
  return fix.introducedBy
    .flatMap((culprit) => carriersOf(library, culprit))
    .flatMap((carrier) => library.releases.get(carrier.release) ?? [])
    .flatMap((release) => (release.kind === "stable" ? [release.series] : []));
}

function oldestCulprit(fix: Fix): string | undefined {
  return fix.introducedBy
    .flatMap(({ release }) => (release === undefined ? [] : (parseVersion(release) ?? [])))
    .filter((version) => kindOfNumber(version) !== "stable") // a record may name a backport of the bug
    .sort(compareVersions)[0]?.text;
}

/** A release at which the state of a series may change. */
interface Point {
  readonly version: Version;
  readonly indexed: IndexedRelease | undefined;
}

function stripOf(
  library: Library,
  fix: Fix,
  series: string,
  kernel: RunningKernel | undefined,
): ReleaseStrip {
  const states = pointsOf(library, fix, series).map((point) => ({
    point,
    state: stateOf(library, fix, point),
  }));
  const first = states.findIndex(({ state }) => state === "missing");
  const then = states.slice(Math.max(first, 0));
  const from = states[first]?.point.version;
  const to = then.find(({ state }) => state === "fixed")?.point.version;
  return {
    series,
    from: from && numberOf(from),
    to: to && numberOf(to),
    known: states.some(({ state }) => state !== undefined),
    running: runningIn(series, from, to, kernel),
  };
}

function numberOf(version: Version): string {
  return version.text.replace(/^v/, "");
}

function runningIn(
  series: string,
  from: Version | undefined,
  to: Version | undefined,
  kernel: RunningKernel | undefined,
): ReleaseStrip["running"] {
  const running = kernel?.upstream === undefined ? undefined : parseVersion(kernel.upstream);
  if (kernel?.series !== series || !running) return undefined;
  if (from && compareVersions(running, from) < 0) return { version: running.text, place: "before" };
  const behind = to && compareVersions(running, to) >= 0;
  return { version: running.text, place: behind ? "behind" : "inside" };
}

function pointsOf(library: Library, fix: Fix, series: string): Point[] {
  const points = new Map<string, Point>();
  const named = fix.windows.flatMap(({ introduced, fixed }) => [introduced?.version, fixed?.version]);
  for (const text of [series, ...named]) {
    const version = text === undefined ? undefined : parseVersion(text);
    if (version?.series === series) points.set(numberOf(version), { version, indexed: undefined });
  }
  for (const indexed of library.releases.ofSeries(series)) {
    if (indexed.kind !== "rc") points.set(indexed.number, { version: indexed.version, indexed });
  }
  return [...points.values()].sort((a, b) => compareVersions(a.version, b.version));
}

function stateOf(
  library: Library,
  fix: Fix,
  { version, indexed }: Point,
): "fixed" | "missing" | "not-affected" | undefined {
  const byHistory =
    hasHistory(library) && fix.carriers.length > 0
      ? byHistoryOf(library, fix, { version, indexed })
      : undefined;
  if (byHistory === "fixed" || fix.windows.length === 0) return byHistory;
  const { status } = exposureOf(fix.windows, version);
  return status === "affected" ? "missing" : status === "unknown" ? byHistory : status;
}

/** Of a release that is not indexed the history tells what mainline had before. */
function byHistoryOf(
  library: HistoryLibrary,
  fix: Fix,
  { version, indexed }: Point,
): "fixed" | "missing" | "not-affected" | undefined {
  if (indexed) return judgeRelease(library, fix, indexed).status;
  const base = library.releases.mainlineBefore(version.series);
  return base && judgeRelease(library, fix, base).status === "fixed" ? "fixed" : undefined;
}
