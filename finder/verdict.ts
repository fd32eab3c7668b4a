import type { Commit } from "../cache/history-reader.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import { compareVersions, parseVersion } from "../kernel/version.ts";
import { type Fix, findFixes, type Library, type RelatedCommit } from "./fix.ts";
import type { IndexedRelease } from "./release-tree.ts";
import { type UpgradeStep, upgradePath } from "./upgrade.ts";

export type VerdictStatus = "fixed" | "missing" | "not-affected" | "unknown";

/** Whether a kernel has a fix, and why we think so. */
export interface Verdict {
  readonly status: VerdictStatus;
  readonly reason: string;
  /** The release since which the kernel's own line has the fix. */
  readonly since: string | undefined;
  readonly upgradeTo: readonly UpgradeStep[];
}

/**
 * Judges one fix for one kernel.
 *
 * "Not affected" needs proof: every commit that brought the bug is known, and neither it nor a backport of it is
 * in the kernel. A vendor's kernel that carries backports under an old number is only ever "fixed" by its base;
 * the rest is unknown.
 */
export function judge(library: Library, fix: Fix, kernel: RunningKernel): Verdict {
  const place = placeKernel(library, kernel);
  if ("unknown" in place) return answer("unknown", place.unknown, upgradePath(library, fix, kernel));
  const verdicts = place.releases.map((release) => judgeRelease(library, fix, release));
  const [first] = verdicts;
  const agreed = verdicts.every((verdict) => verdict.status === first?.status);
  if (!first || !agreed) return undecided(library, fix, kernel, place.releases);
  return sure(library, { fix, kernel, place, first });
}

/** The releases that the kernel may be; more than one when only its series is known. */
interface Place {
  readonly releases: readonly IndexedRelease[];
  /** The kernel is newer than what is indexed of its series: it has at least this much. */
  readonly beyond: IndexedRelease | undefined;
}

function placeKernel(library: Library, kernel: RunningKernel): Place | { unknown: string } {
  if (kernel.series === undefined) return { unknown: "the kernel's version is not known" };
  const ofSeries = library.releases.ofSeries(kernel.series);
  if (ofSeries.length === 0) return { unknown: `no release of ${kernel.series} is indexed` };
  const version = kernel.upstream === undefined ? undefined : parseVersion(kernel.upstream);
  if (!version) {
    const released = ofSeries.filter((release) => release.kind === "mainline" || release.kind === "stable");
    return { releases: released.length > 0 ? released : ofSeries, beyond: undefined };
  }
  const exact = ofSeries.find((release) => compareVersions(release.version, version) === 0);
  if (exact) return { releases: [exact], beyond: undefined };
  const below = ofSeries.filter((release) => compareVersions(release.version, version) < 0).at(-1);
  if (!below) return { unknown: `${kernel.upstream} is older than what is indexed of ${kernel.series}` };
  return { releases: [below], beyond: below };
}

type ReleaseVerdict =
  | { readonly status: "fixed"; readonly since: IndexedRelease }
  | { readonly status: "not-affected" }
  | { readonly status: "missing"; readonly reverted: boolean };

function judgeRelease(library: Library, fix: Fix, release: IndexedRelease): ReleaseVerdict {
  if (isInEffect(library, fix.carriers, release))
    return { status: "fixed", since: firstWith(library, fix, release) };
  if (isBeforeTheBug(library, fix, release)) return { status: "not-affected" };
  const reverted = fix.carriers.some((carrier) => library.releases.contains(release, carrier));
  return { status: "missing", reverted };
}

/** The release has one of the carriers, and no revert of it that is itself in effect. */
export function isInEffect(
  library: Library,
  carriers: readonly Commit[],
  release: IndexedRelease,
  depth = 0,
): boolean {
  const present = carriers.filter((carrier) => library.releases.contains(release, carrier));
  if (present.length === 0) return false;
  if (depth > 4) return true;
  return present.some((carrier) => {
    const reverts = library.history
      .referencesTo(carrier.id, "revert")
      .flatMap((said) => library.history.commit(said.commit) ?? []);
    return !reverts.some((revert) =>
      isInEffect(library, [revert, ...copiesOf(library, revert)], release, depth + 1),
    );
  });
}

