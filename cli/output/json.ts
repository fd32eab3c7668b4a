import type { Candidate, CrashAnswer } from "../../finder/crash.ts";
import type { Fix, RelatedCommit } from "../../finder/fix.ts";
import type { CrashLocation } from "../../finder/location.ts";
import type { Proof } from "../../finder/proof.ts";
import type { SymbolCommit } from "../../finder/symbol.ts";
import type { Verdict } from "../../finder/verdict.ts";
import type { Crash } from "../../kernel/crash/crash.ts";
import type { RunningKernel } from "../../kernel/running-kernel.ts";
import type { Maintainers } from "../../kernel/source/maintainers.ts";
import type {
  AnsweredCrashJson,
  CandidateJson,
  CrashJson,
  LocationJson,
  MaintainersJson,
} from "../answers/crash.ts";
import type { FixJson, RelatedJson, TreePresenceJson, VerdictJson } from "../answers/fix.ts";
import type { SymbolCommitJson } from "../answers/symbol.ts";
import type { TreePresence } from "../tree-presence.ts";

/*
 * What kfix knows, as the JSON contract has it (docs/json.md): unknown is null, times are ISO 8601, shas whole,
 * hexadecimal numbers strings. The shapes are in cli/answers.
 */

/** A parsed crash; without an answer, as `--parse-only` gives it. */
export function crashJson(crash: Crash, kernel: RunningKernel): CrashJson {
  return {
    title: crash.title,
    kind: crash.kind,
    signature: crash.signature,
    function: crash.function ?? null,
    offset: crash.offset ?? null,
    size: crash.size ?? null,
    module: crash.module ?? null,
    address: crash.address ?? null,
    corrupted: crash.corrupted,
    lines: crash.lines,
    kernel: {
      ...kernelJson(kernel),
      arch: crash.kernel.arch ?? null,
      tainted: crash.kernel.tainted ?? null,
    },
    cpu: crash.cpu ?? null,
    pid: crash.pid ?? null,
    comm: crash.comm ?? null,
    hardware: crash.hardware ?? null,
    workqueue: crash.workqueue ?? null,
    modules: crash.modules,
    frames: crash.frames.map((frame) => ({
      function: frame.function,
      offset: frame.offset ?? null,
      size: frame.size ?? null,
      module: frame.module ?? null,
      reliable: frame.reliable,
      inlined: frame.inlined,
      file: frame.file ?? null,
      line: frame.line ?? null,
    })),
  };
}

/** A kernel as it was identified. */
export function kernelJson(kernel: RunningKernel) {
  return {
    release: kernel.release ?? null,
    build: kernel.build ?? null,
    distro: kernel.distro ?? null,
    package: kernel.package ?? null,
    upstream: kernel.upstream ?? null,
    series: kernel.series ?? null,
  };
}

export function crashAnswerJson(
  answered: CrashAnswer,
  location: CrashLocation | undefined,
): AnsweredCrashJson {
  const { answer } = answered;
  return {
    ...crashJson(answered.crash, answered.kernel),
    location: location ? locationJson(location) : null,
    candidates: answered.candidates.map((candidate, at) => candidateJson(candidate, at + 1)),
    answer: answer
      ? {
          fix: answer.fix.sha,
          subject: answer.fix.subject,
          firstRelease: firstRelease(answer.fix),
          upgradeTo: answer.verdict.upgradeTo,
          text: answer.verdict.reason,
        }
      : null,
  };
}

function locationJson(location: CrashLocation): LocationJson {
  const { path, line, endLine, tree, version, exact, excerpt, frames, maintainers } = location;
  return {
    path,
    line,
    endLine,
    tree,
    version: version ?? null,
    exact,
    excerpt: excerpt ?? null,
    frames,
    maintainers: maintainers.map(maintainersJson),
  };
}

/** Whom to write to, as the tree's MAINTAINERS says. */
export function maintainersJson(one: Maintainers): MaintainersJson {
  return { title: one.title, status: one.status ?? null, people: one.people };
}

function candidateJson(candidate: Candidate, rank: number): CandidateJson {
  return {
    rank,
    score: Math.round(candidate.score * 100) / 100,
    confidence: candidate.confidence,
    evidence: candidate.evidence,
    fix: fixJson(candidate.fix),
    verdict: verdictJson(candidate.verdict),
  };
}

export function fixJson(fix: Fix): FixJson {
  return {
    sha: fix.sha === "" ? null : fix.sha,
    subject: fix.subject,
    author: fix.author ?? null,
    date: fix.date === undefined ? null : isoTime(fix.date),
    cves: fix.cves,
    introducedBy: fix.introducedBy.map(relatedJson),
    mainline: fix.mainline ? { rc: fix.mainline.rc ?? null, release: fix.mainline.release ?? null } : null,
    stable: fix.stable,
    packages: fix.packages,
    revertedBy: fix.revertedBy,
    followUps: fix.followUps.map(relatedJson),
    sources: fix.sources,
  };
}

/** What a source tree has of a fix. */
export function treeJson(presence: TreePresence): TreePresenceJson {
  return {
    state: presence.state,
    sha: presence.sha ?? null,
    hunks: presence.hunks.map(({ path, line, presence: state }) => ({ path, line, state })),
  };
}

function proofJson(proof: Proof): NonNullable<VerdictJson["proof"]> {
  const { how, commit, release, detail, check } = proof;
  return { how, commit: commit ?? null, release: release ?? null, detail, check: check ?? null };
}

export function verdictJson(verdict: Verdict): VerdictJson {
  return {
    status: verdict.status,
    reason: verdict.reason,
    since: verdict.since ?? null,
    upgradeTo: verdict.upgradeTo,
    proof: verdict.proof ? proofJson(verdict.proof) : null,
  };
}

export function symbolCommitJson(found: SymbolCommit): SymbolCommitJson {
  const { commit, release, isFix } = found;
  return {
    sha: commit.sha,
    subject: commit.subject,
    date: isoTime(commit.authorTime),
    release: release ?? null,
    isFix,
  };
}

/** The tag of the first mainline release, a release candidate only while there is no release. */
export function firstRelease(fix: Fix): string | null {
  return fix.mainline?.release ?? fix.mainline?.rc ?? null;
}

function relatedJson(commit: RelatedCommit): RelatedJson {
  return { sha: commit.sha, subject: commit.subject, release: commit.release ?? null };
}

/** Seconds since 1970 as ISO 8601; null for what no calendar has. */
function isoTime(seconds: number): string | null {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
