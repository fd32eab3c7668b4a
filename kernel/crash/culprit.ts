/**
 * Functions to step over when looking for the one to blame: they only report the crash, or are so general that
 * the fault is in who called them. The list is syzbot's, which years of triage have tuned, with its reasons.
 */
import { titleName } from "./symbol.ts";

/** Patterns found anywhere in a function's name, unless anchored; one group a reason. */
export const STEP_OVER: Readonly<Record<string, readonly string[]>> = {
  "sanitizers, their hooks and reports": [
    "__sanitizer",
    "__asan",
    "kasan",
    "hwasan",
    "__msan",
    "kmsan",
    "kcsan_setup_watchpoint",
    "check_memory_region",
    "check_heap_object",
    "check_object",
    "read_word_at_a_time",
    "(?:read|write)_once_.*nocheck",
    "print_address_description",
    "print_report",
    "__fortify_report",
  ],
  "panics, warnings and traps": [
    "panic",
    "crash_kexec",
    "^machine_kexec$",
    "invalid_op",
    "report_bug",
    "fixup_bug",
    "do_error",
    "_trap$",
    "do_trap",
    "warn_(?:on_)?slowpath",
    "warn_alloc",
    "warn_bogus",
    "__warn",
    "assertfail",
    "print_tainted",
    "^get_taint$",
    "program_check_exception",
    "program_check_common",
    "^__bug$",
    "do_(?:kernel|translation)_fault",
    "do_mem_abort",
    "exc_control_protection",
    "do_kernel_cp_fault",
    "el1_abort",
    "do_serror",
    "is_fatal_ras_serror",
    "^el1h?_(?:64_)?(?:sync|error)",
    "^__ubsan_handle_cfi",
  ],
  "stack dumps": [
    "show_stack",
    "dump_stack",
    "walk_stack",
    "dump_backtrace",
    "unwind_backtrace",
    "stack_trace_consume_entry",
    "arch_stack_walk",
    "stack_trace_save",
    "^sched_show_task$",
    "^rcu_dump_cpu_stacks$",
    "^bad_page$",
    // SPL, the Solaris layer of ZFS
    "^spl_(?:debug_)?(?:dumpstack|bug)$",
  ],
  allocators: [
    "alloc_page",
    "k?v?(?:m|z|c)alloc",
    "krealloc",
    "kmem_cache",
    "allocate_slab",
    "slab_",
    "^kv?free$",
    "kfree_skb",
    "__alloc_frozen_pages_noprof",
    "ida_free",
  ],
  "page cache": [
    "folio_(?:alloc|unlock)",
    "filemap_alloc_folio",
    "__filemap_get_folio",
    "find_or_create_page",
    "do_read_cache_folio",
    "read_cache_page",
    "pagecache_get_page",
    "grab_cache_page_write_begin",
    "^(?:un)?lock_page",
    "find_lock_entries",
    "truncate_inode_pages_range",
    "xas_(?:start|load|find)",
    "__phys_addr",
  ],
  "debug objects and lockdep": [
    "debug_object",
    "timer_is_static_object",
    "work_is_static_object",
    "print_usage_bug",
    "print_unlock",
    "imbalance_bug",
    "lockdep",
    "perf_trace",
    "lock_acquire",
    "lock_release",
    "lock_class",
    "mark_lock",
    "(?:reacquire|mark)_held_locks",
    "(?:trace|lockdep)_(?:hard|soft)irq",
    "__might_fault",
    "might_fault",
    "might_sleep",
    "__might_resched",
    "seqprop_assert",
  ],
  "locks and atomics": [
    "bh_enable",
    "bh_disable",
    "raw_spin_rq",
    "spin_lock",
    "spin_trylock",
    "spin_unlock",
    "read_lock",
    "read_trylock",
    "write_lock",
    "write_trylock",
    "read_unlock",
    "write_unlock",
    "^down$",
    "down_read",
    "down_write",
    "down_trylock",
    "up_read",
    "up_write",
    "^mutex_",
    "^__mutex_",
    "^rt_mutex_",
    "owner_on_cpu",
    "osq_lock",
    "osq_unlock",
    "atomic(?:64)?_(?:dec|inc|read|set|or|xor|and|add|sub|fetch|xchg|cmpxchg|try)",
    "(?:set|clear|change|test)_bit",
  ],
  "reference counts": [
    "^refcount_",
    "^kref_",
    "ref_tracker",
    "^put_device$",
    "fast_dput",
    "dput",
    "^iput$",
    "^iput_final$",
    "^ihold$",
    "drop_nlink",
  ],
  strings: [
    "memcpy",
    "memcmp",
    "memset",
    "memchr",
    "memmove",
    "memdup",
    "strcmp",
    "strncmp",
    "strcpy",
    "strlcpy",
    "strncpy",
    "strscpy",
    "strlen",
    "strstr",
    "strnstr",
    "strnlen",
    "strchr",
    "strdup",
    "strndup",
    "^crc\\d+",
    "crc_itu_t",
  ],
  "copies from and to user space": [
    "copy_to_user",
    "copy_from_user",
    "copy_to_iter",
    "copy_from_iter",
    "copy_page_to_iter",
    "copy_page_from_iter",
    "copy_folio_to_iter",
    "^copyin$",
    "^copyout$",
    "put_user",
    "get_user",
    "extract_(?:user|iter)_to_sg",
  ],
  "lists and trees": [
    "list_add",
    "list_del",
    "list_replace",
    "list_move",
    "list_splice",
    "^rb_",
    "^__rb_",
    "^klist_",
    "rhashtable_lookup",
  ],
  printing: [
    "_indirect_thunk_",
    "string",
    "pointer",
    "snprintf",
    "scnprintf",
    "kasprintf",
    "kvasprintf",
    "printk",
    "va_format",
    "dev_info",
    "dev_notice",
    "dev_warn",
    "dev_err",
    "dev_alert",
    "dev_crit",
    "dev_emerg",
    "hex_dump_to_buffer",
    "print_hex_dump",
  ],
  "timers, works and waits": [
    "__wake_up",
    "del_timer",
    "lock_timer_base",
    "__timer_delete_sync",
    "sk_stop_timer_sync",
    "__mod_timer",
    "flush_work",
    "__cancel_work_timer",
    "cancel_work_sync",
    "try_to_grab_pending",
    "flush_workqueue",
    "drain_workqueue",
    "destroy_workqueue",
    "queue_work",
    "insert_work",
    "__queue_delayed_work",
    "queue_delayed_work_on",
    "finish_wait",
    "kthread_stop",
    "^complete$",
    "wait_for_completion",
    "cleanup_srcu_struct",
  ],
  "devices and sysfs": [
    "kobject_",
    "add_uevent_var",
    "get_device_parent",
    "device_add",
    "device_del",
    "device_unregister",
    "device_destroy",
    "device_release",
    "devres_release_all",
    "hwrng_unregister",
    "i2c_del_adapter",
    "__unregister_client",
    "device_for_each_child",
    "rollback_registered",
    "unregister_netdev",
    "sysfs_remove",
    "device_remove_file",
    "tty_unregister_device",
    "dummy_urb_enqueue",
    "usb_kill_urb",
    "usb_kill_anchored_urbs",
    "usb_control_msg",
    "usb_hcd_submit_urb",
    "usb_submit_urb",
  ],
  "input and output of devices": [
    "readb$",
    "readw$",
    "readl$",
    "readq$",
    "writeb$",
    "writew$",
    "writel$",
    "writeq$",
    "logic_in",
    "logic_out",
    "^native_(?:read|write)_(?:msr|pmc)",
  ],
};

