import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeCveRecords } from "../fixtures/cve-records.ts";
import { historyShas } from "../fixtures/make-history.ts";
import { Workplace } from "./run-kfix.ts";

const TREE = new URL("../fixtures/tree", import.meta.url).pathname;

/** What is indexed in a full home beside the history, by the names that questions use. */
export const FULL_HOME = {
  cve: "CVE-2031-20001",
  tree: "vendor",
  /** A fix that the tree's patch queue carries. */
  carried: "sched: Fix race between task_group and sched_task_group",
  /** A fix that only a changelog tells of. */
  onlyInChangelog: "aio: never do what no history has",
} as const;

/** A home with a source of every kind: a history, a source tree with a patch queue, CVE records, a changelog. */
export async function makeFullHome(): Promise<Workplace> {
  const place = await Workplace.withHistory();
  for (const words of [treeIn(place), recordsIn(place), changelogIn(place)]) {
    const added = await place.kfix(["source", "add", ...words]);
    if (added.status !== 0) throw new Error(added.stderr);
  }
  return place;
}

function treeIn(place: Workplace): string[] {
  const tree = place.path("vendor");
  cpSync(TREE, tree, { recursive: true });
  writeFileSync(
    join(tree, "MAINTAINERS"),
    "SCHEDULER\nM:\tAda Light <ada@example.org>\nS:\tMaintained\nF:\tkernel/sched/\n",
  );
  mkdirSync(join(tree, "debian/patches"), { recursive: true });
  writeFileSync(join(tree, "debian/patches/series"), "sched.patch\n");
  writeFileSync(
    join(tree, "debian/patches/sched.patch"),
    `Subject: [PATCH] ${FULL_HOME.carried}\n\n--- a/kernel/sched/core.c\n`,
  );
  return [tree, "--arch", "x86_64", "--name", FULL_HOME.tree];
}

function recordsIn(place: Workplace): string[] {
  const shas = historyShas();
  const records = place.path("vulns");
  writeCveRecords(records, [
    {
      cve: FULL_HOME.cve,
      message: "net: lumen: The fix of the ring\n\nAs it was announced.",
      dyad: [
        `3.17:${shas.ringBug}:3.18:${shas.ringFix}`,
        `3.16.2:${shas.ringBugIn316}:3.16.7:${shas.ringFixIn316}`,
      ],
      sha1: [shas.ringFix],
      files: ["drivers/net/lumen.c"],
    },
  ]);
  return ["cve", records];
}

function changelogIn(place: Workplace): string[] {
  const changelog = place.path("changelog");
  writeFileSync(
    changelog,
    `linux (3.16.7-2) jessie; urgency=medium

  * ${FULL_HOME.onlyInChangelog}
  * net: lumen: The fix of the ring (${FULL_HOME.cve})

 -- A B <a@example.org>  Sat, 01 Nov 2014 00:00:00 +0000
`,
  );
  return ["changelog", changelog];
}
