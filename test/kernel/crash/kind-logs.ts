/** A crash of every kind, short, in the kernel's formats; written for the tests. Its kind and title stand first. */
import type { CrashKind } from "../../../kernel/crash/crash.ts";

const X86 = (name: string, trace: readonly string[]) => `RIP: 0010:${name}
RSP: 0018:ffffc90003f17c70 EFLAGS: 00010246
RAX: dffffc0000000000 RBX: ffff88807f6e9a00 RCX: 0000000000000000
Call Trace:
 <TASK>
${trace.map((frame) => ` ${frame}`).join("\n")}
 do_syscall_64+0x35/0xb0
 entry_SYSCALL_64_after_hwframe+0x44/0xae
 </TASK>
---[ end trace 0000000000000000 ]---`;
const STACK = (trace: readonly string[]) => `CPU: 1 PID: 5231 Comm: syz.3.17 Not tainted 6.9.0-rc3 #1
Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-1 04/01/2014
Call Trace:
 <TASK>
 dump_stack_lvl+0x241/0x360
${trace.map((frame) => ` ${frame}`).join("\n")}
 do_syscall_64+0xf5/0x240
 entry_SYSCALL_64_after_hwframe+0x72/0x7a
 </TASK>`;

export const KIND_LOGS: readonly (readonly [CrashKind, string, string])[] = [
  [
    "gpf",
    "general protection fault in nl802154_add_llsec_key",
    `general protection fault, probably for non-canonical address 0xdffffc0000000000: 0000 [#1] PREEMPT SMP KASAN
KASAN: null-ptr-deref in range [0x0000000000000000-0x0000000000000007]
CPU: 0 PID: 8444 Comm: syz-executor Not tainted 5.12.0-rc4 #0
${X86("nl802154_add_llsec_key+0x1fa/0x560", ["genl_family_rcv_msg_doit+0x228/0x320", "netlink_rcv_skb+0x153/0x420"])}`,
  ],
  [
    "gpf",
    "general protection fault in ext4_xattr_set_entry",
    `Oops: general protection fault, probably for non-canonical address 0xe000fbf8fffc3f1b: 0000 [#1] SMP NOPTI
CPU: 0 UID: 0 PID: 8444 Comm: setfattr Not tainted 6.12.0-rc4 #0
${X86("ext4_xattr_set_entry+0x1fa/0x560", ["ext4_xattr_set_handle+0x228/0x320", "vfs_setxattr+0x153/0x420"])}`,
  ],
  [
    "page-fault",
    "BUG: unable to handle kernel paging request in ovl_posix_acl_release",
    `BUG: unable to handle page fault for address: ffffed1020000000
#PF: supervisor read access in kernel mode
#PF: error_code(0x0000) - not-present page
PGD 23ffee067 P4D 23ffee067 PUD 0
Oops: 0000 [#1] PREEMPT SMP KASAN
CPU: 1 PID: 6321 Comm: setfacl Not tainted 5.4.0 #0
${X86("ovl_posix_acl_release+0x12/0x40", ["ovl_set_acl+0x228/0x320"])}`,
  ],
  [
    "kasan",
    "KASAN: use-after-free Read in hci_send_acl",
    `==================================================================
BUG: KASAN: use-after-free in hci_send_acl+0xa6f/0xb90
Read of size 8 at addr ffff88807a3b2218 by task kworker/u5:1/3592

${STACK(["print_address_description.constprop.0+0x66/0x300", "kasan_report+0xb1/0x1e0", "hci_send_acl+0xa6f/0xb90", "l2cap_send_cmd+0x5db/0x830"])}`,
  ],
  [
    "kasan",
    "KASAN: invalid-free in relay_close",
    `==================================================================
BUG: KASAN: double-free in relay_close+0x1a0/0x2b0
Free of addr ffff88807a3b2218 by task blktrace/3592

${STACK(["print_report+0x164/0x510", "kasan_report_invalid_free+0xb1/0x1e0", "__kasan_slab_free+0x13d/0x180", "kfree+0x12b/0x3b0", "relay_close+0x1a0/0x2b0", "blk_trace_free+0x2f/0x120"])}`,
  ],
  [
    "kmsan",
    "KMSAN: uninit-value in can_receive",
    `=====================================================
BUG: KMSAN: uninit-value in can_receive+0x23c/0x5e0 net/can/af_can.c:650
 can_receive+0x23c/0x5e0 net/can/af_can.c:650
 canfd_rcv+0x188/0x250 net/can/af_can.c:703
 __netif_receive_skb+0x1ee/0x640 net/core/dev.c:5570

Uninit was created at:
 slab_post_alloc_hook mm/slab.h:766 [inline]
 kmem_cache_alloc_node+0x5e9/0xb10 mm/slub.c:3523
 __alloc_skb+0x2de/0x7e0 net/core/skbuff.c:641

CPU: 0 PID: 7623 Comm: syz-executor Not tainted 6.5.0 #0
=====================================================`,
  ],
  [
    "kcsan",
    "KCSAN: data-race in __hrtimer_run_queues / hrtimer_active",
    `==================================================================
BUG: KCSAN: data-race in __hrtimer_run_queues / hrtimer_active

write to 0xffff888237c1f310 of 8 bytes by interrupt on cpu 0:
 __hrtimer_run_queues+0x1c4/0x650 kernel/time/hrtimer.c:1650
 hrtimer_interrupt+0x2c2/0x7a0

read to 0xffff888237c1f310 of 8 bytes by task 7142 on cpu 1:
 hrtimer_active+0x97/0x120 kernel/time/hrtimer.c:1560
 posix_timer_fn+0xac/0x100

Reported by Kernel Concurrency Sanitizer on:
CPU: 1 PID: 7142 Comm: syz-executor Not tainted 6.1.0 #0
==================================================================`,
  ],
  [
    "kfence",
    "KFENCE: use-after-free read in vti_rcv_tunnel",
    `==================================================================
BUG: KFENCE: use-after-free read in vti_rcv_tunnel+0x10d/0x270

Use-after-free read at 0xffff88823bf78000 (in kfence-#187):
 vti_rcv_tunnel+0x10d/0x270
 xfrm_input+0x1a3/0xd90
 ip_local_deliver+0x12b/0x240

kfence-#187: 0xffff88823bf78000-0xffff88823bf781ff, size=512, cache=kmalloc-512

CPU: 1 PID: 612 Comm: ping Not tainted 6.1.0 #0
==================================================================`,
  ],
  [
    "ubsan",
    "UBSAN: shift-out-of-bounds in dbAllocAG",
    `UBSAN: shift-out-of-bounds in fs/jfs/jfs_dmap.c:1381:12
shift exponent -1 is negative
${STACK(["ubsan_epilogue+0x9/0x50", "__ubsan_handle_shift_out_of_bounds+0x3bb/0x590", "dbAllocAG+0xa2a/0xb60", "dbDiscardAG+0x2f1/0x8a0"])}`,
  ],
  [
    "ubsan",
    "UBSAN: array-index-out-of-bounds in dbAdjTree",
    `------------[ cut here ]------------
UBSAN: array-index-out-of-bounds in fs/jfs/jfs_dmap.c:2891:31
index 196694 is out of range for type 's8[1365]' (aka 'signed char[1365]')
${STACK(["ubsan_epilogue+0x9/0x50", "__ubsan_handle_out_of_bounds+0xdc/0x130", "dbAdjTree+0x377/0x520", "dbJoin+0x256/0x310"])}`,
  ],
  [
    "deadlock",
    "possible deadlock in l2cap_conn_del",
    `======================================================
WARNING: possible circular locking dependency detected
6.1.0-rc3 #1 Not tainted
------------------------------------------------------
kworker/u5:2/3633 is trying to acquire lock:
ffff88807a12c0e8 (&conn->chan_lock){+.+.}-{3:3}, at: l2cap_conn_del+0x1c3/0x680 net/bluetooth/l2cap_core.c:1900

but task is already holding lock:
ffff88807c3a5078 (&hdev->lock){+.+.}-{3:3}, at: hci_disconn_complete_evt+0x1a0/0x560

which lock already depends on the new lock.

the existing dependency chain (in reverse order) is:

-> #1 (&hdev->lock){+.+.}-{3:3}:
       __mutex_lock+0x12f/0x12f0
       hci_rx_work+0x2a1/0x510

stack backtrace:
${STACK(["check_noncircular+0x25f/0x2e0", "__lock_acquire+0x2a43/0x56d0", "lock_acquire+0x1e3/0x630", "__mutex_lock+0x12f/0x12f0", "l2cap_conn_del+0x1c3/0x680", "hci_disconn_cfm+0x8c/0xd0"])}`,
  ],
  [
    "deadlock",
    "possible deadlock in pipe_lock",
    `============================================
WARNING: possible recursive locking detected
6.1.0-rc3 #1 Not tainted
--------------------------------------------
syz-executor/3633 is trying to acquire lock:
ffff88807a12c0e8 (&pipe->mutex/1){+.+.}-{3:3}, at: pipe_lock+0x5a/0x70 fs/pipe.c:93

but task is already holding lock:
ffff88807c3a5078 (&pipe->mutex/1){+.+.}-{3:3}, at: pipe_lock+0x5a/0x70

stack backtrace:
${STACK(["__lock_acquire+0x2a43/0x56d0", "lock_acquire+0x1e3/0x630", "__mutex_lock+0x12f/0x12f0", "pipe_lock+0x5a/0x70", "splice_file_to_pipe+0x2a/0x130"])}`,
  ],
  [
    "deadlock",
    "inconsistent lock state in sco_sock_timeout",
    `================================
WARNING: inconsistent lock state
5.14.0-rc7 #1 Not tainted
--------------------------------
inconsistent {SOFTIRQ-ON-W} -> {IN-SOFTIRQ-W} usage.
kworker/1:3/2810 [HC0[0]:SC0[0]:HE1:SE1] takes:
ffff88807c3a5120 (slock-AF_BLUETOOTH-BTPROTO_SCO){+.?.}-{2:2}, at: sco_sock_timeout+0x26/0x1a0
{SOFTIRQ-ON-W} state was registered at:
  lock_acquire+0x1ab/0x510
  _raw_spin_lock+0x2a/0x40
  sco_conn_del+0x128/0x270

stack backtrace:
${STACK(["mark_lock_irq.cold+0x9/0x10", "__lock_acquire+0x11e7/0x54a0", "lock_acquire+0x1ab/0x510", "_raw_spin_lock+0x2a/0x40", "sco_sock_timeout+0x26/0x1a0", "call_timer_fn+0x1a5/0x6b0"])}`,
  ],
  [
    "lock-misuse",
    "WARNING: suspicious RCU usage in hsr_node_get_first",
    `=============================
WARNING: suspicious RCU usage
6.1.0-rc3 #1 Not tainted
-----------------------------
net/hsr/hsr_framereg.c:34 suspicious rcu_dereference_check() usage!

other info that might help us debug this:

rcu_scheduler_active = 2, debug_locks = 1
stack backtrace:
${STACK(["lockdep_rcu_suspicious+0x210/0x3c0", "hsr_node_get_first+0x93/0xb0", "hsr_get_next_node+0x1c2/0x270"])}`,
  ],
  [
    "sleep-in-atomic",
    "BUG: sleeping function called from invalid context in sk_psock_stop",
    `BUG: sleeping function called from invalid context at kernel/workqueue.c:3010
in_atomic(): 0, irqs_disabled(): 0, non_block: 0, pid: 3608, name: syz-executor
preempt_count: 0, expected: 0
RCU nest depth: 1, expected: 0
${STACK(["__might_resched+0x545/0x740", "__flush_work+0x109/0xb10", "__cancel_work_timer+0x3f9/0x570", "sk_psock_stop+0x4cb/0x630", "sock_map_destroy+0x2b2/0x3c0"])}`,
  ],
  [
    "sched-atomic",
    "BUG: scheduling while atomic in simple_recursive_removal",
    `BUG: scheduling while atomic: syz-executor/3608/0x00000002
2 locks held by syz-executor/3608:
Modules linked in:
Preemption disabled at:
[<ffffffff81e5f2b0>] kmem_cache_free+0x30/0x2b0
${STACK(["__schedule_bug+0x208/0x2c0", "__schedule+0x2172/0x9450", "schedule+0xcb/0x190", "rwsem_down_write_slowpath+0xea1/0x14b0", "down_write+0x163/0x170", "simple_recursive_removal+0xc3/0x8c0"])}`,
  ],
  [
    "soft-lockup",
    "BUG: soft lockup in sctp_sendmsg",
    `watchdog: BUG: soft lockup - CPU#1 stuck for 143s! [syz-executor:4567]
Modules linked in:
CPU: 1 PID: 4567 Comm: syz-executor Not tainted 6.1.0 #0
${X86("lock_acquire+0x1c5/0x5a0", ["sctp_write_space+0x2a/0x1d0", "sctp_sendmsg+0x1f3/0x2a0", "sock_sendmsg+0x143/0x180"])}`,
  ],
  [
    "hard-lockup",
    "hard lockup in kvm_vcpu_ioctl",
    `NMI watchdog: Watchdog detected hard LOCKUP on cpu 3
Modules linked in: vfio_pci
CPU: 3 PID: 981 Comm: qemu-kvm Not tainted 4.18.0-305.el8.x86_64 #1
${X86("do_raw_spin_lock+0x6f/0x90", ["kvm_vcpu_ioctl+0x2a/0x1d0", "do_vfs_ioctl+0xa4/0x680"])}`,
  ],
  [
    "rcu-stall",
    "INFO: rcu detected stall in sock_close",
    `rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:
rcu: 	1-...!: (1 GPs behind) idle=3a6/1/0x4000000000000000 softirq=10573/10574 fqs=12
	(detected by 0, t=10502 jiffies, g=12345, q=231)
Sending NMI from CPU 0 to CPUs 1:
NMI backtrace for cpu 1
CPU: 1 PID: 4567 Comm: syz-executor Not tainted 6.1.0 #0
RIP: 0010:hrtimer_start_range_ns+0x1c5/0x5a0
RSP: 0018:ffffc90003f17c70 EFLAGS: 00010246
Call Trace:
 <IRQ>
 hrtimer_forward_now+0x20/0x40
 __hrtimer_run_queues+0x5b4/0xe50
 hrtimer_interrupt+0x31c/0x790
 __sysvec_apic_timer_interrupt+0x146/0x530
 sysvec_apic_timer_interrupt+0x8e/0xc0
 </IRQ>
 <TASK>
 asm_sysvec_apic_timer_interrupt+0x12/0x20
RIP: 0010:lock_acquire+0x1ef/0x510
 sock_close+0x18/0x20
 __fput+0x288/0x9f0
 task_work_run+0xdd/0x1a0
 do_syscall_64+0x35/0xb0
 </TASK>`,
  ],
  [
    "hung-task",
    "INFO: task hung in lock_mount",
    `INFO: task syz-executor:5123 blocked for more than 143 seconds.
      Not tainted 6.5.0-rc4 #0
"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
task:syz-executor    state:D stack:25912 pid:5123  ppid:5071   flags:0x00004006
Call Trace:
 <TASK>
 context_switch+0x10/0x20
 __schedule+0xee1/0x59f0
 schedule+0xe7/0x1b0
 rwsem_down_write_slowpath+0x53e/0x1290
 down_write+0x1d2/0x200
 lock_mount+0x8d/0x2f0
 do_mount+0x10/0x20
 do_syscall_64+0x38/0xb0
 </TASK>`,
  ],
  [
    "refcount",
    "WARNING: refcount bug in j1939_netdev_start",
    `------------[ cut here ]------------
refcount_t: addition on 0; use-after-free.
WARNING: CPU: 1 PID: 5231 at lib/refcount.c:25 refcount_warn_saturate+0x13a/0x1d0
Modules linked in:
CPU: 1 PID: 5231 Comm: syz.3.17 Not tainted 6.9.0-rc3 #1
${X86("refcount_warn_saturate+0x13a/0x1d0", ["j1939_netdev_start+0x3e1/0x990", "j1939_sk_bind+0x17b/0x9b0"])}`,
  ],
  [
    "list-corruption",
    "BUG: corrupted list in dst_init",
    `list_add corruption. prev->next should be next (ffff8880b9b3bd58), but was ffff8880b9b3bd59. (prev=ffff88807d1b4000).
------------[ cut here ]------------
kernel BUG at lib/list_debug.c:30!
invalid opcode: 0000 [#1] PREEMPT SMP KASAN
CPU: 1 PID: 5231 Comm: syz.3.17 Not tainted 6.9.0-rc3 #1
${X86("__list_add_valid_or_report+0xb4/0x100", ["ref_tracker_alloc+0x1b1/0x4a0", "dst_init+0x17b/0x9b0"])}`,
  ],
  [
    "bug",
    "kernel BUG in snap_rcv",
    `------------[ cut here ]------------
kernel BUG at include/linux/skbuff.h:2743!
Oops: invalid opcode: 0000 [#1] PREEMPT SMP KASAN NOPTI
CPU: 1 UID: 0 PID: 5231 Comm: syz.3.17 Not tainted 6.12.0-rc3 #1
${X86("skb_pull_rcsum+0x29e/0x2a0", ["snap_rcv+0xa1/0x3a0", "llc_rcv+0x5f2/0xe60"])}`,
  ],
  [
    "stack-overflow",
    "kernel panic: stack is corrupted in udp4_lib_lookup2",
    `Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: udp4_lib_lookup2+0x7f6/0x9b0
${STACK(["panic+0x349/0x860", "__stack_chk_fail+0x15/0x20", "udp4_lib_lookup2+0x7f6/0x9b0", "__udp4_lib_lookup+0x35/0x40"])}`,
  ],
  [
    "stack-overflow",
    "BUG: stack guard page was hit in sctp_close",
    `BUG: TASK stack guard page was hit at ffffc90003f17ff8 (stack is ffffc90003f18000..ffffc90003f20000)
Oops: stack guard page: 0000 [#1] PREEMPT SMP KASAN
CPU: 1 PID: 5231 Comm: syz.3.17 Not tainted 6.9.0-rc3 #1
${X86("mark_lock+0x1a/0x350", ["mark_lock+0x1a/0x350", "sctp_close+0x1/0x70", "__sock_release+0xb4/0x100", "sock_close+0x1b/0x40", "__fput+0x2a/0x30"])}`,
  ],
  [
    "divide-error",
    "divide error in tcp_rcv_space_adjust",
    `divide error: 0000 [#1] PREEMPT SMP KASAN
CPU: 1 PID: 5231 Comm: syz.3.17 Not tainted 6.9.0-rc3 #1
${X86("tcp_rcv_space_adjust+0x1fa/0x560", ["tcp_recvmsg_locked+0x228/0x320"])}`,
  ],
  [
    "double-fault",
    "PANIC: double fault in native_flush_tlb_one_user",
    `traps: PANIC: double fault, error_code: 0x0
double fault: 0000 [#1] PREEMPT SMP KASAN
CPU: 1 PID: 5231 Comm: syz.3.17 Not tainted 6.9.0-rc3 #1
${X86("native_flush_tlb_one_user+0x1a/0x350", ["flush_tlb_func+0x9f/0xe0"])}`,
  ],
  [
    "machine-check",
    "machine check",
    `mce: [Hardware Error]: CPU 1: Machine Check Exception: 5 Bank 5: be00000000800400
mce: [Hardware Error]: RIP !INEXACT! 10:<ffffffff81a3c5d8> {intel_idle+0x68/0x110}
mce: [Hardware Error]: TSC 1a2b3c4d5e ADDR ffffffff81a3c5d8 MISC ffffffff81a3c5d8
mce: [Hardware Error]: PROCESSOR 0:306e4 TIME 1478959591 SOCKET 0 APIC 2 microcode 428
Kernel panic - not syncing: Fatal machine check`,
  ],
  [
    "oom",
    "out of memory: oom-killer invoked",
    `java invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0
CPU: 2 PID: 1187 Comm: java Not tainted 5.15.0-91-generic #101-Ubuntu
Call Trace:
 dump_stack_lvl+0x4a/0x63
 dump_header+0x53/0x225
 oom_kill_process.cold+0xb/0x10
 out_of_memory+0x101/0x510
Mem-Info:
active_anon:1234 inactive_anon:5678
Out of memory: Killed process 1187 (java) total-vm:8123456kB, anon-rss:7123456kB`,
  ],
  [
    "bad-page",
    "BUG: Bad page state in iomap_write_begin",
    `BUG: Bad page state in process syz-executor  pfn:1b0d2
page: refcount:0 mapcount:0 mapping:ffff88807f6e9a00 index:0x1 pfn:0x1b0d2
flags: 0xfff00000000000(node=0|zone=1|lastcpupid=0x7ff)
page dumped because: non-NULL mapping
page_owner tracks the page as allocated
page last allocated via order 0, migratetype Movable, gfp_mask 0x1152c4a, pid 5231, ts 123, free_ts 100
 post_alloc_hook+0x1ea/0x210
 get_page_from_freelist+0x3410/0x35b0
 __alloc_pages+0x256/0x680
 iomap_write_begin+0x25f/0x6a0
 iomap_file_buffered_write+0x1c4/0x500
Modules linked in:
${STACK(["bad_page+0x1b9/0x210", "free_unref_page+0x4cb/0x630"])}`,
  ],
  [
    "leak",
    "memory leak in nfc_genl_se_io",
    `BUG: memory leak
unreferenced object 0xffff88810f6c7d20 (size 32):
  comm "syz-executor", pid 5231, jiffies 4294943741 (age 13.330s)
  hex dump (first 32 bytes):
    00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
  backtrace:
    [<ffffffff8154bd3e>] __do_kmalloc_node mm/slab_common.c:1006 [inline]
    [<ffffffff8154bd3e>] __kmalloc+0x4e/0x140 mm/slab_common.c:1020
    [<ffffffff84a1c2b4>] nfc_genl_se_io+0x1d4/0x330 net/nfc/netlink.c:1470
    [<ffffffff83f1a2c6>] genl_family_rcv_msg_doit+0x102/0x180 net/netlink/genetlink.c:972`,
  ],
  [
    "panic",
    "kernel panic: Attempted to kill init!",
    `Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b
${STACK(["panic+0x349/0x860", "do_exit+0x2b1/0xb90", "do_group_exit+0x3a/0xa0"])}`,
  ],
  [
    "fs-error",
    "EXT4-fs error in ext4_lookup",
    `EXT4-fs error (device sda1): ext4_lookup:1602: inode #2: comm ls: deleted inode referenced: 12`,
  ],
  [
    "fs-error",
    "XFS internal error in xfs_trans_cancel",
    `XFS (dm-0): Internal error xfs_trans_cancel at line 983 of file fs/xfs/xfs_trans.c.  Caller xfs_create+0x5f4/0x780 [xfs]
CPU: 2 PID: 1187 Comm: mkdir Not tainted 4.18.0-305.el8.x86_64 #1
Call Trace:
 dump_stack+0x5c/0x80
 xfs_trans_cancel+0x118/0x140 [xfs]
 xfs_create+0x5f4/0x780 [xfs]
XFS (dm-0): xfs_do_force_shutdown(0x8) called from line 984 of file fs/xfs/xfs_trans.c.  Return address = ffffffffc0a3c5d8
XFS (dm-0): Corruption of in-memory data detected.  Shutting down filesystem`,
  ],
  [
    "warning",
    "WARNING in nf_unregister_net_hook",
    `------------[ cut here ]------------
WARNING: net/netfilter/core.c:501 at nf_unregister_net_hook+0x1b1/0x2a0, CPU#1: kworker/u8:4/58
Modules linked in:
CPU: 1 UID: 0 PID: 58 Comm: kworker/u8:4 Not tainted 6.17.0-rc3 #1 PREEMPT(full)
Workqueue: netns cleanup_net
${X86("nf_unregister_net_hook+0x1b1/0x2a0", ["ops_undo_list+0x49/0x990", "cleanup_net+0x4c5/0x8a0", "process_scheduled_works+0xae1/0x17b0"])}`,
  ],
  [
    "other",
    "CFI failure in nf_hook_slow",
    `CFI failure at nf_hook_slow+0x3f0/0x480 (target: nf_hook_drop+0x0/0x10; expected type: 0xd9421881)
invalid opcode: 0000 [#1] PREEMPT SMP
CPU: 1 PID: 104 Comm: nft Not tainted 6.1.0 #1
${X86("nf_hook_slow+0x3f0/0x480", ["ip_output+0x1a2/0x1d0"])}`,
  ],
  [
    "other",
    "CFI failure in nf_hook_slow",
    `CFI failure at nf_hook_slow+0x3f0/0x480 (target: nf_hook_drop+0x0/0x10; expected type: 0xd9421881)
WARNING: CPU: 1 PID: 104 at nf_hook_slow+0x3f0/0x480
CPU: 1 PID: 104 Comm: nft Not tainted 6.1.0 #1
${X86("nf_hook_slow+0x3f0/0x480", ["ip_output+0x1a2/0x1d0"])}`,
  ],
  [
    "other",
    "CFI failure in dev_attr_show",
    `CFI failure (target: model_show+0x0/0x10):
WARNING: CPU: 1 PID: 104 at kernel/cfi.c:29 __cfi_check_fail+0x4c/0x54
CPU: 1 PID: 104 Comm: cat Not tainted 5.15.0 #1
pc : __cfi_check_fail+0x4c/0x54
lr : __cfi_check_fail+0x4c/0x54
Call trace:
 __cfi_check_fail+0x4c/0x54
 __cfi_slowpath_diag+0x1d0/0x1f4
 dev_attr_show+0x5c/0xa0
 sysfs_kf_seq_show+0xd4/0x18c`,
  ],
  [
    "other",
    "CFI failure in dev_attr_show",
    `Kernel panic - not syncing: CFI failure (target: model_show+0x0/0x10)
CPU: 1 PID: 104 Comm: cat Not tainted 5.15.0 #1
Call trace:
 dump_backtrace+0x0/0x1b8
 panic+0x168/0x2e4
 __cfi_check_fail+0x4c/0x54
 __cfi_slowpath_diag+0x1d0/0x1f4
 dev_attr_show+0x5c/0xa0`,
  ],
  [
    "fs-error",
    "XFS internal error in xfs_alloc_ag_vextent_near",
    `XFS: Internal error XFS_WANT_CORRUPTED_RETURN at line 280 of file fs/xfs/xfs_alloc.c.  Caller 0xffffffffa01e76c2
Pid: 1124, comm: xfsalloc/6 Not tainted 2.6.32-358.el6.x86_64 #1
Call Trace:
 [<ffffffffa02110cf>] ? xfs_error_report+0x3f/0x50 [xfs]
 [<ffffffffa01e76c2>] ? xfs_alloc_ag_vextent_near+0x482/0x630 [xfs]
 [<ffffffffa01e843d>] ? xfs_alloc_ag_vextent+0xad/0x100 [xfs]`,
  ],
  [
    "fs-error",
    "XFS internal error in xfs_trans_cancel",
    'Filesystem "dm-0": XFS internal error xfs_trans_cancel at line 1164 of file fs/xfs/xfs_trans.c.  Caller 0xffffffffa01e76c2',
  ],
  [
    "other",
    "BUG: Objects remaining in kmalloc-256 in mem_cgroup_css_offline",
    `BUG kmalloc-256(12:web.slice) (Tainted: G           E  ------------  ): Objects remaining in kmalloc-256(12:web.slice) on kmem_cache_close()
CPU: 1 PID: 104 Comm: kworker/1:2 Tainted: G    B      E  ------------   3.10.0-514.el7.x86_64 #1
Call Trace:
 [<ffffffff81685f1c>] dump_stack+0x19/0x1b
 [<ffffffff811d8a34>] slab_err+0xb4/0xe0
 [<ffffffff811a1b5c>] kmem_cache_destroy+0x7c/0xa0
 [<ffffffff811e1b5c>] mem_cgroup_css_offline+0x7c/0xa0`,
  ],
  [
    "oom",
    "out of memory: oom-killer invoked",
    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=java,pid=7134,uid=0",
  ],
];