const SKIPPED = new RegExp(Object.values(STEP_OVER).flat().join("|"));

/** The groups that only tell of a crash: they are not to blame even where nobody else is left. */
const REPORTING = ["panics, warnings and traps", "stack dumps"].flatMap((group) => STEP_OVER[group] ?? []);

/** How the trace of a task begins that is dumped while it does not run: who dumps it, and how it went to sleep. */
const DUMPED = "^(?:dump_cpu_task|__switch_to)$";

const REPORTERS = new RegExp([...REPORTING, DUMPED].join("|"));

/** Is this function never to blame? */
export function isHelper(name: string): boolean {
  return SKIPPED.test(name);
}

/** Does this function only tell of a crash? */
export function isReporter(name: string): boolean {
  return REPORTERS.test(name);
}

/** Where every thread and system call begins: such callers tell nothing. */
export const ROOTS =
  /^(?:do_syscall|entry_|kthread$|ret_from|worker_thread|process_one_work|x64_sys_call|el0|system_call|sysenter|start_secondary)/;

/** What may stand around an allocator's name in the names of its variants. */
const BEFORE_ALLOCATOR = "_*(?:devm_|sock_)?";
const BEHIND_ALLOCATOR =
  "(?:_?(?:alloc|array|bulk|caller|free|frozen|hook|large|list|lru|mpol|node|nodes|noprof|objs|order|orig|page|pages|pool|post|pre|reason|sensitive|size|slab|skb|stats|to|trace|track|zeroed))*";
const { allocators = [], ...otherHelpers } = STEP_OVER;
const SKIPPED_IN_HEADLINE = new RegExp(
  [
    ...Object.values(otherHelpers).flat(),
    ...allocators.map(
      (pattern) => `^${BEFORE_ALLOCATOR}(?:${pattern.replace(/^\^|\$$/g, "")})${BEHIND_ALLOCATOR}$`,
    ),
  ].join("|"),
);

