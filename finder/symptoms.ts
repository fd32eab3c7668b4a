import type { CrashKind } from "../kernel/crash/crash.ts";

/**
 * Words that commit messages use for a kind of crash, in their subject above all. Read off the messages of fixes
 * that quote such a crash.
 */
export const SYMPTOM_WORDS: Readonly<Record<CrashKind, readonly string[]>> = {
  "null-deref": ["null", "pointer", "dereference", "deref", "oops", "nullptr"],
  "page-fault": ["oops", "paging", "fault", "invalid", "dereference", "freed", "crash"],
  gpf: ["protection", "gpf", "freed", "poison", "crash", "oops"],
  bug: ["bug", "bug_on", "assertion", "panic", "crash"],
  warning: ["warning", "warn_on", "warn", "splat"],
  kasan: ["use", "after", "free", "uaf", "out", "bounds", "kasan", "overflow"],
  kmsan: ["uninit", "uninitialized", "value", "kmsan", "infoleak"],
  kcsan: ["race", "data", "kcsan", "read_once", "write_once"],
  kfence: ["use", "after", "free", "kfence", "bounds"],
  ubsan: ["ubsan", "shift", "bounds", "index", "overflow"],
  "soft-lockup": ["lockup", "soft", "hang", "loop", "stuck", "infinite"],
  "hard-lockup": ["lockup", "hard", "hang", "deadlock", "nmi"],
  "rcu-stall": ["stall", "rcu", "hang", "loop", "lockup"],
  "hung-task": ["hang", "hung", "deadlock", "blocked", "stuck"],
  deadlock: ["deadlock", "lockdep", "circular", "locking", "inversion"],
  "lock-misuse": ["lock", "lockdep", "unlock", "locking", "inconsistent", "irq"],
  "sleep-in-atomic": ["sleeping", "atomic", "sleep", "gfp_atomic", "might_sleep"],
  "sched-atomic": ["scheduling", "atomic", "sleep", "preempt", "schedule"],
  refcount: ["refcount", "reference", "underflow", "leak", "count"],
  "list-corruption": ["list", "corruption", "list_del", "list_add", "double"],
  "stack-overflow": ["stack", "overflow", "recursion", "guard"],
  "divide-error": ["divide", "division", "zero", "div"],
  "double-fault": ["double", "fault", "stack"],
  "machine-check": ["mce", "machine", "check"],
  oom: ["oom", "memory", "leak", "allocation"],
  "bad-page": ["page", "bad", "state", "mapcount"],
  leak: ["leak", "memory", "free", "kmemleak"],
  panic: ["panic", "boot", "crash"],
  "fs-error": ["corruption", "error", "filesystem", "inode"],
  other: ["crash", "oops", "bug"],
};
