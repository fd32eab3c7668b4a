import { compareVersions, kindOfNumber, parseVersion, type Version } from "../version.ts";
import type { CveWindow, PlacedCommit } from "./window.ts";

/**
 * The commit that a record is about: the newest mainline fix, or the newest stable one where mainline never had the
 * bug or never got the fix. Where a record names several, the older ones end other windows: a driver that was
 * removed and came back is "fixed" by its removal.
 */
export function mainFixOf(windows: readonly CveWindow[], fixShas: readonly string[]): string | undefined {
  const fixes = windows.flatMap(({ fixed }) => withVersion(fixed));
  const mainline = fixes.filter((fix) => kindOfNumber(fix.version) === "mainline");
  const newest = (mainline.length > 0 ? mainline : fixes).sort((a, b) =>
    compareVersions(a.version, b.version),
  );
  return newest.at(-1)?.sha ?? fixShas[0];
}

function withVersion(fix: PlacedCommit | undefined): { sha: string; version: Version }[] {
  const version = fix && parseVersion(fix.version);
  return version ? [{ sha: fix.sha, version }] : [];
}
