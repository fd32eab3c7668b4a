import type { IndexedChangelog, PackageChange, PackageReader } from "../cache/package-reader.ts";
import { normaliseSubject } from "../kernel/commit/subject.ts";
import { compareDebVersions } from "../kernel/distro/deb-version.ts";
import { compareRpmVersions } from "../kernel/distro/rpm-version.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import { bareFix } from "./bare-fix.ts";
import type { Fix } from "./fix.ts";
import type { Library } from "./library.ts";
import type { Opinion } from "./opinion.ts";

/** The first version of a distribution's package with a fix. */
export interface PackageRelease {
  readonly distro: string;
  readonly package: string;
  readonly version: string;
  /** How its changelog names the fix; `ambiguous-subject`: other commits have the same subject. */
  readonly how: "sha" | "cve" | "subject" | "ambiguous-subject";
}

interface Told extends PackageChange {
  readonly how: PackageRelease["how"];
}

/** The fix with the packages whose changelogs name it. */
export function completeFromPackages(library: Library, fix: Fix): Fix {
  const { packages } = library;
  if (!packages) return fix;
  const changelogs = new Map(packages.changelogs().map((one) => [one.id, one]));
  const found = [...byChangelog(changesOf(library, packages, fix))].flatMap(([id, changes]) => {
    const changelog = changelogs.get(id);
    const first = firstWith(changes);
    return changelog && first ? [releaseOf(changelog, first)] : [];
  });
  return found.length === 0 ? fix : { ...fix, packages: found, sources: [...fix.sources, "changelog"] };
}

/** The fix of which only changelogs tell, by its subject; no commit of it is known, so its sha is empty. */
export function fixOfChangelogs(library: Library, subject: string): Fix[] {
  const told = library.packages?.changesBySubject(subject).find((change) => !change.reverts);
  return told ? [bareFix("", told.subject)] : [];
}

/**
 * What the changelog of the very package that runs says. Undefined when it is not indexed, or does not name the fix:
 * what came with the base, and what a vendor folded into another change, is not in it.
 */
export function judgeByChangelog(library: Library, fix: Fix, kernel: RunningKernel): Opinion | undefined {
  const { packages } = library;
  const own = packages && changelogOf(packages, kernel);
  if (!packages || !own) return undefined;
  const changes = byChangelog(changesOf(library, packages, fix)).get(own.changelog.id) ?? [];
  const last = changes.filter((change) => change.position <= own.position).at(-1);
  const name = `${own.changelog.package} ${own.running}`;
  if (last?.how === "ambiguous-subject") {
    return {
      status: "unknown",
      reason: `the changelog of ${last.version} names a change of this subject, which several commits have`,
    };
  }
  if (last && !last.reverts) {
    return {
      status: "fixed",
      reason: `${name} has it since ${last.version}, says its changelog`,
      since: last.version,
      proof: {
        how: "changelog",
        commit: fix.sha === "" ? undefined : fix.sha,
        release: last.version,
        detail: `the changelog of ${own.changelog.package} names it in the entry of ${last.version} (${last.how})`,
        check: undefined,
      },
    };
  }
  if (last) return { status: "missing", reason: `${last.version} took it out again, says the changelog` };
  const later = firstWith(changes);
  if (later)
    return {
      status: "missing",
      reason: `${own.changelog.distro}'s ${own.changelog.package} has it from ${later.version} on`,
    };
  if (!kernel.backportsHidden) return undefined;
  const oldest = packages.versions(own.changelog.id)[0];
  return {
    status: "unknown",
    reason: `the changelog of ${name}, which begins with ${oldest}, does not name it`,
  };
}

/** The first version of the running package's own line that has the fix, when it is newer than what runs. */
export function packageToGoTo(library: Library, fix: Fix, kernel: RunningKernel): PackageRelease | undefined {
  const { packages } = library;
  const own = packages && changelogOf(packages, kernel);
  if (!packages || !own) return undefined;
  const changes = byChangelog(changesOf(library, packages, fix)).get(own.changelog.id) ?? [];
  const first = firstWith(changes);
  return first && first.position > own.position && first.how !== "ambiguous-subject"
    ? releaseOf(own.changelog, first)
    : undefined;
}

/**
 * The changelog that has the running package's version, or covers it, and the place of that version in it. A kernel that
 * is named by such a version alone, as dpkg and rpm print it, is that package. A version between two of its own series is
 * covered; one between two series may be another suite's, whose changes are in another changelog.
 */
