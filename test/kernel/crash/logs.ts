/** Crash logs for the tests, bare as the kernel prints them; written for the tests in the kernel's formats. */

export const NULL_DEREF = `BUG: unable to handle kernel NULL pointer dereference at 0000000000000078
IP: [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820
PGD 10561e4067 PUD ffdb46067 PMD 0
Oops: 0000 [#1] SMP
Modules linked in: veth xt_nat br_netfilter bridge stp llc
CPU: 3 PID: 0 Comm: swapper/3 Not tainted 3.16.0-4-amd64 #1 Debian 3.16.36-1+deb8u2
Hardware name: Dell Inc. PowerEdge R430/0HFG24, BIOS 1.5.4 10/05/2015
task: ffff88085b4f6ce0 ti: ffff88085b500000 task.ti: ffff88085b500000
RIP: 0010:[<ffffffff810a3e18>]  [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820
RSP: 0018:ffff88085b503e48  EFLAGS: 00010046
RAX: 0000000000000000 RBX: ffff88085fc73800 RCX: 0000000000000001
RDX: 0000000000000000 RSI: ffff88085b4f6ce0 RDI: ffff88085fc73800
Stack:
 ffff88085b503e80 0000000000000046 ffff88085fc73800 ffff88085b4f6ce0
Call Trace:
 [<ffffffff81515a36>] ? __schedule+0x106/0x700
 [<ffffffff81515a50>] schedule_preempt_disabled+0x29/0x70
 [<ffffffff810a8b9d>] cpu_startup_entry+0x1ad/0x4a0
 [<ffffffff8104211c>] start_secondary+0x1bc/0x200
Code: 00 48 8b 40 78 48 85 c0 74 10 <48> 8b 78 10
RIP  [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820
 RSP <ffff88085b503e48>
CR2: 0000000000000078
---[ end trace 6c1f6a8a2e5f9b0d ]---`;

export const KASAN = `==================================================================
BUG: KASAN: slab-use-after-free in tipc_bearer_reset_all+0x2c4/0x300
Read of size 8 at addr ffff888023c5a0e8 by task kworker/u4:3/47

CPU: 1 PID: 47 Comm: kworker/u4:3 Not tainted 6.5.0-rc4-00037-g6812694a5f2b #0
Hardware name: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2-debian-1.16.2-1 04/01/2014
Workqueue: tipc_rcv tipc_conn_recv_work
Call Trace:
 <TASK>
 dump_stack_lvl+0xd9/0x1b0
 print_report+0xc4/0x620
 kasan_report+0xda/0x110
 tipc_bearer_reset_all+0x2c4/0x300
 tipc_node_timeout+0x51/0x1a0
 process_one_work+0xaa2/0x16f0
 worker_thread+0x687/0x1110
 kthread+0x33a/0x430
 ret_from_fork+0x2c/0x70
 </TASK>

Allocated by task 5123:
 kasan_save_stack+0x33/0x60
 tipc_enable_bearer+0x2f1/0xd70
 genl_rcv_msg+0x55c/0x800

The buggy address belongs to the object at ffff888023c5a000
 which belongs to the cache kmalloc-1k of size 1024
==================================================================
Kernel panic - not syncing: kasan.fault=panic set ...
CPU: 1 PID: 47 Comm: kworker/u4:3 Not tainted 6.5.0-rc4-00037-g6812694a5f2b #0
Call Trace:
 <TASK>
 dump_stack_lvl+0xd9/0x1b0
 panic+0x6a6/0x750
 </TASK>`;

