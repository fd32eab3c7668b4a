/**
 * The kinds of crashes: the headline that begins each, its title, and which of its functions is to blame.
 *
 * Headlines are the kernel's own words (the file that prints them is named in each group); titles and the choice
 * of the function follow syzbot's convention, so that what kfix prints can be searched for. Rows are tried in
 * order on the headline; a row whose `follows` lines do not follow gives way to the next.
 */
import type { BlamePlan } from "./blame.ts";
import type { CrashKind } from "./crash.ts";

export interface Kind {
  readonly kind: CrashKind;
  /** A line with this text in it may begin a crash. */
  readonly header: string;
  /** The headline; named groups fill the title, `fn` is the function that the headline names. */
  readonly says: RegExp;
  /** Lines that follow, in this order (the first may be the headline itself); their named groups count too. */
  readonly follows?: readonly RegExp[];
  /** `{f}` is the culprit, `{name}` a named group. */
  readonly title: string;
  readonly blame: BlamePlan;
  /** Functions to step over in addition to culprit.ts. */
  readonly skip?: RegExp;
  /** Without a stack trace the log is whole all the same. */
  readonly traceless?: true;
  /** A headline that the kernel never prints so: its log is cut. */
  readonly cut?: true;
  /** The line belongs to the crash above it, where there is one. */
  readonly consequence?: true;
  /** Other programs print such lines too: the kernel's time or tag must be on it. */
  readonly kernelOnly?: true;
  /** It only announces the crash whose headline follows at once. */
  readonly announces?: true;
  /** The instruction pointer is not where it happened (a hung task sleeps, a lock report looks on). */
  readonly bystander?: true;
  readonly example: string;
}

/** A headline as a pattern: blanks may have been lost or doubled; `{FN}` a function, `{SRC}` a place, `{PC}` an address. */
function says(text: string): RegExp {
  return new RegExp(
    text
      .replaceAll(" ", " {0,3}")
      .replaceAll("{FN}", "\\.?(?<fn>[A-Za-z_<$][\\w$<>:]{0,511})")
      .replaceAll("{FN+}", "\\.?(?<fn>[A-Za-z_$][\\w$]{0,511})(?:\\.[\\w.]{1,63})?\\+")
      .replaceAll("{SRC}", "[\\w/.+-]{1,255}\\.[a-zA-Z]{1,4}:\\d{1,7}")
      .replaceAll("{PC}", "\\[<?(?:0x)?[0-9a-f]{0,16}>?\\]"),
  );
}

const AT_FN = says("at: (?:{PC} ){0,2}{FN+}");
const PC_FN = says("{PC} {FN+}");
/** The page allocator, and who hands pages back to it */
export const PAGE_HANDLERS =
  /(?:free|put|get|update|release)_page|free_unref|^_*folio|truncate_inode_pages|page_frag_free|alloc|vmap|page_owner|^bad_page|free_hot_cold|free_one_page|free_pcp|compound_page|page_is_bad|discard_slab|free_slab|prep_new_page|check_new_page|rmqueue|account_page_cache|delete_from_page_cache/;
const USB_SUBMITTERS =
  /^(?:usb_submit_urb|usb_start_wait_urb|usb_bulk_msg|usb_interrupt_msg|usb_control_msg)/;

/** mm/kasan, mm/kmsan, kernel/kcsan, mm/kfence, lib/ubsan.c */
const SANITIZERS: readonly Kind[] = [
  {
    kind: "kasan",
    header: "BUG:",
    says: says("BUG: KASAN: (?!double-free|invalid-free)(?<what>[a-z-]+) in {FN}"),
    follows: [/(?<access>Read|Write) {0,3}(?:of size|at addr) {0,3}[0-9a-f]+/],
    title: "KASAN: {what} {access} in {f}",
    blame: "headline and trace",
    // arm64's tag check faults are reported from inside the exception.
    skip: /kernel_fault|tag_check|mem_abort|^el1_|^el1h_/,
    example: "BUG: KASAN: slab-use-after-free in bond_ipsec_del_sa+0x18/0x2f0",
  },
  {
    kind: "kasan",
    header: "BUG:",
    says: says("BUG: KASAN: (?:double-free or invalid-free|double-free|invalid-free) in {FN}"),
    title: "KASAN: invalid-free in {f}",
    blame: "headline and trace",
    skip: /slab_|kfree|vunmap|vfree/,
    example: "BUG: KASAN: double-free in xt_free_table_info+0x4a/0xc0",
  },
  {
    kind: "kasan",
    header: "BUG:",
    says: says("BUG: KASAN: (?<what>[a-z-]+) on address"),
    follows: [/(?<access>Read|Write) {0,3}of size {0,3}\d+/],
    title: "KASAN: {what} {access}",
    blame: "call trace",
    example: "BUG: KASAN: null-ptr-deref on address 0000000000000010",
  },
  {
    kind: "kasan",
    header: "BUG:",
    says: says("BUG: KASAN: (?<what>[a-z-]+) in {FN}"),
    title: "KASAN: {what} in {f}",
    blame: "headline and trace",
    cut: true,
    example: "BUG: KASAN: wild-memory-access in sg_read+0x1b3/0x1d0",
  },
  {
    kind: "kasan",
    header: "BUG:",
    says: says("BUG: KASAN: (?<what>.*)"),
    title: "KASAN: {what}",
    blame: "call trace",
    cut: true,
    example: "BUG: KASAN: stack-out-of-bounds",
  },
  {
    kind: "kmsan",
    header: "BUG:",
    says: says("BUG: KMSAN: kernel-usb-infoleak in {FN}"),
    title: "KMSAN: kernel-usb-infoleak in {f}",
    blame: "trace until origin",
    skip: new RegExp(`alloc_skb|${USB_SUBMITTERS.source}`),
    traceless: true,
    bystander: true,
    example: "BUG: KMSAN: kernel-usb-infoleak in usb_submit_urb+0x6c1/0x2aa0",
  },
  {
    kind: "kmsan",
    header: "BUG:",
    says: says("BUG: KMSAN: (?<what>[a-z-]+) in {FN}"),
    title: "KMSAN: {what} in {f}",
    blame: "trace until origin",
    // Generic code hits the bad value first; its caller brought it.
    skip: /alloc_skb|netlink_ack|netlink_rcv_skb|_encrypt$|^(?:crypto|cipher|drbg|rng)_/,
    traceless: true,
    bystander: true,
    example: "BUG: KMSAN: uninit-value in btrfs_bin_search+0x4f9/0x5b0",
  },
  {
    kind: "kcsan",
    header: "BUG:",
    says: says("BUG: KCSAN: (?<what>(?:data-race|assert: race) in (?<fn>[\\w.]+)(?: / [\\w.]+)?|.*)"),
    title: "KCSAN: {what}",
    blame: "headline",
    traceless: true,
    bystander: true,
    example: "BUG: KCSAN: data-race in find_next_bit / rcu_report_exp_cpu_mult",
  },
  {
    kind: "kfence",
    header: "BUG:",
    says: says("BUG: KFENCE: (?<what>use-after-free|out-of-bounds|invalid) (?<access>read|write) in {FN}"),
    title: "KFENCE: {what} {access} in {f}",
    blame: "headline then trace",
    traceless: true,
    bystander: true,
    example: "BUG: KFENCE: use-after-free read in find_uprobe+0x5e/0xc0",
  },
  {
    kind: "kfence",
    header: "BUG:",
    says: says("BUG: KFENCE: (?<what>invalid free|memory corruption) in {FN}"),
    title: "KFENCE: {what} in {f}",
    blame: "headline then trace",
    traceless: true,
    bystander: true,
    example: "BUG: KFENCE: memory corruption in test_corruption+0x98/0x19f",
  },
  {
    kind: "ubsan",
    header: "UBSAN:",
    says: says("UBSAN: Undefined behaviour in"),
    title: "UBSAN: undefined-behaviour in {f}",
    blame: "call trace",
    skip: /ubsan|overflow/,
    bystander: true,
    example: "UBSAN: Undefined behaviour in net/ipv4/fib_trie.c:504:6",
  },
  {
    kind: "ubsan",
    header: "UBSAN:",
    // "index" has an "in" in it: the blank must be there.
    says: says("UBSAN: (?<what>[\\w -]{1,80}?)\\s{1,3}in\\s"),
    title: "UBSAN: {what} in {f}",
    blame: "call trace",
    skip: /ubsan|overflow/,
    bystander: true,
    example: "UBSAN: array-index-out-of-bounds in fs/jfs/jfs_dmap.c:2891:31",
  },
];

/**
 * What tells the kernel's own fault from a program's, which arm's do_DataAbort() (arch/arm/mm/fault.c) and arm64's
 * do_mem_abort() until 4.16 announce alike and then end with a signal: a syndrome of the current exception level
 * (bits 31 to 26 of ESR are 0x25 or 0x21), an address of the kernel's, or that die() follows.
 */
