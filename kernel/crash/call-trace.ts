/** Frames of a call trace, as each architecture prints them. */
import type { Frame } from "./crash.ts";
import { MODULE, minimalHex, NAME, PLACE, stripSuffixes } from "./symbol.ts";

/** One way to print a frame. The groups of the pattern are named; a frame has at least a `name`. */
export interface FrameForm {
  readonly architectures: string;
  /** Text that is in every such line. */
  readonly needs?: string;
  readonly pattern: RegExp;
  readonly example: string;
}

/** Stripped addresses (`[]`), and `[<...>]` of people who cut them out, are addresses too. */
const ADDRESS = "\\[ ?<?(?:0x)?[0-9a-fA-F.xX*?]{0,18}>?\\]";
/** Until 2.6.27 the module stood in front. */
const MODULE_AHEAD = "(?::(?<module3>\\w{1,63}):)?";
const NAMED_PLACE = PLACE.replace("(", "(?<name>")
  .replace("([0-9a-f]", "(?<offset>[0-9a-f]")
  .replace("([0-9a-f]", "(?<size>[0-9a-f]");
const NAMED_MODULE = MODULE.replace("([A-Za-z_]", "(?<module>[A-Za-z_]");
const FILE = "(?<file>[\\w./+-]{1,255}\\.(?:c|h|S|rs|y|l)):(?<line>\\d{1,7}|\\?)";
const BEHIND = `(?: \\((?<mark>unreliable|[A-Z]{1,4})\\))?(?: \\(?${FILE}(?: \\(discriminator \\d{1,9}\\))?\\)?)?`;

/** Tried in order on a line without leading blanks; the first that fits is it. */
export const FRAME_FORMS: readonly FrameForm[] = [
  {
    architectures: "arm",
    needs: " from ",
    pattern: new RegExp(
      `^(?:${ADDRESS} *)?\\(?(?<inner>${NAME})(?:\\+0x[0-9a-f]{1,8}/0x[0-9a-f]{1,8})?(?: \\[\\w{1,63}\\])?\\)?(?: \\[\\w{1,63}\\])? from (?:${ADDRESS} *)?\\(?${NAMED_PLACE}${NAMED_MODULE}\\)?${NAMED_MODULE.replace("module", "module2")}`,
    ),
    example: " [<c069bfdc>] (do_raw_spin_unlock+0x50/0xc0) from [<c085a7f8>] (unlock+0x24/0x44)",
  },
  {
    architectures: "x86, arm64, powerpc, s390, riscv, mips, sparc, loongarch and most others",
    pattern: new RegExp(
      `^ *(?:(?<context><{1,2}[#A-Z]{2,8}>{1,2}) *){0,3}(?:(?:[0-9a-f]{8,16}|#\\d{1,3}):? {1,4})?\\(?(?:${ADDRESS} *){0,2}(?:[0-9a-f]{8,16} )?(?<guess>\\? )? *(?<start>\\()?${MODULE_AHEAD}${NAMED_PLACE}${NAMED_MODULE}\\)?${BEHIND}`,
    ),
    example: " [<ffffffff81515a36>] ? __schedule+0x106/0x700",
  },
  {
    architectures: "all, decoded by ksymoops",
    pattern: new RegExp(`^Trace; {1,4}[0-9a-f]{8,16} <${NAMED_PLACE}>`),
    example: "Trace; c016d5e8 <input_event+70/88>",
  },
  {
    architectures: "sparc",
    pattern: new RegExp(`^Caller\\[[0-9a-f]{8,16}\\]: ${NAMED_PLACE}${NAMED_MODULE}`),
    example: "Caller[0000000000435d4c]: sys_read+0x10/0x20",
  },
  {
    architectures: "all, inlined functions of a decoded trace",
    pattern: new RegExp(`^(?:${ADDRESS} *)?(?<guess>\\? )?(?<name>${NAME}) ${FILE} (?<inlined>\\[inline\\])`),
    example: " __read_once_size include/linux/compiler.h:183 [inline]",
  },
  {
    architectures: "all, scripts/decode_stacktrace.sh",
    pattern: new RegExp(
      `^(?:${ADDRESS} *)?(?<guess>\\? )?(?<name>${NAME}) \\(${FILE}[^()]{0,400}(?:\\(discriminator \\d{1,9}\\)[^()]{0,400}){0,8}\\)(?: (?<module>[A-Za-z_]\\w{0,63}))?$`,
    ),
    example: " handle_mm_fault (mm/memory.c:5207 mm/memory.c:5245)",
  },
  {
    architectures: "all, bt of the crash utility",
    needs: " at ",
    pattern: new RegExp(
      `^#\\d{1,3} \\[[0-9a-f]{8,16}\\] (?<name>${NAME}) (?<chained>at) [0-9a-f]{8,16}(?: \\[(?<module>[A-Za-z_][\\w-]{0,63})\\])?$`,
    ),
    example: " #2 [ffffc04c98fc1000] lkdtm_do_action at ffffffbfa2ccd434 [lkdtm]",
  },
  {
    architectures: "all, frames without offsets",
    pattern: new RegExp(`^\\[<[0-9a-f]{8,16}>\\] *(?<guess>\\? )?(?<name>${NAME})$`),
    example: " [<c0148cd2>] warn_slowpath_common",
  },
];

