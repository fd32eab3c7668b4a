import { compareSeries, compareVersions, kindOfNumber, parseVersion, type Version } from "../version.ts";
import type { CveWindow, PlacedCommit } from "./window.ts";

/** What the windows of a record say of one release. */
export type Exposure =
  /** It has the bug's commits, and for each of them a fix; `by` are those fixes, the ones that came last. */
  | { readonly status: "fixed"; readonly by: PlacedCommit }
  /** It has the bug. `introduced` undefined: nobody knows since when, but the fix is not there. */
  | { readonly status: "affected"; readonly introduced: PlacedCommit | undefined }
  /** The bug came later, or never to this series. */
  | { readonly status: "not-affected" }
  /** A release candidate of the very version that the records name: they know no candidates. */
  | { readonly status: "unknown"; readonly version: string };

/**
 * Judges each way in which the bug came in for itself: a revert opens a second window, so a release may have one
 * window's fix and still be inside another. A version of a stable series counts only inside its own series.
 */
export function exposureOf(windows: readonly CveWindow[], version: Version): Exposure {
  const fixes: PlacedCommit[] = [];
  let unknown: string | undefined;
  for (const group of byIntroduction(windows)) {
    const [{ introduced } = { introduced: undefined }] = group;
    const came = introduced === undefined ? true : isIn(introduced.version, version);
    if (came === false) continue;
    const went = group.flatMap(({ fixed }) =>
      fixed ? [{ fixed, there: isIn(fixed.version, version) }] : [],
    );
    const fix = went.find(({ there }) => there === true)?.fixed;
    if (fix) {
      if (came) fixes.push(fix);
      continue;
    }
    const open = went.find(({ there }) => there === undefined)?.fixed;
    if (came && !open) return { status: "affected", introduced };
    unknown ??= (open ?? introduced)?.version;
  }
  if (unknown !== undefined) return { status: "unknown", version: unknown };
  const last = fixes.at(-1);
  return last ? { status: "fixed", by: last } : { status: "not-affected" };
}

/** Whether a release had the bug and has the fix, in whichever ways the bug came. */
export function isFixed(windows: readonly CveWindow[], version: Version): boolean {
  return exposureOf(windows, version).status === "fixed";
}

/**
 * Whether a release has what `first` had first: a mainline release is in every later series, an update of a stable
 * series only in the later updates of its own. Undefined for a candidate of that very release.
 */
export function isIn(first: string, version: Version): boolean | undefined {
  const placed = parseVersion(first);
  if (!placed) return undefined;
  const order = compareSeries(placed.series, version.series);
  if (kindOfNumber(placed) === "stable") return order === 0 && compareVersions(version, placed) >= 0;
  if (order !== 0) return order < 0;
  return version.rc === undefined ? true : undefined;
}

function byIntroduction(windows: readonly CveWindow[]): CveWindow[][] {
  const groups = new Map<string, CveWindow[]>();
  for (const window of windows) {
    const key = window.introduced?.sha ?? "";
    const group = groups.get(key);
    if (group) group.push(window);
    else groups.set(key, [window]);
  }
  return [...groups.values()];
}