function copiesOf(library: Library, commit: Commit): Commit[] {
  return library.history
    .referencesTo(commit.id, "backport")
    .flatMap((said) => library.history.commit(said.commit) ?? []);
}

/** No commit that brought the bug, and no backport of one, is in the release; false when any is unknown. */
function isBeforeTheBug(library: Library, fix: Fix, release: IndexedRelease): boolean {
  if (fix.introducedBy.length === 0) return false;
  return fix.introducedBy.every((culprit) => {
    const carriers = carriersOf(library, culprit);
    return carriers.length > 0 && !carriers.some((carrier) => library.releases.contains(release, carrier));
  });
}

/** The commit and its backports; none when it is not indexed. */
export function carriersOf(library: Library, commit: RelatedCommit): readonly Commit[] {
  if (library.history.commitsBySha(commit.sha).length !== 1) return [];
  return findFixes(library, commit.sha)[0]?.carriers ?? [];
}

function firstWith(library: Library, fix: Fix, release: IndexedRelease): IndexedRelease {
  let since = release;
  for (let above = library.releases.get(release.parent); above; above = library.releases.get(above.parent)) {
    const line = above;
    if (!fix.carriers.some((carrier) => library.releases.contains(line, carrier))) break;
    since = above;
  }
  return since;
}

function sure(
  library: Library,
  case_: { fix: Fix; kernel: RunningKernel; place: Place; first: ReleaseVerdict },
): Verdict {
  const { fix, kernel, place, first } = case_;
  const name = nameOf(kernel);
  if (first.status === "fixed") {
    return { ...answer("fixed", `${name} has it since ${first.since.name}`, []), since: first.since.name };
  }
  const steps = upgradePath(library, fix, kernel);
  if (kernel.backportsHidden) {
    return answer(
      "unknown",
      `${name} carries backports that its number does not show; its package's changelog would tell`,
      steps,
    );
  }
  if (first.status === "not-affected") {
    const culprit = fix.introducedBy[0];
    return answer(
      "not-affected",
      `the bug came with ${culprit?.release ?? culprit?.sha.slice(0, 12)}, ${name} does not have it`,
      [],
    );
  }
  if (place.beyond) {
    return answer(
      "unknown",
      `${kernel.upstream} is newer than ${place.beyond.name}, the newest of its series that is indexed`,
      steps,
    );
  }
  if (first.reverted) return answer("missing", `${name} has a revert of it`, steps);
  return answer("missing", missingReason(library, fix, kernel, place), steps);
}

function missingReason(library: Library, fix: Fix, kernel: RunningKernel, place: Place): string {
  const first = fix.mainline
    ? `first in ${fix.mainline.rc ?? fix.mainline.release}`
    : "not in an indexed mainline release";
  const oldest = place.releases[0];
  const newest = place.releases.at(-1);
  if (place.releases.length > 1)
    return `${first}; no indexed ${kernel.series} release has it (${oldest?.name} to ${newest?.name})`;
  const inSeries = fix.stable.find((release) => release.series === kernel.series);
  if (inSeries) return `${first}; ${inSeries.series}.y has it from ${inSeries.version} on`;
  const last = library.releases.ofSeries(kernel.series ?? "").at(-1);
  return `${first}; no indexed ${kernel.series} release has it (up to ${last?.name})`;
}

/** Some releases of the series have it and others do not. */
function undecided(
  library: Library,
  fix: Fix,
  kernel: RunningKernel,
  releases: readonly IndexedRelease[],
): Verdict {
  const from = releases.find((release) => judgeRelease(library, fix, release).status === "fixed");
  const how = kernel.missing ? `: ${kernel.missing.how}` : "";
  const reason = from
    ? `${kernel.series} has it from ${from.name} on, and which ${kernel.series} update this is, is not known${how}`
    : `which ${kernel.series} update this is, is not known${how}`;
  return answer("unknown", reason, upgradePath(library, fix, kernel));
}

function nameOf(kernel: RunningKernel): string {
  return kernel.upstream ?? kernel.release ?? kernel.series ?? "this kernel";
}

function answer(status: VerdictStatus, reason: string, upgradeTo: readonly UpgradeStep[]): Verdict {
  return { status, reason, since: undefined, upgradeTo };
}
