import { afterAll, beforeAll, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { madeSha, writeCveRecords } from "../fixtures/cve-records.ts";

const place = new Workplace();

/** Two fixes whose messages say the same; each changes what one architecture alone builds. */
const FIXES = {
  mips: "MIPS: smp: fill in sibling maps earlier",
  x86: "x86: smp: fill in sibling maps earlier",
};

beforeAll(async () => {
  writeCveRecords(
    place.path("vulns"),
    Object.entries(FIXES).map(([arch, subject], at) => ({
      cve: `CVE-2031-3000${at}`,
      message: `${subject}\n\nset_cpu_sibling_map() may be called before the maps are there.`,
      dyad: [`3.0:${madeSha("a")}:3.10:${madeSha(String(at + 1))}`],
      sha1: [madeSha(String(at + 1))],
      files: [`arch/${arch}/kernel/smp.c`],
    })),
  );
  await place.kfix(["source", "add", "cve", place.path("vulns")]);
});
afterAll(() => place.remove());

const X86 = "RIP: 0010:set_cpu_sibling_map+0x123/0x30d\nRSP: 0018:ffff88018c7f6ae0 EFLAGS: 00010202";
const MIPS = "epc   : 801245e4 set_cpu_sibling_map+0x123/0x30d\n$ 0   : 00000000 801245e4";

test.each([
  ["x86", X86, FIXES.x86],
  ["mips", MIPS, FIXES.mips],
])("the fix of a crash on %s is not that of another architecture", async (_arch, registers, first) => {
  const log = `Unable to handle kernel paging request\n${registers}\nCall Trace:\n start_secondary+0x36/0x135\n`;
  const { stdout } = await place.kfix(["crash", "--json"], { input: log });
  expect(JSON.parse(stdout).crashes[0].candidates[0].fix.subject).toBe(first);
});