/** A frame, with what the choice of the culprit must know of its line. */
export interface TracedFrame extends Frame {
  /** Printed with an offset at the start of its line, or by a debugger: a frame proper. */
  readonly plain: boolean;
  /**
   * It stood there or called from there. A return address at the very start of a function belongs to the call that
   * ends the function before and never returns: the name is not in the chain.
   */
  readonly called: boolean;
  /** Arm prints the frame it returned from in front of each frame. */
  readonly inner: string | undefined;
}

/** No frame begins beyond this column, and none is longer. */
const LONGEST_FRAME = 1200;

/** The frame on a line (without leading blanks); undefined when it holds none. */
export function parseFrame(line: string): TracedFrame | undefined {
  if (line.length > LONGEST_FRAME || !looksLikeFrame(line)) return undefined;
  for (const form of FRAME_FORMS) {
    if (form.needs !== undefined && !line.includes(form.needs)) continue;
    const groups = form.pattern.exec(line)?.groups;
    if (groups !== undefined) return frameOf(groups);
  }
  return undefined;
}

function looksLikeFrame(line: string): boolean {
  return (
    line.includes("+") ||
    line.includes("[inline]") ||
    line.includes(" (") ||
    line.startsWith("[<") ||
    line.startsWith("#")
  );
}

/** arm64 since 6.12 marks so the place where an exception interrupted (arch/arm64/kernel/stacktrace.c). */
const PROGRAM_COUNTER = "P";

function frameOf(groups: Record<string, string | undefined>): TracedFrame {
  const { name, offset, size, file, line, mark, guess, context, inlined, inner, start, chained } = groups;
  return {
    function: stripSuffixes(name ?? ""),
    offset: offset === undefined ? undefined : minimalHex(offset),
    size: size === undefined ? undefined : minimalHex(size),
    module: groups.module ?? groups.module2 ?? groups.module3,
    reliable: guess === undefined && mark !== "unreliable",
    inlined: inlined !== undefined,
    file,
    line: line === undefined || line === "?" ? undefined : Number(line),
    plain:
      (offset ?? chained) !== undefined &&
      guess === undefined &&
      (context === undefined || NMI_END.test(context)),
    // arm's frame pointers name functions by their starts, in parentheses.
    called:
      size === undefined || !/^0+$/.test(offset ?? "") || start !== undefined || mark === PROGRAM_COUNTER,
    inner: inner === undefined ? undefined : stripSuffixes(inner),
  };
}

/**
 * In front of what an NMI interrupted: dump_trace() of arch/x86/kernel/dumpstack_64.c prints `<<EOE>>` or `<EOE>` until
 * 4.8, `</NMI>` since.
 */
const NMI_END = /<<?EOE>>?|<\/NMI>/;

/** What an NMI interrupted, without the frames of the NMI, in lines of a report. */
export function behindNmi<Line extends { readonly text: string; readonly frame: TracedFrame | undefined }>(
  lines: readonly Line[],
): readonly Line[] {
  let inNmi = false;
  let seen = 0;
  const ends = lines.flatMap(({ text }, at) => (NMI_END.test(text) ? [at] : []));
  return lines.filter(({ text, frame }, at) => {
    while ((ends[seen] ?? lines.length) < at) seen++;
    if (text.includes("<NMI>")) inNmi = ends[seen] !== undefined;
    if (ends[seen] === at) inNmi = false;
    return !inNmi || frame === undefined;
  });
}

/** What begins a stack trace; a trace that is being read ends there. */
const TRACE_START =
  /Call [Tt]race|Allocated(?: by task \d{1,10}(?: on cpu \d{1,5} at [\d.]{1,20}s)?)?:|Freed(?: by task \d{1,10}(?: on cpu \d{1,5} at [\d.]{1,20}s)?)?:|(?:^|[^k] )backtrace(?: \(crc [0-9a-f]{1,16}\))?:|Backtrace:|Uninit was stored to memory at/;
/** The register dump of riscv ends so, and a trace without a headline of its own follows. */
const RISCV_TRACE_START = /status: [0-9a-f]{8,16} badaddr: [0-9a-f]{8,16} cause: [0-9a-f]{8,16}/;

/** What the crash utility's bt prints above each task's frames. */
const UTILITY_TRACE_START =
  /^PID: {1,4}\d{1,10} {1,4}TASK: {1,4}[0-9a-f]{8,16} {1,4}CPU: {1,4}\d{1,5} {1,4}COMMAND: /;

/** Does a stack trace begin here? */
export function startsTrace(line: string): boolean {
  return TRACE_START.test(line) || UTILITY_TRACE_START.test(line) || RISCV_TRACE_START.test(line);
}

/**
 * Does arm's trace begin without a heading? unwind_backtrace() of arch/arm/kernel/unwind.c printed none in 4.x;
 * dump_backtrace(), where CONFIG_ARM_UNWIND is not set, prints "Backtrace:", newer kernels "Call trace:".
 */
export function hasBareTrace(lines: readonly { text: string; frame: TracedFrame | undefined }[]): boolean {
  return (
    lines.some(({ frame }) => frame?.inner !== undefined) && !lines.some(({ text }) => startsCallTrace(text))
  );
}

/** Does the crash's own trace begin here: "Call Trace:", arm's "Backtrace:"? */
export function startsCallTrace(line: string): boolean {
  return /Call [Tt]race:|Backtrace:/.test(line) || UTILITY_TRACE_START.test(line);
}

/** riscv's trace may be missing without the log being cut. */
export function startsSilentTrace(line: string): boolean {
  return RISCV_TRACE_START.test(line);
}
