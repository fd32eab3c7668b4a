/** From the crashes of a fleet to the one fix for each, and to the upgrades that cure most. */
import { identifyKernel, type RunningKernel } from "../kernel/running-kernel.ts";
import { compareVersions, parseVersion } from "../kernel/version.ts";
import { answerCrash, type CrashAnswer } from "./crash.ts";
import type { CrashGroup, SeenKernel } from "./fleet.ts";
import type { Library } from "./library.ts";
import type { UpgradeStep } from "./upgrade.ts";
import { judge, type Verdict } from "./verdict.ts";

/** What the fix of a crash means for one of the kernels that crashed so. */
export interface KernelAnswer extends SeenKernel {
  readonly kernel: RunningKernel;
  /** Undefined: no fix is known. */
  readonly verdict: Verdict | undefined;
}

/** A crash of the fleet with its fix. */
export interface GroupAnswer extends CrashGroup {
  readonly kernels: readonly KernelAnswer[];
  /** Undefined: nobody looked, as there is no index or there were too many crashes. */
  readonly answered: CrashAnswer | undefined;
  /** Crashes on kernels that lack the fix. */
  readonly curable: number;
}

/** A release, and what the fleet would be rid of with it. */
export interface FleetUpgrade extends UpgradeStep {
  readonly crashes: number;
  readonly hosts: number;
  /** Places in the list of crashes, counted from 1. */
  readonly groups: readonly number[];
}

export interface FleetAnswer {
  /** What an upgrade would cure most first. */
  readonly groups: readonly GroupAnswer[];
  readonly upgrades: readonly FleetUpgrade[];
}

export interface FleetOptions {
  /** What runs everywhere, where the user says so. */
  readonly kernel: string | undefined;
  readonly maskQuotes?: boolean;
  readonly limit?: number;
  /** Fixes are looked up for so many crashes, the commonest first. */
  readonly lookups: number;
  readonly onLookup?: () => void;
}

/** Without a library nothing is looked up. `groups` come as Fleet gives them: the commonest first. */
export function answerFleet(
  library: Library | undefined,
  groups: readonly CrashGroup[],
  options: FleetOptions,
): FleetAnswer {
  const answers = groups
    .map((group, at) => answerGroup(at < options.lookups ? library : undefined, group, options))
    .sort((one, other) => other.curable - one.curable);
  return { groups: answers, upgrades: upgradesOf(answers) };
}

function answerGroup(library: Library | undefined, group: CrashGroup, options: FleetOptions): GroupAnswer {
  const kernels = identified(group.kernels, options.kernel);
  const answered = library && answerCrash(library, commonestCrash(group), options);
  if (library) options.onLookup?.();
  const fix = answered?.answer?.fix;
  const judged = kernels.map((seen) => ({
    ...seen,
    verdict: library && fix ? judge(library, fix, seen.kernel) : undefined,
  }));
  const curable = judged
    .filter((seen) => seen.verdict?.status === "missing")
    .reduce((sum, seen) => sum + seen.crashes, 0);
  return { ...group, kernels: judged, answered, curable };
}

/** What the logs say of kernels as kernels: two names may be one, and all are where the user says what runs. */
function identified(
  seen: readonly SeenKernel[],
  told: string | undefined,
): (SeenKernel & { readonly kernel: RunningKernel })[] {
  const known = new Map<string, SeenKernel & { readonly kernel: RunningKernel }>();
  for (const one of seen) {
    const kernel = kernelOf(one, told);
    const name = [kernel.release, kernel.package, kernel.upstream, kernel.build].join(" ");
    const same = known.get(name);
    known.set(name, {
      ...(same ?? one),
      kernel,
      crashes: one.crashes + (same?.crashes ?? 0),
      hosts: new Set([...one.hosts, ...(same?.hosts ?? [])]),
    });
  }
  return [...known.values()].sort((one, other) => other.crashes - one.crashes);
}

/** The report that stands for all, on the kernel that most of them ran. */
function commonestCrash({ crash, kernels }: CrashGroup): CrashGroup["crash"] {
  const [commonest] = kernels;
  if (commonest === undefined) return crash;
  const { release, build } = commonest;
  return { ...crash, kernel: { ...crash.kernel, release, build } };
}

function kernelOf({ release, build }: SeenKernel, told: string | undefined): RunningKernel {
  if (told !== undefined) return identifyKernel(told);
  return identifyKernel({
    ...(release === undefined ? {} : { release }),
    ...(build === undefined ? {} : { build }),
  });
}

/** So many upgrades are worth naming. */
const MOST_UPGRADES = 5;

/** Each release that a verdict leads to, with all that it cures: also what an earlier one of its series would. */
function upgradesOf(groups: readonly GroupAnswer[]): FleetUpgrade[] {
  const cases = groups.flatMap((group, at) =>
    group.kernels.flatMap(({ verdict, crashes, hosts }) =>
      verdict?.status === "missing" ? [{ group: at + 1, crashes, hosts, steps: verdict.upgradeTo }] : [],
    ),
  );
  const steps = cases.flatMap((one) => one.steps);
  const targets = new Map(steps.map((step) => [`${step.source} ${step.version}`, step]));
  const upgrades = [...targets.values()].map((target): FleetUpgrade => {
    const cured = cases.filter((one) => one.steps.some((step) => isReachedBy(step, target)));
    return {
      ...target,
      crashes: cured.reduce((sum, one) => sum + one.crashes, 0),
      hosts: new Set(cured.flatMap((one) => [...one.hosts])).size,
      groups: [...new Set(cured.map((one) => one.group))].sort((one, other) => one - other),
    };
  });
  return upgrades
    .sort((one, other) => other.crashes - one.crashes || other.hosts - one.hosts || compareSteps(one, other))
    .filter(
      (upgrade, at, all) =>
        !all
          .slice(0, at)
          .some((other) => other.series === upgrade.series && other.crashes === upgrade.crashes),
    )
    .slice(0, MOST_UPGRADES);
}

/** Mainline goes on from series to series; what is in one of its releases is in the later ones. */
function isReachedBy(step: UpgradeStep, target: UpgradeStep): boolean {
  if (step.source !== target.source) return false;
  if (step.series !== target.series && target.source !== "mainline") return false;
  return step.version === target.version || compareSteps(step, target) < 0;
}

function compareSteps(one: UpgradeStep, other: UpgradeStep): number {
  const [a, b] = [parseVersion(one.version), parseVersion(other.version)];
  return a && b ? compareVersions(a, b) : 0;
}
