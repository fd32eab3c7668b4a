/**
 * Cuts the lines of a log into reports, one a crash. Lines of several processors or tasks may be interleaved;
 * where the log names the printing task (`[T123]`) a report holds that task's lines only.
 */
import { startsTrace } from "./call-trace.ts";
import { isCrashText } from "./crash-text.ts";
import type { LogLine } from "./dressing.ts";
import { beginsFragment, namesFunction } from "./fragments.ts";
import { type Headline, NO_HEADLINE, readHeadline } from "./headline.ts";

/** The lines of one crash, beginning with its headline. */
export interface Report {
  readonly headline: Headline;
  readonly lines: readonly LogLine[];
  /** Lines in front of the headline that belong to it. */
  readonly preface: readonly LogLine[];
  /** The last line of the input that looks like a part of it. */
  readonly lastNumber: number;
  /** Another report broke in before this one was complete. */
  readonly interrupted: boolean;
  /** What broke in, of the same task where the log names it: the rest of this report may be there. */
  readonly interruptedBy: Report | undefined;
}

interface OpenReport {
  readonly headline: Headline;
  readonly context: string;
  readonly lines: LogLine[];
  readonly preface: readonly LogLine[];
  interrupted: boolean;
  interruptedBy: OpenReport | undefined;
  /** The same headline was printed again, whole. */
  repeated: boolean;
  /** Other processors' traces are part of it. */
  allProcessors: boolean;
  /** The last line that looked like a crash's. */
  lastNumber: number;
  /** Lines since then. */
  quiet: number;
  closed: boolean;
}

/** So many unrelated lines end a report. */
const QUIET = 200;
/** A panic that follows so much of a report adds nothing: it is the consequence, with the same trace again. */
const ENOUGH = 22;
const ENOUGH_KMSAN = 16;
const ANNOUNCED = 4;
/** Traces of other processors may go on for very long; what tells the crash has been said long before. */
const LONGEST_REPORT = 3000;

/** Messages with a stack trace that are no crash; in the middle of a report they end it. */
const INTRUDERS =
  /vmalloc: allocation failure|FAULT_INJECTION: forcing a failure|FAULT_FLAG_ALLOW_RETRY missing/;
