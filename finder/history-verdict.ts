import type { Commit } from "../cache/history-rows.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import { compareVersions, parseVersion } from "../kernel/version.ts";
import type { Fix, RelatedCommit } from "./fix.ts";
import { historyFixesBySha } from "./history-fix.ts";
import type { HistoryLibrary } from "./library.ts";
import { nameOf, type Opinion } from "./opinion.ts";
import { ancestorProof, type Proof } from "./proof.ts";
import type { IndexedRelease } from "./release-tree.ts";

/**
 * What the history says of a fix and a kernel. Undefined: it has none of the fix's commits.
 *
 * "Not affected" needs proof: every commit that brought the bug is known, and neither it nor a backport of it is
 * in the kernel.
 */
export function judgeByHistory(
  library: HistoryLibrary,
  fix: Fix,
  kernel: RunningKernel,
): Opinion | undefined {
  if (fix.carriers.length === 0) return undefined;
  const place = placeKernel(library, kernel);
  if ("unknown" in place) return { status: "unknown", reason: place.unknown };
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
  /** Nothing of its own series is indexed that tells of it: why no more is known than what it has. */
  readonly noMore?: string;
}

function placeKernel(library: HistoryLibrary, kernel: RunningKernel): Place | { unknown: string } {
  if (kernel.series === undefined) return { unknown: "the kernel's version is not known" };
  const ofSeries = library.releases.ofSeries(kernel.series);
  if (ofSeries.length === 0)
    return onMainline(library, kernel.series, `no release of ${kernel.series} is indexed`);
  const version = kernel.upstream === undefined ? undefined : parseVersion(kernel.upstream);
  if (!version) {
    const released = ofSeries.filter((release) => release.kind === "mainline" || release.kind === "stable");
    return { releases: released.length > 0 ? released : ofSeries, beyond: undefined };
  }
  const exact = ofSeries.find((release) => compareVersions(release.version, version) === 0);
  if (exact) return { releases: [exact], beyond: undefined };
  const below = ofSeries.filter((release) => compareVersions(release.version, version) < 0).at(-1);
  if (below) return { releases: [below], beyond: below };
  const older = `${kernel.upstream} is older than what is indexed of ${kernel.series}`;
  return onMainline(library, kernel.series, older);
}

/** A kernel of any series has what mainline had before. */
function onMainline(library: HistoryLibrary, series: string, noMore: string): Place | { unknown: string } {
  const base = library.releases.mainlineBefore(series);
  return base ? { releases: [base], beyond: base, noMore } : { unknown: noMore };
}

type ReleaseVerdict =
  | { readonly status: "fixed"; readonly since: IndexedRelease; readonly proof: Proof | undefined }
  | { readonly status: "not-affected" }
  | { readonly status: "missing"; readonly reverted: boolean };

/** Whether one release of the history has the fix, lacks it, or never had the bug. */
export function judgeRelease(library: HistoryLibrary, fix: Fix, release: IndexedRelease): ReleaseVerdict {
  if (isInEffect(library, fix.carriers, release))
    return {
      status: "fixed",
      since: firstWith(library, fix, release),
      proof: proofIn(library, fix, release),
    };
  if (isBeforeTheBug(library, fix, release)) return { status: "not-affected" };
  const reverted = fix.carriers.some((carrier) => library.releases.contains(release, carrier));
  return { status: "missing", reverted };
}

/** The first of the carriers that is in effect in the release, and the first release that it is in. */
function proofIn(library: HistoryLibrary, fix: Fix, release: IndexedRelease): Proof | undefined {
  const carrier = fix.carriers.find((one) => isInEffect(library, [one], release));
  if (!carrier) return undefined;
  const first = library.releases.firstWith(release, carrier);
  return first && ancestorProof(carrier, first, release);
}

/** The release has one of the carriers, and no revert of it that is itself in effect. */
export function isInEffect(
  library: HistoryLibrary,
  carriers: readonly Commit[],
  release: IndexedRelease,
  depth = 0,
): boolean {
  const present = carriers.filter((carrier) => library.releases.contains(release, carrier));
  if (present.length === 0) return false;
  if (depth > 4) return true;
  return present.some(
    (carrier) =>
      !revertsOf(library, carrier).some((copies) => isInEffect(library, copies, release, depth + 1)),
  );
}

/** The reverts of a commit, each with its copies. */
function revertsOf(library: HistoryLibrary, commit: Commit): readonly (readonly Commit[])[] {
  let reverts = REVERTS.get(commit);
  if (reverts === undefined) {
    reverts = kinOf(library, commit)
      .flatMap((one) => speakers(library, one, "revert"))
      .map((revert) => [revert, ...copiesOf(library, revert)]);
    REVERTS.set(commit, reverts);
  }
  return reverts;
}

