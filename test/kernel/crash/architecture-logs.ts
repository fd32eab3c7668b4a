/** A crash of every architecture, as its own die() and show_regs() print it; written for the tests. */

export const I386_OLD = `BUG: unable to handle kernel NULL pointer dereference at 00000018
IP: [<c02f3a4c>] inet_getpeer+0x25b/0x5a0
*pde = 00000000
Oops: 0000 [#1] SMP
last sysfs file: /sys/devices/pci0000:00/0000:00:1f.2/host0/target0:0:0/0:0:0:0/vendor
Modules linked in: nfs lockd e1000 [last unloaded: scsi_wait_scan]

Pid: 1234, comm: ping Not tainted (2.6.32-5-686 #1) OptiPlex 755
EIP: 0060:[<c02f3a4c>] EFLAGS: 00010246 CPU: 1
EIP is at inet_getpeer+0x25b/0x5a0
EAX: 00000000 EBX: f6a3c1c0 ECX: 00000001 EDX: 00000000
ESI: f6a3c1d4 EDI: c0574c80 EBP: f6b41c9c ESP: f6b41c50
 DS: 007b ES: 007b FS: 00d8 GS: 00e0 SS: 0068
Process ping (pid: 1234, ti=f6b40000 task=f6a15550 task.ti=f6b40000)
Stack:
 f6b41cc8 c02f1b2d 00000001 00000000
Call Trace:
 [<c02f1b2d>] ? ip_select_ident+0x1d/0x30
 [<c02f56a1>] ? raw_sendmsg+0x521/0x6f0
 [<c0313e1f>] inet_sendmsg+0x3f/0x60
 [<c02b1a6e>] sock_sendmsg+0xce/0x100
 [<c0103003>] sysenter_do_call+0x12/0x28
Code: 8b 5d f4 8b 75 f8 8b 7d fc 89 ec 5d c3
EIP: [<c02f3a4c>] inet_getpeer+0x25b/0x5a0 SS:ESP 0068:f6b41c50
CR2: 0000000000000018
---[ end trace 5b7d2a3c4e5f6a7b ]---`;

export const I386 = `BUG: kernel NULL pointer dereference, address: 00000008
#PF: supervisor read access in kernel mode
#PF: error_code(0x0000) - not-present page
*pde = 00000000
Oops: 0000 [#1] PREEMPT SMP
CPU: 1 PID: 412 Comm: Xorg Not tainted 5.10.0-21-686 #1 Debian 5.10.162-1
Hardware name: Acer AOA150/, BIOS v0.3309 10/06/2008
EIP: i915_gem_object_pin+0x2c/0x90 [i915]
Code: 55 89 e5 57 56 53 83 ec 08 8b 45 08 <8b> 58 08
EAX: 00000000 EBX: f5c1a000 ECX: 00000000 EDX: 00000001
ESI: f5c1a000 EDI: c1b2d3e4 EBP: f4a1bd0c ESP: f4a1bcf8
DS: 007b ES: 007b FS: 00d8 GS: 0033 SS: 0068 EFLAGS: 00010246
CR0: 80050033 CR2: 00000008 CR3: 34a1c000 CR4: 000006d0
Call Trace:
 i915_gem_execbuffer2_ioctl+0x1a2/0x4c0 [i915]
 ? __check_object_size+0x4d/0x1a0
 drm_ioctl_kernel+0x8f/0xd0 [drm]
 __ia32_sys_ioctl+0x2d1/0xa20
 do_int80_syscall_32+0x2c/0x40
 entry_INT80_32+0xf0/0xf0
CR2: 0000000000000008
---[ end trace 9c8b7a6f5e4d3c2b ]---`;

