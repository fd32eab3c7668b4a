/** Whom a crash names: rules that single architectures' registers and traces ask for. */
import { expect, test } from "vitest";
import type { Crash } from "../../../kernel/crash/crash.ts";
import { parseCrash } from "../../../kernel/crash/parse.ts";

const ROWS: Readonly<Record<string, { readonly log: string; readonly expected: Partial<Crash> }>> = {
  "powerpc names the place of NIP below the registers": {
    log: `BUG: Kernel NULL pointer dereference on read at 0x00000010
Faulting instruction address: 0xc008000001a20148
Oops: Kernel access of bad area, sig: 11 [#1]
Modules linked in: kiln
NIP:  c008000001a20148 LR: c0000000004a1c20 CTR: c008000001a20130
REGS: c00000000b3c7790 TRAP: 0300   Not tainted  (5.10.0)
NIP [c008000001a20148] kiln_store+0x18/0x80 [kiln]
LR [c0000000004a1c20] kernfs_fop_write+0x110/0x280
Call Trace:
[c00000000b3c7a30] [c0000000004a1be0] kernfs_fop_write+0xd0/0x280 (unreliable)
[c00000000b3c7a60] [c0000000003c8d24] vfs_write+0xe4/0x2f0`,
    expected: {
      title: "BUG: unable to handle kernel NULL pointer dereference in kiln_store",
      function: "kiln_store",
      module: "kiln",
      culprit: "kiln_store",
      corrupted: false,
    },
  },
  "a jump to nowhere on powerpc leaves the blame to the trace": {
    log: `BUG: Unable to handle kernel instruction fetch (NULL pointer?)
Faulting instruction address: 0x00000000
Oops: Kernel access of bad area, sig: 11 [#1]
NIP:  0000000000000000 LR: c0000000004a1c20 CTR: 0000000000000000
NIP [0000000000000000] 0x0
LR [c0000000004a1c20] kiln_call+0x110/0x280
Call Trace:
[c00000000b3c7a60] [c0000000003c8d24] kiln_call+0xe4/0x280
[c00000000b3c7a90] [c0000000003c8e24] vfs_write+0xe4/0x2f0`,
    expected: { title: "BUG: unable to handle kernel paging request in kiln_call", function: "kiln_call" },
  },
  "a register's name inside a function's is none": {
    log: `Internal error: Oops: 96000004 [#1] SMP
Call trace:
 pci_kiln_probe+0x40/0x50
 kiln_IPI+0x68/0xd8
 pcie_probe+0x28/0x48`,
    expected: { title: "Internal error in pci_kiln_probe", function: "pci_kiln_probe" },
  },
};

test.each(Object.entries(ROWS))("%s", (_, { log, expected }) => {
  expect(parseCrash(log)).toMatchObject(expected);
});
