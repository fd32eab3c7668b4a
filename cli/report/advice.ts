/** What to do about a crash, and the commands that show whether it was done. */

import type { CrashAnswer } from "../../finder/crash.ts";
import type { Fix } from "../../finder/fix.ts";
import { shellWord } from "../../kernel/shell-word.ts";
import type { ReportSection } from "../answers/report.ts";

/** What to do, in order. `looked`: fixes were looked for. */
export function adviceOn({ answer, crash, kernel }: CrashAnswer, looked: boolean): string[] {
  if (!looked) return ["Index fixes, then ask again: kfix source add PATH-OR-URL"];
  if (!answer) {
    return [
      crash.frames.length < 3
        ? "Find a longer log of the crash: the lines from BUG:, Oops: or WARNING: to the end trace."
        : "Read the candidates below; none is certain.",
      ...(kernel.upstream === undefined ? ["Say which kernel ran (--kernel), as uname -a prints it."] : []),
      "Bring the index up to date: kfix source update",
    ];
  }
  const { verdict, fix } = answer;
  const steps = verdict.upgradeTo.map(({ version, source }) => `${version} (${source})`);
  return [
    ...(answer.confidence === "confirmed"
      ? []
      : ["Read the fix before relying on it: it is likely, not proven."]),
    ...(verdict.status === "unknown"
      ? [`It is not known whether this kernel has the fix: ${verdict.reason}.`]
      : []),
    ...(steps.length > 0
      ? [`Upgrade to ${steps.join(", or ")}.`]
      : verdict.status === "missing"
        ? [
            "No indexed release has the fix: bring the index up to date (kfix source update), or take the commit.",
          ]
        : []),
    ...fix.followUps.map(({ sha, subject }) => `Take with it ${sha.slice(0, 12)} ${subject}.`),
    ...(fix.revertedBy.length > 0 ? ["The fix was reverted later: see its history before taking it."] : []),
    ...(steps.length > 0 ? ["Reboot into it, and verify."] : []),
  ];
}

/** Distributions whose packages tell what is in them. */
const PACKAGES: readonly {
  readonly distro: RegExp;
  readonly changelog: (subject: string) => string;
  readonly installed: string;
}[] = [
  {
    distro: /debian|ubuntu|raspberry|proxmox/i,
    // deb-changelog(5) lies with each package
    changelog: (subject) =>
      `zcat "/usr/share/doc/linux-image-$(uname -r)/changelog.Debian.gz" | grep -F -- ${subject}`,
    installed: "dpkg -l 'linux-image-*' | grep '^ii'",
  },
  {
    distro: /rhel|red ?hat|centos|rocky|alma|oracle|fedora|amazon|openeuler|azure/i,
    changelog: (subject) => `rpm -q --changelog "kernel-core-$(uname -r)" | grep -F -- ${subject}`,
    installed: "rpm -q kernel-core",
  },
  {
    distro: /suse/i,
    changelog: (subject) => `rpm -q --changelog kernel-default | grep -F -- ${subject}`,
    installed: "rpm -q kernel-default",
  },
];

/** Commands to paste; `fix` is the answer's, and words of it stay one word of a shell. */
export function verifyWith(
  fix: Pick<Fix, "sha" | "subject" | "cves"> | undefined,
  distro: string | undefined,
): ReportSection["commands"] {
  if (!fix) return [{ command: "uname -a", says: "the kernel that runs" }];
  const packages = PACKAGES.find((one) => one.distro.test(distro ?? ""));
  return [
    { command: "uname -a", says: "after the reboot: the kernel that runs" },
    {
      command: `kfix check --kernel "$(uname -a)" ${fix.sha === "" ? `-- ${shellWord(fix.subject)}` : fix.sha}`,
      says: "ends with 0 when it has the fix",
    },
    ...(packages
      ? [
          { command: packages.installed, says: "the kernels that are installed" },
          {
            command: packages.changelog(shellWord(fix.cves[0] ?? fix.subject)),
            says: "the package names the fix",
          },
        ]
      : []),
  ];
}
