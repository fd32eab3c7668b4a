import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeCveRecords } from "../fixtures/cve-records.ts";
import { type HistoryShas, historyShas } from "../fixtures/make-history.ts";
import { git } from "../fixtures/make-repository.ts";
import type { HistoryName } from "../fixtures/named-commits.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";
import { Workplace } from "./run-kfix.ts";

const shas: HistoryShas = historyShas();
let place: Workplace;

beforeAll(async () => {
  place = await Workplace.withHistory();
});
afterAll(() => place.remove());

interface Answer {
  readonly fix: {
    readonly sha: string | null;
    readonly packages: readonly unknown[];
    readonly cves: readonly string[];
  } | null;
  readonly verdict: {
    readonly status: string;
    readonly reason: string;
    readonly since: string | null;
    readonly upgradeTo: readonly { version: string; source: string }[];
  };
  readonly tree?: { readonly state: string; readonly hunks: readonly { path: string; state: string }[] };
}

async function check(at: Workplace, words: readonly string[]): Promise<Answer> {
  const { stdout, stderr } = await at.kfix(["check", "--json", ...words]);
  if (stdout === "") throw new Error(stderr);
  const answer: { checks: readonly Answer[] } = JSON.parse(stdout);
  const [first] = answer.checks;
  if (!first) throw new Error("no check was answered");
  return first;
}

