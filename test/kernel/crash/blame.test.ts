/** Whom a crash names: rules that single architectures' registers and traces ask for. */
import { expect, test } from "vitest";
import type { Crash } from "../../../kernel/crash/crash.ts";
import { parseCrashes } from "../../../kernel/crash/parse.ts";

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
  "what a panic stops on other processors is not its own": {
    log: `Kernel panic - not syncing: subsys-restart: Resetting the SoC - modem crashed.
CPU1: stopping
CPU: 1 PID: 1669 Comm: kilnd Tainted: G        W       4.4.21 #1
PC is at kiln_idle+0x28/0x54
LR is at kiln_loop+0x138/0x1d8
Call trace:
[<ffffff8008ec190c>] kiln_idle+0x28/0x54
[<ffffff8008ec1a0c>] kiln_loop+0x138/0x1d8`,
    expected: { function: undefined, culprit: undefined, comm: undefined, pid: undefined, cpu: undefined },
  },
  "arm's hung tasks without a heading of the trace": {
    log: `INFO: task kilnd:714 blocked for more than 120 seconds.
      Not tainted 4.19.42 #1
kilnd           D    0   714      2 0x00000000
[<8082642c>] (__schedule) from [<80826a9c>] (schedule+0x50/0xa8)
[<80826a9c>] (schedule) from [<8067cc9c>] (kiln_claim+0x120/0x228)
[<8067cc9c>] (kiln_claim) from [<8067cddc>] (kiln_thread+0x38/0x3c)
[<8067cddc>] (kiln_thread) from [<801010ac>] (ret_from_fork+0x14/0x28)`,
    expected: { title: "INFO: task hung in kiln_claim", corrupted: false },
  },
  "a return address at the start of a function is behind a call that does not return": {
    log: `Kernel panic - not syncing: kiln is out of clay
CPU: 6 UID: 1000 PID: 855 Comm: kilnd Not tainted 6.19.0 #1 PREEMPT
Call trace:
 show_stack+0x18/0x30 (C)
 dump_stack_lvl+0x60/0x80
 vpanic+0xf8/0x2dc
 abort+0x0/0x4
 kiln_burn+0x98/0xb4
 kiln_write+0x18/0x8c`,
    expected: { function: "kiln_burn", culprit: "kiln_burn" },
  },
  "the place that an SError of arm64 interrupted": {
    log: `Kernel panic - not syncing: Asynchronous SError Interrupt
CPU: 6 UID: 1000 PID: 855 Comm: kilnd Not tainted 6.19.0 #1 PREEMPT
Call trace:
 dump_stack+0x18/0x24
 vpanic+0xf8/0x2dc
 nmi_panic+0x40/0x80
 add_taint+0x0/0xbc
 arm64_serror_panic+0x70/0x80
 do_serror+0x58/0x74
 el1h_64_error_handler+0x38/0x60
 el1h_64_error+0x70/0x74
 kiln_write+0x0/0xb4 (P)
 kiln_store+0x18/0x8c`,
    expected: { function: "kiln_write", culprit: "kiln_write", corrupted: false },
  },
  'arm since 5.17 names callers behind "from"': {
    log: `INFO: task kilnd:208 blocked for more than 122 seconds.
      Not tainted 6.12.38 #1
Call trace:
 __schedule from schedule+0x20/0x134
 schedule from kiln_wait+0xc/0x10
 kiln_wait from kthread+0x88/0xd8
 kthread from ret_from_fork+0x14/0x28
Exception stack(0xdfae1fb0 to 0xdfae1ff8)`,
    expected: {
      title: "INFO: task hung in kiln_wait",
      corrupted: false,
      kernel: { release: "6.12.38", build: "#1", arch: "arm", tainted: "" },
    },
  },
  "how a task that sleeps is dumped is no stall": {
    log: `INFO: rcu_sched detected stalls on CPUs/tasks:
        (detected by 3, t=21010 jiffies, g=-93, c=-94, q=1)
Task dump for CPU 0:
kilnd           R  running task        0     7      0 0x00000002
Call trace:
[<ffffffc000086ed4>] __switch_to+0xd4/0xf8
[<          (null)>]           (null)`,
    expected: { culprit: undefined, corrupted: true },
  },
  "a trace that was cut behind its reporters": {
    log: `Kernel panic - not syncing: kiln is out of clay
CPU: 1 PID: 229 Comm: kilnd Not tainted 4.4.153 #1
Call trace:
[<ffffff9ae748bcd4>] dump_backtrace+0x0/0x24c
[<ffffff9ae77b4818>] dump_stack+0xb8/0xf4
[<ffffff9ae75a6eec>] panic+0x1ac/0x398`,
    expected: { function: undefined, culprit: undefined },
  },
  "lockdep says ahead of a lost trace where the lock is taken": {
    log: `=============================
[ BUG: Invalid wait context ]
6.15.0 #26 Not tainted
-----------------------------
kilnd/416 is trying to lock:
ffff0001ff50b8f0 (&kiln->lock){+.+.}-{3:3}, at: kiln_store+0x78/0xd5c
stack backtrace:
CPU: 2 UID: 0 PID: 416 Comm: kilnd Not tainted 6.15.0 #26 PREEMPT_RT
Call trace:
 show_stack+0x14/0x1c (C)
 dump_stack+0x14/0x1c`,
    expected: { title: "WARNING: locking bug in kiln_store", culprit: "kiln_store", corrupted: true },
  },
  "xmon of powerpc takes the place of an oops": {
    log: `cpu 0x3: Vector: 300 (Data Access) at [c00000000111f7d0]
    pc: c0000000000a2148: kiln_burn+0x48/0x124
    lr: c0000000000ae1d4: kiln_write+0x4c/0x70
    sp: c00000000111fa50
   msr: 9000000000001033
   dar: 10
 dsisr: 80000
  current = 0xc0000000010e9e80
  paca    = 0xc00000000fff0000	 softe: 3	 irq_happened: 0x01
    pid   = 714, comm = kilnd/0
Linux version 4.16.7 (root@kiln) (gcc version 6.4.0) #1 SMP Tue May 8 17:43:36 UTC 2018
enter ? for help
[c00000000111fd40] c0000000000ae1d4 kiln_write+0x4c/0x70
[c00000000111fd80] c000000000524ee8 vfs_write+0x38/0x48
3:mon> `,
    expected: {
      title: "BUG: unable to handle kernel paging request in kiln_burn",
      kind: "null-deref",
      function: "kiln_burn",
      address: "0x10",
      cpu: 3,
      pid: 714,
      comm: "kilnd/0",
      corrupted: false,
      kernel: expect.objectContaining({ release: "4.16.7", arch: "powerpc" }),
    },
  },
  "a check that xmon reports": {
    log: `cpu 0x2: Vector: 700 (Program Check) at [c0000001e9a5b7a0]
    pc: c0000000000a2148: kiln_burn+0x48/0x124 [kiln]
    lr: c0000000000ae1d4: kiln_write+0x4c/0x70 [kiln]
    sp: c0000001e9a5ba20
   msr: 9000000000029033
  current = 0xc0000000010e9e80
  paca    = 0xc00000000fff0000	 irqmask: 0x03	 irq_happened: 0x01
    pid   = 714, comm = kilnd
kernel BUG at drivers/misc/kiln.c:93!
enter ? for help
[c0000001e9a5bd80] c000000000524ee8 vfs_write+0x38/0x48`,
    expected: { title: "kernel BUG in kiln_burn", kind: "bug", module: "kiln", pid: 714 },
  },
  "a check that the log and xmon report": {
    log: `[  287.738700][ T714] ------------[ cut here ]------------
[  287.743843][ T714] kernel BUG at drivers/misc/kiln.c:93!
cpu 0x2: Vector: 700 (Program Check) at [c0000001e9a5b7a0]
    pc: c0000000000a2148: kiln_burn+0x48/0x124
    lr: c0000000000ae1d4: kiln_write+0x4c/0x70
    pid   = 714, comm = kilnd
kernel BUG at drivers/misc/kiln.c:93!
[c0000001e9a5bd80] c000000000524ee8 vfs_write+0x38/0x48`,
    expected: { title: "kernel BUG in kiln_burn", pid: 714, corrupted: false },
  },
};

test.each(Object.entries(ROWS))("%s", (_, { log, expected }) => {
  expect(parseCrashes(log)).toMatchObject([expected]);
});
