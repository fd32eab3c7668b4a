import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { madeSha, writeCveRecords } from "../fixtures/cve-records.ts";

const place = new Workplace();
const CVE = "CVE-2031-60001";

/** 3.16 got the bug twice, and one of the two is still there. */
beforeAll(async () => {
  writeCveRecords(place.path("vulns"), [
    {
      cve: CVE,
      message: "net: lumen: take the lock",
      dyad: [
        `3.16.2:${madeSha("1")}:3.16.7:${madeSha("2")}`,
        `3.16.3:${madeSha("3")}:0:0`,
        `3.17:${madeSha("4")}:3.17.4:${madeSha("5")}`,
        `3.17:${madeSha("4")}:3.18:${madeSha("6")}`,
      ],
      sha1: [madeSha("6")],
      files: ["drivers/net/lumen.c"],
    },
  ]);
  await place.kfix(["source", "add", "cve", place.path("vulns")]);
});
afterAll(() => place.remove());

test("a release that fixes one of two copies of a bug is no release with the fix", async () => {
  const { stdout } = await place.kfix(["fix", "--json", CVE]);
  const [fix] = JSON.parse(stdout).fixes;
  expect(fix.mainline).toMatchObject({ release: "v3.18" });
  expect(fix.stable.map(({ version }: { version: string }) => version)).toEqual(["3.17.4"]);
  const checked = await place.kfix(["check", "--kernel", "3.16.5", CVE]);
  expect(checked.stdout).toMatch(/MISSING: .*no release of 3\.16 has the fix\n\s+upgrade to 3\.18/);
});
