import { expect, test } from "vitest";
import { parseCrash } from "../../../kernel/crash/parse.ts";

const withCr2 = (headline: string, address = "00007f0c48272000") => `${headline}
CPU: 0 PID: 1366 Comm: cat Not tainted 5.15.0 #1
RIP: 0010:seq_put_decimal+0x5/0x40
CR2: ${address} CR3: 000000011c93a001 CR4: 00000000003706f0
Call Trace:
 seq_read+0x12/0x40`;

test.each([
  ["general protection fault, probably for non-canonical address 0xdead000000000108: 0000 [#1] SMP"],
  ["general protection fault, maybe for address 0xdead000000000108: 0000 [#1] SMP"],
  ["Oops: general protection fault, maybe for address 0xdead000000000108: 0000 [#1] SMP"],
])("of a general protection fault, what get_kernel_gp_address() says: %s", (headline) => {
  expect(parseCrash(withCr2(headline))?.address).toBe("0xdead000000000108");
});

test.each([
  ["general protection fault: 0000 [#1] SMP"],
  ["divide error: 0000 [#1] SMP"],
  ["kernel BUG at fs/seq_file.c:76!"],
  ["kernel BUG at fs/seq_file.c:76!\ninvalid opcode: 0000 [#1] SMP"],
  ["invalid opcode: 0000 [#1] SMP"],
  ["WARNING: CPU: 0 PID: 1366 at fs/seq_file.c:76 seq_put_decimal+0x5/0x40"],
  ["watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [cat:1366]"],
  ["NMI watchdog: Watchdog detected hard LOCKUP on cpu 0"],
  ["rcu: INFO: rcu_sched self-detected stall on CPU"],
])("CR2 is left over from an earlier page fault: %s", (headline) => {
  expect(parseCrash(withCr2(headline))).toMatchObject({ address: undefined });
});

test.each([
  ["BUG: unable to handle kernel paging request", "page-fault"],
  ["Oops: 0002 [#1] SMP", "other"],
  ["PANIC: double fault, error_code: 0x0", "double-fault"],
])("CR2 says where it happened: %s", (headline, kind) => {
  expect(parseCrash(withCr2(headline, "ffffc90000dfe000"))).toMatchObject({
    kind,
    address: "0xffffc90000dfe000",
  });
});

test.each([
  ["000000000000000d", "0x78"],
  ["0000000000000003", undefined],
  ["8000000000000005", undefined],
])("riscv's badaddr, by the cause of the trap: %s", (cause, address) => {
  const log = `rcu: INFO: rcu_sched self-detected stall on CPU
epc : schedule_tail+0x72/0xb2 ra : task_pid_vnr+0x10/0x20
status: 0000000000000120 badaddr: 0000000000000078 cause: ${cause}`;
  expect(parseCrash(log)?.address).toBe(address);
});
