/**
 * How the guilty function is found in a report. A plan is a list of steps; each reads on from where the last one
 * stopped, and the functions that they come across are the candidates, first come, first blamed.
 *
 * The plans are syzbot's (pkg/report of google/syzkaller documents them case by case); told here in our words.
 */
import { behindNmi, hasBareTrace, startsCallTrace, startsTrace, type TracedFrame } from "./call-trace.ts";
import { firstGuilty, hungTask, isDispatcher, stalled } from "./culprit.ts";
import type { InstructionPointer } from "./instruction-pointer.ts";

/** A line of a report with what was read from it. */
export interface ReportLine {
  readonly text: string;
  readonly number: number;
  readonly context: string;
  readonly frame: TracedFrame | undefined;
  readonly pointer: InstructionPointer | undefined;
}

export type BlamePlan =
  | "none"
  | "headline"
  | "pointer"
  | "pointer and trace"
  | "trapped"
  | "call trace"
  | "headline and trace"
  | "headline then trace"
  | "trace until origin"
  | "warning"
  | "two locks and trace"
  | "unlock and trace"
  | "which became unsafe"
  | "interrupted"
  | "stalled pointer"
  | "stalled trace"
  | "hung task"
  | "backtrace"
  | "page's owner";

/**
 * - `headline`: the function that the headline (or a line that must follow it) names
 * - `pointer`: the first instruction pointer, whether or not it names a function
 * - `call trace`: "Call Trace:"
 * - `trace`: all frames from here to the next trace, or to the line that the next step looks for
 * - a pattern: the first line that it fits; its group `fn` is a function
 */
type Step = "headline" | "pointer" | "call trace" | "trace" | RegExp;

interface Plan {
  readonly steps: readonly Step[];
  /** Tried when `steps` find nobody. */
  readonly otherwise?: readonly Step[];
  readonly choose: (functions: readonly string[]) => string | undefined;
}

const LOCK_TAKEN = /at: (?:\[<?[0-9a-f]{0,16}>?\] *)?\.?(?<fn>[A-Za-z_]\w{0,511})[.+]/;
const LOCK_RELEASED = /\[<?(?:0x)?[0-9a-f]{0,16}>?\] +\.?(?<fn>[A-Za-z_]\w{0,511})[.+]/;
const INTERRUPT_FRAME = /--- interrupt: [0-9a-f]+ at \.?(?<fn>[A-Za-z_]\w{0,511})[.+]/;
const ORIGIN = /Local variable .{0,200}created at:|Uninit was created at:/;

const PLANS: Readonly<Record<BlamePlan, Plan>> = {
  none: { steps: [], choose: firstGuilty },
  headline: { steps: ["headline"], choose: firstGuilty },
  pointer: { steps: ["pointer"], choose: firstGuilty },
  "pointer and trace": {
    steps: ["pointer", "call trace", "trace"],
    otherwise: ["trace"],
    choose: firstGuilty,
  },
  // The handler of a trap gave up: below it stands where the processor was.
  trapped: {
    steps: ["pointer", "call trace", "pointer", "trace"],
    otherwise: ["pointer", "call trace", "trace"],
    choose: firstGuilty,
  },
  "call trace": { steps: ["call trace", "trace"], choose: firstGuilty },
  "headline and trace": { steps: ["headline", "call trace", "trace"], choose: firstGuilty },
  "headline then trace": { steps: ["headline", "trace"], choose: firstGuilty },
  "trace until origin": { steps: ["trace", ORIGIN, "trace"], choose: firstGuilty },
  // The trap of newer kernels: what counts is behind the instruction pointer (or powerpc's interrupt frame).
  // Older kernels just print the stack.
  warning: { steps: ["pointer", "trace"], otherwise: ["call trace", "trace"], choose: firstGuilty },
  "two locks and trace": { steps: [LOCK_TAKEN, LOCK_TAKEN, "trace"], choose: firstGuilty },
  "unlock and trace": { steps: [LOCK_RELEASED, "call trace", "trace"], choose: firstGuilty },
  "which became unsafe": { steps: [/which became .{0,80} at:/, "trace"], choose: firstGuilty },
  interrupted: {
    steps: [/apic_timer_interrupt/, "pointer", "trace"],
    otherwise: [/apic_timer_interrupt|Exception stack|el1h_64_irq/, "trace"],
    choose: stalled,
  },
  "stalled pointer": {
    steps: ["pointer", "call trace", "trace"],
    // panic() in an NMI prints the instruction pointer in the middle of the trace, 2.6.32 prints none.
    otherwise: ["trace"],
    choose: stalled,
  },
  "stalled trace": { steps: ["call trace", "trace"], choose: stalled },
  "hung task": { steps: ["call trace", "trace"], choose: hungTask },
  backtrace: { steps: [/backtrace(?: \(crc [0-9a-f]{1,16}\))?:/, "trace"], choose: firstGuilty },
  "page's owner": { steps: [/page last allocated/, "trace"], choose: firstGuilty },
};

