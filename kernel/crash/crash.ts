/** What a crash log says, as plain data. Addresses, offsets and sizes are hexadecimal strings (`0x78`). */
export interface Crash {
  /** As syzbot would title it: `general protection fault in nl802154_add_llsec_key`. */
  readonly title: string;
  readonly kind: CrashKind;
  /** Stable against addresses, offsets, compiler suffixes and log dressing: the same crash on two hosts. */
  readonly signature: string;
  /**
   * Where the processor stood or the check sits: the function of the instruction pointer, of the WARNING,
   * of the sanitizer's headline; where the log names none of them, the culprit. Compiler suffixes stripped.
   */
  readonly function: string | undefined;
  /** The function that the title blames: frames that only report the crash, and general helpers, stepped over. */
  readonly culprit: string | undefined;
  /** Offset in, and size of, `function`. */
  readonly offset: string | undefined;
  readonly size: string | undefined;
  /** The module of `function`; undefined for what is built into the kernel. */
  readonly module: string | undefined;
  /** The faulting address. */
  readonly address: string | undefined;
  /** The log is cut short or interleaved so that the title cannot be trusted. */
  readonly corrupted: boolean;
  /** First and last line in the input, counted from 1. */
  readonly lines: readonly [number, number];
  readonly kernel: LoggedKernel;
  readonly cpu: number | undefined;
  readonly pid: number | undefined;
  readonly comm: string | undefined;
  readonly hardware: string | undefined;
  readonly workqueue: string | undefined;
  /** Loaded modules, in the order of the log. */
  readonly modules: readonly string[];
  /**
   * The call trace, innermost first. It begins with `function` where the instruction pointer names one and
   * the trace itself does not repeat it, so that the first frame is always the innermost function known.
   */
  readonly frames: readonly Frame[];
  /** The report's other lines as the kernel printed them, without log prefixes: the first 400. */
  readonly messages: readonly string[];
}

/** What tells a crash from others, and where it happened. */
export type CrashIdentity = Pick<
  Crash,
  | "title"
  | "kind"
  | "signature"
  | "function"
  | "culprit"
  | "offset"
  | "size"
  | "module"
  | "address"
  | "frames"
>;

/** One function of a call trace. */
export interface Frame {
  /** Compiler suffixes and powerpc's leading dot stripped. */
  readonly function: string;
  readonly offset: string | undefined;
  readonly size: string | undefined;
  readonly module: string | undefined;
  /** False for the frames that x86 prints with `?`: found on the stack, perhaps left over. */
  readonly reliable: boolean;
  readonly inlined: boolean;
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** What the log itself says of the kernel that crashed; identify it with kernel/running-kernel.ts. */
export interface LoggedKernel {
  /** `uname -r`: `3.16.0-4-amd64`. */
  readonly release: string | undefined;
  /** What stands behind it: `#1 SMP Debian 3.16.36-1+deb8u2`. */
  readonly build: string | undefined;
  /** kfix's name of the architecture: x86_64, i386, arm, arm64, powerpc, s390, riscv, mips, sparc, loongarch. */
  readonly arch: string | undefined;
  /** Taint flags as letters without `G` and blanks (`PWO`); empty when the log says "Not tainted". */
  readonly tainted: string | undefined;
}

export type CrashKind =
  | "null-deref"
  | "page-fault"
  | "gpf"
  | "bug"
  | "warning"
  | "kasan"
  | "kmsan"
  | "kcsan"
  | "kfence"
  | "ubsan"
  | "soft-lockup"
  | "hard-lockup"
  | "rcu-stall"
  | "hung-task"
  | "deadlock"
  | "lock-misuse"
  | "sleep-in-atomic"
  | "sched-atomic"
  | "refcount"
  | "list-corruption"
  | "stack-overflow"
  | "divide-error"
  | "double-fault"
  | "machine-check"
  | "oom"
  | "bad-page"
  | "leak"
  | "panic"
  | "fs-error"
  | "other";