describe("a kernel and a fix of the history", () => {
  test.each<[string, HistoryName, string, string, string | undefined]>([
    ["a bug that was backported: before it came", "ringFix", "3.16.1", "not-affected", undefined],
    ["a bug that was backported: behind it", "ringFix", "3.16.2", "missing", "3.16.7"],
    ["a bug that was backported: fixed", "ringFix", "3.16.7", "fixed", undefined],
    ["a bug that was backported, and stays there", "ringFix", "3.14.8", "missing", "3.16.7"],
    ["a fix of the stable series alone: before", "stableOnlyIn316", "3.16", "missing", "3.16.1"],
    ["a fix of the stable series alone: with it", "stableOnlyIn316", "3.16.3", "fixed", undefined],
    ["reverted and reapplied: first", "rcvSpaceFix", "3.16.1", "fixed", undefined],
    ["reverted and reapplied: reverted", "rcvSpaceFix", "3.16.4", "missing", "3.16.7"],
    ["reverted and reapplied: again", "rcvSpaceFix", "3.16.7", "fixed", undefined],
    ["reverted and reapplied: mainline without it", "rcvSpaceFix", "3.17", "missing", "3.17.2"],
    ["reverted and reapplied: mainline with it", "rcvSpaceFix", "3.18", "fixed", undefined],
    [
      "two shas: by the later one, in the release of the earlier",
      "aioTailFixTwin",
      "3.17",
      "fixed",
      undefined,
    ],
    ["two shas: by the earlier one", "aioTailFix", "3.18", "fixed", undefined],
    ["two shas: before both", "aioTailFixTwin", "3.16.3", "missing", "3.16.4"],
    [
      "a wrong Fixes: sha, the right subject: the bug came later",
      "fuseInterruptFix",
      "3.14.5",
      "not-affected",
      undefined,
    ],
    ["a wrong Fixes: sha, the right subject: affected", "fuseInterruptFix", "3.16.6", "missing", "3.16.7"],
    ["a later series that is not indexed: mainline had it before", "ringFix", "6.2.5", "fixed", undefined],
    [
      "a later series that is not indexed: mainline never had it",
      "stableOnlyIn316",
      "6.2.5",
      "unknown",
      undefined,
    ],
    ["an earlier series that is not indexed", "ringFix", "3.13.5", "unknown", "3.16.7"],
    ["a fix whose own bug was fixed: take both", "orphanFix", "3.16.2", "missing", "3.16.6"],
  ])("%s", async (_what, name, kernel, status, to) => {
    const { verdict } = await check(place, ["--kernel", kernel, shas[name]]);
    expect(verdict.status, verdict.reason).toBe(status);
    expect(verdict.upgradeTo[0]?.version).toBe(to);
  });

  test.each([
    ["3.16.2-4-pve", "missing", "Proxmox VE may have added it"],
    ["Ubuntu 3.16.0-91.101-generic 3.16.2", "missing", "Ubuntu may have added it"],
  ])(
    "what is missing by a number to which fixes are added may be there: %s",
    async (kernel, status, words) => {
      const { verdict } = await check(place, ["--kernel", kernel, shas.ringFix]);
      expect(verdict).toMatchObject({ status, reason: expect.stringContaining(words) });
    },
  );
  test.each([
    ["3.16.7-4-pve", "fixed"],
    ["3.16.2", "missing"],
  ])("of others nothing of the kind is said: %s", async (kernel, status) => {
    const { verdict } = await check(place, ["--kernel", kernel, shas.ringFix]);
    expect(verdict).toMatchObject({ status, reason: expect.not.stringContaining("may have added") });
  });

  test("a kernel that nobody knows is sent to mainline alone: a stable series may be a step back", async () => {
    const { verdict } = await check(place, ["--kernel", "garbage", shas.ringFix]);
    expect(verdict).toMatchObject({
      status: "unknown",
      upgradeTo: [{ version: "3.18", source: "mainline" }],
    });
  });

  test("the smallest upgrade is named first, also where mainline had the fix before the next long-term series", async () => {
    const { verdict } = await check(place, ["--kernel", "3.16.2", shas.pickNextCleanup]);
    expect(verdict.upgradeTo.map(({ version }) => version)).toEqual(["3.17", "3.18"]);
  });

  test("the release with the follow-up is to be taken, and the reason says so", async () => {
    const { verdict } = await check(place, ["--kernel", "3.16.2", shas.orphanFix]);
    expect(verdict.reason).toMatch(/3\.16\.y has it from 3\.16\.3 on; take 3\.16\.6, not 3\.16\.3/);
  });

  test("a vendor's kernel whose number lies is unknown, and the command that tells is named", async () => {
    const { verdict } = await check(place, ["--kernel", "3.10.0-1160.el7.x86_64", shas.ringFix]);
    expect(verdict).toMatchObject({ status: "unknown" });
    expect(verdict.reason).toMatch(/rpm -q --changelog kernel/);
  });

  test("a release that is known by its series alone is asked for uname -v", async () => {
    const { verdict } = await check(place, ["--kernel", "3.16.0-4-amd64", shas.orphanFix]);
    expect(verdict.status).toBe("unknown");
    expect(verdict.reason).toMatch(/which 3\.16 update this is.*uname -v/);
    const told = "3.16.0-4-amd64 #1 SMP Debian 3.16.7-1";
    expect((await check(place, ["--kernel", told, shas.orphanFix])).verdict.status).toBe("fixed");
  });

  test("for a person: a strip a series, the running kernel marked", async () => {
    const { stdout } = await place.kfix(["check", "--kernel", "3.16.4", shas.ringFix]);
    expect(stdout).toMatch(/^ {2}mainline +v3\.17-rc1 ━+┫ v3\.18-rc4$/m);
    expect(stdout).toMatch(/^ {2}3\.14\.y +3\.14\.3 +━+▶ not fixed$/m);
    expect(stdout).toMatch(/^ {2}3\.16\.y +3\.16\.2 +━+●━+┫ 3\.16\.7 +● 3\.16\.4 runs here$/m);
    expect(stdout).toMatch(/^ {2}3\.17\.y +3\.17 +━+┫ 3\.17\.4$/m);
    const later = await place.kfix(["check", "--kernel", "6.2.5", shas.ringFix]);
    expect(later.stdout).toMatch(
      /6\.2\.5 has it since v3\.18-rc4, as v3\.19 has it; no release of 6\.2 is indexed/,
    );
    expect(later.stdout).toMatch(/^ {2}6\.2\.y .* has it from the start +● 6\.2\.5 runs here$/m);
  });

  test("a crash of a kernel that is newer than the whole history is not answered from it", async () => {
    const crash = async (kernel: string) => {
      const { stdout } = await place.kfix(["crash", "--mask-quotes", "--kernel", kernel], {
        input: SEED_LOG,
      });
      return stdout;
    };
    expect(await crash("3.16.4")).toContain("sched: Fix race between task_group and sched_task_group");
    const answer = await crash("6.2.5");
    expect(answer).toMatch(/newer history, as what is indexed ends with v3\.19/);
    expect(answer).not.toContain("sched: Fix race");
  });
});

describe("a source tree", () => {
  const treeAt = async (tag: string): Promise<string> => {
    const folder = place.path(`tree-${tag}`);
    mkdirSync(folder, { recursive: true });
    await git(place.repository, ["--work-tree", folder, "checkout", "-f", tag, "--", "."]);
    return folder;
  };

  test.each<[string, string, string, string]>([
    ["v3.16.6", "missing", "not-applied", "drivers/net/lumen.c"],
    ["v3.16.7", "fixed", "applied", "drivers/net/lumen.c"],
    ["v3.18", "fixed", "applied", "drivers/net/ethernet/lumen/main.c"],
  ])("%s, by the fix's diff, wherever the file is: %s", async (tag, status, state, path) => {
    const { verdict, tree } = await check(place, ["--tree", await treeAt(tag), shas.ringFix]);
    expect(verdict.status, verdict.reason).toBe(status);
    expect(tree?.state).toBe(state);
    expect(new Set(tree?.hunks.map((hunk) => `${hunk.path} ${hunk.state}`))).toEqual(
      new Set([`${path} ${state}`]),
    );
  });

  test("what is no folder is refused", async () => {
    const { status, stderr } = await place.kfix(["check", "--tree", place.path("none"), shas.ringFix]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/is not a folder/);
  });
});