/** Fault injection prints stacks of its own in the middle of others. */
const INJECTED = /^(?:\[<?(?:0x)?[0-9a-f]{1,16}>?\] *)?should_fail(?:slab)?(?:\.[a-z0-9.]{1,40})?\+0x/;

/** What the plan needs to know of a crash. */
export interface Accusation {
  readonly plan: BlamePlan;
  /** The function that the headline names, where it names one that is no helper. */
  readonly headline: string | undefined;
  readonly stepOver: (name: string) => boolean;
}

/** Whom the report accuses, and whether it could be read without a break. */
export interface Finding {
  readonly culprit: string | undefined;
  readonly intact: boolean;
}

/** Follows the plan through the lines of a report, which begin with the headline. */
export function findCulprit(report: readonly ReportLine[], accusation: Accusation): Finding {
  const plan = PLANS[accusation.plan];
  const lines = evidence(report, accusation.plan);
  const found = follow(plan.steps, { lines, accusation });
  const culprit = plan.choose(found.functions);
  if (culprit !== undefined || plan.otherwise === undefined) return { culprit, intact: found.intact };
  const second = follow(plan.otherwise, { lines, accusation });
  return { culprit: plan.choose(second.functions), intact: second.intact };
}

/** print_lock() of kernel/locking/lockdep.c, ahead of the trace: where the lock is taken that the report is about. */
export function placeOfLock(lines: readonly ReportLine[]): string | undefined {
  const at = lines.findIndex(({ text }) => /is trying to (?:acquire )?lock:/.test(text));
  return at < 0 ? undefined : LOCK_TAKEN.exec(lines[at + 1]?.text ?? "")?.groups?.fn;
}

/** The lines that count: a watchdog's NMI only looked at what stalled. */
export function evidence(lines: readonly ReportLine[], plan: BlamePlan): readonly ReportLine[] {
  return PLANS[plan].choose === stalled ? behindNmi(lines) : lines;
}

interface Walk {
  readonly lines: readonly ReportLine[];
  readonly accusation: Accusation;
}

function follow(
  steps: readonly Step[],
  { lines, accusation }: Walk,
): { functions: string[]; intact: boolean } {
  const functions: string[] = [];
  const add = (name: string | undefined) => {
    if (name !== undefined && !accusation.stepOver(name)) functions.push(name);
  };
  let intact = true;
  let at = 0;
  let traces = 0;
  for (let number = 0; number < steps.length; number++) {
    const step = steps[number];
    if (step === undefined) break;
    if (step === "headline") {
      if (accusation.headline !== undefined) functions.push(accusation.headline);
      continue;
    }
    if (step === "call trace" && hasBareTrace(lines)) continue;
    if (step === "trace" && traces++ > 0) break;
    const next = step === "trace" ? steps[number + 1] : step;
    const begin = at;
    for (; at < lines.length; at++) {
      const line = lines[at];
      if (line === undefined) break;
      if (INJECTED.test(line.text)) {
        intact = false;
        at++;
        break;
      }
      if (step === "trace" && startsTrace(line.text) && !isHeadingAgain(lines, begin, at)) {
        at++;
        break;
      }
      const match = next === undefined || next === "trace" ? undefined : matchStep(next, line);
      if (match !== undefined) {
        add(match.name);
        at++;
        if (step === "trace") number++;
        break;
      }
      if (step === "trace" && line.frame?.plain === true) {
        add(line.frame.inner);
        if (line.frame.called || isDispatcher(line.frame.function)) add(line.frame.function);
      }
    }
  }
  return { functions, intact };
}

/** Who dumps all tasks prints a heading, and who dumps one prints another behind the task's name. */
function isHeadingAgain(lines: readonly ReportLine[], begin: number, at: number): boolean {
  return at - begin < HEADING && lines.slice(begin, at).every(({ frame }) => frame === undefined);
}

/** Lines that stand between such headings at the most. */
const HEADING = 3;

/** Does the step's line stand here, and does it name a function? Guessed frames name none. */
function matchStep(step: Step, line: ReportLine): { name: string | undefined } | undefined {
  if (line.frame?.reliable === false && !line.text.includes("<EOI>")) return undefined;
  if (step === "pointer") {
    const interrupt = INTERRUPT_FRAME.exec(line.text);
    if (interrupt !== null) return { name: interrupt.groups?.fn };
    return line.pointer === undefined ? undefined : { name: line.pointer.symbol?.function };
  }
  if (step === "call trace") return startsCallTrace(line.text) ? { name: undefined } : undefined;
  if (step === "headline" || step === "trace") return undefined;
  const match = step.exec(line.text);
  return match === null ? undefined : { name: match.groups?.fn };
}
