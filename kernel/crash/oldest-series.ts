import { compareSeries } from "../version.ts";
import type { Crash } from "./crash.ts";

/**
 * The oldest mainline series that can have printed a crash, by what only later kernels have: functions by which every
 * stack begins, and how headlines are worded. Undefined where nothing tells. A lower bound, and no more: a log of 6.8 may
 * show nothing that 4.6 did not have.
 */
export function oldestSeries({ frames, messages }: Pick<Crash, "frames" | "messages">): string | undefined {
  const found = CAME_WITH.filter(({ frame, message }) =>
    frame === undefined
      ? messages.some((line) => message.test(line))
      : frames.some((one) => frame.test(one.function)),
  ).map(({ series }) => series);
  return found.reduce<string | undefined>(
    (newest, series) => (newest === undefined || compareSeries(series, newest) > 0 ? series : newest),
    undefined,
  );
}

/** What came with a release, and the commit with which it came. */
type CameWith = {
  readonly series: string;
  readonly commit: string;
  readonly example: string;
} & (
  | { readonly frame: RegExp; readonly message?: undefined }
  | { readonly message: RegExp; readonly frame?: undefined }
);

/**
 * Traces hold these whatever crashed, and no kernel before has a function of the name. Sanitizers tell nothing: people
 * used them for years before they were merged.
 */
export const CAME_WITH: readonly CameWith[] = [
  {
    series: "4.2",
    commit: "x86/asm/entry: Untangle 'system_call' into two entry points",
    frame: /^entry_SYSCALL_64/,
    example: "entry_SYSCALL_64_fastpath",
  },
  {
    series: "4.6",
    commit: "x86/entry/64: Migrate the 64-bit syscall slow path to C",
    frame: /^do_syscall_64$/,
    example: "do_syscall_64",
  },
  {
    series: "4.14",
    commit: "x86/xen/64: Rearrange the SYSCALL entries",
    frame: /^entry_SYSCALL_64_after_hwframe$/,
    example: "entry_SYSCALL_64_after_hwframe",
  },
  {
    series: "4.17",
    commit: "syscalls/x86: Use 'struct pt_regs' based syscall calling convention for 64-bit syscalls",
    frame: /^__(?:x64|ia32|se)_sys_/,
    example: "__x64_sys_ioctl",
  },
  {
    series: "5.2",
    commit: "x86/fault: Reword initial BUG message for unhandled page faults",
    message: /^BUG: (?:kernel NULL pointer dereference, address|unable to handle page fault for address): /,
    example: "BUG: kernel NULL pointer dereference, address: 0000000000000008",
  },
  {
    series: "5.6",
    commit: "x86/traps: Print address on #GP",
    message: /^(?:Oops: )?general protection fault, (?:probably|maybe) for (?:non-canonical )?address /,
    example: "general protection fault, probably for non-canonical address 0xdffffc0000000000: 0000 [#1]",
  },
  {
    series: "5.8",
    commit: "x86/entry: Switch page fault exception to IDTENTRY_RAW",
    frame: /^(?:asm_)?(?:exc_(?:page_fault|general_protection|invalid_op)|sysvec_\w+)$/,
    example: "asm_exc_page_fault",
  },
  {
    series: "5.14",
    commit: "arm64: entry: template the entry asm functions",
    frame: /^el[01][th]_64_\w+$/,
    example: "el0t_64_sync_handler",
  },
  {
    series: "5.14",
    commit: "printk: introduce dump_stack_lvl()",
    frame: /^dump_stack_lvl$/,
    example: "dump_stack_lvl",
  },
  {
    series: "3.10",
    commit: "dump_stack: consolidate dump_stack() implementations and unify their behaviors",
    message: /^CPU: \d{1,5} PID: \d{1,7} Comm: /,
    example: "CPU: 1 PID: 2321 Comm: modprobe Not tainted",
  },
  {
    series: "6.12",
    commit: "lib/dump_stack: report process UID in dump_stack_print_info()",
    message: /^CPU: \d{1,5} UID: \d{1,10} PID: \d{1,10} Comm: /,
    example: "CPU: 23 UID: 0 PID: 0 Comm: swapper/23",
  },
  {
    series: "4.5",
    commit: "UBSAN: run-time undefined behavior sanity checker",
    message: /^UBSAN: /,
    example: "UBSAN: shift-out-of-bounds in fs/xfs/xfs_super.c:7:9",
  },
  {
    series: "4.11",
    commit: "locking/refcounts: Out-of-line everything",
    message: /^refcount_t: /,
    example: "refcount_t: underflow; use-after-free.",
  },
];
