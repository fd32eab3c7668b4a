/** Whom a report accuses: never who reports, nor what its functions were called through. */
import { expect, test } from "vitest";
import { parseCrashes } from "../../../kernel/crash/parse.ts";

const only = (...lines: string[]) => {
  const crashes = parseCrashes(lines.join("\n"));
  expect(crashes).toHaveLength(1);
  return crashes[0];
};

test.each(["<<EOE>>", "<EOE>"])(
  "a hard lockup of 2.6.32 is of what the NMI interrupted, behind %s",
  (end) => {
    expect(
      only(
        "Watchdog detected hard LOCKUP on cpu 5",
        "Modules linked in: ebt_arp",
        "Pid: 123, comm: worker Not tainted 2.6.32-1.el6.x86_64 #1",
        "Call Trace:",
        " <NMI>  [<ffffffff810f2c41>] ? watchdog_overflow_callback+0xf1/0x110",
        " [<ffffffff8112ba27>] ? __perf_event_overflow+0xa7/0x240",
        " [<ffffffff8154b1c3>] ? nmi+0x83/0x90",
        " [<ffffffff812a6f2f>] ? __write_lock_failed+0xf/0x20",
        ` ${end}  [<ffffffff8154a9ae>] ? _write_lock_irq+0x1e/0x20`,
        " [<ffffffff81081b58>] ? release_task+0x208/0x870",
        " [<ffffffff8100b0d2>] ? system_call_fastpath+0x16/0x1b",
      ),
    ).toMatchObject({
      title: "hard lockup in release_task",
      cpu: 5,
      corrupted: false,
      frames: expect.arrayContaining([expect.objectContaining({ function: "_write_lock_irq" })]),
    });
  },
);

test.each([
  ["cet.c", [" asm_exc_control_protection+0x26/0x30", "RIP: 0010:hook_release+0x0/0x50"], "hook_release"],
  ["traps.c", [" asm_exc_control_protection+0x26/0x30"], "hook_map_free"],
])("a missing ENDBR is of what was jumped to, not of the handler of %s", (file, frames, title) => {
  expect(
    only(
      "traps: Missing ENDBR: hook_release+0x0/0x50",
      "------------[ cut here ]------------",
      `kernel BUG at arch/x86/kernel/${file}:133!`,
      "invalid opcode: 0000 [#1] PREEMPT SMP",
      "CPU: 1 PID: 7 Comm: kworker/1:1 Not tainted 6.6.0 #1",
      "RIP: 0010:exc_control_protection+0x19a/0x1a0",
      "RSP: 0018:ffffcbf2c06ebe08 EFLAGS: 00010046",
      "Call Trace:",
      " <TASK>",
      ...frames,
      " hook_map_free+0x52/0xc0",
      " process_one_work+0x174/0x330",
      " </TASK>",
    ),
  ).toMatchObject({
    title: `kernel BUG in ${title}`,
    function: title,
    corrupted: false,
    lines: [1, expect.any(Number)],
  });
});

test.each([
  [
    ["VERIFY3(a.magic == 0x2F) failed (14 == 31)", "PANIC at sample_vfsops.c:400:sample_delta_cb()"],
    "spl_panic+0xc2/0x100 [spl]",
  ],
  [
    ["VERIFY(!HELD(&l->lock)) failed", "SPLError: 19:0:(sample.c:44:sample_delta_cb()) SPL PANIC"],
    "spl_debug_bug+0x84/0xf0 [spl]",
  ],
])("a failed assertion of ZFS is of the function that it names", (headline, reporter) => {
  expect(
    only(
      ...headline,
      "Showing stack for process 664",
      "CPU: 0 PID: 664 Comm: txg_sync Tainted: P O 3.16.0-4-amd64 #1",
      "Call Trace:",
      " [<ffffffff81543f17>] dump_stack+0x41/0x51",
      ` [<ffffffffa020ef62>] ${reporter}`,
      " [<ffffffffa02a05bf>] sample_sync+0x1cf/0x410 [zfs]",
    ),
  ).toMatchObject({ kind: "bug", title: "PANIC in sample_delta_cb", corrupted: false, lines: [1, 8] });
});

test("a bad page is of who freed it, not of the page allocator", () => {
  const trace = (...frames: string[]) => ["Call Trace:", ...frames.map((name) => ` ${name}+0x25/0x130`)];
  const freed = ["bad_page", "free_pages_prepare", "free_hot_cold_page", "put_page", "sample_release"];
  expect(
    only(
      "BUG: Bad page state in process sh  pfn:1b0d2",
      "page dumped because: nonzero mapcount",
      ...trace(...freed),
    )?.title,
  ).toBe("BUG: Bad page state in sample_release");
  expect(only(...trace(...freed))).toMatchObject({
    kind: "bad-page",
    title: "BUG: Bad page state in sample_release",
  });
  expect(
    only(
      "BUG: Bad page cache in process sh  pfn:11ca9c",
      "page dumped because: still mapped when deleted",
      ...trace("dump_stack", "unaccount_page_cache_page.cold", "__delete_from_page_cache", "sample_truncate"),
    ),
  ).toMatchObject({ title: "BUG: Bad page cache in sample_truncate", corrupted: false });
});

