import { expect, test } from "vitest";
import { parseCrashes } from "../../../kernel/crash/parse.ts";

const SYSTEM = `      KERNEL: /usr/lib/debug/vmlinux
    DUMPFILE: vmcore
     RELEASE: 3.10.0-514.el7.x86_64
     VERSION: #1 SMP Wed Oct 19 11:24:13 EDT 2016
       PANIC: "BUG: unable to handle kernel NULL pointer dereference at 0000000000000008"
         PID: 1234
     COMMAND: "reader"
         CPU: 3`;
const TASK = 'PID: 1234   TASK: ffff880fd4e0ce70  CPU: 3   COMMAND: "reader"';
const FRAMES = `#10 [ffff880fb4e27dc0] demo_file_read at ffffffffa05cc1a0 [demo]
#11 [ffff880fb4e27e10] vfs_read at ffffffff811fdf9e
#12 [ffff880fb4e27e40] sys_read at ffffffff811fe8ff`;
const EXCEPTION = `crash> bt
${TASK}
 #0 [ffff880fb4e27a38] machine_kexec at ffffffff81059beb
 #1 [ffff880fb4e27a98] __crash_kexec at ffffffff81105942
 #2 [ffff880fb4e27b80] oops_end at ffffffff8168f508
 #3 [ffff880fb4e27ce0] page_fault at ffffffff8168e708
    [exception RIP: demo_read+27]
    RIP: ffffffffa05cbd7b  RSP: ffff880fb4e27d90  RFLAGS: 00010246
    RAX: 0000000000000000  RBX: ffff880fd4e0ce70  RCX: 0000000000000000
${FRAMES}`;
const WHO = { cpu: 3, pid: 1234, comm: "reader" };

const names = (log: string) => parseCrashes(log)[0]?.frames.map((frame) => frame.function);

test("an oops", () => {
  const log = `${SYSTEM}\n\n${EXCEPTION}`;
  expect(parseCrashes(log)).toMatchObject([
    {
      title: "BUG: unable to handle kernel NULL pointer dereference in demo_read",
      function: "demo_read",
      offset: "0x1b",
      address: "0x8",
      corrupted: false,
      kernel: { release: "3.10.0-514.el7.x86_64", arch: "x86_64" },
      ...WHO,
    },
  ]);
  expect(names(log)).toEqual(["demo_read", "demo_file_read", "vfs_read", "sys_read"]);
});

test("a panic", () => {
  const panic = SYSTEM.replace(/"BUG: .*"/, '"Kernel panic - not syncing: demo is lost"');
  const log = `${panic}\n\n${TASK}
 #0 [ffff880fb4e27a38] machine_kexec at ffffffff81059beb
 #1 [ffff880fb4e27b80] panic at ffffffff8168f508
${FRAMES}`;
  expect(parseCrashes(log)).toMatchObject([{ kind: "panic", culprit: "demo_file_read", ...WHO }]);
});

test("bt alone", () => {
  const panic = ` #0 [ffff880fb4e27a38] crash_kexec at ffffffff81059beb\n #1 [ffff880fb4e27b80] panic at ffffffff8168f508`;
  expect(parseCrashes(`crash> bt\n${TASK}\n${panic}\n${FRAMES}`)).toMatchObject([
    { title: "kernel panic in demo_file_read", module: "demo", ...WHO },
  ]);
  expect(parseCrashes(EXCEPTION)).toMatchObject([{ title: "Oops in demo_read", offset: "0x1b", ...WHO }]);
});

test("bt of a task that sleeps", () => {
  const sleeps = ` #0 [ffff880fb4e27a38] __schedule at ffffffff8168bbb5\n #1 [ffff880fb4e27a98] schedule at ffffffff8168c1c9`;
  const program = "    RIP: 00007f1a2b3c4d5e  RSP: 00007ffd0a1b2c3d  RFLAGS: 00000246";
  expect(parseCrashes(`${TASK}\n${sleeps}\n${FRAMES}\n${program}`)).toMatchObject([
    { title: "INFO: task hung in demo_file_read", kind: "hung-task" },
  ]);
});