describe("CVE records and a package's changelog", () => {
  const CVE = "CVE-2031-20001";
  const SUBJECT = "aio: never do what no history has";
  const KNOWN_SUBJECT = "sched: Fix race between task_group and sched_task_group";
  /** Older than the kernel's CVE team: there is no record of them. */
  const [OLD_CVE, OLD_CVE_OF_KNOWN] = ["CVE-2014-20001", "CVE-2014-20002"];
  let alone: Workplace;

  beforeAll(async () => {
    alone = new Workplace();
    const records = alone.path("vulns");
    writeCveRecords(records, [
      {
        cve: CVE,
        message: "net: lumen: The fix of the ring\n\nAs it was announced.",
        dyad: [
          `3.17:${shas.ringBug}:3.17.4:${shas.ringFixIn317}`,
          `3.17:${shas.ringBug}:3.18:${shas.ringFix}`,
          `3.16.2:${shas.ringBugIn316}:3.16.7:${shas.ringFixIn316}`,
          `3.12.40:${"c".repeat(40)}:3.12.44:${"d".repeat(40)}`,
        ],
        sha1: [shas.ringFix],
        files: ["drivers/net/lumen.c"],
      },
    ]);
    const changelog = alone.path("changelog");
    writeFileSync(changelog, CHANGELOG);
    for (const at of [alone, place]) {
      await at.kfix(["source", "add", "cve", records]);
      await at.kfix(["source", "add", "changelog", changelog]);
    }
  });
  afterAll(() => alone.remove());

  const CHANGELOG = ["3.16.7-2", "3.16.7-1"]
    .map((version) => {
      const changes =
        version === "3.16.7-2"
          ? [`${SUBJECT} (${OLD_CVE})`]
          : [
              `net: lumen: The fix of the ring (${CVE})`,
              `[x86] ${KNOWN_SUBJECT} (${OLD_CVE_OF_KNOWN})`,
              "Fix build",
            ];
      const items = changes.map((change) => `  * ${change}\n`).join("");
      return `linux (${version}) jessie; urgency=medium\n\n${items}\n -- A B <a@example.org>  Sat, 01 Nov 2014 00:00:00 +0000\n`;
    })
    .join("\n");

  test.each([
    ["3.16.1", "not-affected"],
    ["3.16.2", "missing"],
    ["3.16.7", "fixed"],
    ["3.18-rc1", "unknown"],
    ["3.19", "fixed"],
  ])("records alone, %s: %s", async (kernel, status) => {
    for (const query of [CVE, shas.ringFix, shas.ringFixIn316.slice(0, 12)]) {
      const { verdict } = await check(alone, ["--kernel", kernel, query]);
      expect(verdict.status, `${query}: ${verdict.reason}`).toBe(status);
    }
  });

  test("joined with the history, versions are completed by sha", async () => {
    const { stdout } = await place.kfix(["fix", "--json", CVE]);
    const [fix] = JSON.parse(stdout).fixes;
    expect(fix).toMatchObject({
      sha: shas.ringFix,
      cves: [CVE],
      mainline: { rc: "v3.18-rc4", release: "v3.18" },
      sources: ["history", "cve", "changelog"],
      packages: [{ distro: "debian", package: "linux", version: "3.16.7-1", how: "cve" }],
    });
    expect(fix.stable.map((one: { version: string; how: string }) => [one.version, one.how])).toEqual([
      ["3.12.44", "cve"],
      ["3.16.7", "commit-upstream"],
      ["3.17.4", "commit-upstream"],
    ]);
  });

  test("the running package's changelog has the first word", async () => {
    const kernel = "Linux h 3.16.0-4-amd64 #1 SMP Debian 3.16.7-1 (2014-11-01) x86_64 GNU/Linux";
    const { verdict } = await check(place, ["--kernel", kernel, SUBJECT]);
    expect(verdict.status).toBe("missing");
    expect(verdict.upgradeTo[0]).toMatchObject({ version: "3.16.7-2", source: "debian" });
    const fixed = await check(place, ["--kernel", kernel, CVE]);
    expect(fixed.verdict).toMatchObject({ status: "fixed", since: "3.16.7-1" });
  });

  test("a fix that only a changelog has is answered by its subject, without a sha", async () => {
    const { stdout } = await alone.kfix(["fix", "--json", SUBJECT]);
    expect(JSON.parse(stdout).fixes[0]).toMatchObject({ sha: null, packages: [{ version: "3.16.7-2" }] });
    const person = await alone.kfix(["fix", SUBJECT]);
    expect(person.stdout).toContain("debian linux since 3.16.7-2");
  });

  test("a CVE without a record is answered by a changelog that names it", async () => {
    const { stdout } = await alone.kfix(["fix", "--json", OLD_CVE]);
    expect(JSON.parse(stdout).fixes).toMatchObject([
      { sha: null, subject: SUBJECT, cves: [OLD_CVE], packages: [{ version: "3.16.7-2", how: "cve" }] },
    ]);
    for (const kernel of ["Linux h 3.16.0-4-amd64 #1 SMP Debian 3.16.7-1 (2014-11-01) x86_64", "3.16.7-1"]) {
      const { verdict } = await check(alone, ["--kernel", kernel, OLD_CVE]);
      expect(verdict).toMatchObject({ status: "missing", upgradeTo: [{ version: "3.16.7-2" }] });
    }
  });

  test("and by the commit of the history that has the subject it names", async () => {
    const { stdout } = await place.kfix(["fix", "--json", OLD_CVE_OF_KNOWN]);
    expect(JSON.parse(stdout).fixes).toMatchObject([
      {
        subject: KNOWN_SUBJECT,
        cves: [OLD_CVE_OF_KNOWN],
        mainline: { release: "v3.18" },
        packages: [{ version: "3.16.7-1" }],
      },
    ]);
    const { verdict } = await check(place, ["--kernel", "3.17", OLD_CVE_OF_KNOWN]);
    expect(verdict.status).toBe("missing");
  });

  test("a subject that says too little is marked, not guessed", async () => {
    const { stdout } = await alone.kfix(["fix", "--json", "Fix build"]);
    expect(JSON.parse(stdout).fixes[0].packages[0].how).toBe("ambiguous-subject");
  });

  test("a vendor's kernel is decided by its changelog", async () => {
    const changelog = alone.path("rpm-changelog");
    writeFileSync(
      changelog,
      `* Tue Nov 07 2014 A B <a@example.org> [3.10.0-123.8.el7]\n- net: lumen: The fix of the ring (A B) [1234567] {${CVE}}\n\n` +
        "* Mon Oct 06 2014 A B <a@example.org> [3.10.0-123.el7]\n- first (A B) [1234566]\n",
    );
    await alone.kfix(["source", "add", changelog]);
    const verdicts = ["3.10.0-123.el7.x86_64", "3.10.0-123.8.el7.x86_64", "3.10.0-99.el7.x86_64"].map(
      async (kernel) => (await check(alone, ["--kernel", kernel, CVE])).verdict.status,
    );
    expect(await Promise.all(verdicts)).toEqual(["missing", "fixed", "unknown"]);
  });

  test("a changelog of another suite does not decide: it goes from an older series to a newer than what runs", async () => {
    const changelog = alone.path("sid-changelog");
    const entry = (version: string, change: string) =>
      `linux (${version}) sid; urgency=medium\n\n  * ${change}\n\n -- A B <a@example.org>  Sat, 01 Nov 2014 00:00:00 +0000\n`;
    writeFileSync(
      changelog,
      `${entry("3.14.7-1", `net: lumen: The fix (${OLD_CVE})`)}\n${entry("3.12.9-1", "first")}`,
    );
    await alone.kfix(["source", "add", changelog]);
    const running = (version: string) =>
      `Linux h 3.12.0-4-amd64 #1 SMP Debian ${version} (2014-12-01) x86_64`;
    const verdicts = ["3.12.9-1", "3.12.44-1", "3.14.7-1+b1"].map(
      async (version) => (await check(alone, ["--kernel", running(version), OLD_CVE])).verdict.status,
    );
    expect(await Promise.all(verdicts)).toEqual(["missing", "unknown", "unknown"]);
  });

  test("a newer table of long-term series is read from a file, and again when it changed", async () => {
    const table = alone.path("longterm");
    writeFileSync(table, "# read on 2099-01-01\n3.12 2017-05\n3.16 2020-06\n");
    expect((await alone.kfix(["source", "add", "lifecycle", table])).stdout).toMatch(/2 long-term series/);
    writeFileSync(table, "# read on 2099-02-01\n3.12 2017-05\n");
    expect((await alone.kfix(["source", "update", "lifecycle"])).stdout).toMatch(/1 long-term series/);
    writeFileSync(table, "no table\n");
    expect((await alone.kfix(["source", "update", "lifecycle"])).status).toBe(2);
  });

  test.each([
    ["CVE-2031-99999", /none of the kernel's, or newer than the records\n.*kfix source update/],
    ["CVE-2016-5195", /none of the kernel's, or others assigned it before .* 2024\n.*by its sha/],
  ])("a CVE without a record: %s", async (cve, says) => {
    const { status, stderr } = await alone.kfix(["fix", cve]);
    expect(status).toBe(1);
    expect(stderr).toMatch(says);
  });
});