export const ARM = `Unable to handle kernel NULL pointer dereference at virtual address 0000002c
pgd = c7ab4000
[0000002c] *pgd=87a1d831, *pte=00000000, *ppte=00000000
Internal error: Oops: 17 [#1] PREEMPT ARM
Modules linked in: bluetooth l2cap
CPU: 0 PID: 96 Comm: krfcommd Tainted: G           O 3.10.40 #12
task: c79c0000 ti: c7a2e000 task.ti: c7a2e000
PC is at l2cap_add_conf_opt+0x70/0xf0 [l2cap]
LR is at l2cap_build_conf_req+0xb8/0x18c [l2cap]
pc : [<bf01c3d0>]    lr : [<bf01d4a8>]    psr: 60000013
sp : c7a2fd48  ip : 00000000  fp : c7a2fd74
r10: 00000000  r9 : c7b5d400  r8 : 00000001
r7 : c7a2fdb4  r6 : 00000004  r5 : 0000002c  r4 : 00000002
r3 : 00000000  r2 : 00000002  r1 : 00000001  r0 : c7a2fdb4
Flags: nZCv  IRQs on  FIQs on  Mode SVC_32  ISA ARM  Segment kernel
Control: 10c5387d  Table: 87ab4019  DAC: 00000015
Process krfcommd (pid: 96, stack limit = 0xc7a2e238)
Stack: (0xc7a2fd48 to 0xc7a30000)
fd40:                   00000002 c7a2fdb4 c7b5d400 00000000 c7a2fd9c c7a2fd78
Backtrace:
[<bf01c360>] (l2cap_add_conf_opt+0x0/0xf0 [l2cap]) from [<bf01d4a8>] (l2cap_build_conf_req+0xb8/0x18c [l2cap])
[<bf01d3f0>] (l2cap_build_conf_req+0x0/0x18c [l2cap]) from [<bf01e1c4>] (l2cap_config_rsp+0x110/0x2a0 [l2cap])
[<bf01e0b4>] (l2cap_config_rsp+0x0/0x2a0 [l2cap]) from [<c00421a8>] (kthread+0xa4/0xb0)
[<c0042104>] (kthread+0x0/0xb0) from [<c000e9d8>] (ret_from_fork+0x14/0x3c)
Code: e3520002 0a000011 e3520004 0a000014 (e5853000)
---[ end trace 1b2c3d4e5f6a7b8c ]---`;

export const ARM_NEW = `8<--- cut here ---
Unable to handle kernel NULL pointer dereference at virtual address 00000014 when read
[00000014] *pgd=00000000
Internal error: Oops: 17 [#1] SMP ARM
Modules linked in: imx_sdma
CPU: 2 PID: 233 Comm: kworker/2:3 Not tainted 6.1.38 #3
Hardware name: Freescale i.MX6 Quad/DualLite (Device Tree)
Workqueue: events deferred_probe_work_func
PC is at imx_uart_dma_exit+0x1c/0x80
LR is at imx_uart_shutdown+0x98/0x1d4
pc : [<c0654e5c>]    lr : [<c0655a90>]    psr: 60000093
sp : f0a45e48  ip : 00000000  fp : c2a3f400
r10: c1a0d2c0  r9 : 00000000  r8 : c2a3f400
Register r0 information: NULL pointer
Process kworker/2:3 (pid: 233, stack limit = 0x8a7c1f2e)
Stack: (0xf0a45e48 to 0xf0a46000)
 imx_uart_dma_exit from imx_uart_shutdown+0x98/0x1d4
 imx_uart_shutdown from uart_tty_port_shutdown+0x4c/0x110
 uart_tty_port_shutdown from tty_port_shutdown+0x78/0xb8
 tty_port_shutdown from process_one_work+0x1c0/0x470
 process_one_work from worker_thread+0x50/0x53c
 worker_thread from kthread+0xe8/0x104
 kthread from ret_from_fork+0x14/0x2c
Exception stack(0xf0a45fb0 to 0xf0a45ff8)
Code: e1a04000 e5903284 e3530000 0a000004 (e5930014)
---[ end trace 0000000000000000 ]---`;