/**
 * Is the function that a headline names never to blame? Others than helpers are named after what they allocate with
 * (`kmalloc_oob_right`): an allocator counts by its whole name.
 */
export function isHelperInHeadline(name: string): boolean {
  return SKIPPED_IN_HEADLINE.test(name);
}

/** The first candidate: helpers have been stepped over already. */
export function firstGuilty(functions: readonly string[]): string | undefined {
  return functions[0];
}

/**
 * Where work is handed out. A stalled processor is caught anywhere inside its loop; what tells one stall from
 * another is the function that such a dispatcher called.
 */
const DISPATCHERS = new RegExp(
  [
    // works, system calls, softirqs, timers, threads
    "process_one_work|do_syscall_|do_fast_syscall_|sysenter_dispatch|tracesys_phase2|el0_svc_handler|invoke_syscall",
    "ret_fast_syscall|netif_receive_skb|do_softirq|call_timer_fn|_run_timers|run_timer_softirq|hrtimer_run",
    "run_ksoftirqd|smpboot_thread_fn|^kthread$|start_secondary|cpu_startup_entry|ret_from_fork",
    // files
    "vfs_write|vfs_read|vfs_iter_read|vfs_iter_write|do_iter_read|do_iter_write|call_read_iter|call_write_iter",
    "new_sync_read|new_sync_write|vfs_ioctl|ksys_ioctl|compat_ioctl|compat_sys_ioctl|blkdev_driver_ioctl|blkdev_ioctl",
    "^call_mmap|mmap_region|do_mmap|do_dentry_open|vfs_open",
    // sockets
    "^sock_sendmsg|^sock_recvmsg|^sock_release|^__sock_release|^setsockopt$|kernel_setsockopt|sock_common_setsockopt",
    "^listen$|kernel_listen|sk_common_release|^sock_mmap|^accept$|kernel_accept|^sock_do_ioctl|^sock_ioctl",
    "^compat_sock_ioctl|^nfnetlink_rcv_msg|^rtnetlink_rcv_msg|^netlink_dump|^(?:sys_)?(?:socketpair|connect|ioctl)",
    // page faults, the way back to user space, other processors
    "__do_fault|do_page_fault|^page_fault$|__fput|task_work_run|exit_to_usermode|smp_call_function",
    "tasklet_action|tasklet_hi_action",
    // the boot's threads and calls
    "^kernel_init$|^do_one_initcall$|^worker_thread$",
  ].join("|"),
);

/** Does this function hand out work? Its assembly may be returned to without having called (`ret_fast_syscall`). */
export function isDispatcher(name: string): boolean {
  return DISPATCHERS.test(titleName(name));
}

/** The function that a dispatcher called; undefined when the stack shows no dispatcher. */
export function stalled(functions: readonly string[]): string | undefined {
  const running = functions.filter((name) => !isReporter(name));
  let previous = running[0];
  for (const name of running) {
    if (isDispatcher(name))
      return name.includes("smp_call_function") ? "smp_call_function" : calledBy(previous, running);
    previous = name;
  }
  return undefined;
}

/** A worker that goes to sleep calls the scheduler for nobody: what stalls is the function that it was in. */
function calledBy(called: string | undefined, functions: readonly string[]): string | undefined {
  return called === "schedule" ? functions[0] : called;
}

/** Everything that waits for these hangs when they do; such hangs are one. */
const CONGESTED: readonly (readonly [RegExp, string | undefined])[] = [
  [/rtnl_lock/, undefined],
  [/synchronize_(?:rcu|srcu|net|sched)/, "synchronize_rcu"],
];
/** The scheduler's own, and the trampoline behind a thread, which waits for nothing. */
const SLEEPING = /sched|context_switch|__switch_to|^ret_from_/;
/** The way to sleep. */
const WAITING =
  /sched|_lock|_slowlock|down|rwsem|completion|kthread|wait|synchronize|context_switch|__switch_to|cancel_delayed_work|rcu_barrier/;

/**
 * What a hung task waits for: one of the congested spots, or whoever went to sleep; in a thread that does nothing else,
 * the outermost function that waits.
 */
export function hungTask(functions: readonly string[]): string | undefined {
  for (const name of functions) {
    for (const [spot, replacement] of CONGESTED) if (spot.test(name)) return replacement ?? name;
  }
  const candidates = functions.filter((name) => !SLEEPING.test(titleName(name)));
  return (
    candidates.find((name) => !WAITING.test(titleName(name)) && !ROOTS.test(name)) ??
    candidates.findLast((name) => !ROOTS.test(name)) ??
    candidates[0]
  );
}
