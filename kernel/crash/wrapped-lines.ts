/** Joins lines that a mailer or a terminal broke at 72 to 80 columns. */
import type { LogLine } from "./dressing.ts";

/** Lines that are long enough to have been broken, and of a sort whose rest matters. */
const BREAKABLE =
  /^(?:BUG|WARNING|INFO|Unable to handle|general protection|Kernel panic|kernel BUG|CPU:|Pid:|Hardware name|Modules linked in|RIP|EIP|IP|NIP|Oops|Internal error|\S+ invoked|(?:\[<|\()|Workqueue)/;

/** Lines that lack their end, whatever their length: the rest must be on the next line. */
const UNFINISHED: readonly (readonly [RegExp, RegExp])[] = [
  // "[<ffffffff81127b76>]" / "migration_entry_wait+0x156/0x160"
  [
    /\[<[0-9a-f]{8,16}>\]$|^(?:RIP|EIP|IP|NIP|PC is at|EIP is at):?$/,
    /^(?:\[<[0-9a-f]{8,16}>\] *)?(?:\? )?\.?\w[\w.]{0,127}\+0x/,
  ],
  // "BUG: unable to handle kernel NULL pointer dereference at" / "0000000000000078"
  [
    /(?:dereference|request|address|at|address:|at virtual address)$/,
    /^(?:0x)?[0-9a-f]{8,16}\b|^\(null\)|^(?:at )?virtual address/,
  ],
  // "WARNING: at fs/inode.c:1309" / "iput+0x20b/0x210()"
  [/^WARNING: .*\.[chS]:\d+(?: \\)?$/, /^\w[\w.]{0,127}\+0x/],
  // a task whose name has a newline in it
  [/^INFO: task [^:]{0,64}$/, /^.{0,64}:\d+ blocked /],
  // "(func+0x1/0x2) from" / "[<c085a7f8>] (other+0x24/0x44)"
  [/ from$/, /^\[<[0-9a-f]{8,16}>\]/],
];

/** How a line of a crash log begins; such a line continues none. */
const LINE_START =
  /^(?:BUG|WARNING|INFO|IP:|RIP|EIP|NIP|PC is at|LR is at|pc :|lr :|sp :|x\d+:|r\d+ ?:|Oops|Internal error|Modules linked|CPU|Pid:|Hardware|Call|Code|Stack|Process|task|PGD|pgd|\*p|RSP|RAX|RBX|RCX|RDX|RBP|RSI|RDI|R\d\d|FS:|CS:|CR|DR|EAX|ESI|DS:|GPR|REGS|MSR|DAR|DSISR|TASK|Workqueue|Kernel|kernel|general|invalid|last sysfs|---|===|-{4}|<\/?[A-Z]+>|\(|[<[]|\? |\.?[\w.]+\+0x[0-9a-f]+\/|pc:|lr:|dar:|cpu |[0-9a-f]{8,16}[: ]|\.{2,}|#|$|[A-Z_]+=)/;

/** Such a line is whole. */
const FINISHED = /\(\)$|\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[\w+\])?\)?$|[.!]$|\{$/;
/** Mailers break between these columns, the prefix of a log's line included. */
const SHORTEST_BROKEN = 45;
const LONGEST_BROKEN = 82;
const LONGEST_JOINED = 2000;

/** The lines with broken ones made whole. A joined line keeps the number of its first part. */
export function joinWrapped(lines: readonly LogLine[]): LogLine[] {
  const joined: LogLine[] = [];
  let part: LogLine | undefined;
  for (const line of lines) {
    const last = joined.at(-1);
    if (last !== undefined && part !== undefined && continues(line, { last, part })) {
      joined[joined.length - 1] = { ...last, text: `${last.text.replace(/ \\$/, "")} ${line.text}` };
    } else {
      joined.push(line);
    }
    part = line;
  }
  return joined;
}

/** Is this the rest of the last line, whose latest part was `part`? */
function continues(line: LogLine, { last, part }: { last: LogLine; part: LogLine }): boolean {
  if (line.text === "" || last.text.length > LONGEST_JOINED) return false;
  // A line with a time of its own is no continuation, unless the log is bare.
  if (line.context !== "" && line.context !== last.context) return false;
  for (const [end, start] of UNFINISHED) if (end.test(last.text) && start.test(line.text)) return true;
  if (line.context !== "" || FINISHED.test(part.text) || LINE_START.test(line.text)) return false;
  const { length } = part.text;
  return length >= SHORTEST_BROKEN && length <= LONGEST_BROKEN && BREAKABLE.test(last.text);
}
