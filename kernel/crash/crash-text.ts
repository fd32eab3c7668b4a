/** Tells a crash log from prose, line by line. */

/** One sort of line; a row each, so that tests can show every one. */
export const CRASH_TEXT: readonly {
  readonly name: string;
  readonly pattern: RegExp;
  /** One of these stands in every such line, and is quicker to look for than the pattern is to try. */
  readonly needs?: readonly string[];
  readonly example: string;
}[] = [
  {
    name: "frame",
    pattern: /[\w.$>]\+0x[0-9a-f]{1,8}(?:\/0x[0-9a-f]{1,8}|\b)/,
    example: "vfs_read+0x12/0x34",
  },
  {
    name: "bracketed address",
    pattern:
      /^(?:\([0-9a-z_.]{1,64}\)\s|[0-9a-f]{8,16}: )?\(?\[<[0-9a-f]{8,16}>\]|^\[[0-9a-f]{16}\] \[[0-9a-f]{16}\]/,
    example: "[<ffffffff81515a36>] do_exit",
  },
  {
    name: "frame of the crash utility",
    pattern: /^#\d{1,3} \[[0-9a-f]{8,16}\] \w[\w.]{0,127} at [0-9a-f]{8,16}/,
    example: "#1 [ffffffc04c98fa90] lkdtm_do_action at ffffffbfa2ccd434 [lkdtm]",
  },
  {
    name: "decoded frame",
    pattern: /^(?:\? )?[A-Za-z_][\w.]{1,127} (?:\(?[\w./-]{1,200}\.[chS]:\d{1,7}|.{1,200}\[inline\]$)/,
    needs: [".c:", ".h:", ".S:", "[inline]"],
    example: "vfs_read fs/read_write.c:450 [inline]",
  },
  {
    name: "headline",
    pattern:
      /^\[? ?(?:BUG|INFO|WARNING):? |\bBUG: |Unable to handle kernel|general protection fault|Kernel panic|kernel BUG at|Kernel BUG|Oops:|Internal error: |divide error: |invalid opcode: |double fault: |stack segment: |Unhandled fault(?: at|:) |SError Interrupt on|Machine check in|UBSAN: |hard LOCKUP|invoked oom-killer|bad area, sig:|\bCFI failure (?:at |\(target: )/,
    example: "kernel BUG at fs/inode.c:417!",
  },
  {
    name: "entry to powerpc's debugger",
    pattern: /^cpu 0x[0-9a-f]{1,4}: Vector: |^\s*pid {3}= \d{1,10}, comm = /,
    example: "cpu 0x0: Vector: 300 (Data Access) at [c00000000111f7d0]",
  },
  {
    name: "headline of a trace or a table",
    pattern:
      /^(?:Call [Tt]race|Backtrace|Stack backtrace|stack backtrace|Stack|Trace|Stack [Tt]race|Exception stack|Instruction dump|Instruction DUMP|Modules linked in|Code|Krnl Code|Last Breaking-Event-Address|Caller|Mapped at|Memory state around|The buggy address belongs|Allocated by task|Freed by task|backtrace)\b.{0,80}:|^(?:Modules linked in|Code|Krnl Code|Call Trace)\s?:/,
    example: "Call Trace:",
  },
  {
    name: "task and machine",
    pattern:
      /^(?:CPU:? ?\d+[ :].{0,40}(?:PID|Not tainted|Tainted|Comm)|Pid: \d+, comm:|Hardware name: |Process .{1,64}\((?:pid|ptrval)|task: ?[0-9a-fp(]|Workqueue: |TASK = |Tainted: |last sysfs file: |Comm: |Thread .{0,40}pid|"echo 0 > \/proc\/sys\/kernel\/hung_task)/,
    example: "CPU: 1 PID: 8321 Comm: syz-executor Not tainted 4.1.15+ #4",
  },
  {
    name: "x86 registers",
    pattern:
      /^\s*(?:RIP|EIP|IP|RSP|ESP|RAX|RBX|RCX|RDX|RBP|RSI|RDI|R\d\d|EAX|EBX|ECX|EDX|EBP|ESI|EDI|ORIG_RAX|FS|GS|CS|DS|ES|SS|CR[0-4]|DR[0-7])(?:\s?:|\s{1,3})\s{0,3}(?:[0-9a-f]{4}|\[<|\(null\)|[\w.]+\+0x)/,
    example: "RAX: 0000000000000000 RBX: ffff8801d9847008 RCX: 0000000000000001",
  },
  {
    name: "x86 page tables",
    pattern: /^\s*(?:PGD|P4D|PUD|PMD|PTE|\*pde|\*pdpt|\*pte|pgd|Thread overran stack) ?=? ?\(?[0-9a-f]{1,16}/,
    example: "PGD 10561e4067 PUD ffdb46067 PMD 0",
  },
  {
    name: "arm registers",
    pattern:
      /^\s*(?:(?:PC|LR|pc|lr) is at |(?:pc|lr|sp|x\d{1,2}|r\d{1,2}|pstate|ra|epc|gp|tp|t\d|s\d{1,2}|a\d|fp|ip)\s{0,2}: ?\[?<?[0-9a-f]{8}|Flags: |Control: |Mem abort info|Data abort info|ESR = |EC = |SET = |EA = |ISV = |CM = |FSC = |user pgtable|swapper pgtable)/,
    example: "PC is at l2cap_add_conf_opt+0x70/0xf0",
  },
  {
    name: "powerpc, s390, mips, sparc, loongarch registers",
    pattern:
      /^\s*(?:NIP|LR|MSR|CFAR|DAR|DSISR|REGS|GPR\d\d|XER|CTR|Krnl (?:PSW|GPRS)|TSTATE|TPC|RPC|[goil][0-7]: [0-9a-f]{1,16}|\$\s?\d{1,2}\s{0,3}:|[Hh]i\s{1,4}:|[Ll]o\s{1,4}:|Status\s?:|Cause\s?:|BadVA\s?:|PrId\s?:|ERA|ERA:|CRMD|PRMD|EUEN|ECFG|ESTAT|BADV|PRID|status: [0-9a-f]{8,16}|R:\d E:\d|Failing address:|Fault in)\b/,
    example: "NIP: c0000000006bc61c LR: c0000000006bc600 CTR: 0000000000000000",
  },
  {
    name: "stack dump",
    pattern: /^(?:[0-9a-f]{8,16}:?[ \t]{1,3}){2,}[0-9a-f]{8,16}\s?$|^>?[0-9a-f]{16}: (?:[0-9a-f]{2} ){8}/,
    example: "ffff8801cd20f810 ffffffff81d91389 ffff8801d74358c0",
  },
  {
    name: "marks",
    pattern:
      /^-{3,}\[ (?:cut here|end)|^={20,}$|^<\/?(?:TASK|IRQ|NMI|EOI|SOFTIRQ|#\w\w|ENTRY_TRAMPOLINE)>|^EOI$/,
    example: "---[ end trace 6c1f6a8a2e5f9b0d ]---",
  },
  {
    name: "lock reports",
    pattern:
      /is trying to (?:acquire|release) lock|but task is already holding|which lock already depends|the existing dependency chain|locks? held by |other info that might help|\*\*\* DEADLOCK \*\*\*|stack backtrace:|^-> #\d|hardirqs last|softirqs last|Possible (?:unsafe|interrupt)|^\s*(?:lock|unlock)\(|\{[-+.?!A-Z]{4,8}\}|no locks held|INFO: lockdep is|just changed the state of lock|but this lock (?:took another|was taken by another)|inverse lock ordering between them|suspicious rcu_\w{1,40}\(\) usage|RCU-list traversed in|Illegal context switch in/,
    example: "but task is already holding lock:",
  },
  {
    // print_trailer() and print_track() of mm/slub.c
    name: "reports of the slab allocator",
    pattern:
      /^(?:INFO: )?(?:Allocated|Freed) in [\w.]{1,128}\+0x|^(?:INFO: )?(?:Slab|Object) 0x[0-9a-f]{8,16} |^(?:Bytes b4|Object|Redzone|Padding|Right Redzone|Left Redzone)\s{1,5}(?:0x)?[0-9a-f]{8,16}: (?:[0-9a-f]{2} ){4}/,
    example: "Object ffff88003b6a5d10: 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b a5  kkkkkkkkkkkkkkk.",
  },
  {
    name: "sanitizer reports",
    pattern:
      /^(?:Read|Write) of size \d+|by task \S{1,64}|which belongs to the cache|The buggy address|Addr:|raw: [0-9a-f]{16}|page dumped because|flags: 0x[0-9a-f]+/,
    example: "Read of size 8 at addr ffff8801a751e6f8 by task syz-executor7/18786",
  },
];

/** Longer lines are not looked at beyond this. */
const LONGEST = 1000;

/**
 * Does this line look like a part of a kernel crash log (headline, register, frame, "Modules linked in")?
 * The line should be bare: quotes and log prefixes removed. Prose that names a function does not count.
 */
export function isCrashText(line: string): boolean {
  const bare = bareLine(line);
  return bare !== "" && (BEGINS.test(bare) || HAS.test(bare));
}

/** The line without blanks around it, as far as it is looked at. */
export function bareLine(line: string): string {
  return (line.length > LONGEST ? line.slice(0, LONGEST) : line).trim();
}

/** The alternatives of some rows: those that a line must begin with, and the others. */
export function alternatives(rows: typeof CRASH_TEXT, { anchored }: { anchored: boolean }): string[] {
  return rows
    .flatMap((row) => alternativesOf(row.pattern))
    .filter((source) => source.startsWith("^") === anchored)
    .map((source) => (anchored ? source.slice(1) : source));
}

/** A pattern cut at those of its `|` that stand in no group and no class. */
export function alternativesOf({ source }: RegExp): string[] {
  const parts = [""];
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? "";
    if (character === "|" && depth === 0 && !inClass) {
      parts.push("");
      continue;
    }
    parts[parts.length - 1] += character;
    if (character === "\\") parts[parts.length - 1] += source[++at] ?? "";
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") depth++;
    else if (character === ")") depth--;
  }
  return parts;
}

/*
 * All rows in a few expressions, as every line of every message is asked: one that begins with a single `^` fails at
 * once, where `^` in each alternative is tried at every character.
 */
export function beginning(rows: typeof CRASH_TEXT): RegExp {
  return new RegExp(`^(?:${alternatives(rows, { anchored: true }).join("|")})`);
}
const BEGINS = beginning(CRASH_TEXT);
const HAS = new RegExp(alternatives(CRASH_TEXT, { anchored: false }).join("|"));