test("a stall of RCU is not of RCU's own thread, nor of who prints it", () => {
  const starved = [
    "rcu: rcu_sched kthread starved for 38227 jiffies! g-1127 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x402 ->cpu=1",
    "rcu: RCU grace-period kthread stack dump:",
    "rcu_sched       I15016    11      2 0x80004000",
    "Call Trace:",
    " schedule+0x34/0xa0",
    " schedule_timeout+0x84/0x140",
    " rcu_gp_kthread+0x4f6/0xd40",
    " kthread+0x107/0x120",
  ];
  const headline = "rcu: INFO: rcu_sched detected stalls on CPUs/tasks:";
  const idle = "NMI backtrace for cpu 1 skipped: idling at sample_idle+0x1e/0x130";
  const crash = only(headline, idle, ...starved);
  expect(crash?.title).toBe("INFO: rcu detected stall in sample_idle");
  expect(crash?.frames.map((frame) => frame.function)).toEqual(["sample_idle"]);
  expect(
    only(
      headline,
      ...starved,
      "NMI backtrace for cpu 1",
      "CPU: 1 PID: 7 Comm: sh Not tainted 6.6.0 #1",
      "RIP: 0010:sample_spin+0x1e/0x130",
      "Call Trace:",
      " sample_run+0x34/0xa0",
      " do_syscall_64+0x3b/0x90",
    )?.frames.map((frame) => frame.function),
  ).toEqual(["sample_spin", "sample_run", "do_syscall_64"]);
  expect(
    only(headline, "Call Trace:", " [<ffffffffbb0be4e5>] sched_show_task+0xfa/0x107", " sample_loop+0x1/0x2")
      ?.title,
  ).toBe("INFO: rcu detected stall in sample_loop");
});

test.each([
  ["native_read_pmc+0x7/0x40", ["sample_update_event+0x165/0x190"], "sample_update_event"],
  ["native_write_msr+0x4/0x20", ["sample_enable+0x165/0x190"], "sample_enable"],
])("who accesses a register is to blame, not %s", (pointer, frames, culprit) => {
  expect(
    only(
      "general protection fault: 0000 [#1] SMP",
      "CPU: 2 PID: 0 Comm: swapper/2 Not tainted 6.6.0 #1",
      `RIP: 0010:${pointer}`,
      "Call Trace:",
      ...frames.map((frame) => ` ${frame}`),
    )?.title,
  ).toBe(`general protection fault in ${culprit}`);
});

test.each([
  [
    "BUG: soft lockup - CPU#0 stuck for 23s! [swapper:1]",
    [
      "sample_insert",
      "sample_init",
      "do_one_initcall",
      "kernel_init_freeable",
      "kernel_init",
      "ret_from_fork",
    ],
    "BUG: soft lockup in sample_init",
  ],
  [
    "Watchdog detected hard LOCKUP on cpu 2",
    [
      "_raw_spin_lock_irqsave",
      "sample_averages",
      "pick_next_task_fair",
      "__schedule",
      "schedule",
      "worker_thread",
      "kthread",
      "ret_from_fork",
    ],
    "hard lockup in sample_averages",
  ],
])("a stalled thread is not of its loop: %s", (headline, [pointer, ...frames], title) => {
  expect(
    only(
      headline,
      "CPU: 0 PID: 1 Comm: swapper Not tainted 4.8.0 #131",
      `RIP: 0010:${pointer}+0x34/0x8e`,
      "Call Trace:",
      ...frames.map((name) => ` ${name}+0x10/0x199`),
    )?.title,
  ).toBe(title);
});

test.each([
  ["kmalloc_oob_right", "kmalloc_oob_right"],
  ["test_kmalloc_aligned", "test_kmalloc_aligned"],
  ["kmem_cache_oob", "kmem_cache_oob"],
  ["__kmalloc_node_track_caller", "sample_caller"],
  ["kmem_cache_alloc_bulk", "sample_caller"],
  ["devm_kzalloc", "sample_caller"],
  ["memcpy", "sample_caller"],
])("of a headline that names %s, %s is blamed", (named, culprit) => {
  expect(
    only(
      `BUG: KASAN: slab-out-of-bounds in ${named}+0xa8/0xbc`,
      "Write of size 1 at addr ffff88800a6b2218 by task sh/7",
      "CPU: 1 PID: 7 Comm: sh Not tainted 6.6.0 #1",
      "Call Trace:",
      " kasan_report+0xb1/0x1e0",
      ` ${named}+0xa8/0xbc`,
      " sample_caller+0x61/0xa0",
    )?.title,
  ).toBe(`KASAN: slab-out-of-bounds Write in ${culprit}`);
});

test("a trace of guesses alone is whole where the kernel knew no better", () => {
  const lines = (address: string) => [
    "cat: page allocation failure. order:1, mode:0x20",
    "Pid: 7, comm: cat Not tainted 2.6.32-1.el6.x86_64 #1",
    "Call Trace:",
    ` ${address}? __alloc_pages_nodemask+0x7dc/0x950`,
    ` ${address}? sample_read+0x6c/0x3e0`,
  ];
  expect(only(...lines("[<ffffffff8113e77c>] "))).toMatchObject({
    title: "page allocation failure in sample_read",
    corrupted: false,
  });
  expect(only(...lines(""))?.corrupted).toBe(true);
});