/** Asked for each release of each series, and the same in all. */
const REVERTS = new WeakMap<Commit, readonly (readonly Commit[])[]>();

/** A commit, what it is a copy of, and the other copies: whoever reverts one of them by name means them all. */
function kinOf(library: HistoryLibrary, commit: Commit): Commit[] {
  const origins = library.history
    .referencesFrom(commit.id)
    .filter((said) => said.kind === "backport" && said.target !== undefined)
    .flatMap((said) => library.history.commit(said.target ?? 0) ?? []);
  const kin = [commit, ...origins, ...[commit, ...origins].flatMap((one) => copiesOf(library, one))];
  return [...new Map(kin.map((one) => [one.id, one])).values()];
}

function copiesOf(library: HistoryLibrary, commit: Commit): Commit[] {
  return speakers(library, commit, "backport");
}

function speakers(library: HistoryLibrary, about: Commit, kind: string): Commit[] {
  return library.history
    .referencesTo(about.id, kind)
    .flatMap((said) => library.history.commit(said.commit) ?? []);
}

/** No commit that brought the bug, and no backport of one, is in the release; false when any is unknown. */
function isBeforeTheBug(library: HistoryLibrary, fix: Fix, release: IndexedRelease): boolean {
  if (fix.introducedBy.length === 0) return false;
  return fix.introducedBy.every((culprit) => {
    const carriers = carriersOf(library, culprit);
    return carriers.length > 0 && !carriers.some((carrier) => library.releases.contains(release, carrier));
  });
}

/** The commit and its backports; none when it is not indexed. */
export function carriersOf(library: HistoryLibrary, commit: RelatedCommit): readonly Commit[] {
  let carriers = CARRIERS.get(commit);
  if (carriers === undefined) {
    const known = library.history.commitsBySha(commit.sha).length === 1;
    carriers = known ? (historyFixesBySha(library, commit.sha)[0]?.carriers ?? []) : [];
    CARRIERS.set(commit, carriers);
  }
  return carriers;
}

/** As `REVERTS`. */
const CARRIERS = new WeakMap<RelatedCommit, readonly Commit[]>();

function firstWith(library: HistoryLibrary, fix: Fix, release: IndexedRelease): IndexedRelease {
  let since = release;
  for (let above = library.releases.get(release.parent); above; above = library.releases.get(above.parent)) {
    const line = above;
    if (!fix.carriers.some((carrier) => library.releases.contains(line, carrier))) break;
    since = above;
  }
  return since;
}

function sure(
  library: HistoryLibrary,
  case_: { fix: Fix; kernel: RunningKernel; place: Place; first: ReleaseVerdict },
): Opinion {
  const { fix, kernel, place, first } = case_;
  const name = nameOf(kernel);
  if (first.status === "fixed") {
    const since = first.since.name;
    const by = place.noMore && place.beyond ? `, as ${place.beyond.name} has it; ${place.noMore}` : "";
    return { status: "fixed", reason: `${name} has it since ${since}${by}`, since, proof: first.proof };
  }
  if (place.noMore) return { status: "unknown", reason: place.noMore };
  if (first.status === "not-affected") {
    const culprit = fix.introducedBy[0];
    return {
      status: "not-affected",
      reason: `the bug came with ${culprit?.release ?? culprit?.sha.slice(0, 12)}, ${name} does not have it`,
    };
  }
  if (place.beyond) {
    return {
      status: "unknown",
      reason: `${kernel.upstream} is newer than ${place.beyond.name}, the newest of its series that is indexed`,
    };
  }
  if (first.reverted) return { status: "missing", reason: `${name} has a revert of it` };
  return { status: "missing", reason: missingReason(library, fix, kernel, place) };
}

function missingReason(library: HistoryLibrary, fix: Fix, kernel: RunningKernel, place: Place): string {
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
  library: HistoryLibrary,
  fix: Fix,
  kernel: RunningKernel,
  releases: readonly IndexedRelease[],
): Opinion {
  const from = releases.find((release) => judgeRelease(library, fix, release).status === "fixed");
  const how = kernel.missing ? `: ${kernel.missing.how}` : "";
  const reason = from
    ? `${kernel.series} has it from ${from.name} on, and which ${kernel.series} update this is, is not known${how}`
    : `which ${kernel.series} update this is, is not known${how}`;
  return { status: "unknown", reason };
}
