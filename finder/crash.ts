import type { Commit } from "../cache/history-rows.ts";
import type { Crash } from "../kernel/crash/crash.ts";
import { oldestSeries } from "../kernel/crash/oldest-series.ts";
import { identifyKernel, type RunningKernel } from "../kernel/running-kernel.ts";
import { compareSeries } from "../kernel/version.ts";
import { fixOfText } from "./cve-fix.ts";
import type { Evidence } from "./evidence.ts";
import { type Fix, fixOfCommit } from "./fix.ts";
import { joinPools } from "./joined-pools.ts";
import { type Library, needHistory } from "./library.ts";
import { nameOf } from "./opinion.ts";
import { poolsOf } from "./pool.ts";
import { isVerySame } from "./quoted.ts";
import { type Ranked, rankPool } from "./ranking.ts";
import { judge, type Verdict } from "./verdict.ts";

/** A ranked fix with what it means for the kernel that crashed. */
export interface Candidate extends Omit<Ranked, "commit"> {
  readonly commit: Commit;
  readonly fix: Fix;
  readonly verdict: Verdict;
}

/** What kfix has to say about one crash. */
export interface CrashAnswer {
  readonly crash: Crash;
  readonly kernel: RunningKernel;
  readonly candidates: readonly Candidate[];
  /** The candidate to act on; undefined: kfix does not know. */
  readonly answer: Candidate | undefined;
  /** The newest mainline release that is indexed, where the kernel is newer: its fix is in no indexed commit. */
  readonly historyEnds?: string | undefined;
}

/** The kernel of a crash: the one the user names, else what the log says. */
export function kernelOfCrash(crash: Crash, told: string | undefined): RunningKernel {
  if (told !== undefined) return identifyKernel(told);
  const { release, build } = crash.kernel;
  return identifyKernel({
    ...(release === undefined ? {} : { release }),
    ...(build === undefined ? {} : { build }),
  });
}

/** What is known of a crash without any fix to choose from. */
export function unanswered(crash: Crash, kernel: RunningKernel): CrashAnswer {
  return { crash, kernel, candidates: [], answer: undefined };
}

/** From a parsed crash to its ranked fixes and the verdict on each. */
export function answerCrash(
  library: Library,
  crash: Crash,
  options: {
    readonly kernel?: string | undefined;
    readonly maskQuotes?: boolean;
    readonly limit?: number;
  } = {},
): CrashAnswer {
  const kernel = kernelOfCrash(crash, options.kernel);
  const limit = options.limit ?? DEFAULT_LIMIT;
  const pools = poolsOf(library, kernel, oldestSeries(crash));
  if (pools.length === 0) needHistory(library);
  const ranked = pools.map((pool) =>
    rankPool(pool, crash, { maskQuotes: options.maskQuotes ?? false, limit }),
  );
  const candidates = joinPools(ranked)
    .slice(0, limit)
    .flatMap((one): Candidate[] => {
      const commit = one.pool.history.commit(one.commit);
      if (!commit) return [];
      const fix =
        one.pool.name === "history" ? fixOfCommit(library, commit) : fixOfRecordsText(library, commit);
      const verdict = judge(library, fix, kernel);
      return [
        {
          ...one,
          commit,
          fix,
          verdict,
          evidence: [...one.evidence, ...releaseEvidence(fix, verdict, kernel)],
        },
      ];
    });
  return {
    crash,
    kernel,
    candidates,
    answer: candidates.find(isWorthNaming),
    historyEnds: endBefore(library, kernel),
  };
}

function endBefore({ releases }: Library, { series }: RunningKernel): string | undefined {
  const newest = releases.newest();
  return newest && series && compareSeries(series, newest.series) > 0
    ? releases.mainlineBefore(series)?.name
    : undefined;
}

function fixOfRecordsText(library: Library, commit: Commit): Fix {
  const { cve } = library;
  return cve ? fixOfText(library, cve, commit) : fixOfCommit(library, commit);
}

/** "in 3.0.4, which you do not have": the stable team thought that this series needs it. */
function releaseEvidence(fix: Fix, verdict: Verdict, kernel: RunningKernel): Evidence[] {
  const inSeries = fix.stable.find((release) => release.series === kernel.series);
  if (!inSeries || verdict.status === "fixed") return [];
  return [
    { kind: "stable", detail: `in ${inSeries.version}, which ${nameOf(kernel)} does not have`, weight: 0 },
  ];
}

/**
 * Is a candidate an answer? A fix that the kernel already has explains nothing, nor does one of a bug that came later,
 * unless its message quotes this very crash, trace and all: then the records are wrong, or the kernel has more than its number says.
 * Nor does one that is no better than the next.
 */
export function isWorthNaming({
  confidence,
  verdict,
  evidence,
}: Pick<Candidate, "confidence" | "evidence"> & { readonly verdict: Pick<Verdict, "status"> }): boolean {
  if (verdict.status === "not-affected") return evidence.some(isVerySame);
  return confidence !== "possible" && verdict.status !== "fixed";
}

const DEFAULT_LIMIT = 10;
