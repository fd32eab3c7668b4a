/** Joins lines that a mailer or a terminal broke at 72 to 80 columns. */
import type { LogLine } from "./dressing.ts";

/** Lines that are long enough to have been broken, and of a sort whose rest matters. */
const BREAKABLE =
  /^(?:watchdog:|rcu:|BUG|WARNING|INFO|Unable to handle|general protection|Kernel panic|kernel BUG|CPU:|Pid:|Hardware name|Modules linked in|(?:RIP|EIP|IP|NIP)\b|Oops|Internal error|\S+ invoked|(?:\[<|\()|Workqueue)/;

/** Lines that lack their end, whatever their length: the rest must be on the next line. */
const UNFINISHED: readonly (readonly [RegExp, RegExp, ""?])[] = [
  // "WARNING: at /home/user/linux.git/kernel/trace/tra" / "ce.c:713 update_max_tr_single+0xfa/0x11b()"
  [/^WARNING: at \/[\w./-]{20,200}$/, /^[\w./-]{0,80}\.[chS]:\d{1,6} \w[\w.]{0,127}\+0x/, ""],
  // "[<ffffffff81127b76>]" / "migration_entry_wait+0x156/0x160"
  [
    /\[<[0-9a-f]{8,16}>\](?: \?)?$|^(?:RIP|EIP|IP|NIP|PC is at|EIP is at):?(?: 00\d\d:)?$/,
    /^(?:\[<[0-9a-f]{8,16}>\] *)?(?:\? )?\.?\w[\w.]{0,127}\+0x/,
  ],
  // "RIP: 0010:[<ffffffff81127b76>]" / "[<ffffffff81127b76>]"
  [/RIP: {1,2}00\d\d:\[<[0-9a-f]{8,16}>\]$/, /^\[<[0-9a-f]{8,16}>\]/],
  // "Unable to handle kernel NULL pointer" / "dereference at virtual address 00000001"
  [
    /nable to handle(?: kernel(?: NULL(?: pointer)?| paging)?)?$/,
    /^(?:kernel |NULL |pointer |paging )?(?:(?:pointer )?dereference|(?:paging )?request)\b/,
  ],
  // "BUG: unable to handle kernel NULL pointer dereference at" / "0000000000000078"
  [
    /(?:dereference|request|address|at|addr|address:|at virtual address)$/,
    /^(?:0x)?[0-9a-f]{8,16}\b|^\(null\)|^(?:at )?virtual address/,
  ],
  // "BUG: KASAN: slab-use-after-free in" / "iput+0x20b/0x210"
  [/^(?:WARNING|BUG|Kernel panic).* (?:in|at|in:)$/, /^\w[\w.]{0,127}\+0x|^\S+\.[chS]:\d/],
  // "WARNING: at fs/inode.c:1309" / "iput+0x20b/0x210()"
  [/^WARNING: .*\.[chS]:\d+(?: \\)?$/, /^\w[\w.]{0,127}\+0x/],
  // "ovl_set_origin+0x9c/0xb0" / "[overlay]"
  [/\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}$/, /^\[[A-Za-z_]\w{0,63}\](?:\(\))?$/],
  // "general protection fault, probably for non-canonical" / "address 0xdffffc0000000000: 0000 [#1]"
  [/^general protection fault, .{0,60}(?:non-canonical|for)$/, /^(?:non-canonical )?address 0x[0-9a-f]/],
  // "KASAN: null-ptr-deref in range" / "[0x0000000000000000-0x0000000000000007]"
  [/ in range$/, /^\[0x[0-9a-f]{8,16}-0x/],
  // "ice_adapter_put+0xef/0x100 [ice" / "33d2647ad4f6d866d41eefff1806df37c68aef0c]"
  [/\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8} \[[A-Za-z_]\w{0,63}$/, /^[0-9a-f]{40}\]/],
  // "Hardware name: QEMU Standard PC (i440FX + PIIX, 1996)," / "BIOS 0.0.0 02/06/2015"
  [/^Hardware name: .{1,200},$/, /^BIOS /],
  // a task whose name has a newline in it
  [/^INFO: task [^:]{0,64}$/, /^.{0,64}:\d+ blocked /],
  // "(func+0x1/0x2) from" / "[<c085a7f8>] (other+0x24/0x44)"
  [/ from$/, /^\[<[0-9a-f]{8,16}>\]/],
];

/** How a line of a crash log begins; such a line continues none. */
const LINE_START =
  /^(?:(?:BUG|WARNING|INFO|IP|RIP|EIP|NIP|LR|Code|Stack|Call [Tt]race|[Bb]acktrace|Workqueue|Oops|Modules linked in|last sysfs file|Hardware name|Kernel panic|Internal error|task|RSP|ESP|R[A-D]X|RBP|R[SD]I|R\d\d|E[A-D]X|ESI|FS|CS|DS|CR\d|DR\d|GPR\d\d|REGS|MSR|DAR|CTR|XER|pc|lr|sp|dar|pstate|[xr]\d+|s?epc|ra|ERA|Krnl (?:PSW|GPRS|Code)|TSTATE|TPC|RPC) ?:|PC is at|EIP is at|LR is at|CPU[:#]? ?\d|Pid: |Process |PGD |pgd|\*p|TASK =|cpu 0x|Read of|Write of|kernel BUG|general protection|invalid opcode|divide error|Faulting instruction address|---|===|<\/?[A-Z]+>|\(|[<[]|\? |\.?[\w.]+\+0x[0-9a-f]+\/|[0-9a-f]{8,16}[: ]|\.{2,}|#\d+:|$|[A-Z_]+=|[A-Za-z]{1,8}\d{0,2}\s{0,5}: |\$ ?\d)/;

/** Another message: "nf_conntrack: ...", "EXT4-fs (sda1): ...", "systemd[1]: ...", or, told by `kernel`, a device's. */
const MESSAGE_START = /^[\w.-]{2,24}(?:\[\d{1,7}\])?(?: (?:\(\w{1,16}\)|\d{1,3}(?:[:.-]\d{1,5}){1,5}))?: \S/;

/** Such a line is whole. */
const FINISHED = /\(\)$|\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[\w+\])?\)?$|[!.:'{]$|\bval:-?\d+$/;
/** A mailer's lines are no longer, the prefix of a log's line included ... */
const WIDEST_BROKEN = 84;
/** ... and the next word would have made the line longer than this. */
const NARROWEST_MAIL = 68;
const LONGEST_JOINED = 2000;

/** The lines with broken ones made whole. A joined line keeps the number of its first part. */
export function joinWrapped(lines: readonly LogLine[]): LogLine[] {
  const edge = edgeOf(lines);
  const joined: LogLine[] = [];
  let part: LogLine | undefined;
  let blanks = 0;
  for (const line of lines) {
    if (line.text === "" && blanks === 0) {
      joined.push(line);
      blanks++;
      continue;
    }
    const place = joined.length - 1 - blanks;
    const last = joined[place];
    const glue =
      last === undefined || part === undefined
        ? undefined
        : glueOf(line, { last, part, edge, apart: blanks > 0 });
    blanks = 0;
    if (last !== undefined && glue !== undefined) {
      joined[place] = { ...last, text: `${last.text.replace(/ \\$/, "")}${glue}${line.text}` };
    } else {
      joined.push(line);
    }
    part = line;
  }
  return joined;
}

interface Neighbours {
  readonly last: LogLine;
  /** The latest part of `last`. */
  readonly part: LogLine;
  /** A blank line stands between them: some consoles print one behind each. */
  readonly apart: boolean;
  /** The column at which a terminal broke the log, if one did. */
  readonly edge: number | undefined;
}

/** What joins this line to the last one: a blank, or nothing where a terminal cut a word; undefined for a line of its own. */
function glueOf(line: LogLine, { last, part, edge, apart }: Neighbours): string | undefined {
  if (line.text === "" || last.text.length > LONGEST_JOINED) return undefined;
  // A line with a time of its own is no continuation, unless the log is bare.
  if (line.context !== "" && line.context !== last.context) return undefined;
  const cut = !apart && edge !== undefined && line.context === "" && part.width === edge;
  if (cut && (last.context !== "" || !LINE_START.test(line.text))) return "";
  for (const [end, start, glue = " "] of UNFINISHED)
    if (end.test(last.text) && start.test(line.text)) return glue;
  if (apart || line.context !== "" || FINISHED.test(part.text) || LINE_START.test(line.text))
    return undefined;
  if (line.kernel || MESSAGE_START.test(line.text)) return undefined;
  const filled = part.width <= WIDEST_BROKEN && part.width + 1 + firstWordOf(line) > NARROWEST_MAIL;
  return filled && BREAKABLE.test(last.text) ? " " : undefined;
}

/** Its length. */
function firstWordOf({ text }: LogLine): number {
  const blank = text.indexOf(" ");
  return blank === -1 ? text.length : blank;
}

/** Terminals have so many columns. */
const NARROWEST_TERMINAL = 60;
const WIDEST_TERMINAL = 260;
/** So many lines must end at the edge, or it is chance. */
const FEWEST_AT_EDGE = 2;

/**
 * The width of the terminal that broke the log's lines, in the middle of words: no line is longer, and what follows the
 * longest ones begins as no line of a log does.
 */
function edgeOf(lines: readonly LogLine[]): number | undefined {
  let edge = 0;
  for (const line of lines) edge = Math.max(edge, line.width);
  if (edge < NARROWEST_TERMINAL || edge > WIDEST_TERMINAL) return undefined;
  let cut = 0;
  for (let at = 0; at + 1 < lines.length; at++) {
    const [line, next] = [lines[at], lines[at + 1]];
    if (line?.width !== edge || next === undefined) continue;
    if (next.context !== "" || next.text === "") return undefined;
    if (line.context === "" && LINE_START.test(next.text)) return undefined;
    if (!FINISHED.test(line.text) && !MESSAGE_START.test(next.text)) cut++;
  }
  return cut >= FEWEST_AT_EDGE ? edge : undefined;
}