export const ARM64_BUG = `------------[ cut here ]------------
kernel BUG at fs/btrfs/extent_io.c:2145!
Internal error: Oops - BUG: 00000000f2000800 [#1] SMP
Modules linked in: btrfs(E) xor(E) raid6_pq(E)
CPU: 3 UID: 0 PID: 4242 Comm: btrfs-transacti Kdump: loaded Tainted: G            E      6.12.6-arm64 #1  Debian 6.12.6-1
Tainted: [E]=UNSIGNED_MODULE
Hardware name: QEMU KVM Virtual Machine, BIOS 2024.02-2 03/11/2024
pstate: 00400005 (nzcv daif +PAN -UAO -TCO -DIT -SSBS BTYPE=--)
pc : submit_one_bio+0x120/0x134 [btrfs]
lr : submit_one_bio+0x5c/0x134 [btrfs]
sp : ffff800088a3b9a0
x29: ffff800088a3b9a0 x28: ffff0000c58a1c00 x27: 0000000000001000
Call trace:
 submit_one_bio+0x120/0x134 [btrfs] (P)
 submit_extent_folio+0x1a4/0x2b0 [btrfs]
 extent_writepages+0xc4/0x1c0 [btrfs]
 do_writepages+0x90/0x240
 kthread+0x110/0x124
 ret_from_fork+0x10/0x20
Code: 17ffffe9 d4210000 17fffff1 d4210000 (d4210000)
---[ end trace 0000000000000000 ]---`;

export const POWERPC_OLD = `Unable to handle kernel paging request for data at address 0x00000008
Faulting instruction address: 0xd000000004a1c61c
Oops: Kernel access of bad area, sig: 11 [#1]
SMP NR_CPUS=1024 NUMA pSeries
last sysfs file: /sys/devices/system/cpu/cpu15/cache/index1/shared_cpu_map
Modules linked in: rxrpc(U) ipv6
NIP: d000000004a1c61c LR: d000000004a1c600 CTR: c0000000006bc5d8
REGS: c0000001e9a5b7a0 TRAP: 0300   Not tainted  (2.6.32-71.el6.ppc64)
MSR: 8000000000009032 <EE,ME,IR,DR>  CR: 24000028  XER: 00000001
DAR: 0000000000000008, DSISR: 0000000040000000
TASK = c0000001e8f3a200[2345] 'rmmod' THREAD: c0000001e9a58000 CPU: 3
GPR00: 0000000000000000 c0000001e9a5ba20 d000000004a36f48 0000000000000000
NIP [d000000004a1c61c] .rxrpc_destroy_all_connections+0x44/0x104 [rxrpc]
LR [d000000004a1c600] .rxrpc_destroy_all_connections+0x28/0x104 [rxrpc]
Call Trace:
[c0000001e9a5ba20] [d000000004a1c600] .rxrpc_destroy_all_connections+0x28/0x104 [rxrpc] (unreliable)
[c0000001e9a5bab0] [d000000004a2d3d4] .af_rxrpc_exit+0x78/0xb4 [rxrpc]
[c0000001e9a5bb40] [c0000000000e3a54] .SyS_delete_module+0x234/0x2e0
[c0000001e9a5be30] [c0000000000085b4] syscall_exit+0x0/0x40
Instruction dump:
7c0802a6 fbe1fff8 f8010010 f821ff71 3fe20000
---[ end trace 6f5e4d3c2b1a0f9e ]---`;

