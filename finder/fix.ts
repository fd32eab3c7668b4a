import type { Commit } from "../cache/history-rows.ts";
import { normaliseSubject } from "../kernel/commit/subject.ts";
import type { CveWindow } from "../kernel/cve/window.ts";
import { spellingsOf } from "../kernel/distro/changelog.ts";
import { KfixError } from "../kernel/error.ts";
import {
  completeFromRecords,
  cveFixesByCommit,
  cveFixesBySubject,
  fixOfRecordName,
  noRecord,
} from "./cve-fix.ts";
import { fixOfHistoryCommit, historyFixesBySha, historyFixesBySubject } from "./history-fix.ts";
import { hasHistory, type Library, needHistory } from "./library.ts";
import { completeFromPackages, fixOfChangelogs, type PackageRelease } from "./packages.ts";
import { type Named, namedBy } from "./query.ts";
import { subjectsWith } from "./search.ts";

/** A fix with everything that is known of it. */
export interface Fix {
  /** The mainline commit's wherever that is known; empty: only a package's changelog tells of the fix. */
  readonly sha: string;
  readonly subject: string;
  /** Undefined where only a CVE record tells of the fix. */
  readonly author: string | undefined;
  /** Seconds since 1970, when it was written; undefined as `author` is. */
  readonly date: number | undefined;
  readonly cves: readonly string[];
  readonly introducedBy: readonly RelatedCommit[];
  /** Tag names: the release candidate that first had it, if one did, and the release. */
  readonly mainline: { readonly rc: string | undefined; readonly release: string | undefined } | undefined;
  readonly stable: readonly StableRelease[];
  readonly packages: readonly PackageRelease[];
  readonly revertedBy: readonly string[];
  readonly followUps: readonly RelatedCommit[];
  /** What this was read from: `history`, `cve`, `changelog`. */
  readonly sources: readonly string[];
  /** Every commit of the history that carries the fix: the mainline commit first if it is indexed, then the backports. */
  readonly carriers: readonly Commit[];
  /** What the CVE records say of where the bug came and went. */
  readonly windows: readonly CveWindow[];
}

export interface RelatedCommit {
  readonly sha: string;
  /** Empty: not indexed. */
  readonly subject: string;
  /** The tag of its first release; undefined: none, or not indexed. */
  readonly release: string | undefined;
}

export interface StableRelease {
  readonly series: string;
  readonly version: string;
  readonly sha: string;
  /**
   * The wording by which the backport names its origin; `same-subject` is a guess; `own`: it has no upstream; `cve`:
   * a CVE record says so.
   */
  readonly how: string;
}

/**
 * The fixes that a query names (see `namedBy`): a sha of at least 7 digits (upstream or backport, indexed or only named by
 * a backport), a CVE, or a subject.
 *
 * Throws `not-found` when nothing answers, `not-indexed` for a CVE where no CVE records are indexed and no changelog
 * names it, `bad-input` when a short sha is ambiguous or a CVE's name is none, `usage` when the query is empty. With `alike`, the hint of
 * `not-found` names commits whose subject has the words: to find them takes longer than an answer.
 */
export function findFixes(library: Library, query: string, { alike = false } = {}): Fix[] {
  const text = query.trim();
  if (text === "") {
    throw new KfixError("usage", "the query is empty", { hint: "give a sha, a CVE or a commit's subject" });
  }
  const named = namedBy(text);
  const fixes = knownFixes(library, named);
  if (fixes.length > 0) return fixes.map((fix) => completeFromPackages(library, fix));
  const says = "sha" in named ? `no commit ${named.sha} is indexed` : `no commit has the subject "${text}"`;
  throw new KfixError("not-found", says, {
    hint:
      (alike && "subject" in named && subjectsAlike(library, named.subject)) ||
      "see what is indexed with: kfix status; bring it up to date with: kfix source update",
  });
}

/** Empty: there are none. */
function subjectsAlike(library: Library, text: string): string {
  const alike = subjectsWith(library, text, 3).map(
    ({ sha, subject }) => `${sha.slice(0, 12)} ("${subject}")`,
  );
  return alike.length > 0 ? `these words are in the subject of ${alike.join(", ")}` : "";
}

/** The fix that a commit of the history is, or is a backport of. */
export function fixOfCommit(library: Library, commit: Commit): Fix {
  const fix = completeFromRecords(library, fixOfHistoryCommit(needHistory(library), commit));
  return completeFromPackages(library, fix);
}

function knownFixes(library: Library, named: Named): Fix[] {
  if ("cve" in named) return fixesOfCve(library, named.cve);
  return "sha" in named ? fixesBySha(library, named.sha) : fixesBySubject(library, named.subject);
}

function fixesOfCve(library: Library, cve: string): Fix[] {
  const told = fixOfRecordName(library, cve);
  if (told) {
    const [known] = hasHistory(library) ? historyFixesBySha(library, told.sha) : [];
    return [known ? completeFromRecords(library, known) : told];
  }
  const named = library.cve?.isRejected(cve) ? [] : fixesNamedWith(library, cve);
  if (named.length > 0) return named;
  throw noRecord(library, cve);
}

/** The changes beside which changelogs name a CVE: it may be older than the kernel's CVE team, and have no record. */
function fixesNamedWith(library: Library, cve: string): Fix[] {
  const changes = library.packages?.changesByCve(cve).filter((change) => !change.reverts) ?? [];
  const subjects = new Map(
    changes.map((change) => {
      const subject = spellingsOf(change.subject).at(-1) ?? "";
      return [normaliseSubject(subject), subject];
    }),
  );
  return [...subjects.values()]
    .flatMap((subject) => fixesBySubject(library, subject))
    .map((fix) => ({ ...fix, cves: [...new Set([...fix.cves, cve])] }));
}

function fixesBySha(library: Library, prefix: string): Fix[] {
  const known = hasHistory(library) ? historyFixesBySha(library, prefix) : [];
  if (known.length > 0) return known.map((fix) => completeFromRecords(library, fix));
  return cveFixesByCommit(library, prefix);
}

function fixesBySubject(library: Library, subject: string): Fix[] {
  const known = hasHistory(library) ? historyFixesBySubject(library, subject) : [];
  const fixes = new Map(known.map((fix) => [fix.sha, completeFromRecords(library, fix)]));
  for (const fix of cveFixesBySubject(library, subject)) if (!fixes.has(fix.sha)) fixes.set(fix.sha, fix);
  if (fixes.size > 0) return [...fixes.values()];
  return fixOfChangelogs(library, subject);
}
