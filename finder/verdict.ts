import type { RunningKernel } from "../kernel/running-kernel.ts";
import { judgeByRecords } from "./cve-verdict.ts";
import type { Fix } from "./fix.ts";
import { judgeByHistory } from "./history-verdict.ts";
import { hasHistory, type Library } from "./library.ts";
import { nameOf, type Opinion, type VerdictStatus } from "./opinion.ts";
import { judgeByChangelog, packageToGoTo } from "./packages.ts";
import type { Proof } from "./proof.ts";
import { type UpgradeStep, upgradePath } from "./upgrade.ts";

/** Whether a kernel has a fix, and why we think so. */
export interface Verdict {
  readonly status: VerdictStatus;
  readonly reason: string;
  /** The release since which the kernel's own line has the fix. */
  readonly since: string | undefined;
  readonly upgradeTo: readonly UpgradeStep[];
  /** What a "fixed" rests on; undefined for every other status. */
  readonly proof?: Proof | undefined;
}

/**
 * Judges one fix for one kernel, by all that is known of both.
 *
 * A vendor's kernel that carries backports under an old number is only ever "fixed" by its base: the rest cannot
 * follow from the number.
 */
export function judge(library: Library, fix: Fix, kernel: RunningKernel): Verdict {
  const opinion = opinionOf(library, fix, kernel);
  const { status, reason, since, proof } = opinion;
  if (status === "fixed" || status === "not-affected") return { status, reason, since, upgradeTo: [], proof };
  const { steps, advice } = upgradePath(library, fix, kernel);
  const own = packageStep(library, fix, kernel);
  return {
    status,
    reason: advice === undefined ? reason : `${reason}; ${advice}`,
    since,
    upgradeTo: own ? [own, ...steps] : steps,
  };
}

/** The package's own changelog first: it tells of this very kernel. Its number tells what the package started from. */
function opinionOf(library: Library, fix: Fix, kernel: RunningKernel): Opinion {
  const byChangelog = judgeByChangelog(library, fix, kernel);
  if (byChangelog?.status === "fixed") return byChangelog;
  const byNumber = fromNumber(kernel, opinionOfNumber(library, fix, kernel));
  if (byNumber.status === "fixed" || byNumber.status === "not-affected") return byNumber;
  return byChangelog ?? byNumber;
}

/** The distribution's own package comes before any release of upstream's. */
function packageStep(library: Library, fix: Fix, kernel: RunningKernel): UpgradeStep | undefined {
  const own = packageToGoTo(library, fix, kernel);
  return own && { series: kernel.series ?? "", version: own.version, source: own.distro };
}

/** The history knows reverts, and every tag; the records know introductions that no trailer names. */
function opinionOfNumber(library: Library, fix: Fix, kernel: RunningKernel): Opinion {
  const byHistory = hasHistory(library) ? judgeByHistory(library, fix, kernel) : undefined;
  if (byHistory?.status === "fixed") return byHistory;
  const byRecords = library.cve && judgeByRecords(library.cve, fix, kernel);
  if (byRecords && byRecords.status !== "unknown") return byRecords;
  return byHistory ?? byRecords ?? { status: "unknown", reason: "no release of the fix is known" };
}

/** What a number proves: that all of its release is there. Not that nothing was added to it. */
function fromNumber(kernel: RunningKernel, opinion: Opinion): Opinion {
  if (opinion.status === "fixed") return opinion;
  const name = kernel.release ?? nameOf(kernel);
  if (kernel.backportsHidden) {
    const how = kernel.missing ? `: ${kernel.missing.how}` : "";
    return {
      status: "unknown",
      reason: `${name} carries backports that its number does not show; its package's changelog tells${how}`,
    };
  }
  if (opinion.status === "unknown") return opinion;
  if (kernel.pastItsNumber) {
    return {
      status: "unknown",
      reason: `${name} has commits past its number; its source tells: check --tree`,
    };
  }
  if (opinion.status === "missing" && kernel.patchedBy) {
    const more = `${kernel.patchedBy} may have added it, though: its package's changelog tells`;
    return { ...opinion, reason: `${opinion.reason}; ${more}` };
  }
  return opinion;
}