export const POWERPC = `BUG: Kernel NULL pointer dereference on read at 0x00000118
Faulting instruction address: 0xc00800000f3a1b2c
Oops: Kernel access of bad area, sig: 11 [#1]
LE PAGE_SIZE=64K MMU=Radix SMP NR_CPUS=2048 NUMA pSeries
Modules linked in: ibmvnic(E) pseries_rng(E)
CPU: 7 PID: 1588 Comm: kworker/7:2 Tainted: G            E      6.4.0-150600.23.7-default #1 SLE15-SP6
Hardware name: IBM,9009-22A POWER9 (raw) 0x4e0202 0xf000005 of:IBM,FW950.30 hv:phyp pSeries
Workqueue: events_long __ibmvnic_reset [ibmvnic]
NIP:  c00800000f3a1b2c LR: c00800000f3a1af8 CTR: c000000000a5b2d0
REGS: c00000000b3c7790 TRAP: 0300   Tainted: G            E      (6.4.0-150600.23.7-default)
MSR:  800000000280b033 <SF,VEC,VSX,EE,FP,ME,IR,DR,RI,LE>  CR: 24002482  XER: 20040000
CFAR: c00800000f3a1a5c DAR: 0000000000000118 DSISR: 40000000 IRQMASK: 0
GPR00: c00800000f3a1af8 c00000000b3c7a30 c00800000f3cb200 0000000000000000
NIP [c00800000f3a1b2c] ibmvnic_free_map+0x5c/0x110 [ibmvnic]
LR [c00800000f3a1af8] ibmvnic_free_map+0x28/0x110 [ibmvnic]
Call Trace:
[c00000000b3c7a30] [c00800000f3a1af8] ibmvnic_free_map+0x28/0x110 [ibmvnic] (unreliable)
[c00000000b3c7a60] [c00800000f3a8d24] ibmvnic_reset_init+0x1b4/0x2f0 [ibmvnic]
[c00000000b3c7af0] [c00800000f3a9f28] __ibmvnic_reset+0x3d8/0xa20 [ibmvnic]
[c00000000b3c7be0] [c00000000018a3f4] process_one_work+0x294/0x580
[c00000000b3c7c80] [c00000000018a788] worker_thread+0xa8/0x600
[c00000000b3c7d90] [c000000000196a38] kthread+0x138/0x140
[c00000000b3c7de0] [c00000000000ded8] ret_from_kernel_thread+0x5c/0x64
Code: 7c0802a6 fbe1fff8 f8010010
---[ end trace 0000000000000000 ]---`;

export const S390 = `Unable to handle kernel pointer dereference in virtual kernel address space
Failing address: 0000000000000000 TEID: 0000000000000483
Fault in home space mode while using kernel ASCE.
AS:00000000a3c2c007 R3:00000000fffd0007 S:00000000fffd6000 P:000000000000013d
Oops: 0004 ilc:2 [#1] SMP
Modules linked in: qeth_l2 qeth ccwgroup zfcp
CPU: 1 PID: 2219 Comm: kworker/1:2 Kdump: loaded Not tainted 5.14.0-70.13.1.el9_0.s390x #1
Hardware name: IBM 8561 T01 703 (z/VM 7.2.0)
Workqueue: events qeth_do_reset [qeth]
Krnl PSW : 0704c00180000000 000003ff804a4b2e (qeth_drain_output_queue+0x62/0x120 [qeth])
           R:0 T:1 IO:1 EX:1 Key:0 M:1 W:0 P:0 AS:3 CC:0 PM:0 RI:0 EA:3
Krnl GPRS: 0000000000000000 00000000a2d4c1e0 0000000000000000 0000000000000001
           0000000000000000 0000000000000000 00000000a2d4c000 0000000000000080
Krnl Code: 000003ff804a4b20: e310a0080004 lg %r1,8(%r10)
           000003ff804a4b26: b9020011 ltgr %r1,%r1
Call Trace:
 [<000003ff804a4b2e>] qeth_drain_output_queue+0x62/0x120 [qeth]
([<000003ff804a4b0a>] qeth_drain_output_queue+0x3e/0x120 [qeth])
 [<000003ff804a6c4e>] qeth_clear_ipacmd_list+0x46/0xa0 [qeth]
 [<0000000055f1a2c6>] process_one_work+0x206/0x4a0
 [<0000000055f1ae28>] worker_thread+0x68/0x500
 [<0000000055f24a2c>] kthread+0x14c/0x160
 [<0000000056a8c2ac>] ret_from_fork+0x28/0x30
Last Breaking-Event-Address:
 [<000003ff804a4afc>] qeth_drain_output_queue+0x30/0x120 [qeth]
---[ end trace 0000000000000000 ]---`;

