import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCrashes } from "../../../kernel/crash/parse.ts";
import { KASAN, NULL_DEREF } from "./logs.ts";

/** Lines of two tasks in one log, in any order that keeps each one's own. */
function interleave(first: readonly string[], second: readonly string[], turns: readonly boolean[]): string {
  const [mine, theirs] = [[...first], [...second]];
  const lines: string[] = [];
  for (const turn of turns) {
    const line = (turn ? mine : theirs).shift();
    if (line !== undefined) lines.push(line);
  }
  return [...lines, ...mine, ...theirs]
    .map((line, index) => line.replace("TIME", (12.5 + index / 1e5).toFixed(6)))
    .join("\n");
}

const printedBy = (caller: string, log: string): string[] =>
  log.split("\n").map((line) => `[   TIME][${caller.padStart(6)}] ${line}`);

test.each([
  ["tasks", "T1187", "T1399"],
  ["processors", "C2", "C3"],
])("two crashes whose lines are interleaved are told apart by their %s", (_, one, other) => {
  const alone = [NULL_DEREF, KASAN].map((log) => parseCrashes(log)[0]);
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 80 }), (turns) => {
      const log = interleave(printedBy(one, NULL_DEREF), printedBy(other, KASAN), turns);
      const found = parseCrashes(log).sort((a, b) => b.kind.localeCompare(a.kind));
      expect(found.map((crash) => [crash.title, crash.signature, crash.frames])).toEqual(
        alone.map((crash) => [crash?.title, crash?.signature, crash?.frames]),
      );
    }),
    { numRuns: 200 },
  );
});

test("what a debugger prints without a caller belongs to the crash of the task before", () => {
  const log = [
    "[  287.738700][ T1867] kernel BUG at arch/powerpc/mm/book3s64/pgtable.c:187!",
    "[  287.743843] cpu 0x0: Vector: 700 (Program Check) at [c00000044037f4f0]",
    "[  287.743844]     pc: c000000000094ca4: pmdp_huge_get_and_clear_full+0x6c/0x23c",
    "[  287.743845]     lr: c000000000645dec: zap_huge_pmd+0xb0/0x868",
    "[  287.743846] [c00000044037f840] c0000000005724cc unmap_page_range+0x176c/0x1f40",
  ];
  expect(parseCrashes(log.join("\n")).map((crash) => crash.title)).toEqual([
    "kernel BUG in pmdp_huge_get_and_clear_full",
  ]);
});

test("the rest of a report that a warning broke into is looked for behind the warning", () => {
  const log = [
    "general protection fault: 0000 [#1] SMP",
    "WARNING: at kernel/softirq.c:140 local_bh_enable+0x1/0x2()",
    "Hardware name: Bochs",
    "RIP: 0010:nbd_ioctl+0x16/0x70",
    "Call Trace:",
    " [<ffffffff81515a37>] vfs_ioctl+0x16/0x70",
  ];
  const crashes = parseCrashes(log.map((line) => `[   12.345678] ${line}`).join("\n"));
  expect(crashes[0]?.title).toBe("general protection fault in nbd_ioctl");
});