function changelogOf(packages: PackageReader, kernel: RunningKernel): Own | undefined {
  const { package: running = kernel.release, packaging } = kernel;
  if (running === undefined) return undefined;
  const candidates = packages
    .changelogs()
    .filter((one) => packaging === undefined || one.packaging === packaging);
  for (const changelog of candidates) {
    const position = packages.versions(changelog.id).indexOf(running);
    if (position >= 0) return { changelog, position, running };
  }
  if (kernel.package === undefined || packaging === undefined) return undefined;
  const compare = packaging === "deb" ? compareDebVersions : compareRpmVersions;
  for (const changelog of candidates.filter((one) => one.distro === kernel.distro)) {
    const versions = packages.versions(changelog.id);
    const after = versions.findIndex((version) => compare(version, running) > 0);
    const [before = "", next = ""] = [versions[after - 1], versions[after]];
    if (after > 0 && [before, next].every((version) => seriesOf(version) === seriesOf(running)))
      return { changelog, position: after - 1, running };
  }
  return undefined;
}

/** `6.1` of `6.1.76-1`, `5.14` of `5.14.0-362.8.1.el9_3`. */
function seriesOf(version: string): string | undefined {
  return /^(?:\d+:)?(2\.6\.\d+|\d+\.\d+)/.exec(version)?.[1];
}

/** The running package in its changelog. */
interface Own {
  readonly changelog: IndexedChangelog;
  readonly position: number;
  /** Its version. */
  readonly running: string;
}

/** Every change that is the fix, or its revert, by sha, by CVE or by subject; oldest first in each changelog. */
function changesOf(library: Library, packages: PackageReader, fix: Fix): Told[] {
  const shas = fix.sha === "" ? [] : [fix.sha, ...fix.stable.map((release) => release.sha)];
  const bySubject = packages.changesBySubject(fix.subject);
  const ambiguous = bySubject.length > 0 && isAmbiguous(library, fix);
  const told: Told[] = [
    ...shas.flatMap((sha) => packages.changesBySha(sha)).map((one) => ({ ...one, how: "sha" as const })),
    ...fix.cves.flatMap((cve) => packages.changesByCve(cve)).map((one) => ({ ...one, how: "cve" as const })),
    ...bySubject.map((one) => ({
      ...one,
      how: ambiguous ? ("ambiguous-subject" as const) : ("subject" as const),
    })),
  ];
  const unique = new Map<string, Told>();
  for (const one of told) {
    const key = `${one.changelog} ${one.position} ${one.subject}`;
    if (!unique.has(key)) unique.set(key, one);
  }
  return [...unique.values()].sort((a, b) => a.position - b.position);
}

/** Other fixes have the same subject, or it says too little to stand for one: "Fix build". */
function isAmbiguous(library: Library, fix: Fix): boolean {
  const wanted = normaliseSubject(fix.subject);
  if (wanted.length < SHORTEST_TELLING_SUBJECT) return true;
  const readers = [library.history, library.cve?.texts].flatMap((reader) => reader ?? []);
  const own = new Set([
    fix.sha,
    ...fix.stable.map((release) => release.sha),
    ...fix.carriers.map(({ sha }) => sha),
  ]);
  return readers.some((reader) =>
    reader
      .commitsBySubject(fix.subject)
      .some(
        (commit) =>
          normaliseSubject(commit.subject) === wanted &&
          !own.has(commit.sha) &&
          !reader.referencesFrom(commit.id).some((said) => said.kind === "backport"),
      ),
  );
}

const SHORTEST_TELLING_SUBJECT = 12;

function byChangelog(changes: readonly Told[]): Map<number, Told[]> {
  const groups = new Map<number, Told[]>();
  for (const change of changes) {
    const group = groups.get(change.changelog);
    if (group) group.push(change);
    else groups.set(change.changelog, [change]);
  }
  return groups;
}

/** The version since which the fix stays: behind its last revert. Sure names count before ambiguous ones. */
function firstWith(changes: readonly Told[]): Told | undefined {
  const lastRevert = changes.findLastIndex((change) => change.reverts);
  const since = changes.slice(lastRevert + 1);
  return since.find((change) => change.how !== "ambiguous-subject") ?? since[0];
}

function releaseOf(changelog: IndexedChangelog, told: Told): PackageRelease {
  return { distro: changelog.distro, package: changelog.package, version: told.version, how: told.how };
}
