import type { Commit, Reference } from "../cache/history-rows.ts";
import { normaliseSubject } from "../kernel/commit/subject.ts";
import { KfixError } from "../kernel/error.ts";
import { compareVersions } from "../kernel/version.ts";
import type { Fix, RelatedCommit, StableRelease } from "./fix.ts";
import type { HistoryLibrary } from "./library.ts";
import type { IndexedRelease } from "./release-tree.ts";

/** The fix that a commit of the index is, or is a backport of. */
export function fixOfHistoryCommit(library: HistoryLibrary, commit: Commit): Fix {
  const origins = originsOf(library, commit);
  return describeFix(library, origins[0] ?? commit);
}

/** A commit that folds several upstream commits carries several fixes. */
export function historyFixesBySha(library: HistoryLibrary, prefix: string): Fix[] {
  const commits = library.history.commitsBySha(prefix);
  if (commits.length > 1) {
    throw new KfixError("bad-input", `the sha ${prefix} is ambiguous: ${commits.length} commits begin so`, {
      hint: `give more digits, as in: kfix fix ${commits[0]?.sha.slice(0, prefix.length + 4)}`,
    });
  }
  const [commit] = commits;
  if (!commit) return fixKnownByBackports(library, prefix);
  const origins = originsOf(library, commit);
  if (origins.length > 0) return origins.map((origin) => describeFix(library, origin));
  const unknownOrigin = library.history.referencesFrom(commit.id).find(isBackportOfUnknown);
  return unknownOrigin?.sha
    ? fixKnownByBackports(library, unknownOrigin.sha)
    : [describeFix(library, commit)];
}

export function historyFixesBySubject(library: HistoryLibrary, subject: string): Fix[] {
  const wanted = normaliseSubject(subject);
  const commits = library.history
    .commitsBySubject(subject)
    .filter((commit) => normaliseSubject(commit.subject) === wanted);
  const fixes = new Map<string, Fix>();
  for (const commit of commits) {
    const fix = historyFixesBySha(library, commit.sha)[0];
    if (fix) fixes.set(fix.sha, fix);
  }
  return [...fixes.values()];
}

/** Mainline commits that this one is a backport of. A chain (a backport of a backport) is followed to its end. */
function originsOf(library: HistoryLibrary, commit: Commit, depth = 0): Commit[] {
  if (depth > 4 || isMainline(library, commit)) return [];
  const origins = library.history
    .referencesFrom(commit.id)
    .filter((said) => said.kind === "backport" && said.target !== undefined)
    .flatMap((said) => library.history.commit(said.target ?? 0) ?? []);
  return origins.flatMap((origin) => {
    const further = originsOf(library, origin, depth + 1);
    return further.length > 0 ? further : [origin];
  });
}

function isMainline(library: HistoryLibrary, commit: Commit): boolean {
  const kind = library.releases.get(commit.release)?.kind;
  return kind === "mainline" || kind === "rc";
}

function isBackportOfUnknown(said: Reference): boolean {
  return (
    said.kind === "backport" && said.target === undefined && said.sha !== undefined && said.sha.length >= 12
  );
}

/** An upstream commit that is newer than the indexed mainline, known by the stable commits that name it. */
function fixKnownByBackports(library: HistoryLibrary, sha: string): Fix[] {
  const named = library.history.referencesToUnknown(sha);
  const shas = new Set(named.map((said) => said.sha?.toLowerCase()));
  const backports = named.flatMap((said) => {
    const commit = library.history.commit(said.commit);
    return commit ? [{ commit, how: said.how }] : [];
  });
  const first = backports[0]?.commit;
  const [full] = [...shas].sort((a, b) => (b?.length ?? 0) - (a?.length ?? 0));
  if (!first || !full) return [];
  return [assemble(library, { sha: full, commit: undefined, told: first, backports })];
}

function describeFix(library: HistoryLibrary, commit: Commit): Fix {
  const twins = twinsOf(library, commit);
  return assemble(library, {
    sha: commit.sha,
    commit,
    told: commit,
    twins,
    backports: [
      ...[commit, ...twins].flatMap((one) => backportsOf(library, one)),
      ...(twins.length > 0 ? unmarkedCopiesOf(library, commit) : []),
    ],
  });
}

/**
 * Stable commits of the same author and subject that name no origin. Of a fix with one sha the index has noted them;
 * of one with several it could not say which they copy.
 */
function unmarkedCopiesOf(library: HistoryLibrary, commit: Commit): Backport[] {
  return library.history
    .commitsBySubject(commit.subject)
    .filter(
      (copy) =>
        copy.subject === commit.subject &&
        copy.author === commit.author &&
        !isMainline(library, copy) &&
        library.releases.get(copy.release) !== undefined &&
        !library.history.referencesFrom(copy.id).some((said) => said.kind !== "fixes"),
    )
    .map((copy) => ({ commit: copy, how: "same-subject" }));
}

/**
 * Mainline commits that are the same fix under another sha, as it happens when two trees take one patch: same author,
 * same subject, same files.
 */
