import type { Crash } from "../kernel/crash/crash.ts";
import { identifyKernel, type RunningKernel } from "../kernel/running-kernel.ts";
import { compareVersions, parseVersion } from "../kernel/version.ts";
import { gatherCandidates } from "./candidates.ts";
import { type Fix, fixOfCommit } from "./fix.ts";
import { type Library, needHistory } from "./library.ts";
import { type Ranked, rankCandidates } from "./ranking.ts";
import type { IndexedRelease } from "./release-tree.ts";
import { judge, type Verdict } from "./verdict.ts";

/** A ranked fix with what it means for the kernel that crashed. */
export interface Candidate extends Ranked {
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

/** From a parsed crash to its ranked fixes and the verdict on each. */
export function answerCrash(
  from: Library,
  crash: Crash,
  options: {
    readonly kernel?: string | undefined;
    readonly maskQuotes?: boolean;
    readonly limit?: number;
  } = {},
): CrashAnswer {
  const kernel = kernelOfCrash(crash, options.kernel);
  const library = needHistory(from);
  const gathered = gatherCandidates(library.history, crash);
  const victim = victimRelease(library, kernel);
  const context = { library, crash, gathered, victim, maskQuotes: options.maskQuotes ?? false };
  const candidates = rankCandidates(context, options.limit ?? DEFAULT_LIMIT).map((ranked) => {
    const fix = fixOfCommit(library, ranked.commit);
    return { ...ranked, fix, verdict: judge(library, fix, kernel) };
  });
  return { crash, kernel, candidates, answer: candidates.find(isWorthActing) };
}

/** The release that the kernel is, or the last one of its series before it. */
function victimRelease(library: Library, kernel: RunningKernel): IndexedRelease | undefined {
  if (kernel.series === undefined) return undefined;
  const ofSeries = library.releases.ofSeries(kernel.series);
  const version = kernel.upstream === undefined ? undefined : parseVersion(kernel.upstream);
  if (!version) return ofSeries.find((release) => release.kind === "mainline") ?? ofSeries[0];
  return ofSeries.filter((release) => compareVersions(release.version, version) <= 0).at(-1);
}

/** A fix that the kernel already has explains nothing; nor does one that is no better than the next. */
function isWorthActing(candidate: Candidate): boolean {
  return candidate.confidence !== "possible" && candidate.verdict.status !== "fixed";
}

const DEFAULT_LIMIT = 10;
