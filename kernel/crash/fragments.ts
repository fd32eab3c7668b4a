/**
 * Crashes whose headline was not kept: a bare call trace, or a register dump, as people quote them. What the
 * trace passes through tells the kind.
 */
import { parseFrame, startsCallTrace } from "./call-trace.ts";
import { parseInstructionPointer } from "./instruction-pointer.ts";
import { type Kind, LOCKDEP, PAGE_HANDLERS } from "./kinds.ts";

/** A row's `says` is looked for on every line of the fragment; the first row that is found counts. */
export const FRAGMENTS: readonly Kind[] = [
  {
    kind: "kasan",
    header: "",
    says: /\b(?:kasan_report|print_address_description|__asan_report_\w+)\b/,
    title: "KASAN: bad-access in {f}",
    blame: "call trace",
    cut: true,
    bystander: true,
    example: " kasan_report+0xd7/0x110",
  },
  {
    kind: "kmsan",
    header: "",
    says: /\b(?:kmsan_report|__msan_warning)\b/,
    title: "KMSAN: uninit-value in {f}",
    blame: "call trace",
    cut: true,
    bystander: true,
    example: " __msan_warning+0x95/0x120",
  },
  {
    kind: "ubsan",
    header: "",
    says: /\b(?:ubsan_epilogue|__ubsan_handle_\w+)\b/,
    title: "UBSAN: undefined-behaviour in {f}",
    blame: "call trace",
    skip: /ubsan|overflow/,
    cut: true,
    bystander: true,
    example: " ubsan_epilogue+0xb/0x50",
  },
  {
    kind: "refcount",
    header: "",
    says: /\brefcount_warn_saturate\b/,
    title: "WARNING: refcount bug in {f}",
    blame: "warning",
    skip: /refcount|kobject_/,
    cut: true,
    example: "RIP: 0010:refcount_warn_saturate+0x80/0xe0",
  },
  {
    kind: "warning",
    header: "",
    says: /\b(?:warn_slowpath_\w+|warn_on_slowpath|__warn|__report_bug)\b|^handlers:$/,
    title: "WARNING in {f}",
    blame: "warning",
    cut: true,
    example: " [<ffffffff8104ee4a>] warn_slowpath_common+0x7a/0xb0",
  },
  {
    kind: "deadlock",
    header: "",
    says: /\b(?:print_circular_bug|print_deadlock_bug|check_noncircular|check_deadlock|print_bad_irq_dependency|print_usage_bug)\b|is trying to acquire lock|locks? held by /,
    title: "possible deadlock in {f}",
    blame: "call trace",
    skip: LOCKDEP,
    cut: true,
    bystander: true,
    example: " print_circular_bug+0xae/0xbc",
  },
  {
    kind: "lock-misuse",
    header: "",
    says: /\b(?:lockdep_rcu_suspicious|lockdep_rcu_dereference)\b/,
    title: "WARNING: suspicious RCU usage in {f}",
    blame: "call trace",
    skip: /rcu|kmem|slab/,
    cut: true,
    bystander: true,
    example: " lockdep_rcu_suspicious+0xe7/0x120",
  },
  {
    kind: "lock-misuse",
    header: "",
    says: /\bregister_lock_class\b/,
    title: "INFO: trying to register non-static key in {f}",
    blame: "call trace",
    skip: /stack|lock|IRQ/,
    cut: true,
    bystander: true,
    example: " register_lock_class+0x5a/0x29e",
  },
  {
    kind: "sleep-in-atomic",
    header: "",
    says: /\b(?:_{2,3}might_sleep|__might_resched)\b/,
    title: "BUG: sleeping function called from invalid context in {f}",
    blame: "call trace",
    cut: true,
    bystander: true,
    example: " __might_sleep+0xc4/0xd0",
  },
  {
    kind: "sched-atomic",
    header: "",
    says: /\b__schedule_bug\b/,
    title: "BUG: scheduling while atomic in {f}",
    blame: "call trace",
    skip: /schedule/,
    cut: true,
    bystander: true,
    example: " __schedule_bug+0x62/0x70",
  },
  {
    kind: "lock-misuse",
    header: "",
    says: /\b(?:debug_smp_processor_id|check_preemption_disabled|__this_cpu_preempt_check)\b/,
    title: "BUG: using smp_processor_id() in preemptible code in {f}",
    blame: "call trace",
    skip: /dump_stack|preemption|preempt|debug_|processor_id|this_cpu/,
    cut: true,
    bystander: true,
    example: " debug_smp_processor_id+0xf7/0x100",
  },
  {
    kind: "rcu-stall",
    header: "",
    says: /\b(?:print_cpu_stall|rcu_dump_cpu_stacks|check_cpu_stall)\b/,
    title: "INFO: rcu detected stall in {f}",
    blame: "interrupted",
    skip: /apic_timer_interrupt|rcu/,
    cut: true,
    example: " print_cpu_stall+0x1a/0x40",
  },
  {
    kind: "bad-page",
    header: "",
    says: /(?<![\w.])bad_page\+0x/,
    title: "BUG: Bad page state in {f}",
    blame: "call trace",
    skip: PAGE_HANDLERS,
    cut: true,
    bystander: true,
    example: " [<ffffffff8110ba9b>] bad_page+0xab/0x100",
  },
  {
    kind: "panic",
    header: "",
    says: /(?<![\w.])panic(?:\+0x| at [0-9a-f]{8})/,
    title: "kernel panic in {f}",
    blame: "call trace",
    cut: true,
    bystander: true,
    example: " [<ffffffff814f35c9>] panic+0x91/0x199",
  },
  {
    kind: "bug",
    header: "",
    says: /TRAP: 0?700\b|Kernel bug detected/,
    title: "kernel BUG in {f}",
    blame: "pointer and trace",
    cut: true,
    example: "REGS: cf82fc10 TRAP: 0700   Not tainted  (2.6.29-rc7)",
  },
  {
    kind: "page-fault",
    header: "",
    says: /\bCR2: |TRAP: 0?3[08]0\b|\bDAR: |\bFailing address: /,
    title: "Oops in {f}",
    blame: "pointer and trace",
    cut: true,
    example: "CR2: 0000000000000078",
  },
  {
    // a sleeping task in the crash utility, whose registers are the program's
    kind: "hung-task",
    header: "",
    says: /^#[01] \[[0-9a-f]{8,16}\] (?:__schedule|schedule|__switch_to) at /,
    title: "INFO: task hung in {f}",
    blame: "hung task",
    cut: true,
    bystander: true,
    example: "#0 [ffff880fb4e27a38] __schedule at ffffffff8168bbb5",
  },
  {
    kind: "other",
    header: "",
    says: /(?:^|\W)(?:Oops|[RE]?IP|EIP is at|PC is at|NIP|epc|Krnl PSW|TPC|EFLAGS)\b/,
    title: "Oops in {f}",
    blame: "pointer and trace",
    cut: true,
    example: "PC is at no_old_VFP_process+0x8/0x3c",
  },
  {
    kind: "hung-task",
    header: "",
    says: /state:D\b|^(?:\[<[0-9a-f]+>\] *){0,2}\.?(?:__schedule|schedule|schedule_timeout|__switch_to)\+0x/,
    title: "INFO: task hung in {f}",
    blame: "hung task",
    cut: true,
    bystander: true,
    example: "[<ffffffff80350425>] schedule_timeout+0x175/0x210",
  },
  {
    kind: "other",
    header: "",
    says: /\+0x[0-9a-f]/,
    title: "stack trace in {f}",
    blame: "call trace",
    cut: true,
    bystander: true,
    example: " vfs_write+0xb8/0x1a0",
  },
];

/** Lines ahead of a trace that belong to it. */
const AHEAD =
  /^(?:Pid: \d|CPU:? ?\d+ |Modules linked in|Hardware name|Process \S|[RE]?IP:? |PC is at|NIP|Krnl PSW|Oops|REGS|TASK =|\d+ locks? held by|stack backtrace|task:|Workqueue:|last sysfs|EIP|Kernel bug detected|caller is )/;

/** May a crash without a headline begin here? */
export function beginsFragment(line: string): boolean {
  return AHEAD.test(line) || startsCallTrace(line) || namesFunction(line);
}

/** Does a line name a kernel function in the way of traces and register dumps? */
export function namesFunction(line: string): boolean {
  return parseFrame(line) !== undefined || parseInstructionPointer(line)?.symbol !== undefined;
}

/** The row for a fragment's lines; undefined when they hold no trace. */
export function fragmentKind(lines: readonly string[]): Kind | undefined {
  if (!lines.some((line) => namesFunction(line))) return undefined;
  return FRAGMENTS.find((row) => lines.some((line) => row.says.test(line)));
}