export const S390_CHECK = `specification exception: 0006 ilc:3 [#1] SMP
Modules linked in: dasd_eckd_mod dasd_mod
CPU: 0 PID: 87 Comm: kblockd/0 Not tainted 4.15.0-20-generic #21-Ubuntu
Hardware name: IBM 2964 N63 400 (LPAR)
Krnl PSW : 0404e00180000000 00000000007d7e9c (dasd_eckd_build_cp+0x1bc/0x5d0 [dasd_eckd_mod])
           R:0 T:1 IO:0 EX:0 Key:0 M:1 W:0 P:0 AS:3 CC:2 PM:0 RI:0 EA:3
Krnl GPRS: 0000000000000001 0000000000000000 0000000000000000 0000000000000000
Krnl Code: 00000000007d7e90: e31020000004 lg %r1,0(%r2)
Call Trace:
([<00000000007d7e40>] dasd_eckd_build_cp+0x160/0x5d0 [dasd_eckd_mod])
 [<000003ff800a1c26>] do_dasd_request+0x36/0x50 [dasd_mod]
 [<000000000067d0c8>] blk_run_queue+0x78/0x90
 [<0000000000163a4e>] kthread+0x14e/0x170
Last Breaking-Event-Address:
 [<00000000007d7e52>] dasd_eckd_build_cp+0x172/0x5d0 [dasd_eckd_mod]
Kernel panic - not syncing: Fatal exception: panic_on_oops`;

export const RISCV = `Unable to handle kernel NULL pointer dereference at virtual address 0000000000000030
Oops [#1]
Modules linked in: snd_soc_hdmi_codec
CPU: 3 PID: 1 Comm: systemd Not tainted 6.1.0-10-riscv64 #1 Debian 6.1.38-1
Hardware name: SiFive HiFive Unmatched A00 (DT)
epc : sfp_bus_del_upstream+0x1e/0xa0
 ra : phylink_sfp_detach+0x14/0x20
epc : ffffffff806b2c5e ra : ffffffff806a9d30 sp : ff2000000000bc50
 gp : ffffffff8189c1d0 tp : ff60000080f60000 t0 : ffffffff800a1d2e
 t1 : 0000000000000030 t2 : 0000000000000000 s0 : ff2000000000bc80
status: 0000000200000120 badaddr: 0000000000000030 cause: 000000000000000d
[<ffffffff806b2c5e>] sfp_bus_del_upstream+0x1e/0xa0
[<ffffffff806a9d30>] phylink_sfp_detach+0x14/0x20
[<ffffffff80642b6c>] device_remove+0x44/0x6c
[<ffffffff80002f5e>] ret_from_exception+0x0/0xc
Code: 8082 7179 f406 f022
---[ end trace 0000000000000000 ]---`;

export const RISCV_ILLEGAL = `Oops - illegal instruction [#1]
Modules linked in:
CPU: 0 PID: 66 Comm: kworker/0:2 Not tainted 5.15.0 #2
Hardware name: riscv-virtio,qemu (DT)
epc : __do_softirq+0x9c/0x2b2
 ra : irq_exit+0x8e/0xba
epc : ffffffff80a0b09c ra : ffffffff80010af2 sp : ffffffd00400be60
status: 0000000000000120 badaddr: 0000000010500073 cause: 0000000000000002
Call Trace:
[<ffffffff80a0b09c>] __do_softirq+0x9c/0x2b2
[<ffffffff80010af2>] irq_exit+0x8e/0xba
---[ end trace 4d3c2b1a0f9e8d7c ]---`;

