import { describe, expect, test } from "vitest";
import { parseInstructionPointer } from "../../../kernel/crash/instruction-pointer.ts";
import { parseCrash } from "../../../kernel/crash/parse.ts";

describe("a function whose name begins as a register's does", () => {
  const names = ["pci_mmap_resource", "pcie_portdrv_probe", "pcpu_alloc", "pcm_open", "epc_init", "era_read"];
  test.each(names)("%s", (name) => {
    const crash = parseCrash(`WARNING: CPU: 0 PID: 413 at drivers/base/core.c:1024 ${name}+0xf4/0x136
CPU: 0 PID: 413 Comm: modprobe Not tainted 4.8.0 #23
Call Trace:
 [<ffffffff81229b06>] dump_stack+0x85/0xae
 [<ffffffff810ba6c6>] __warn+0xbb/0xd6
 [<ffffffff8126e1a8>] ${name}+0xf4/0x136
 [<ffffffff811d98b9>] sysfs_bin_mmap+0x26/0x28`);
    expect(crash).toMatchObject({ title: `WARNING in ${name}`, function: name, culprit: name });
    expect(crash?.frames.map((frame) => frame.function)).toContain(name);
  });
});

test.each([
  ["pc : bond_del_sa+0x18/0x2f0"],
  ["pc: bond_del_sa+0x18/0x2f0"],
  ["pc :bond_del_sa+0x18/0x2f0"],
  ["pc=bond_del_sa+0x18/0x2f0"],
  ["pc : [<ffff800008e50018>] bond_del_sa+0x18/0x2f0"],
  ["pc[<c0a3b2c4>] bond_del_sa+0x18/0x2f0"],
  ["epc   : 801245e4 bond_del_sa+0x18/0x2f0"],
  ["epc : bond_del_sa+0x18/0x2f0 ra : bond_release+0x10/0x20"],
  ["PC is at bond_del_sa+0x18/0x2f0"],
  ["RIP:0010:bond_del_sa+0x18/0x2f0"],
  ["IP: []bond_del_sa+0x18/0x2f0"],
])("what stands behind a register: %s", (line) => {
  expect(parseInstructionPointer(line)?.symbol).toMatchObject({ function: "bond_del_sa", offset: "0x18" });
});
