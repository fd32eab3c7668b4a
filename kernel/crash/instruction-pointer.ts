/** The instruction pointer: where the processor stood, as each architecture prints it. */
import { MODULE, NAME, PLACE, type Place, symbolOf } from "./symbol.ts";

/** One way to print the instruction pointer. */
export interface PointerForm {
  readonly architecture: string;
  /** Anchored where the name of the register stands; what follows is the symbol, an address, or both. */
  readonly pattern: RegExp;
  readonly example: string;
}

const ADDRESSES =
  "(?:(?:\\[ ?<? ?(?:0x)?[0-9a-fA-F.xX*?]{0,18}>?\\] *|[0-9a-f]{8,16} {1,3}(?=[0-9a-zA-Z_.]))){0,2}";
const SYMBOL = `\\.?(?::(?<ahead>\\w{1,63}):)?${PLACE}${MODULE}`;
/** An address that belongs to no function: a jump to nowhere, or user space. */
const NOWHERE = "(?:0x[0-9a-f]+|[0-9a-fA-F]{8,16}\\b|\\[< *\\(null\\)>\\]|\\(null\\))";
/** The name of a register is a word of its own: `handle_IPI` and `pci_device_probe` have none in them. */
const register = (names: string) => `(?<![A-Za-z_0-9])(?:${names})(?![A-Za-z_0-9])`;

/** Tried in order; more than one may be in a log, the first with a function counts. */
export const POINTER_FORMS: readonly PointerForm[] = [
  {
    architecture: "x86",
    pattern: new RegExp(`\\bE?IP is at (?:${ADDRESSES}${SYMBOL}|${NOWHERE})`),
    example: "EIP is at inet_getpeer+0x25b/0x5a0",
  },
  {
    architecture: "x86",
    pattern: new RegExp(
      `${register("[RE]?IP")}:? {0,4}(?:[0-9a-f]{1,4}:)? ?(?:${ADDRESSES}${SYMBOL}|${ADDRESSES}${NOWHERE})`,
    ),
    example: "RIP: 0010:[<ffffffff810a3e18>]  [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820",
  },
  {
    architecture: "powerpc",
    // show_regs() of arch/powerpc/kernel/process.c prints the address among the registers (`NIP: d000 LR: d000`), and
    // below them, in brackets, where that is.
    pattern: new RegExp(
      `${register("NIP")}(?!:? {0,4}[0-9a-f]{8,16} {1,3}(?:LR|XER)\\b):? {0,4}(?:${ADDRESSES}${SYMBOL}|${ADDRESSES}${NOWHERE})`,
    ),
    example: "NIP [c0000000006bc61c] .rxrpc_destroy+0x44/0x104",
  },
  {
    architecture: "arm, arm64, mips",
    pattern: new RegExp(`\\b(?:PC|pc) is at (?:${ADDRESSES}${SYMBOL}|${NOWHERE})`),
    example: "PC is at l2cap_add_conf_opt+0x70/0xf0 [l2cap]",
  },
  {
    architecture: "arm64, riscv, loongarch, mips",
    pattern: new RegExp(
      `${register("pc|s?epc|era|ERA")} {0,4}[:=]? {0,4}(?:\\[<[0-9a-f]{1,16}>\\] ?|[0-9a-f]{8,16}:? )?(?:${SYMBOL}|${NOWHERE})`,
    ),
    example: "pc : bond_ipsec_del_sa+0x18/0x2f0",
  },
  {
    architecture: "s390",
    pattern: new RegExp(`Krnl PSW ?: ?[0-9a-f]{8,16} ?[0-9a-f]{8,16} ?\\(${SYMBOL}`),
    example: "Krnl PSW : 0704c00180000000 000000000073a4b2 (css_sched_sch_todo+0x62/0x120)",
  },
  {
    architecture: "all, decoded by ksymoops",
    pattern: new RegExp(`^>?>?(?:EIP|RIP|PC|NIP); {1,4}[0-9a-f]{8,16} <${SYMBOL}>`),
    example: ">>PC;  c016d1fc <input_handle_event+2ac/5a0>   <=====",
  },
  {
    architecture: "sparc",
    pattern: new RegExp(`\\bTPC: <${SYMBOL}>`),
    example: "TPC: <sys_read+0x10/0x20>",
  },
  {
    // lib/nmi_backtrace.c
    architecture: "all, of a processor that idles",
    pattern: new RegExp(`skipped: idling at (?:pc )?${SYMBOL}`),
    example: "NMI backtrace for cpu 1 skipped: idling at default_idle+0x1e/0x130",
  },
  {
    architecture: "parisc, ia64",
    pattern: new RegExp(`(?:^|\\s)(?:IAOQ\\[0\\]|ip is at):? ${SYMBOL}`),
    example: "ip is at tg3_poll+0x10/0x20",
  },
];

/** Segment selectors of user space: x86's RIP of a system call's caller names no kernel function. */
const USER_SPACE = /RIP: {0,4}0033:|EIP: {0,4}0073:/;

/** The crash utility's bt, above the registers of an exception; its offsets are decimal. */
const UTILITY_EXCEPTION = new RegExp(`^\\[exception [RE]IP: (${NAME})\\+(\\d{1,7})\\]`);

/** A line with an instruction pointer; `symbol` is undefined where it names no function. */
export interface InstructionPointer {
  readonly symbol: Place | undefined;
}

/** Do the crash utility's registers of an exception begin here? What bt prints above led from there to the dump. */
export function startsUtilityException(line: string): boolean {
  return UTILITY_EXCEPTION.test(line);
}

/** Reads the instruction pointer from a line; undefined when it has none. */
export function parseInstructionPointer(line: string): InstructionPointer | undefined {
  if (!/IP|[Pp][Cc]|PSW|era|ERA|ip is at|IAOQ|idling at/.test(line)) return undefined;
  if (USER_SPACE.test(line)) return { symbol: undefined };
  const exception = UTILITY_EXCEPTION.exec(line);
  if (exception !== null)
    return { symbol: symbolOf(exception[1] ?? "", { offset: Number(exception[2]).toString(16) }) };
  for (const form of POINTER_FORMS) {
    const match = form.pattern.exec(line);
    if (match === null) continue;
    const [, ahead, name, offset, size, module] = match;
    return {
      symbol: name === undefined ? undefined : symbolOf(name, { offset, size, module: module ?? ahead }),
    };
  }
  return undefined;
}