const KERNEL_FAULT =
  /\(0x[89][4-7][0-9a-f]{6}\)|\) at 0x(?:[89a-f][0-9a-f]{7}|f[0-9a-f]{15})\b|^Internal error: |^(?:PC is at|pc : )/;

/** arch/x86/mm/fault.c, arch/arm64/mm/fault.c, arch/powerpc/mm/fault.c and their kin */
const FAULTS: readonly Kind[] = [
  {
    kind: "page-fault",
    header: "BUG:",
    says: says(
      "BUG: (?:unable to handle kernel paging request|unable to handle page fault for address|Unable to handle kernel data access|Unable to handle kernel instruction fetch)",
    ),
    title: "BUG: unable to handle kernel paging request in {f}",
    blame: "pointer and trace",
    example: "BUG: unable to handle page fault for address: ffffed1020000000",
  },
  {
    kind: "null-deref",
    header: "BUG:",
    says: says("BUG: (?:unable to handle kernel|kernel|Kernel) NULL pointer (?:dereference|access)"),
    title: "BUG: unable to handle kernel NULL pointer dereference in {f}",
    blame: "pointer and trace",
    example: "BUG: kernel NULL pointer dereference, address: 0000000000000078",
  },
  {
    kind: "page-fault",
    header: "BUG:",
    says: says("BUG: (?:unable to handle kernel|Unable to handle kernel)"),
    title: "BUG: unable to handle kernel",
    blame: "pointer and trace",
    // The rest of the sentence is a second printk.
    cut: true,
    example: "BUG: unable to handle kernel",
  },
  {
    kind: "null-deref",
    header: "Unable to handle kernel",
    says: says("Unable to handle kernel NULL pointer dereference"),
    title: "BUG: unable to handle kernel NULL pointer dereference in {f}",
    blame: "pointer and trace",
    example: "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000078",
  },
  {
    kind: "page-fault",
    header: "Unable to handle kernel",
    says: says("Unable to handle kernel (?<what>paging request|access to user memory)"),
    title: "BUG: unable to handle kernel {what} in {f}",
    blame: "pointer and trace",
    example: "Unable to handle kernel paging request at virtual address ffff7fbff0000000",
  },
  {
    kind: "page-fault",
    header: "Unable to handle kernel",
    says: says(
      "Unable to handle kernel (?<what>execution of user memory|execute from non-executable memory|write to read-only memory|read from unreadable memory|pointer dereference in virtual kernel address space|pointer dereference at virtual kernel address)",
    ),
    title: "BUG: unable to handle kernel {what} in {f}",
    blame: "pointer and trace",
    example: "Unable to handle kernel write to read-only memory at virtual address ffff800008e50000",
  },
  {
    kind: "page-fault",
    header: "Unable to handle kernel",
    says: says("Unable to handle kernel"),
    title: "BUG: unable to handle kernel paging request in {f}",
    blame: "pointer and trace",
    example: "Unable to handle kernel unaligned access at virtual address 0000000000000001",
  },
  {
    kind: "gpf",
    header: "general protection fault",
    says: says("general protection fault.*:"),
    title: "general protection fault in {f}",
    blame: "pointer and trace",
    example:
      "general protection fault, probably for non-canonical address 0xdffffc0000000001: 0000 [#1] PREEMPT SMP KASAN",
  },
  {
    kind: "gpf",
    header: "stack segment: ",
    says: says("stack segment: "),
    title: "stack segment fault in {f}",
    blame: "pointer and trace",
    example: "stack segment: 0000 [#1] SMP",
  },
  {
    kind: "divide-error",
    header: "divide error:",
    says: says("divide error: "),
    title: "divide error in {f}",
    blame: "pointer",
    example: "divide error: 0000 [#1] SMP",
  },
  {
    kind: "divide-error",
    header: "divide_error:",
    says: says("divide_error: "),
    title: "divide error in {f}",
    blame: "pointer",
    example: "divide_error: 0000 [#1] SMP",
  },
  ...(
    [
      {
        follows: [/^(?:pc : |PC is at ).*\+0x/],
        title: "SError Interrupt in {f}",
        blame: "pointer and trace",
      },
      // of a program, or without symbols
      { title: "SError Interrupt", blame: "none", traceless: true },
    ] as const
  ).map(
    (row): Kind => ({
      kind: "machine-check",
      header: "SError Interrupt on CPU",
      // arm64_serror_panic() of arch/arm64/kernel/traps.c; a panic follows
      says: says("SError Interrupt on CPU ?\\d{1,5}, code 0x[0-9a-f]{8,16} -- "),
      ...row,
      example: "SError Interrupt on CPU3, code 0x00000000be000011 -- SError",
    }),
  ),
  {
    kind: "double-fault",
    header: "PANIC: double fault",
    // "double fault: 0000 [#1]" follows since 5.8
    announces: true,
    says: says("PANIC: double fault"),
    title: "PANIC: double fault in {f}",
    blame: "pointer",
    example: "PANIC: double fault, error_code: 0x0",
  },
  {
    kind: "double-fault",
    header: "double fault: ",
    says: says("double fault: [0-9a-f]{4} \\[#"),
    title: "PANIC: double fault in {f}",
    blame: "pointer and trace",
    example: "double fault: 0000 [#1] SMP",
  },
  {
    kind: "bug",
    header: "invalid opcode:",
    says: says("invalid opcode: "),
    title: "invalid opcode in {f}",
    blame: "pointer",
    consequence: true,
    example: "invalid opcode: 0000 [#1] SMP",
  },
  {
    kind: "other",
    header: "[#",
    // the rarer traps of arch/x86/kernel/traps.c
    says: says(
      "(?:^|traps: |Oops: )(?<what>int3|bounds|overflow|invalid TSS|segment not present|alignment check|coprocessor segment overrun|fpu exception|simd exception|virtualization exception|control protection fault): [0-9a-f]{4} \\[#",
    ),
    title: "{what} in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "int3: 0000 [#1] SMP",
  },
  {
    kind: "divide-error",
    header: " ilc:",
    says: says("fixpoint divide exception: [0-9a-f]{4} ilc:"),
    title: "divide error in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "fixpoint divide exception: 0009 ilc:2 [#1] SMP",
  },
  {
    kind: "other",
    header: "[#",
    // the same before 3.17, when die() did not print the length of the instruction
    says: says("^(?<what>[A-Za-z][A-Za-z -]{3,40}(?:exception|operation|event)): [0-9a-f]{4} \\[#\\d"),
    title: "{what} in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Unknown program exception: 0028 [#1] SMP",
  },
  {
    kind: "other",
    header: " ilc:",
    // program checks of arch/s390/kernel/traps.c; BUG() is one of them
    says: says("(?:^|[^\\w ])(?<what>(?!Oops)[A-Za-z][A-Za-z -]{3,40}): [0-9a-f]{4} ilc:\\d \\[#"),
    title: "{what} in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "specification exception: 0006 ilc:3 [#1] SMP",
  },
  {
    kind: "bug",
    header: "[#",
    // BUG() of sparc
    says: says("Kernel bad sw trap 5 \\[#"),
    title: "kernel BUG in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "kswapd0(54): Kernel bad sw trap 5 [#1]",
  },
  {
    kind: "other",
    header: "[#",
    // die() of arch/sparc/kernel/traps_64.c
    says: says("^\\S{1,32}\\(\\d{1,10}\\): (?<what>(?!Oops)[A-Z][\\w ,/.-]{3,60}) \\[#\\d"),
    title: "{what} in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "modprobe(1523): Kernel unaligned access [#1]",
  },
  {
    kind: "other",
    header: "[#",
    // die() of mips and loongarch
    says: says("^(?:CPU \\d{1,5} )?(?<what>(?!Oops|Kernel bug)[A-Z][A-Za-z ]{3,60}[a-z!])\\[#\\d{1,5}\\]:"),
    title: "{what} in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Reserved instruction in kernel code[#1]:",
  },
  ...(
    [
      // what a bus or a memory answered; the address is where the processor stood when it heard of it, or none
      { kind: "machine-check", what: ".{0,40}(?:external abort|parity|ECC error)" },
      { kind: "page-fault", what: "" },
    ] as const
  ).map(
    ({ kind, what }): Kind => ({
      kind,
      header: "Unhandled fault:",
      says: says(`Unhandled fault:${what}`),
      follows: [KERNEL_FAULT],
      title: "Unhandled fault in {f}",
      blame: "pointer and trace",
      example:
        kind === "machine-check"
          ? "Unhandled fault: imprecise external abort (0x1406) at 0x00000000"
          : "Unhandled fault: page domain fault (0x01b) at 0x00000130",
    }),
  ),
  {
    kind: "page-fault",
    header: "Unhandled fault at",
    // do_mem_abort() of arm64 since 4.17, only where the kernel faulted; die() names the fault
    says: says("Unhandled fault at 0x[0-9a-f]{16}"),
    title: "Unhandled fault in {f}",
    blame: "pointer and trace",
    example: "Unhandled fault at 0xffff800010003eb0",
  },
  {
    kind: "other",
    header: "Alignment trap:",
    says: says("Alignment trap:"),
    title: "Alignment trap in {f}",
    blame: "pointer and trace",
    example: "Alignment trap: not handling instruction edc21b20 at [<c0a3b2c4>]",
  },
  {
    kind: "page-fault",
    header: "Oops - ",
    // do_trap_error() of arch/riscv/kernel/traps.c: no page is missing, the bus does not answer
    says: says("(?:^|\\W)Oops - (?<what>(?:load|store \\(or AMO\\)|instruction) access fault) \\[#\\d"),
    title: "{what} in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Oops - load access fault [#1]",
  },
  {
    kind: "other",
    header: "Oops - ",
    says: says("(?:^|\\W)Oops - (?<what>(?:load|store \\(or AMO\\)|instruction) address misaligned) \\[#\\d"),
    title: "{what} in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Oops - store (or AMO) address misaligned [#1]",
  },
  {
    kind: "machine-check",
    header: "Internal error:",
    says: says(
      "Internal error: (?:synchronous|asynchronous) external abort|Internal error: synchronous parity",
    ),
    title: "Internal error in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Internal error: synchronous external abort: 96000210 [#1] PREEMPT SMP",
  },
  {
    kind: "other",
    header: "Internal error:",
    says: says("Internal error:"),
    title: "Internal error in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Internal error: Oops: 96000004 [#1] PREEMPT SMP",
  },
];

/**
 * excprint() of arch/powerpc/xmon/xmon.c: where the debugger is entered, often in place of the oops, which follows when it
 * is left. Interrupts, resets and breakpoints bring one there, too, and are no crash.
 */
const XMON: readonly Kind[] = [
  {
    kind: "page-fault",
    header: "Vector:",
    says: says("cpu 0x[0-9a-f]+: Vector: (?:300|380|400|480) \\("),
    title: "BUG: unable to handle kernel paging request in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "cpu 0x0: Vector: 300 (Data Access) at [c00000000111f7d0]",
  },
  {
    kind: "machine-check",
    header: "Vector:",
    says: says("cpu 0x[0-9a-f]+: Vector: 200 \\("),
    title: "machine check in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "cpu 0x4: Vector: 200 (Machine Check) at [c000001fff97fd80]",
  },
  {
    kind: "bug",
    header: "Vector:",
    says: says("cpu 0x[0-9a-f]+: Vector: 700 \\("),
    follows: [/kernel BUG at/],
    title: "kernel BUG in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "cpu 0x2: Vector: 700 (Program Check) at [c0000001e9a5b7a0]",
  },
  {
    kind: "other",
    header: "Vector:",
    says: says("cpu 0x[0-9a-f]+: Vector: (?:600|700) \\((?<what>[\\w ]{3,40})\\)"),
    title: "{what} in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "cpu 0x2: Vector: 600 (Alignment) at [c0000001e9a5b7a0]",
  },
];

/** How lockdep comes to its report. */
export const LOCKDEP =
  /print_circular_bug|print_deadlock_bug|check_noncircular|check_deadlock|check_prevs?_add|validate_chain/;

/** kernel/locking/lockdep.c, lib/debug_locks.c, kernel/rcu/update.c */
const LOCKING: readonly Kind[] = (["WARNING:", "INFO:"] as const).flatMap((header): Kind[] => [
  {
    kind: "deadlock",
    header,
    says: says(`${header} possible circular locking dependency detected`),
    follows: [/is trying to acquire lock/, ...(header === "INFO:" ? [AT_FN] : [])],
    title: "possible deadlock in {f}",
    blame: header === "INFO:" ? "headline" : "two locks and trace",
    // The locks of these belong to work items: the deadlock is between the work and who waits for it.
    skip: /process_one_work|flush_workqueue|drain_workqueue|destroy_workqueue/,
    bystander: true,
    example: `${header} possible circular locking dependency detected`,
  },
  {
    kind: "deadlock",
    header,
    says: says(`${header} possible irq lock inversion dependency detected`),
    follows: [/just changed the state of lock/, AT_FN],
    title: "possible deadlock in {f}",
    blame: "headline",
    bystander: true,
    example: `${header} possible irq lock inversion dependency detected`,
  },
  {
    kind: "deadlock",
    header,
    says: says(`${header} \\S+-safe -> \\S+-unsafe lock order detected`),
    title: "possible deadlock in {f}",
    blame: "which became unsafe",
    bystander: true,
    example: `${header} SOFTIRQ-safe -> SOFTIRQ-unsafe lock order detected`,
  },
  {
    kind: "deadlock",
    header,
    says: says(`${header} possible recursive locking detected`),
    follows: [/is trying to acquire lock/, AT_FN],
    title: "possible deadlock in {f}",
    blame: "headline",
    skip: LOCKDEP,
    bystander: true,
    example: `${header} possible recursive locking detected`,
  },
  {
    kind: "deadlock",
    header,
    says: says(`${header} possible reason: unannotated irqs-`),
    title: "possible deadlock in {f}",
    blame: "call trace",
    bystander: true,
    example: `${header} possible reason: unannotated irqs-off.`,
  },
  {
    kind: "deadlock",
    header,
    says: says(`${header} inconsistent lock state`),
    follows: [/takes/, AT_FN],
    title: "inconsistent lock state in {f}",
    blame: header === "INFO:" ? "headline" : "call trace",
    bystander: true,
    example: `${header} inconsistent lock state`,
  },
  {
    kind: "lock-misuse",
    header,
    says: says(`${header} suspicious (?:RCU|rcu_dereference_check\\(\\)) usage`),
    follows: [says("{SRC}")],
    title: `${header} suspicious RCU usage in {f}`,
    blame: "call trace",
    skip: /rcu|kmem|slab/,
    bystander: true,
    example: `${header} suspicious RCU usage`,
  },
]);

const LOCK_MISUSE: readonly Kind[] = [
  ...(["BUG:", "WARNING:"] as const).flatMap((header): Kind[] => [
    {
      kind: "lock-misuse",
      header,
      says: says(`${header} .*still has locks held!`),
      follows: [header === "BUG:" ? PC_FN : AT_FN],
      title: `${header} still has locks held in {f}`,
      blame: "headline",
      bystander: true,
      example: `${header} syz-executor/1234 still has locks held!`,
    },
    {
      kind: "lock-misuse",
      header,
      says: says(`${header} lock held when returning to user space`),
      follows: [/leaving the kernel with locks still held/, AT_FN],
      title: `${header} lock held when returning to user space in {f}`,
      blame: "headline",
      traceless: true,
      bystander: true,
      example: `${header} lock held when returning to user space!`,
    },
    {
      kind: "lock-misuse",
      header,
      says: says(`${header} bad unlock balance detected!`),
      title: `${header} bad unlock balance in {f}`,
      blame: "unlock and trace",
      bystander: true,
      example: `${header} bad unlock balance detected!`,
    },
    {
      kind: "lock-misuse",
      header,
      says: says(`${header} held lock freed!`),
      follows: [header === "BUG:" ? PC_FN : AT_FN],
      title: `${header} held lock freed in {f}`,
      blame: "headline",
      bystander: true,
      example: `${header} held lock freed!`,
    },
  ]),
  {
    kind: "lock-misuse",
    header: "WARNING:",
    says: says("WARNING: Nested lock was not taken"),
    title: "WARNING: nested lock was not taken in {f}",
    blame: "warning",
    bystander: true,
    example: "WARNING: Nested lock was not taken",
  },
  {
    kind: "lock-misuse",
    header: "BUG:",
    says: says("BUG: Invalid wait context"),
    // arm and arm64 print this where x86 warns from lockdep.c; one title for both.
    title: "WARNING: locking bug in {f}",
    blame: "call trace",
    skip: /lock_sock|release_sock/,
    bystander: true,
    example: "[ BUG: Invalid wait context ]",
  },
  {
    kind: "lock-misuse",
    header: "BUG:",
    says: says(
      "BUG: (?<lock>spinlock|rwlock) (?<what>lockup suspected|already unlocked|recursion|cpu recursion|bad magic|wrong owner|wrong CPU|trylock failure on UP)",
    ),
    title: "BUG: {lock} {what} in {f}",
    blame: "call trace",
    skip: /spin_|_lock|_unlock/,
    bystander: true,
    example: "BUG: spinlock bad magic on CPU#0, swapper/0/1",
  },
  {
    kind: "lock-misuse",
    header: "INFO:",
    says: says("INFO: trying to register non-static key"),
    title: "INFO: trying to register non-static key in {f}",
    blame: "call trace",
    skip: /stack|lock|IRQ/,
    bystander: true,
    example: "INFO: trying to register non-static key.",
  },
  {
    kind: "lock-misuse",
    header: "BUG:",
    says: says("BUG: using (?<what>[a-z_]+)\\(\\) in preemptible"),
    title: "BUG: using {what}() in preemptible code in {f}",
    blame: "call trace",
    skip: /dump_stack|preemption|preempt|debug_|processor_id|this_cpu/,
    bystander: true,
    example: "BUG: using smp_processor_id() in preemptible [00000000] code: bash/746",
  },
  {
    kind: "lock-misuse",
    header: "BUG:",
    says: says("BUG: workqueue leaked lock or atomic"),
    follows: [/last function: (?<fn>\w{1,255})/],
    title: "BUG: workqueue leaked lock or atomic in {f}",
    blame: "headline",
    traceless: true,
    bystander: true,
    example: "BUG: workqueue leaked lock or atomic: kworker/1:1/0x00000000/28",
  },
  {
    kind: "sleep-in-atomic",
    header: "BUG:",
    says: says("BUG: sleeping function called from invalid context at"),
    title: "BUG: sleeping function called from invalid context in {f}",
    blame: "call trace",
    bystander: true,
    example: "BUG: sleeping function called from invalid context at mm/slab.h:494",
  },
  {
    kind: "sched-atomic",
    header: "BUG:",
    says: says("BUG: scheduling while atomic"),
    title: "BUG: scheduling while atomic in {f}",
    blame: "call trace",
    skip: /schedule/,
    bystander: true,
    example: "BUG: scheduling while atomic: swapper/0/0x00000002",
  },
];

/** kernel/watchdog.c, kernel/hung_task.c, kernel/rcu/tree_stall.h, kernel/workqueue.c */
const STALLS: readonly Kind[] = [
  {
    kind: "soft-lockup",
    header: "BUG:",
    says: says("BUG: soft lockup"),
    title: "BUG: soft lockup in {f}",
    blame: "stalled pointer",
    example: "BUG: soft lockup - CPU#1 stuck for 22s! [kworker/1:2:1234]",
  },
  {
    kind: "hard-lockup",
    header: "hard LOCKUP",
    says: says(
      "(?:Watchdog detected|watchdog: Watchdog detected|Watchdog CPU:\\d+|CPU \\d+ self-detected|CPU \\d+ detected) hard LOCKUP",
    ),
    title: "hard lockup in {f}",
    blame: "stalled pointer",
    example: "NMI watchdog: Watchdog detected hard LOCKUP on cpu 3",
  },
  {
    kind: "hard-lockup",
    header: "Hard LOCKUP",
    // arch/powerpc/kernel/watchdog.c
    says: says("[Ww]atchdog:? CPU:? ?\\d{1,5} (?:detected )?Hard LOCKUP"),
    title: "hard lockup in {f}",
    blame: "stalled pointer",
    example: "watchdog: CPU 12 Hard LOCKUP",
  },
  {
    kind: "rcu-stall",
    header: "INFO:",
    says: says(
      "INFO: rcu_?(?:preempt|sched|bh|tasks|tasks_trace|tasks_rude)? (?:state )?(?:self-)?(?:detected)?(?: expedited)? stall",
    ),
    title: "INFO: rcu detected stall in {f}",
    blame: "interrupted",
    skip: /apic_timer_interrupt|rcu/,
    example: "rcu: INFO: rcu_preempt self-detected stall on CPU",
  },
  {
    kind: "rcu-stall",
    header: "INFO:",
    says: says(
      "INFO: rcu_\\w+ detected expedited stalls|INFO: rcu_sched_state detected stall|INFO: Tasks blocked on level-\\d rcu_node|INFO: rcu_tasks detected stalls",
    ),
    title: "INFO: rcu detected stall in {f}",
    blame: "interrupted",
    skip: /apic_timer_interrupt|rcu/,
    example: "INFO: rcu_tasks detected stalls on tasks:",
  },
  {
    kind: "hung-task",
    header: "INFO:",
    says: says(
      "INFO: task .{1,40} blocked (?:in I/O wait )?for more than \\d+ seconds|INFO: task .{1,40} blocked on an? .{1,40} for more",
    ),
    title: "INFO: task hung in {f}",
    blame: "hung task",
    bystander: true,
    example: "INFO: task syz-executor:1234 blocked for more than 143 seconds.",
  },
  {
    kind: "hung-task",
    header: "INFO:",
    says: says("INFO: task .{1,40} can't die for more than .* seconds"),
    title: "INFO: task can't die in {f}",
    blame: "call trace",
    skip: /schedule/,
    bystander: true,
    example: "INFO: task syz-executor:1234 can't die for more than 143 seconds.",
  },
  {
    kind: "hung-task",
    header: "BUG:",
    says: says("BUG: workqueue lockup"),
    title: "BUG: workqueue lockup",
    blame: "none",
    traceless: true,
    bystander: true,
    example: "BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 33s!",
  },
];

/** mm/memory.c, mm/page_alloc.c, mm/kmemleak.c, mm/slub.c, fs/dcache.c, kernel/fork.c */
const MEMORY: readonly Kind[] = [
  {
    kind: "leak",
    header: "BUG:",
    says: says("BUG: memory leak"),
    title: "memory leak in {f}",
    blame: "backtrace",
    skip: /kmemleak|mmap|kmem|slab|alloc|create_object|idr_get|list_lru_init|kasprintf|kvasprintf|pcpu_create|strdup|strndup|memdup/,
    bystander: true,
    example: "BUG: memory leak",
  },
  {
    kind: "bad-page",
    header: "BUG:",
    says: says("BUG: Bad page state"),
    title: "BUG: Bad page state in {f}",
    blame: "page's owner",
    skip: PAGE_HANDLERS,
    bystander: true,
    example: "BUG: Bad page state in process syz-executor  pfn:1b0d2",
  },
  {
    kind: "bad-page",
    header: "BUG:",
    // mm/filemap.c
    says: says("BUG: Bad page cache"),
    title: "BUG: Bad page cache in {f}",
    blame: "call trace",
    skip: PAGE_HANDLERS,
    bystander: true,
    example: "BUG: Bad page cache in process syz-executor  pfn:1b0d2",
  },
  {
    kind: "bad-page",
    header: "BUG:",
    says: says("BUG: Bad page map"),
    title: "BUG: Bad page map",
    blame: "none",
    bystander: true,
    example: "BUG: Bad page map in process bash  pte:ffff8800379ea318 pmd:379e4067",
  },
  ...[
    "Bad rss-counter state",
    "non-zero nr_ptes on freeing mm",
    "non-zero nr_pmds on freeing mm",
    "non-zero pgtables_bytes on freeing mm",
  ].map(
    (text): Kind => ({
      kind: "bad-page",
      header: "BUG:",
      says: says(`BUG: ${text}`),
      title: `BUG: ${text}`,
      blame: "none",
      traceless: true,
      bystander: true,
      example: `BUG: ${text}`,
    }),
  ),
  {
    kind: "fs-error",
    header: "BUG:",
    says: says("BUG: Dentry .* still in use"),
    follows: [says("still in use \\(\\d+\\) \\[(?<what>unmount) of [^\\]]+\\]")],
    title: "BUG: Dentry still in use in {what}",
    blame: "call trace",
    bystander: true,
    example: "BUG: Dentry ffff8801{i=0,n=/}  still in use (1) [unmount of ramfs ramfs]",
  },
  {
    kind: "other",
    header: "BUG kmalloc-",
    says: says("BUG kmalloc-.*: Object already free"),
    title: "BUG: Object already free",
    blame: "call trace",
    bystander: true,
    example: "BUG kmalloc-64 (Not tainted): Object already free",
  },
  {
    kind: "other",
    header: "BUG ",
    says: says(
      "^(?:=+ )?BUG [\\w:-]{1,63}(?:\\(\\d{1,10}:[^)]{1,255}\\))? (?:\\(.{0,80}\\) ?)?: (?<what>Objects remaining in [\\w:-]{1,63}(?=\\(\\d)|Redzone overwritten|Poison overwritten|Object padding overwritten|Left Redzone overwritten|Right Redzone overwritten|Padding overwritten|Object already free|Freelist Pointer check fails|Invalid object pointer|Freechain corrupt|Objects remaining.{0,60})",
    ),
    title: "BUG: {what} in {f}",
    blame: "call trace",
    skip: /check_|object_err|slab|init_object|on_freelist|print_trailer|debug_processing/,
    bystander: true,
    example: "BUG kmalloc-64 (Not tainted): Poison overwritten",
  },
];

/** kernel/cfi.c until 6.0 */
const CFI_CHECKS = /cfi_(?:check|slowpath|failure)/;

/** kernel/panic.c, kernel/sched/core.c, init/main.c, arch/x86/kernel/dumpstack.c */
const PANICS: readonly Kind[] = [
  {
    kind: "stack-overflow",
    header: "BUG:",
    says: says("BUG: .*stack guard page was hit at"),
    title: "BUG: stack guard page was hit in {f}",
    blame: "stalled pointer",
    example:
      "BUG: TASK stack guard page was hit at ffffc90003f17ff8 (stack is ffffc90003f18000..ffffc90003f20000)",
  },
  {
    kind: "other",
    header: "Kernel panic",
    // kernel/cfi.c until 6.0
    says: says("Kernel panic - not syncing: CFI failure \\(target:"),
    title: "CFI failure in {f}",
    blame: "call trace",
    skip: CFI_CHECKS,
    bystander: true,
    example: "Kernel panic - not syncing: CFI failure (target: nf_hook_drop+0x0/0x10)",
  },
  {
    kind: "stack-overflow",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: {FN+}"),
    title: "kernel panic: stack is corrupted in {f}",
    blame: "headline",
    traceless: true,
    bystander: true,
    example:
      "Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: udp4_lib_lookup2+0x7f6/0x9b0",
  },
  {
    kind: "stack-overflow",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: [a-f0-9]+"),
    title: "kernel panic: stack is corrupted in {f}",
    blame: "call trace",
    skip: /stack_chk/,
    bystander: true,
    example: "Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: ffffffff82b49a06",
  },
  {
    kind: "stack-overflow",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: corrupted stack end detected inside scheduler"),
    title: "kernel panic: corrupted stack end in {f}",
    blame: "stalled trace",
    skip: /schedule|retint_kernel/,
    bystander: true,
    example: "Kernel panic - not syncing: corrupted stack end detected inside scheduler",
  },
  {
    kind: "stack-overflow",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: kernel stack overflow"),
    title: "kernel stack overflow in {f}",
    blame: "stalled trace",
    skip: /bad_stack/,
    bystander: true,
    example: "Kernel panic - not syncing: kernel stack overflow",
  },
  ...[
    ["Attempted to kill init!", undefined],
    ["Couldn't open N_TTY ldisc", undefined],
    // The report that this is the end of was lost.
    ["Fatal exception", true],
    ["panic_on_warn set", true],
    ["hung_task: blocked tasks", true],
  ].map(
    ([text, cut]): Kind => ({
      kind: "panic",
      header: "Kernel panic",
      says: says(`Kernel panic - not syncing: ${text}`),
      title: `kernel panic: ${text}`,
      blame: "call trace",
      consequence: true,
      ...(cut === true ? { cut } : { bystander: true }),
      example: `Kernel panic - not syncing: ${text}`,
    }),
  ),
  {
    kind: "oom",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: (?<what>Out of memory|System is deadlocked on memory)"),
    title: "kernel panic: {what}",
    blame: "call trace",
    consequence: true,
    bystander: true,
    example: "Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled",
  },
  {
    kind: "machine-check",
    header: "Kernel panic",
    says: says(
      "Kernel panic - not syncing: (?<what>(?:Fatal )?[Mm]achine check.*|Fatal hardware error!.*|Asynchronous SError Interrupt|Unrecoverable Machine check|Timeout: Not all CPUs entered broadcast exception handler.*)",
    ),
    title: "kernel panic: {what}",
    blame: "call trace",
    consequence: true,
    example: "Kernel panic - not syncing: Fatal machine check on current CPU",
  },
  {
    kind: "stack-overflow",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: (?<what>Corrupt kernel stack)"),
    title: "kernel panic: {what}",
    blame: "call trace",
    consequence: true,
    bystander: true,
    example: "Kernel panic - not syncing: Corrupt kernel stack, can't continue.",
  },
  {
    kind: "fs-error",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: (?<what>VFS: Unable to mount root fs|EXT[234]-fs|XFS|BTRFS).*"),
    title: "kernel panic: {what}",
    blame: "call trace",
    consequence: true,
    bystander: true,
    example: "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)",
  },
  {
    kind: "hard-lockup",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: (?:Watchdog detected hard LOCKUP|Hard LOCKUP|hardlockup)"),
    title: "hard lockup in {f}",
    blame: "stalled pointer",
    consequence: true,
    example: "Kernel panic - not syncing: Hard LOCKUP",
  },
  {
    kind: "panic",
    header: "Kernel panic",
    says: says("Kernel panic - not syncing: (?<what>.*)"),
    title: "kernel panic: {what}",
    blame: "call trace",
    consequence: true,
    bystander: true,
    example: "Kernel panic - not syncing: Attempted to kill the idle task!",
  },
  {
    kind: "panic",
    header: "Kernel panic",
    says: says("Kernel panic: (?<what>.+)"),
    title: "kernel panic: {what}",
    blame: "call trace",
    consequence: true,
    bystander: true,
    example: "Kernel panic: Aiee, killing interrupt handler!",
  },
  {
    kind: "bug",
    header: "PANIC at ",
    // spl_panic() of OpenZFS's module/os/linux/spl/spl-err.c
    says: says("(?:^|: )PANIC at [\\w./-]{1,200}:\\d{1,7}:(?<fn>\\w{1,128})\\(\\)"),
    title: "PANIC in {f}",
    blame: "headline",
    traceless: true,
    bystander: true,
    example: "PANIC at zfs_vfsops.c:400:zfs_space_delta_cb()",
  },
  {
    kind: "bug",
    header: "SPL PANIC",
    // spl_debug_bug() of SPL until 0.6.3
    says: says(
      "SPLError: \\d{1,10}:\\d{1,10}:\\([\\w./-]{1,200}:\\d{1,7}:(?<fn>\\w{1,128})\\(\\)\\) SPL PANIC",
    ),
    title: "PANIC in {f}",
    blame: "headline",
    traceless: true,
    bystander: true,
    example: "SPLError: 1942:0:(zap.c:444:zap_leaf_pageout()) SPL PANIC",
  },
  {
    kind: "panic",
    header: "rust_kernel: panicked",
    announces: true,
    says: says("rust_kernel: panicked at"),
    follows: [/panicked at/, /^(?<what>.{3,200})$/],
    title: "{what} in {f}",
    blame: "call trace",
    skip: /rust_begin_unwind/,
    bystander: true,
    example: "rust_kernel: panicked at drivers/android/binder/process.rs:123:9:",
  },
];

/** BUG() of include/asm-generic/bug.h */
const BUGS: readonly Kind[] = [
  {
    kind: "bug",
    header: "kernel BUG",
    says: says("kernel BUG at \\S*mm/usercopy\\.c"),
    title: "BUG: bad usercopy in {f}",
    blame: "call trace",
    skip: /usercopy|__check/,
    example: "kernel BUG at mm/usercopy.c:102!",
  },
  {
    kind: "list-corruption",
    header: "kernel BUG",
    says: says("kernel BUG at \\S*lib/list_debug\\.c"),
    title: "BUG: corrupted list in {f}",
    blame: "call trace",
    example: "kernel BUG at lib/list_debug.c:29!",
  },
  {
    kind: "bug",
    header: "kernel BUG",
    // "Missing ENDBR" of exc_control_protection(): what was jumped to stands below the handler
    says: says("kernel BUG at \\S*arch/x86/kernel/(?:cet|traps)\\.c"),
    title: "kernel BUG in {f}",
    announces: true,
    blame: "trapped",
    example: "kernel BUG at arch/x86/kernel/cet.c:133!",
  },
  {
    kind: "bug",
    header: "kernel BUG",
    says: says("kernel BUG (?:at|in) "),
    title: "kernel BUG in {f}",
    // arm's BUG() is a NULL dereference.
    announces: true,
    blame: "pointer and trace",
    // skb helpers check what their callers do.
    skip: /^skb_/,
    example: "kernel BUG at net/core/skbuff.c:107!",
  },
  {
    kind: "bug",
    header: "Kernel BUG",
    // riscv's die(), below "kernel BUG at"
    says: says("Kernel BUG \\[#\\d"),
    title: "kernel BUG in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Kernel BUG [#1]",
  },
  {
    kind: "bug",
    header: "Kernel BUG",
    says: says("Kernel BUG (?<what>at {FN+}|.*)"),
    title: "kernel BUG in {f}",
    blame: "headline and trace",
    example: "Kernel BUG at btrfs_search_slot+0x4f9 [verbose debug info unavailable]",
  },
];

/** WARN() of include/asm-generic/bug.h, as kernel/panic.c prints it */
const WARNINGS: readonly Kind[] = [
  ...(
    [
      {
        says: "lib/debugobjects\\.c.*(?:debug_print|debug_check|at)",
        title: "WARNING: ODEBUG bug in {f}",
        skip: /debug_|rcu|hrtimer_|timer_|work_|percpu_|vunmap|vfree|__free_|debug_check|kobject_/,
        example: "WARNING: CPU: 0 PID: 1 at lib/debugobjects.c:287 debug_print_object+0x16a/0x250",
      },
      {
        says: "mm/usercopy\\.c.*(?:usercopy_warn|at)",
        title: "WARNING: bad usercopy in {f}",
        skip: /usercopy|__check/,
        example: "WARNING: CPU: 0 PID: 1 at mm/usercopy.c:81 usercopy_warn+0xe6/0x100",
      },
      {
        says: "lib/kobject\\.c.*(?:kobject_|at)",
        title: "WARNING: kobject bug in {f}",
        skip: /kobject_/,
        example: "WARNING: CPU: 0 PID: 1 at lib/kobject.c:244 kobject_add_internal+0x401/0x710",
      },
      {
        says: "fs/proc/generic\\.c.*(?:proc_register|at)",
        title: "WARNING: proc registration bug in {f}",
        skip: /proc_/,
        example: "WARNING: CPU: 0 PID: 1 at fs/proc/generic.c:379 proc_register+0x314/0x560",
      },
      {
        kind: "refcount",
        says: "lib/refcount\\.c.*(?:refcount_|at)",
        title: "WARNING: refcount bug in {f}",
        skip: /refcount|kobject_/,
        example: "WARNING: CPU: 0 PID: 1 at lib/refcount.c:28 refcount_warn_saturate+0x1a0/0x1f0",
      },
      {
        kind: "lock-misuse",
        says: "kernel/(?:locking/)?lockdep\\.c.*lock_",
        title: "WARNING: locking bug in {f}",
        skip: /lock_sock|release_sock/,
        example: "WARNING: CPU: 0 PID: 1 at kernel/locking/lockdep.c:4856 lock_release+0x3a2/0x6d0",
      },
      {
        kind: "list-corruption",
        // Where list_del() was inlined, the function is its caller's.
        says: "lib/list_debug\\.c:\\d",
        title: "WARNING: corrupted list in {f}",
        skip: /list_/,
        example: "WARNING: CPU: 0 PID: 1 at lib/list_debug.c:33 __list_add+0xac/0xc0",
      },
    ] as const
  ).map(
    (row): Kind => ({
      kind: "kind" in row ? row.kind : "warning",
      header: "WARNING:",
      says: says(`WARNING: .*${row.says}`),
      title: row.title,
      blame: "warning",
      skip: row.skip,
      example: row.example,
    }),
  ),
  {
    kind: "warning",
    header: "WARNING:",
    says: says("WARNING: .*mm/.*\\.c.*\\sk?.?malloc"),
    title: "WARNING: kmalloc bug in {f}",
    blame: "warning",
    skip: /kmalloc|krealloc|slab|kmem/,
    example: "WARNING: CPU: 1 PID: 123 at mm/slab_common.c:996 kmalloc_slab+0x56/0x70",
  },
  {
    kind: "warning",
    header: "WARNING:",
    says: says("WARNING: .*mm/vmalloc\\.c.*__vmalloc_node"),
    title: "WARNING: zero-size vmalloc in {f}",
    blame: "warning",
    example: "WARNING: CPU: 1 PID: 123 at mm/vmalloc.c:2544 __vmalloc_node_range+0x6f5/0x800",
  },
  {
    kind: "warning",
    header: "WARNING:",
    says: says("WARNING: .* usb_submit_urb"),
    title: "WARNING in {f}/usb_submit_urb",
    blame: "warning",
    skip: USB_SUBMITTERS,
    example: "WARNING: CPU: 1 PID: 123 at drivers/usb/core/urb.c:503 usb_submit_urb+0xed6/0x1880",
  },
  {
    kind: "warning",
    header: "WARNING:",
    says: says("WARNING: (?:\\[.{0,80}\\] )?{SRC} at 0x[0-9a-f]+, CPU#\\d+"),
    title: "WARNING in {f}",
    blame: "warning",
    example: "WARNING: fs/inode.c:417 at 0x12345678, CPU#0: syz-executor/1234",
  },
  {
    kind: "warning",
    header: "WARNING:",
    says: says("WARNING: .*at {SRC} {FN+}"),
    title: "WARNING in {f}",
    blame: "warning",
    example: "WARNING: CPU: 1 PID: 8321 at kernel/sched/core.c:7301 __might_sleep+0x77/0x80()",
  },
  {
    kind: "warning",
    header: "WARNING:",
    says: says("WARNING: (?:\\[.{0,80}\\] )?{SRC} at {FN+}"),
    title: "WARNING in {f}",
    blame: "warning",
    example: "WARNING: fs/inode.c:417 at drop_nlink+0xb5/0x110, CPU#0: syz-executor/1234",
  },
  {
    // kernel/panic.c, __warn() without CONFIG_DEBUG_BUGVERBOSE
    kind: "warning",
    header: "WARNING:",
    says: says("WARNING: CPU: \\d+ PID: \\d+ at {FN+}"),
    title: "WARNING in {f}",
    blame: "warning",
    example: "WARNING: CPU: 3 PID: 6306 at kobject_put+0x23d/0x4e0",
  },
  {
    kind: "warning",
    header: "WARNING:",
    says: says("WARNING: (?:CPU: \\d+ PID: \\d+ )?at {SRC}"),
    title: "WARNING in {f}",
    blame: "warning",
    example: "WARNING: at fs/inode.c:417",
  },
  ...(
    [
      {
        says: "kernel stack regs at [0-9a-f]+ in \\S+ has bad '(?<what>[^']+)' value",
        title: "kernel stack regs has bad '{what}' value",
        example: "kernel stack regs at ffff8801c5b5fe78 in syz-executor:1234 has bad 'bp' value",
      },
      {
        says: "kernel stack frame pointer at [0-9a-f]+ in \\S+ has bad value",
        title: "kernel stack frame pointer has bad value",
        example: "kernel stack frame pointer at ffff8801c5b5fe78 in syz-executor:1234 has bad value",
      },
      {
        // The addresses are not printed before there is enough entropy to hash them.
        says: "kernel stack (?:regs|frame pointer) .* has bad",
        title: "kernel stack regs has bad value",
        example: "kernel stack regs at (ptrval) in syz-executor:1234 has bad 'bp' value",
      },
    ] as const
  ).map(
    (row): Kind => ({
      kind: "other",
      header: "WARNING:",
      says: says(`WARNING: ${row.says}`),
      title: `WARNING: ${row.title}`,
      blame: "none",
      traceless: true,
      bystander: true,
      example: `WARNING: ${row.example}`,
    }),
  ),
];

/** xfs_error_report() of fs/xfs/xfs_error.c: until 2.6.37 without the device, or behind `Filesystem "dm-0": ` */
const XFS_INTERNAL_ERRORS: readonly Kind[] = [
  {
    header: "Internal error ",
    says: "XFS(?: \\([^)]{1,64}\\))?: Internal error",
    example: "XFS (dm-0): Internal error",
  },
  {
    header: "XFS internal error ",
    says: "XFS internal error",
    example: 'Filesystem "dm-0": XFS internal error',
  },
].flatMap(({ header, says: prefix, example }): Kind[] => {
  const row = {
    kind: "fs-error",
    header,
    title: "XFS internal error in {f}",
    traceless: true,
    bystander: true,
  } as const;
  const checked = `${example} XFS_WANT_CORRUPTED_GOTO at line 1617 of file fs/xfs/xfs_alloc.c.  Caller`;
  return [
    {
      ...row,
      says: says(`${prefix} (?<fn>xfs_\\w{1,128}) at line`),
      blame: "headline",
      example: `${example} xfs_trans_cancel at line 983 of file fs/xfs/xfs_trans.c.  Caller xfs_create+0x5f4/0x780 [xfs]`,
    },
    {
      ...row,
      says: says(`${prefix} .{1,200}\\sCaller {FN+}`),
      blame: "headline",
      example: `${checked} xfs_free_extent+0xf9/0x130 [xfs]`,
    },
    {
      ...row,
      // Until 3.15 the caller is an address; it is printed above who reports.
      says: says(`${prefix} \\S+ at line \\d+ of file .{1,200}\\sCaller 0x[0-9a-f]+`),
      follows: [/\bxfs_error_report\+0x/, says("^(?:{PC} ){0,2}(?:\\? )?(?!xfs_corruption_error){FN+}")],
      blame: "headline",
      example: `${checked} 0xffffffffa02c5a3d`,
    },
    {
      ...row,
      says: says(`${prefix} \\S+ at line \\d+ of file .{1,200}`),
      blame: "call trace",
      skip: /xfs_error_report|xfs_corruption_error/,
      example: `${checked} 0xffffffffa02c5a3d`,
    },
  ];
});

/** What else stops a machine, or a part of it. */
const OTHERS: readonly Kind[] = [
  {
    kind: "other",
    header: "CFI failure",
    // report_cfi_failure() of kernel/cfi.c since 6.1; a BUG() or a WARN() of the same place follows
    says: says("CFI failure at {FN+}"),
    title: "CFI failure in {f}",
    announces: true,
    blame: "headline and trace",
    example:
      "CFI failure at nf_hook_slow+0x3f0/0x480 (target: nf_hook_drop+0x0/0x10; expected type: 0xd9421881)",
  },
  {
    kind: "other",
    header: "CFI failure",
    // until 6.0 a WARN() follows; `at` may be an address that belongs to no function
    says: says("CFI failure (?:\\(target:|at (?:0x)?[0-9a-f]{8,16}\\b)"),
    title: "CFI failure in {f}",
    announces: true,
    blame: "warning",
    skip: CFI_CHECKS,
    example: "CFI failure (target: nf_hook_drop+0x0/0x10):",
  },
  {
    kind: "other",
    header: "unregister_netdevice: waiting for",
    says: says("unregister_netdevice: waiting for .* to become free"),
    title: "unregister_netdevice: waiting for DEV to become free",
    blame: "none",
    traceless: true,
    consequence: true,
    bystander: true,
    example: "unregister_netdevice: waiting for lo to become free. Usage count = 3",
  },
  {
    kind: "other",
    header: "Booting the kernel.",
    says: /^Booting the kernel\./,
    title: "unexpected kernel reboot",
    blame: "none",
    traceless: true,
    bystander: true,
    example: "Booting the kernel.",
  },
  {
    kind: "fs-error",
    header: "VFS: Close: file count is 0",
    says: says("VFS: Close: file count is 0"),
    title: "VFS: Close: file count is zero (use-after-free)",
    blame: "none",
    traceless: true,
    bystander: true,
    example: "VFS: Close: file count is 0",
  },
  {
    kind: "fs-error",
    header: "VFS: Busy inodes after unmount",
    says: says("VFS: Busy inodes after unmount"),
    title: "VFS: Busy inodes after unmount (use-after-free)",
    blame: "none",
    traceless: true,
    bystander: true,
    example: "VFS: Busy inodes after unmount of loop0. Self-destruct in 5 seconds.",
  },
  ...[2, 3, 4].map(
    (version): Kind => ({
      kind: "fs-error",
      header: `EXT${version}-fs error`,
      says: says(`EXT${version}-fs error \\(device [^)]{1,64}\\): (?<fn>\\w{1,128})(?::\\d+)?: `),
      title: `EXT${version}-fs error in {f}`,
      blame: "headline",
      traceless: true,
      bystander: true,
      example: `EXT${version}-fs error (device sda1): ext${version}_lookup:1602: inode #2: comm ls: deleted inode referenced: 12`,
    }),
  ),
  {
    kind: "fs-error",
    header: "Aborting journal on device",
    says: says("Aborting journal on device"),
    title: "Aborting journal",
    blame: "none",
    traceless: true,
    bystander: true,
    consequence: true,
    example: "Aborting journal on device sda1-8.",
  },
  {
    kind: "fs-error",
    header: "XFS (",
    says: says(
      "XFS \\([^)]{1,64}\\): (?:{FN+}|Corruption of in-memory data|Log I/O [Ee]rror|I/O [Ee]rror).{0,200}[Ss]hutting down filesystem|XFS \\([^)]{1,64}\\): xfs_do_force_shutdown",
    ),
    title: "XFS shut down",
    blame: "none",
    traceless: true,
    bystander: true,
    consequence: true,
    example: "XFS (dm-0): Corruption of in-memory data detected.  Shutting down filesystem",
  },
  ...XFS_INTERNAL_ERRORS,
  {
    kind: "fs-error",
    header: "XFS (",
    says: says(
      "XFS \\([^)]{1,64}\\): (?:(?:Metadata |Internal )?[Cc]orruption .{0,80}\\sat|Metadata CRC error detected at) {FN+}",
    ),
    title: "XFS internal error in {f}",
    blame: "headline",
    traceless: true,
    bystander: true,
    example:
      "XFS (sda1): Metadata corruption detected at xfs_agi_verify+0x1d1/0x220 [xfs], xfs_agi block 0x2",
  },
  {
    kind: "fs-error",
    header: "BTRFS",
    says: says(
      "BTRFS(?: error)? .{0,40}\\(device [^)]{1,64}(?:\\)|: state \\w+\\)) in (?<fn>\\w{1,128}):\\d+: errno",
    ),
    title: "BTRFS error in {f}",
    blame: "headline",
    traceless: true,
    bystander: true,
    example: "BTRFS: error (device sda1) in btrfs_run_delayed_refs:2117: errno=-28 No space left",
  },
  {
    kind: "fs-error",
    header: "BTRFS critical",
    says: says("BTRFS critical \\(device [^)]{1,64}\\): (?<what>corrupt \\w{1,32})"),
    title: "BTRFS: {what}",
    blame: "none",
    traceless: true,
    bystander: true,
    consequence: true,
    example: "BTRFS critical (device sda1): corrupt leaf: root=5 block=29360128 slot=7, bad key order",
  },
  {
    kind: "oom",
    header: " invoked oom-killer",
    says: says("(?<who>.{1,64}) invoked oom-killer:"),
    title: "out of memory: oom-killer invoked",
    blame: "none",
    traceless: true,
    bystander: true,
    example: "java invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0",
  },
  {
    kind: "oom",
    header: "oom-kill:constraint=",
    // dump_oom_summary() of mm/oom_kill.c since 5.0
    says: says("oom-kill:constraint=CONSTRAINT_\\w+,.*task="),
    title: "out of memory: oom-killer invoked",
    blame: "none",
    traceless: true,
    bystander: true,
    consequence: true,
    example:
      "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=java,pid=7134,uid=0",
  },
  {
    kind: "oom",
    header: "ut of memory: Kill",
    says: says("(?:Memory cgroup o|O)ut of memory: Kill(?:ed)? process \\d{1,10} \\("),
    title: "out of memory: oom-killer invoked",
    blame: "none",
    traceless: true,
    bystander: true,
    consequence: true,
    example: "Out of memory: Killed process 1234 (java) total-vm:8123456kB, anon-rss:7123456kB",
  },
  {
    kind: "machine-check",
    header: "[Hardware Error]",
    says: says(
      "\\[Hardware Error\\]: (?:CPU \\d+: Machine Check|Machine check events logged|.*Uncorrected error|event severity: (?:fatal|recoverable))",
    ),
    title: "machine check",
    blame: "none",
    traceless: true,
    bystander: true,
    example: "mce: [Hardware Error]: CPU 1: Machine Check Exception: 5 Bank 5: be00000000800400",
  },
  {
    kind: "machine-check",
    header: "Machine check in kernel mode",
    says: says("Machine check in kernel mode"),
    title: "machine check in {f}",
    blame: "pointer and trace",
    traceless: true,
    example: "Machine check in kernel mode.",
  },
  {
    kind: "bug",
    header: "Kernel bug detected",
    says: says("Kernel bug detected"),
    title: "kernel BUG in {f}",
    blame: "pointer and trace",
    example: "Kernel bug detected[#1]:",
  },
  {
    kind: "other",
    header: "page allocation failure",
    says: says("(?:^|: )page allocation failure"),
    title: "page allocation failure in {f}",
    blame: "call trace",
    skip: /alloc|slab|dump_|page|kmem/,
    bystander: true,
    consequence: true,
    example: "tcpdump: page allocation failure. order:5, mode:0xc0d0",
  },
  {
    kind: "other",
    header: ": nobody cared",
    says: says("irq \\d+: nobody cared"),
    title: "irq: nobody cared in {f}",
    blame: "call trace",
    skip: /irq|IRQ/,
    bystander: true,
    consequence: true,
    example: 'irq 16: nobody cared (try booting with the "irqpoll" option)',
  },
  {
    kind: "other",
    header: "trusty: panic",
    // Android's trusted execution environment logs through the kernel
    says: says("trusty: panic \\(.{0,80}?\\):(?: DEBUG)? ASSERT FAILED at \\(.{0,200}?\\): (?<what>.+)"),
    title: "trusty: ASSERT FAILED: {what}",
    blame: "none",
    traceless: true,
    bystander: true,
    example: "trusty: panic (caller 0x8d3c): ASSERT FAILED at (lib/sm/sm.c:123): ret == 0",
  },
  {
    kind: "other",
    header: "trusty: panic",
    says: says("trusty: panic \\(.{0,80}?\\): (?<what>.+)"),
    title: "trusty: panic: {what}",
    blame: "none",
    traceless: true,
    bystander: true,
    example: "trusty: panic (caller 0x8d3c): out of memory",
  },
  ...["SYZFAIL:", "SYZFATAL:"].map(
    (header): Kind => ({
      kind: "other",
      header,
      // What a fuzzer says of itself in the middle of the kernel's log.
      says: says(`${header} (?<what>.*)`),
      title: `${header} {what}`,
      blame: "none",
      traceless: true,
      bystander: true,
      example: `${header} SIGSEGV`,
    }),
  ),
  {
    kind: "machine-check",
    header: "Oops",
    says: says("Oops: Machine check, sig: "),
    title: "machine check in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Oops: Machine check, sig: 7 [#1]",
  },
  {
    kind: "stack-overflow",
    header: "Oops",
    says: says("Oops: (?:Kernel stack overflow|Bad kernel stack pointer), sig: "),
    title: "kernel stack overflow in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Oops: Kernel stack overflow, sig: 6 [#1]",
  },
  {
    kind: "other",
    header: "Oops",
    says: says("(?:^|\\W)Oops(?: - [\\w ()]{2,60})? (?:: |\\[#)|Oops#\\d+ ?:"),
    title: "Oops in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Oops: Exception in kernel mode, sig: 4 [#1]",
  },
  {
    kind: "other",
    header: "access of bad area",
    says: says("[Kk]ernel access of bad area"),
    title: "kernel access of bad area in {f}",
    blame: "pointer and trace",
    consequence: true,
    example: "Kernel access of bad area, sig: 11 [#1]",
  },
];

/** The last resort for headlines that no row above knows: the line itself is the title. */
const UNKNOWN: readonly Kind[] = [
  ...["BUG:", "WARNING:", "INFO:"].map(
    (header): Kind => ({
      kind: "other",
      header,
      // What stands in front are marks and tags of the log, not the words of another sentence.
      says: new RegExp(`^(?:.*[\\]:>] ?|\\[ ?)?${header}\\s*$`),
      title: `${header.slice(0, -1)}: corrupted`,
      blame: "none",
      cut: true,
      bystander: true,
      example: header,
    }),
  ),
  {
    kind: "other",
    header: "INFO:",
    // print_track() of mm/slub.c, in the middle of a report of SLUB until 5.12
    says: says("INFO: (?<what>(?:Freed|Allocated) in .*)"),
    title: "INFO: {what}",
    blame: "none",
    cut: true,
    consequence: true,
    bystander: true,
    example: "INFO: Allocated in fasync_helper+0x29/0x90 age=4 cpu=0 pid=4079",
  },
  {
    kind: "other",
    header: "INFO:",
    says: says("(?<what>INFO: (?:possible |suspicious |inconsistent |\\S+-safe -> |rcu\\w* |trying to ).*)"),
    title: "{what}",
    blame: "none",
    cut: true,
    traceless: true,
    example: "INFO: suspicious RCU usage",
  },
  ...["BUG:", "UBSAN:"].map(
    (header): Kind => ({
      kind: header === "BUG:" ? "bug" : "ubsan",
      header,
      says: new RegExp(`(?<![A-Za-z_]|Oops - )(?<what>${header}\\s*\\S.*)`),
      title: "{what}",
      announces: true,
      blame: "none",
      traceless: true,
      example: `${header} something that no row knows`,
    }),
  ),
  {
    kind: "lock-misuse",
    header: "WARNING:",
    says: says(
      "(?<what>WARNING: (?:possible (?:circular|irq|recursive)|suspicious RCU|inconsistent lock|\\S+-safe -> |lock held|held lock|bad unlock|Nested lock).*)",
    ),
    title: "{what}",
    blame: "none",
    cut: true,
    traceless: true,
    example: "WARNING: suspicious RCU usage",
  },
  {
    kind: "warning",
    header: "WARNING:",
    says: says("(?<![A-Za-z_])(?<what>WARNING: .*)"),
    title: "{what}",
    kernelOnly: true,
    announces: true,
    blame: "none",
    traceless: true,
    example: "WARNING: something that no row knows",
  },
];

/** All rows, in the order in which they are tried. */
export const KINDS: readonly Kind[] = [
  ...SANITIZERS,
  ...FAULTS,
  ...XMON,
  ...LOCKING,
  ...LOCK_MISUSE,
  ...STALLS,
  ...MEMORY,
  ...PANICS,
  ...BUGS,
  ...WARNINGS,
  ...OTHERS,
  ...UNKNOWN,
];

/** Lines that carry a header and yet begin no crash: the kernel's own asides, other programs' words. */
export const NO_CRASH: readonly { readonly pattern: RegExp; readonly example: string }[] = [
  // DEBUG_OBJECTS announces its warning; Android's and ART's debug output
  { pattern: /DEBUG:/, example: "ODEBUG: free active (active state 0) object type: timer_list" },
  // decode_stacktrace names what was inlined into the function that the next headline names
  {
    pattern: /WARNING: .{0,200}\.[chS]:\d{1,7} \[inline\]/,
    example:
      "WARNING: CPU: 1 PID: 7 at include/net/sock.h:1782 sock_owned_by_me include/net/sock.h:1782 [inline]",
  },
  // a headline between quotes is spoken of; JSON and YAML put their quotes behind a colon, a comma or a bracket
  {
    pattern: /(?<![:=,[{(] ?)'BUG: [^']*'/,
    example: "* 'BUG: sleeping function called from invalid context'",
  },
  {
    pattern: /(?<![:=,[{(] ?)'kernel BUG at[^']*'/,
    example: "BUG: saw 'kernel BUG at': ok",
  },
  // the source of a message
  {
    pattern: /BUG: .*%(?:[dsuxp]|l[dux])/,
    example: 'printk("BUG: sleeping function called from invalid context at %s:%d", file, line);',
  },
  { pattern: /xlog_status:/, example: "xlog_status: INFO: on" },
  { pattern: /evtlog_status:/, example: "evtlog_status: INFO: on" },
  { pattern: /_INFO:/, example: "QCOM_INFO: started" },
  { pattern: /rmt_storage:INFO:/, example: "rmt_storage:INFO:check_support_using_libmdm" },
  { pattern: /lockdep is turned off/, example: "INFO: lockdep is turned off." },
  {
    pattern: /Stall ended before state dump start/,
    example: "INFO: Stall ended before state dump start",
  },
  {
    pattern: /recovery required on readonly filesystem/,
    example: "EXT4-fs (sda1): INFO: recovery required on readonly filesystem",
  },
  {
    pattern: /took too long/,
    example: "INFO: NMI handler (perf_event_nmi_handler) took too long to run: 1.991 msecs",
  },
  {
    pattern: /INFO: sys_\S{0,64} is not present in \/proc\/kallsyms/,
    example: "INFO: sys_foo is not present in /proc/kallsyms",
  },
  { pattern: /: no syscalls can create resource/, example: "BUG: no syscalls can create resource fd_foo" },
  {
    pattern: /WARNING: \/etc\/ssh\/moduli does not exist/,
    example: "WARNING: /etc/ssh/moduli does not exist, using fixed modulus",
  },
  {
    pattern: /WARNING: Unsupported flag value/,
    example: "WARNING: Unsupported flag value(s) of 0x1 in DT_FLAGS_1.",
  },
  {
    pattern: /WARNING: workqueue cpumask: online intersect/,
    example: "WARNING: workqueue cpumask: online intersect > possible intersect",
  },
  {
    pattern: /WARNING: [Tt]he mand mount option/,
    example: "WARNING: the mand mount option is being deprecated and",
  },
  {
    pattern: /WARNING: Unprivileged eBPF is enabled/,
    example: "Spectre V2 : WARNING: Unprivileged eBPF is enabled with eIBRS on, data leaks possible!",
  },
  {
    pattern: /WARNING: See https.{0,200} for mitigation options/,
    example:
      "WARNING: See https://kernel.org/doc/html/latest/admin-guide/hw-vuln/srso.html for mitigation options.",
  },
  {
    pattern: /kernel not compiled with CPU_SRSO/,
    example: "Speculative Return Stack Overflow: WARNING: kernel not compiled with CPU_SRSO.",
  },
  {
    pattern: /WARNING: fbcon: Driver '.{0,64}' missed to adjust virtual screen size/,
    example: "WARNING: fbcon: Driver 'vgadrmfb' missed to adjust virtual screen size (0x0 vs. 640x480)",
  },
  { pattern: /EXT4-fs(?: \([^)]{0,64}\))?: /, example: "EXT4-fs (sda1): WARNING: mounting fs with errors" },
  { pattern: /XFS \(\w{1,64}\): WARNING/, example: "XFS (sda1): WARNING: Reset corrupted AGFL on AG 0" },
  // user space's faults
  {
    // do_alignment() of arch/arm/mm/alignment.c, which mends the access or sends a signal
    pattern: /Alignment trap: .{1,32} \(\d{1,10}\) PC=0x/,
    example: "Alignment trap: prog (3470) PC=0x0005b610 Instr=0xe58c5004 Address=0x001eab46 FSR 0x801",
  },
  {
    // do_mem_abort() of arch/arm64/mm/fault.c: a syndrome of a lower exception level (bits 31 to 26 are 0x24 or 0x20)
    pattern: /Unhandled fault: .{1,80} \(0x[89][0-3][0-9a-f]{6}\) at 0x/,
    example: "Unhandled fault: synchronous external abort (0x92000210) at 0x0000007f87888000",
  },
  {
    pattern: /general protection fault .{0,200}error:\d+ in /,
    example: "bash[123] general protection fault ip:7f0c5d sp:7ffd error:0 in libc-2.31.so[7f0c+14b000]",
  },
  {
    pattern: /traps: .{0,200} general protection/,
    example: "traps: bash[123] general protection fault ip:7f0c5d sp:7ffd",
  },
];
