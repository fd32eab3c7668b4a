import type { CveWindow, PlacedCommit } from "./window.ts";

/**
 * Reads a `.dyad` file of the kernel's CVE repository: one window a line,
 * `introducedVersion:introducedSha:fixedVersion:fixedSha`, `0:0` for what is not known (introduction) or not
 * there (fix); lines with `#` are the tool's remarks (scripts/dyad in kernel/vulns.git). Lines of another form
 * are left out.
 */
export function parseDyad(text: string): CveWindow[] {
  const windows: CveWindow[] = [];
  for (const line of text.split("\n")) {
    const found = DYAD.exec(line.trim());
    if (!found) continue;
    windows.push({ introduced: placed(found[1], found[2]), fixed: placed(found[3], found[4]) });
  }
  return windows;
}

const DYAD = /^(\d[\d.]{0,20}):([0-9a-f]{1,40}):(\d[\d.]{0,20}):([0-9a-f]{1,40})$/;

function placed(version: string | undefined, sha: string | undefined): PlacedCommit | undefined {
  return version && sha && /^[0-9a-f]{40}$/.test(sha) ? { version, sha } : undefined;
}

/** The shas of a `.sha1` file: the fixes that the record was made for, one a line, in no order to rely on. */
export function parseFixShas(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^[0-9a-f]{40}$/.test(line));
}