export const WARNING = `------------[ cut here ]------------
WARNING: CPU: 2 PID: 1187 at fs/overlayfs/copy_up.c:412 ovl_set_origin+0x9c/0xb0 [overlay]
Modules linked in: overlay(E) nvme(E) e1000e(E) [last unloaded: floppy]
CPU: 2 PID: 1187 Comm: mount Tainted: G        W  OE     5.10.0-21-arm64 #1 Debian 5.10.162-1
Hardware name: Supermicro Super Server/X11SCL-F, BIOS 1.5 10/05/2020
RIP: 0010:ovl_set_origin+0x9c/0xb0 [overlay]
RSP: 0018:ffffb4a5c0f07c70 EFLAGS: 00010246
RAX: 0000000000000000 RBX: ffff9f0b4a5c0f00 RCX: 0000000000000000
Call Trace:
 ovl_copy_up_one+0x5f1/0x9c0 [overlay]
 ovl_copy_up_flags+0xc2/0x110 [overlay]
 vfs_open+0x2d/0x30
 do_syscall_64+0x33/0x80
 entry_SYSCALL_64_after_hwframe+0x44/0xa9
---[ end trace 9b8f7c6d5e4f3a2b ]---`;

export const SOFT_LOCKUP = `watchdog: BUG: soft lockup - CPU#5 stuck for 23s! [qemu-kvm:20117]
Modules linked in: vhost_net vhost tap kvm_intel kvm
CPU: 5 PID: 20117 Comm: qemu-kvm Tainted: G             L    5.14.0-70.13.1.el9_0.x86_64 #1
Hardware name: HPE ProLiant DL380 Gen10/ProLiant DL380 Gen10, BIOS U30 02/02/2022
RIP: 0010:smp_call_function_many_cond+0x12a/0x310
RSP: 0018:ffffb2f60a3ffb80 EFLAGS: 00000202
RAX: 0000000000000011 RBX: ffff9b0bff56ae40 RCX: ffff9b0bff2b4ac0
Call Trace:
 on_each_cpu_cond_mask+0x20/0x40
 kvm_make_all_cpus_request_except+0xa8/0x110 [kvm]
 kvm_vm_ioctl+0x5e1/0x1130 [kvm]
 __x64_sys_ioctl+0x82/0xb0
 do_syscall_64+0x38/0x90
 entry_SYSCALL_64_after_hwframe+0x44/0xae`;

export const ARM64 = `Unable to handle kernel paging request at virtual address dead000000000108
Mem abort info:
  ESR = 0x0000000096000044
  EC = 0x25: DABT (current EL), IL = 32 bits
Data abort info:
  ISV = 0, ISS = 0x00000044
[dead000000000108] address between user and kernel address ranges
Internal error: Oops: 0000000096000044 [#1] PREEMPT SMP
Modules linked in: brcmfmac brcmutil vc4
CPU: 0 PID: 512 Comm: systemd-udevd Tainted: G         C         6.1.21-v8+ #1642
Hardware name: Raspberry Pi 4 Model B Rev 1.4 (DT)
pstate: 60000005 (nZCv daif -PAN -UAO -TCO -DIT -SSBS BTYPE=--)
pc : brcmf_sdiod_remove+0x64/0x100 [brcmfmac]
lr : brcmf_ops_sdio_remove+0x98/0x120 [brcmfmac]
sp : ffffffc00a9cba30
x29: ffffffc00a9cba30 x28: ffffff8041e10000 x27: 0000000000000000
Call trace:
 brcmf_sdiod_remove+0x64/0x100 [brcmfmac]
 brcmf_ops_sdio_remove+0x98/0x120 [brcmfmac]
 sdio_bus_remove+0x3c/0x140
 device_remove+0x50/0x84
 el0_svc+0x30/0x90
 el0t_64_sync+0x18c/0x190
Code: f9400660 f9400a61 f9000420 f9000001 (f9000a73)
---[ end trace 0000000000000000 ]---`;

export const ALL: ReadonlyMap<string, string> = new Map([
  ["a NULL dereference", NULL_DEREF],
  ["KASAN, then the panic it causes", KASAN],
  ["a warning in a module", WARNING],
  ["a soft lockup", SOFT_LOCKUP],
  ["arm64", ARM64],
]);