export const MIPS = `CPU 0 Unable to handle kernel paging request at virtual address 00000004, epc == 801245e4, ra == 8012a1c0
Oops[#1]:
CPU: 0 PID: 583 Comm: hostapd Not tainted 4.14.195 #0
task: 87c4a9a0 task.stack: 87d1e000
$ 0   : 00000000 00000001 00000000 87c4a9a0
$ 4   : 87d0c000 00000000 00000000 00000001
$28   : 87d1e000 87d1fb38 00000000 8012a1c0
Hi    : 00000000
Lo    : 00000000
epc   : 801245e4 ath9k_hw_reset+0x44/0x1d8 [ath9k_hw]
ra    : 8012a1c0 ath_reset+0x128/0x2a0 [ath9k]
Status: 11007c03	KERNEL EXL IE
Cause : 00800008 (ExcCode 02)
BadVA : 00000004
PrId  : 00019374 (MIPS 24Kc)
Modules linked in: ath9k ath9k_common ath9k_hw ath mac80211
Process hostapd (pid: 583, threadinfo=87d1e000, task=87c4a9a0, tls=77f8fdf4)
Stack : 87d0c000 00000000 00000001 87d1fb98
        ...
Call Trace:
[<801245e4>] ath9k_hw_reset+0x44/0x1d8 [ath9k_hw]
[<8012a1c0>] ath_reset+0x128/0x2a0 [ath9k]
[<87a3c5d8>] ieee80211_do_open+0x1c4/0x9c8 [mac80211]
[<8006c1b8>] syscall_common+0x34/0x58
Code: 8c820000  00000000  8c420004

---[ end trace 3c2b1a0f9e8d7c6b ]---`;

export const MIPS_BUG = `Kernel bug detected[#1]:
CPU: 1 PID: 12 Comm: ksoftirqd/1 Not tainted 5.4.188 #0
$ 0   : 00000000 00000001 00000024 00000000
epc   : 80412f14 skb_panic+0x5c/0x60
ra    : 80412f14 skb_panic+0x5c/0x60
Status: 1100fc03	KERNEL EXL IE
Cause : 10800034 (ExcCode 0d)
PrId  : 0001992f (MIPS 1004Kc)
Modules linked in:
Process ksoftirqd/1 (pid: 12, threadinfo=(ptrval), task=(ptrval), tls=00000000)
Call Trace:
[<80412f14>] skb_panic+0x5c/0x60
[<80414b80>] skb_put+0x58/0x60
[<8038a7e0>] mtk_poll+0x3d4/0x9e0
[<8042b2d8>] net_rx_action+0x100/0x300
---[ end trace 2b1a0f9e8d7c6b5a ]---`;

export const SPARC = `Unable to handle kernel NULL pointer dereference
tsk->{mm,active_mm}->context = 00000000000003f1
tsk->{mm,active_mm}->pgd = fffff8003f9dc000
              \\|/ ____ \\|/
              "@'/ .. \\\`@"
              /_| \\__/ |_\\
                 \\__U_/
modprobe(1523): Oops [#1]
CPU: 4 PID: 1523 Comm: modprobe Not tainted 5.10.0-8-sparc64-smp #1 Debian 5.10.46-5
task: fffff8003e1c2b40 task.stack: fffff8003d944000
TSTATE: 0000004411001606 TPC: 00000000100d4f18 TNPC: 00000000100d4f1c Y: 00000000    Not tainted
TPC: <sunhv_migrate_hvcons_irq+0x18/0x60 [sunhv]>
g0: 0000000000000000 g1: 0000000000000000 g2: 0000000000000000 g3: 0000000000000001
o0: 0000000000000000 o1: fffff8003d947a18 o2: 0000000000000000 o3: 0000000000000001
RPC: <sunhv_probe+0x2a4/0x3c0 [sunhv]>
l0: 0000000000000000 l1: 0000000000000000 l2: 0000000000000000 l3: 0000000000000000
i0: fffff8003e0a7c00 i1: 0000000000000000 i2: 0000000000000000 i3: 0000000000000000
I7: <platform_drv_probe+0x38/0x90>
Call Trace:
[00000000007c5b18] platform_drv_probe+0x38/0x90
[00000000007c3a94] really_probe+0xf4/0x3e0
[0000000000426a84] do_one_initcall+0x44/0x1e0
Disabling lock debugging due to kernel taint
Caller[00000000007c5b18]: platform_drv_probe+0x38/0x90
Caller[00000000007c3a94]: really_probe+0xf4/0x3e0
Instruction DUMP: 92100010  90100018  c25e2010 <c4586008>`;

