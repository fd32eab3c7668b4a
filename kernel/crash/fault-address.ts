/** The address whose access faulted. */
import { firstMatch } from "./circumstances.ts";
import type { CrashKind } from "./crash.ts";
import { minimalHex } from "./symbol.ts";

const HEX = "(?:0x)?([0-9a-f]{1,16}|\\(null\\)|<null>)(?![\\w>])";

/** Where it is printed, surest first. */
export const ADDRESS_FORMS: readonly {
  readonly printedBy: string;
  readonly pattern: RegExp;
  /** A register that every dump shows, and only a page fault sets: after other traps it is left over from an earlier one. */
  readonly lasts?: true;
  readonly example: string;
}[] = [
  {
    printedBy: "x86, arm, arm64, riscv, mips: the headline",
    pattern: new RegExp(
      `(?:dereference(?: on (?:read|write))?|paging request|access|fetch|user memory|memory|space|domain fault.{0,20}|abort.{0,40})\\)? {0,3}(?:at|,) {0,3}(?:virtual {0,3})?(?:address:? {0,3})?${HEX}`,
    ),
    example: "BUG: unable to handle kernel NULL pointer dereference at 0000000000000078",
  },
  {
    printedBy: "arm, arm64: what no handler is for",
    pattern: new RegExp(`Unhandled fault(?:: .{1,80} \\(0x[0-9a-f]{3,8}\\))? at ${HEX}`),
    example: "Unhandled fault: alignment exception (0x001) at 0xdfb480ba",
  },
  {
    printedBy: "sparc, below the headline of an unaligned access",
    // kernel_mna_trap_fault() of arch/sparc/kernel/unaligned_64.c
    pattern: new RegExp(`^at virtual address ${HEX}`),
    example: "at virtual address 4ecf3f9411c823ce",
  },
  {
    printedBy: "x86 since 5.1",
    pattern: new RegExp(`for address: {0,3}${HEX}`),
    example: "BUG: unable to handle page fault for address: ffffed1020000000",
  },
  {
    printedBy: "x86, general protection",
    pattern: new RegExp(`(?:non-canonical|maybe for) address ${HEX}`),
    example: "general protection fault, probably for non-canonical address 0xdffffc0000000001: 0000 [#1]",
  },
  {
    printedBy: "powerpc",
    pattern: new RegExp(
      `(?:data at address|data access (?:on (?:read|write) )?at|instruction fetch at|access (?:on \\w+ )?at|for (?:data|instruction)(?: fetch)? at(?: address)?) ${HEX}`,
    ),
    example: "Unable to handle kernel paging request for data at address 0x00000008",
  },
  {
    printedBy: "powerpc's xmon",
    pattern: new RegExp(`^\\s*dar: ${HEX}`),
    example: "   dar: c00000000111fd40",
  },
  {
    printedBy: "sanitizers",
    pattern: new RegExp(`(?:of size \\d+ )?at addr ${HEX}`),
    example: "Read of size 8 at addr ffff8801a751e6f8 by task syz-executor7/18786",
  },
  {
    printedBy: "kmemcheck",
    pattern: new RegExp(`kmemcheck: Caught .{1,60} memory \\(${HEX}\\)`),
    example: "WARNING: kmemcheck: Caught 32-bit read from uninitialized memory (f0beca80)",
  },
  {
    printedBy: "x86",
    pattern: new RegExp(`\\bCR2: {0,3}${HEX}`),
    lasts: true,
    example: "CR2: 0000000000000078",
  },
  {
    printedBy: "powerpc",
    pattern: new RegExp(`\\bDE?AR: {0,3}${HEX}`),
    example: "DAR: 0000000000000008, DSISR: 0000000040000000",
  },
  {
    printedBy: "s390",
    pattern: new RegExp(`Failing address: ${HEX}`),
    example: "Failing address: 0000000000000000 TEID: 0000000000000483",
  },
  {
    printedBy: "riscv, mips, loongarch",
    // riscv prints it always: a breakpoint (cause 3), an illegal instruction (2) and an interrupt (8...) have no address.
    pattern: new RegExp(
      `\\b(?:badaddr|BadVA|BADV)\\s{0,3}: ${HEX}(?! cause: (?:0{0,15}[23]|8[0-9a-f]{0,15})\\b)`,
    ),
    example: "status: 0000000000000120 badaddr: 0000000000000008 cause: 000000000000000d",
  },
  {
    printedBy: "KASAN, in front of an oops",
    pattern: new RegExp(`null-ptr-deref in range \\[${HEX}`),
    example: "KASAN: null-ptr-deref in range [0x0000000000000008-0x000000000000000f]",
  },
];

/** What a page fault is reported as, or leads to. */
const PAGE_FAULTS: ReadonlySet<CrashKind> = new Set<CrashKind>([
  "page-fault",
  "null-deref",
  "kasan",
  "kfence",
  "double-fault",
  "stack-overflow",
]);
/** Of x86's traps only the page fault is an oops with a bare error code (arch/x86/mm/fault.c). */
const BARE_OOPS = /(?<!\w)Oops: [0-9a-f]{4} \[#\d/;

/** The processor has gone on when it hears of such an abort: the address that is printed is none of this crash. */
const IMPRECISE = /\b(?:imprecise|asynchronous) (?:external abort|parity)/;

/** Minimal hexadecimal (`0x78`); undefined when the report of such a crash names none. */
export function readFaultAddress(lines: readonly string[], kind: CrashKind): string | undefined {
  const paged = PAGE_FAULTS.has(kind) || (kind === "other" && lines.some((line) => BARE_OOPS.test(line)));
  const precise = lines.filter((line) => !IMPRECISE.test(line));
  for (const { pattern, lasts } of ADDRESS_FORMS) {
    const found = lasts && !paged ? undefined : firstMatch(precise, pattern);
    if (found !== undefined) return found.includes("null") ? "0x0" : minimalHex(found);
  }
  return undefined;
}