function twinsOf(library: HistoryLibrary, commit: Commit): Commit[] {
  const subject = normaliseSubject(commit.subject);
  if (subject.length < SHORTEST_TELLING_SUBJECT || !isMainline(library, commit)) return [];
  const files = filesOf(library, commit);
  return library.history
    .commitsBySubject(commit.subject)
    .filter(
      (other) =>
        other.id !== commit.id &&
        other.author === commit.author &&
        normaliseSubject(other.subject) === subject &&
        isMainline(library, other) &&
        filesOf(library, other) === files,
    );
}

const SHORTEST_TELLING_SUBJECT = 20;

function filesOf(library: HistoryLibrary, commit: Commit): string {
  return library.history
    .touched(commit.id)
    .map((file) => file.path)
    .sort((a, b) => a - b)
    .join(" ");
}

interface Backport {
  readonly commit: Commit;
  readonly how: string;
}

function backportsOf(library: HistoryLibrary, commit: Commit, depth = 0): Backport[] {
  if (depth > 4) return [];
  const direct = library.history.referencesTo(commit.id, "backport").flatMap((said) => {
    const copy = library.history.commit(said.commit);
    return copy ? [{ commit: copy, how: said.how }] : [];
  });
  return [...direct, ...direct.flatMap((backport) => backportsOf(library, backport.commit, depth + 1))];
}

/** `told` is the commit whose message speaks for the fix: the mainline commit, else its first backport. */
function assemble(
  library: HistoryLibrary,
  parts: {
    sha: string;
    commit: Commit | undefined;
    told: Commit;
    twins?: readonly Commit[];
    backports: readonly Backport[];
  },
): Fix {
  const { told, commit } = parts;
  const carriers = uniqueById([
    ...(commit ? [commit] : []),
    ...(parts.twins ?? []),
    ...parts.backports.map((backport) => backport.commit),
  ]);
  return {
    sha: parts.sha,
    subject: told.subject,
    author: told.author,
    date: told.authorTime,
    cves: [],
    introducedBy: introducers(library, told),
    mainline: commit && mainlineOf(library, commit),
    stable: stableReleases(library, commit, parts.backports),
    packages: [],
    revertedBy: revertsOf(library, carriers).map((revert) => revert.sha),
    followUps: followUpsOf(library, carriers),
    sources: ["history"],
    carriers,
    windows: [],
  };
}

function mainlineOf(library: HistoryLibrary, commit: Commit): Fix["mainline"] {
  const first = library.releases.get(commit.release);
  if (!first || (first.kind !== "mainline" && first.kind !== "rc")) return undefined;
  return { rc: first.kind === "rc" ? first.name : undefined, release: library.releases.finalOf(first)?.name };
}

/** Each carrier in a stable or a vendor's release, in version order: the first of a series is where it came in. */
function stableReleases(
  library: HistoryLibrary,
  commit: Commit | undefined,
  backports: readonly Backport[],
): StableRelease[] {
  const { releases } = library;
  const all = [...(commit ? [{ commit, how: "own" }] : []), ...backports];
  const found = new Map<number, { release: IndexedRelease; sha: string; how: string }>();
  for (const { commit: copy, how } of all) {
    const release = releases.get(copy.release);
    if (release && (release.kind === "stable" || release.kind === "vendor") && !found.has(copy.id)) {
      found.set(copy.id, { release, sha: copy.sha, how });
    }
  }
  return [...found.values()]
    .sort((a, b) => compareVersions(a.release.version, b.release.version))
    .map(({ release, sha, how }) => ({ series: release.series, version: release.number, sha, how }));
}

function introducers(library: HistoryLibrary, told: Commit): RelatedCommit[] {
  return library.history
    .referencesFrom(told.id)
    .filter((said) => said.kind === "fixes")
    .flatMap((said) => {
      const culprit = said.target === undefined ? undefined : library.history.commit(said.target);
      if (culprit) return [related(library, culprit)];
      return said.sha ? [{ sha: said.sha, subject: said.subject ?? "", release: undefined }] : [];
    });
}

/** Reverts of the fix that are not themselves copies of a revert. */
function revertsOf(library: HistoryLibrary, carriers: readonly Commit[]): Commit[] {
  return uniqueById(carriers.flatMap((carrier) => speakers(library, carrier, "revert")));
}

function followUpsOf(library: HistoryLibrary, carriers: readonly Commit[]): RelatedCommit[] {
  const commits = uniqueById(carriers.flatMap((carrier) => speakers(library, carrier, "fixes")));
  return commits.map((commit) => related(library, commit));
}

function speakers(library: HistoryLibrary, about: Commit, kind: string): Commit[] {
  return library.history
    .referencesTo(about.id, kind)
    .filter((said) => !library.history.referencesFrom(said.commit).some((other) => other.kind === "backport"))
    .flatMap((said) => library.history.commit(said.commit) ?? []);
}

function related(library: HistoryLibrary, commit: Commit): RelatedCommit {
  const release = library.releases.get(commit.release);
  return { sha: commit.sha, subject: commit.subject, release: release?.name };
}

function uniqueById(commits: readonly Commit[]): Commit[] {
  return [...new Map(commits.map((commit) => [commit.id, commit])).values()];
}
