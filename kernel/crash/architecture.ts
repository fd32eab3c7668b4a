/** The architecture that a log comes from, told by its dressing of registers. */

/** Each row: a line that only this architecture prints. The first row that fits any line counts. */
export const ARCHITECTURE_MARKS: readonly {
  readonly arch: string;
  readonly pattern: RegExp;
  /** A line that must be there, too, where the first alone tells nothing. */
  readonly beside?: { readonly pattern: RegExp; readonly example: string };
  readonly example: string;
}[] = [
  {
    arch: "loongarch",
    pattern:
      /^\s*ERA: [0-9a-f]{16}|^\s*era\s*: [0-9a-f]{16}|\bCRMD: |^\s*ESTAT: |, era == [0-9a-f]{16}, ra == /,
    example: "ERA: 9000000000224d3c csum_partial+0x2c/0x108",
  },
  {
    arch: "riscv",
    // "sepc" from 4.15 to 5.6
    pattern:
      /^s?epc ?: [0-9a-f]{8,16}.{0,200} ra ?: |\bbadaddr: [0-9a-f]{8,16} cause: |\bOops - store \(or AMO\) /,
    example: "epc : ffffffe0006d62a4 ra : ffffffe0006d689e sp : ffffffe1f7ac9a90",
  },
  { arch: "riscv", pattern: /^epc ?: \w+\+0x/, example: "epc : schedule_tail+0x72/0xb2" },
  {
    arch: "s390",
    pattern: /Krnl (?:PSW|GPRS)|Failing address: [0-9a-f]+ TEID/,
    example: "Krnl PSW : 0704c00180000000 000000000073a4b2 (css_sched_sch_todo+0x62/0x120)",
  },
  {
    arch: "powerpc",
    pattern:
      /^cpu 0x[0-9a-f]+: Vector: |\bNIP:? \[?[0-9a-f]{8,16}|\bDAR: [0-9a-f]|Instruction dump:|Oops: (?:Kernel access of bad area|Exception in kernel mode|Machine check), sig/,
    example: "NIP [c0000000006bc61c] .rxrpc_destroy+0x44/0x104",
  },
  // A report without registers may still say on what it ran.
  {
    arch: "riscv",
    pattern: /^Hardware name: .{0,80}\b(?:riscv|SiFive|StarFive)/,
    example: "Hardware name: riscv-virtio,qemu (DT)",
  },
  {
    arch: "s390",
    pattern: /^Hardware name: IBM \d{4} /,
    example: "Hardware name: IBM 3931 A01 701 (KVM/Linux)",
  },
  {
    arch: "powerpc",
    pattern: /^Hardware name: (?:IBM,\d{4}|IBM pSeries|.{0,60}POWER\d)/,
    example: "Hardware name: IBM,9009-42A POWER9 (raw) 0x4e0202 0xf000005 hv:phyp pSeries",
  },
  {
    arch: "sparc",
    pattern: /\bTSTATE: |\bTPC: [<0-9]|\bCaller\[[0-9a-f]{16}\]/,
    example: "TSTATE: 0000004411001606 TPC: 000000000042f4d8",
  },
  {
    arch: "mips",
    pattern:
      /^epc\s{1,4}: [0-9a-f]{8}|^\$ ?\d{1,2}\s{1,3}: [0-9a-f]{8}|\bPrId\s{1,4}: [0-9a-f]{8}|, epc == [0-9a-f]/,
    example: "epc   : 801245e4 pskb_expand_head+0x44/0x1d8",
  },
  {
    arch: "mips",
    // Of 64 bits its addresses look like those of x86 before 2.6.31; its functions (arch/mips/kernel/genex.S, scall*.S,
    // arch/mips/mm/c-r4k.c) do not.
    pattern:
      /\b(?:r4k_\w{1,60}|plat_irq_dispatch|handle_sys(?:n?32|64)?|handle_(?:adel|ades|ri|tlb[lsm])(?:_int)?|rollback_handle_int|octeon_\w{1,60})\+0x/,
    example: "[<ffffffff80119b5c>] r4k_flush_data_cache_page+0x54/0xd8",
  },
  {
    arch: "arm",
    // S_ISA of die() in arch/arm/kernel/traps.c
    pattern: /^Internal error: .{1,80} \[#\d{1,5}\](?: PREEMPT\S*)?(?: SMP)? (?:ARM|THUMB2)$/,
    example: "Internal error: Oops: 80000005 [#1] SMP ARM",
  },
  {
    arch: "arm64",
    pattern:
      /^[xX]29: ?[0-9a-f]{16}|\bpstate ?: [0-9a-f]{8,16}|Internal error: Oops(?: - \w+)?: [0-9a-f]{8,16} \[#|\bel[01][ht]?_(?:64_|32_)?(?:sync|irq|fiq|error|svc|inv)|__arm64_sys_|Mem abort info:/,
    example: "x29: ffff80001d4a7a50 x28: ffff0000c0b7d040",
  },
  {
    arch: "arm64",
    // Where its kernels lie (Documentation/arch/arm64/memory.rst), with 39 and with 48 bits; those of x86 and riscv lie higher.
    pattern: /\[<ffffff[89a-d][0-9a-f]{9}>\]|\[<ffff(?:[0-7][0-9a-f]{2}|80[01])[0-9a-f]{9}>\]/,
    example: "[<ffffffc000086ed4>] __switch_to+0xd4/0xf8",
  },
  {
    arch: "arm",
    pattern:
      /\bPC is at |^pc : \[<[0-9a-f]{8}>\]|\(\w+(?:\+0x[0-9a-f/x]+)?\) from \[<[0-9a-f]{8}>\]|\bpgd = [0-9a-f]{8}$|^\s*[\w.$]{1,80}(?: \[\w{1,63}\])? from [\w.$]{1,80}\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}(?: \[\w{1,63}\])?$|^r\d{1,2}\s?: [0-9a-f]{8}\s|ret_fast_syscall/,
    example: "PC is at l2cap_add_conf_opt+0x70/0xf0",
  },
  {
    arch: "x86_64",
    pattern:
      /\bRIP:? |\bRSP: |\bRAX: [0-9a-f]{16}|entry_SYSCALL_64|\bdo_syscall_64\b|__x64_sys_|\[<ffffffff[0-9a-f]{8}>\]|\bR\d\d: [0-9a-f]{16}/,
    example: "RIP: 0010:pick_next_task_fair+0x6b8/0x820",
  },
  {
    arch: "x86_64",
    pattern: /\b(?:system_call_fastpath|child_rip|call_softirq|ia32_sysret|int_ret_from_sys_call)\+0x/,
    example: "system_call_fastpath+0x16/0x1b",
  },
  {
    arch: "i386",
    pattern: /\bEIP:? |\bEIP is at |\bEAX: [0-9a-f]{8}|\bsysenter_do_call|do_fast_syscall_32|\*pde? ?= ?/,
    example: "EIP: 0060:[<c136364e>] EFLAGS: 00010083 CPU: 0",
  },
  {
    arch: "arm64",
    // where a frame comes from, since 6.13 (dump_backtrace_entry() of arch/arm64/kernel/stacktrace.c)
    pattern: /\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}(?: \[[^\]]{1,80}\])? \([PC]F?K?\)$/,
    example: "arm_smmu_write_s2cr+0x98/0xb4 (P)",
  },
  {
    arch: "arm64",
    // Of those that know device trees, only arm64 writes "Call trace:" so.
    pattern: /^Hardware name: .{1,200} \(DT\)/,
    beside: { pattern: /^Call trace:/, example: "Call trace:" },
    example: "Hardware name: HiKey960 (DT)",
  },
];

/** Endings of `uname -r` that name the architecture. */
const RELEASE_ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/[.-](?:amd64|x86_64)\b/, "x86_64"],
  [/[.-](?:i[3-6]86|686(?:-pae)?)\b/, "i386"],
  [/[.-](?:aarch64|arm64)\b/, "arm64"],
  [/[.-](?:armmp(?:-lpae)?|armv\d\w*)\b/, "arm"],
  [/[.-](?:ppc64(?:le|el)?|powerpc\w*)\b/, "powerpc"],
  [/[.-]s390x?\b/, "s390"],
  [/[.-]riscv(?:64)?\b/, "riscv"],
];

/** So many lines of a report have told its architecture, if any do. */
const TELLING_LINES = 200;

/** kfix's name of the architecture; undefined when nothing tells. */
export function architectureOf(lines: readonly string[], release: string | undefined): string | undefined {
  const first = lines.slice(0, TELLING_LINES);
  const has = (pattern: RegExp) => first.some((line) => pattern.test(line));
  for (const { arch, pattern, beside } of ARCHITECTURE_MARKS)
    if (has(pattern) && (beside === undefined || has(beside.pattern))) return arch;
  return RELEASE_ENDINGS.find(([ending]) => release !== undefined && ending.test(release))?.[1];
}