/** ipi_cpu_stop() of arch/arm/kernel/smp.c and arch/arm64/kernel/smp.c: what follows is of a processor that a panic elsewhere stops. */
const STOPPED = /^CPU\d{1,5}: stopping\s*$/;
/** What the kernel prints ahead of a headline. */
const PREFACE =
  /-{8,}\[ cut here \]|^8<--- cut here|^Kernel attempted to |^={10,}$|^kasan: |^KASAN: |list_(?:add|del)|^refcount_t|^usercopy:|^skbuff: skb_|^ODEBUG|kernel tried to execute|^watchdog: |^page:|^Unable to|\bdetected (?:buffer|field)|^\[ cut here|: assertion failed|^detected |^(?:traps: )?Missing ENDBR: |^(?:VERIFY|ASSERT)\w{0,8}\(.* failed\b/i;

const LONGEST_PREFACE = 4;

/** The reports in these lines, in the order in which they begin. */
export function segment(lines: readonly LogLine[]): Report[] {
  const callersTell = haveSeveralCallers(lines);
  const reports: OpenReport[] = [];
  const open = new Map<string, OpenReport>();
  let read: { line: LogLine; headline: Headline | undefined } | undefined;
  lines.forEach((line, index) => {
    // A storm repeats itself.
    const repeated = read?.line.text === line.text && read.line.kernel === line.kernel;
    const headline = repeated ? read?.headline : readHeadline(line.text, line.kernel);
    read = { line, headline };
    const current = reportFor(line, open);
    if (headline !== undefined && begins(headline, { line, current })) {
      const before = open.get(line.context);
      const report = openReport(headline, { line, preface: prefaceOf(lines, index) });
      if (before !== undefined) interrupt(before, report);
      reports.push(report);
      open.set(line.context, report);
    } else if (current !== undefined && current.quiet <= QUIET) {
      append(line, current, callersTell);
    } else if (beginsFragment(line.text)) {
      const fragment = openReport(NO_HEADLINE, { line, preface: [] });
      reports.push(fragment);
      open.set(line.context, fragment);
    }
  });
  return reports.filter((report) => !report.repeated);
}

/** Where all that tells of crashes is printed by one task, as logs are that were written down again, callers tell nothing. */
function haveSeveralCallers(lines: readonly LogLine[]): boolean {
  let caller: string | undefined;
  for (const { context, text } of lines) {
    if (!CALLER.test(context) || context === caller || !isCrashText(text)) continue;
    if (caller !== undefined) return true;
    caller = context;
  }
  return false;
}

const CALLER = /^[TC]/;

/** A report that another one breaks into is cut; one that was only begun (and is then repeated) is none. */
function interrupt(before: OpenReport, by: OpenReport): void {
  before.interrupted = before.lines.length < ENOUGH && !hasEnded(before);
  before.repeated = by.headline.text.startsWith(before.headline.text) && before.lines.length <= ANNOUNCED;
  if (before.interrupted) before.interruptedBy = by;
}

function openReport(
  headline: Headline,
  { line, preface }: { line: LogLine; preface: readonly LogLine[] },
): OpenReport {
  return {
    headline,
    context: line.context,
    lines: [line],
    preface,
    interrupted: false,
    interruptedBy: undefined,
    repeated: false,
    allProcessors: false,
    lastNumber: line.number,
    quiet: 0,
    closed: false,
  };
}

/** The report that a line belongs to: its own context's, or for a bare line among timed ones, the latest. */
function reportFor(line: LogLine, open: ReadonlyMap<string, OpenReport>): OpenReport | undefined {
  const own = open.get(line.context);
  if (own !== undefined) return own;
  if (line.context.startsWith("C"))
    for (const report of open.values()) if (report.allProcessors) return report;
  if (CALLER.test(line.context)) return undefined;
  // A line whose prefix was lost or never had a caller, or a report whose first line lost it.
  const latest = [...open.values()].at(-1);
  return latest !== undefined && isCrashText(line.text) ? latest : undefined;
}

/** Is this headline a crash of its own, not a part of the one that is open? */
function begins(
  headline: Headline,
  { line, current }: { line: LogLine; current: OpenReport | undefined },
): boolean {
  if (current === undefined || current.quiet > QUIET) return true;
  if (current.headline === NO_HEADLINE) return !endsFragment(headline, current);
  if (headline.consequence) return DIE.test(headline.text) && own(current, line) && hasEnded(current);
  if (headline.text.startsWith("kernel BUG") && current.lines.slice(-XMON_LINES).some(isXmonCheck))
    return false;
  if (current.headline.text.includes(MCE_ANNOUNCED) && own(current, line) && MCE.test(headline.text))
    return false;
  if (current.headline.announces && current.lines.length <= ANNOUNCED && own(current, line)) {
    return !/WARNING: (?:.*\.[chS]:\d|(?:CPU: \d+ PID: \d+ )?at [\w.]+\+0x)|Unable to handle|kernel BUG|double fault: 0000/.test(
      headline.text,
    );
  }
  // The oops machinery takes locks in unusual ways: a deadlock report right behind an oops is its consequence.
  if (
    own(current, line) &&
    current.lines.length > ENOUGH &&
    headline.text.includes("possible circular locking")
  )
    return false;
  return own(current, line) || current.context === "" || line.context === "";
}

/** excprint() of arch/powerpc/xmon/xmon.c says below the registers, of so many lines, which check has failed. */
const XMON_LINES = 10;

function isXmonCheck({ text }: LogLine): boolean {
  return /^cpu 0x[0-9a-f]+: Vector: 700 /.test(text);
}

/** die() numbers its reports: what it says behind the end of another report is not about that one. */
const DIE = /\[#\d{1,5}\]/;
/** The notifier of arch/x86/kernel/cpu/mce/core.c says so ahead of the records. */
const MCE_ANNOUNCED = "Machine check events logged";
const MCE = /\[Hardware Error\]: (?!Machine check events logged)/;

/**
 * Has the report been printed to its end: oops_exit(), the end of an x86 trace, the registers of user space, where a
 * stack of 2.6.32 begins?
 */
function hasEnded(report: OpenReport): boolean {
  return report.lines.some((line) => REPORT_END.test(line.text));
}

const REPORT_END =
  /^---\[ end trace |^<\/TASK>|^RIP: {0,4}00(?:23|33):|^EIP: {0,4}0073:|\? (?:system_call_fastpath|child_rip)\+0x/;

function own(report: OpenReport, line: LogLine): boolean {
  return report.context === line.context;
}

/** The end of an oops that lost its beginning: "Fatal exception", behind a trace. */
function endsFragment(headline: Headline, fragment: OpenReport): boolean {
  if (!headline.consequence || !/Fatal exception|Attempted to kill|Aiee|panic_on_/.test(headline.text))
    return false;
  return fragment.lines.some((line) => namesFunction(line.text));
}

function append(line: LogLine, report: OpenReport, callersTell: boolean): void {
  if (report.closed) return;
  if (INTRUDERS.test(line.text)) {
    report.interrupted ||= report.lines.length < ENOUGH;
    if (!callersTell || !CALLER.test(report.context)) report.closed = true;
    return;
  }
  if (STOPPED.test(line.text)) {
    report.closed = true;
    return;
  }
  const enough = report.headline.text.includes("KMSAN") ? ENOUGH_KMSAN : ENOUGH;
  if (line.text.includes("Kernel panic - not syncing") && report.lines.length >= enough) {
    report.closed = true;
    return;
  }
  if (line.text.includes("Sending NMI from CPU")) report.allProcessors = true;
  if (line.text.includes("Disabling lock debugging due to kernel taint")) return;
  if (isCrashText(line.text) || startsTrace(line.text)) {
    report.quiet = 0;
    report.lastNumber = line.number;
  } else report.quiet++;
  if (report.quiet <= QUIET && report.lines.length < LONGEST_REPORT) report.lines.push(line);
}

function prefaceOf(lines: readonly LogLine[], index: number): LogLine[] {
  const preface: LogLine[] = [];
  for (let at = index - 1; at >= 0 && at >= index - LONGEST_PREFACE; at--) {
    const line = lines[at];
    if (line === undefined || line.context !== lines[index]?.context || !PREFACE.test(line.text)) break;
    preface.unshift(line);
  }
  return preface;
}