export const SPARC_BUG = `kernel BUG at mm/slub.c:3890!
              \\|/ ____ \\|/
              "@'/ .. \\\`@"
kswapd0(54): Kernel bad sw trap 5 [#1]
CPU: 1 PID: 54 Comm: kswapd0 Not tainted 4.9.0-rc1+ #7
task: fffff800f9d8c000 task.stack: fffff800f9d90000
TSTATE: 0000004480001602 TPC: 00000000005b2c4c TNPC: 00000000005b2c50 Y: 00000000    Not tainted
TPC: <kfree+0xec/0x1a0>
RPC: <kfree+0xe4/0x1a0>
I7: <ext4_evict_inode+0x58/0x4e0>
Call Trace:
 [00000000006a1b38] ext4_evict_inode+0x58/0x4e0
 [00000000005e3d2c] evict+0xac/0x180
 [0000000000594f60] shrink_slab+0x1c0/0x3a0
 [0000000000405fe4] ret_from_fork+0x1c/0x2c`;

export const LOONGARCH = `CPU 1 Unable to handle kernel paging request at virtual address 0000000000000010, era == 9000000000c24d3c, ra == 9000000000c24d10
Oops[#1]:
CPU: 1 PID: 778 Comm: ip Not tainted 6.6.9-loong64 #1 Debian 6.6.9-1
Hardware name: Loongson Loongson-3A5000-7A1000-1w-A2101/Loongson-LS3A5000-7A1000-1w-A2101, BIOS vUDK2018
pc 9000000000c24d3c ra 9000000000c24d10 tp 9000000106c14000 sp 9000000106c17a50
a0 0000000000000000 a1 0000000000000001 a2 9000000106c17b08 a3 0000000000000000
   ra: 9000000000c24d10 stmmac_open+0x30/0x120
  ERA: 9000000000c24d3c stmmac_init_phy+0x2c/0x108
 CRMD: 000000b0 (PLV0 -IE -DA +PG DACF=CC DACM=CC -WE)
 PRMD: 00000004 (PPLV0 +PIE -PWE)
 EUEN: 00000000 (-FPE -SXE -ASXE -BTE)
 ECFG: 00071c1d (LIE=0,2-4,10-12 VS=7)
ESTAT: 00010000 [PIL] (IS= ECode=1 EsubCode=0)
 BADV: 0000000000000010
 PRID: 0014c010 (Loongson-64bit, Loongson-3A5000)
Modules linked in: stmmac dwmac_loongson
Process ip (pid: 778, threadinfo=00000000a1b2c3d4, task=00000000e5f6a7b8)
Stack : 0000000000000000 9000000106c17b08 0000000000000001 9000000000c24d10
        ...
Call Trace:
[<9000000000c24d3c>] stmmac_init_phy+0x2c/0x108
[<9000000000c24d10>] stmmac_open+0x30/0x120
[<9000000000d5a1b8>] __dev_open+0xe8/0x1a0
[<9000000000f3c7d4>] do_syscall+0x8c/0xb8
Code: 02c04063  28c0c077  4c000020
---[ end trace 0000000000000000 ]---`;
