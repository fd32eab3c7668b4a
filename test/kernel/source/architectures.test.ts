import { describe, expect, test } from "vitest";
import {
  ARCHITECTURES,
  architectureFilter,
  architectureOfPath,
  canonicalArchitecture,
  OWNED_FOLDERS,
} from "../../../kernel/source/architectures.ts";

describe("what belongs to an architecture", () => {
  const CASES: readonly (readonly [arch: string, path: string, belongs: boolean])[] = [
    ["x86_64", "kernel/fork.c", true],
    ["x86_64", "arch/Kconfig", true],
    ["x86_64", "arch/x86/mm/fault.c", true],
    ["x86_64", "arch/i386/kernel/traps.c", true],
    ["x86_64", "arch/sparc/mm/fault_64.c", false],
    ["amd64", "arch/um/kernel/trap.c", false],
    ["um", "arch/x86/um/ptrace_64.c", true],
    ["x86_64", "include/asm-generic/bug.h", true],
    ["x86_64", "include/asm-x86/system.h", true],
    ["x86_64", "include/asm-sparc64/system.h", false],
    ["x86_64", "drivers/s390/cio/css.c", false],
    ["s390x", "drivers/s390/cio/css.c", true],
    ["ppc64el", "drivers/macintosh/adb.c", true],
    ["ppc64le", "arch/powerpc/kernel/traps.c", true],
    ["aarch64", "arch/arm64/mm/fault.c", true],
    ["aarch64", "drivers/sh/clk/core.c", true],
    ["x86_64", "sound/ppc/pmac.c", false],
    ["x86_64", "sound/pci/hda/hda_intel.c", true],
    ["x86_64", "tools/arch/sparc/include/asm/barrier_64.h", false],
    ["x86_64", "arch/futurearch/kernel/traps.c", true],
    ["all", "arch/sparc/mm/fault_64.c", true],
  ];

  for (const [arch, path, belongs] of CASES)
    test(`${path} ${belongs ? "to" : "not to"} ${arch}`, () => {
      expect(architectureFilter([arch])(path)).toBe(belongs);
    });

  test("every folder in the table has an owner that is known", () => {
    const known = new Set(ARCHITECTURES.flatMap((row) => row.folders));
    for (const row of OWNED_FOLDERS) for (const folder of row.folders) expect(known).toContain(folder);
  });
});

test("every spelling of an architecture leads to one name", () => {
  for (const row of ARCHITECTURES)
    for (const name of row.names) expect(canonicalArchitecture(name)).toBe(row.names[0]);
  expect(canonicalArchitecture("pdp11")).toBeUndefined();
  expect(architectureOfPath("arch/powerpc/kernel/traps.c")).toBe("powerpc");
  expect(architectureOfPath("mm/slub.c")).toBeUndefined();
});
