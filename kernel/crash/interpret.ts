/** Reads one report: from its lines to a Crash. */
import { evidence, findCulprit, placeOfLock, type ReportLine } from "./blame.ts";
import { hasBareTrace, parseFrame, startsSilentTrace, startsTrace } from "./call-trace.ts";
import { readCircumstances } from "./circumstances.ts";
import type { Crash, CrashIdentity, CrashKind } from "./crash.ts";
import { isHelper, isHelperInHeadline, isReporter } from "./culprit.ts";
import type { LogLine } from "./dressing.ts";
import { readFaultAddress } from "./fault-address.ts";
import { type Recognition, recognise } from "./headline.ts";
import { parseInstructionPointer } from "./instruction-pointer.ts";
import { type Release, readKernel } from "./logged-kernel.ts";
import { mainTrace } from "./main-trace.ts";
import type { Report } from "./segment.ts";
import { signatureOf } from "./signature.ts";
import type { Place } from "./symbol.ts";
import { fillTitle } from "./title.ts";

/** The crash that a report tells; undefined when its headline turns out to be none. */
export function interpret(report: Report, banner: Release | undefined): Crash | undefined {
  const reading = read(report);
  if (reading === undefined) return undefined;
  const { lines, texts, facts, recognition, accused, identity } = reading;
  const all = [...report.preface.map((line) => line.text), ...facts];
  return {
    ...identity,
    corrupted: isCorrupted(lines, { report, recognition, ...accused }),
    lines: extentOf(report),
    kernel: readKernel(all, { texts, banner }),
    ...readCircumstances(all),
    messages: lines.flatMap((line) => (line.frame || line.pointer ? [] : [line.text])).slice(0, MAX_MESSAGES),
  };
}

/** Of `interpret`'s crash what tells it from others; a log is read in three quarters to four fifths of the time. */
export function identify(report: Report): CrashIdentity | undefined {
  return read(report)?.identity;
}

function read(report: Report): Reading | undefined {
  const lines = report.lines.map(readLine);
  const texts = report.lines.map((line) => line.text);
  const recognition = recognise(report.headline, texts);
  if (recognition === undefined) return undefined;
  const telling = recognition.kind.kind === "rcu-stall" ? withoutGracePeriodThread(lines) : lines;
  const accused = accuse(telling, { recognition, report });
  const site = siteOf(telling, { recognition, culprit: accused.culprit });
  const facts = lines.filter((line) => line.frame === undefined).map((line) => line.text);
  const address = readFaultAddress(facts, recognition.kind.kind);
  const found = {
    title: fillTitle(titleOf(recognition, accused), recognition.words, accused.culprit),
    kind: kindOf(recognition.kind.kind, address),
    function: site?.function,
    culprit: accused.culprit,
    offset: site?.offset,
    size: site?.size,
    module: site?.module,
    address,
    frames: mainTrace(telling, site),
  };
  return { lines, texts, facts, recognition, accused, identity: { ...found, signature: signatureOf(found) } };
}

/** What the lines of a report say. */
interface Reading {
  readonly lines: readonly ReportLine[];
  readonly texts: readonly string[];
  /** The lines that are no frames. */
  readonly facts: readonly string[];
  readonly recognition: Recognition;
  readonly accused: Accused;
  readonly identity: CrashIdentity;
}

const MAX_MESSAGES = 400;

function readLine(line: LogLine): ReportLine {
  return { ...line, frame: parseFrame(line.text), pointer: parseInstructionPointer(line.text) };
}

/**
 * A kernel of x86 without frame pointers marks with `?` all that it finds on the stack, and the trace is whole all the
 * same. Since 4.10, when addresses left the traces, only an unwinder that lost its way does so.
 */
function wasScanned(lines: readonly ReportLine[]): boolean {
  const traced = lines.filter(({ frame }) => frame !== undefined);
  return (
    traced.length > 0 && traced.every(({ text, frame }) => frame?.reliable === false && text.includes("[<"))
  );
}

/** rcu_check_gp_kthread_starvation() of kernel/rcu/tree_stall.h prints RCU's own thread, which waits for the stall. */
const STARVED = /kthread starved for \d|grace-period kthread stack dump:/;
const STALLED_AGAIN =
  /Stack dump where RCU GP kthread last ran|^Sending NMI|^NMI backtrace for|^Task dump for CPU|^CPU: \d|^Pid: \d/;

function withoutGracePeriodThread(lines: readonly ReportLine[]): readonly ReportLine[] {
  let starved = false;
  return lines.filter(({ text }) => {
    if (STARVED.test(text)) starved = true;
    else if (STALLED_AGAIN.test(text)) starved = false;
    return !starved;
  });
}

interface Accused {
  readonly culprit: string | undefined;
  readonly intact: boolean;
  /** The kernel has no names of functions (CONFIG_KALLSYMS): addresses are all that it can print. */
  readonly nameless?: boolean;
}

/** The culprit by the kind's plan; failing that, and then not to be trusted, by what is there. */
function accuse(
  lines: readonly ReportLine[],
  { recognition: { kind, site }, report }: { recognition: Recognition; report: Report },
): Accused {
  const stepOver = (name: string) => isHelper(name) || kind.skip?.test(name) === true;
  const named = site?.function;
  const headline =
    named === undefined || isHelperInHeadline(named) || kind.skip?.test(named) === true ? undefined : named;
  const accusation = { plan: kind.blame, headline, stepOver };
  const finding = findCulprit(lines, accusation);
  if (finding.culprit !== undefined || kind.blame === "none") return finding;
  if (report.interruptedBy !== undefined) {
    const beyond = findCulprit([...lines, ...report.interruptedBy.lines.map(readLine)], accusation);
    if (beyond.culprit !== undefined) return beyond;
  }
  const seen = evidence(lines, kind.blame);
  const guess = [
    ...seen.flatMap((line) => line.pointer?.symbol?.function ?? []),
    ...allFunctions(seen),
  ].filter((name) => !isReporter(name));
  // Who reports stands innermost, and was called by who knows more.
  const helper = kind.bystander === true ? guess.at(-1) : guess[0];
  const guilty = guess.find((name) => !stepOver(name)) ?? site?.function;
  const culprit = guilty ?? helper ?? placeOfLock(lines);
  const nameless = culprit === undefined && kind.bystander !== true && isNameless(lines);
  return { culprit, intact: nameless || wasScanned(lines), nameless };
}

/** Registers, and not one place in the code. */
function isNameless(lines: readonly ReportLine[]): boolean {
  return (
    lines.some((line) => line.pointer !== undefined) &&
    !lines.some((line) => /\w\+0x[0-9a-f]/.test(line.text))
  );
}

/** Who is to blame is left out where the kernel could not say it. */
function titleOf({ kind }: Recognition, { nameless }: Accused): string {
  return nameless === true ? kind.title.replace(/ in \{f\}$/, "") : kind.title;
}

/** Frames that were only found on the stack come last. */
function allFunctions(lines: readonly ReportLine[]): string[] {
  const frames = lines.flatMap((line) => (line.frame?.called === true ? line.frame : []));
  const [sure, unsure] = [true, false].map((reliable) =>
    frames.filter((frame) => frame.reliable === reliable),
  );
  return [...(sure ?? []), ...(unsure ?? [])].map((frame) => frame.function);
}

/** Where the processor stood: the headline's function, or the first instruction pointer's, or the culprit. */
function siteOf(
  lines: readonly ReportLine[],
  { recognition, culprit }: { recognition: Recognition; culprit: string | undefined },
): Place | undefined {
  if (recognition.site !== undefined) return completed(recognition.site, lines);
  if (recognition.kind.bystander !== true) {
    const pointed = lines
      .flatMap((line) => line.pointer?.symbol ?? [])
      .find((symbol) => recognition.kind.blame !== "trapped" || !isHelper(symbol.function));
    if (pointed !== undefined) return completed(pointed, lines);
  }
  if (culprit === undefined) return undefined;
  return completed({ function: culprit, offset: undefined, size: undefined, module: undefined }, lines);
}

/** Fills in offset, size and module from wherever else the log prints the same function. */
function completed(symbol: Place, lines: readonly ReportLine[]): Place {
  if (symbol.offset !== undefined && symbol.size !== undefined) return symbol;
  for (const { frame, pointer } of lines) {
    for (const place of [pointer?.symbol, frame]) {
      if (place?.function !== symbol.function || place.size === undefined) continue;
      if (symbol.offset === undefined || symbol.offset === place.offset) return place;
    }
  }
  const traced = lines.find(({ frame }) => frame?.function === symbol.function);
  return { ...symbol, module: symbol.module ?? traced?.frame?.module };
}

/** An access in the first page is a NULL dereference, whatever the architecture calls it. */
function kindOf(kind: CrashKind, address: string | undefined): CrashKind {
  if (kind !== "page-fault" || address === undefined || address.length > 5) return kind;
  return Number(address) < 0x1000 ? "null-deref" : kind;
}

/** Frames that may follow a trace's headline within so many lines; if none does, the trace was lost. */
const FRAMES_WITHIN = 15;

function isCorrupted(
  lines: readonly ReportLine[],
  { report, recognition, culprit, intact, nameless }: { report: Report; recognition: Recognition } & Accused,
): boolean {
  const { kind } = recognition;
  if (kind.cut === true || recognition.doubtful) return true;
  if (/\[ *\d+\.\d+\]/.test(report.headline.text)) return true;
  if (nameless === true) return report.interrupted;
  if (kind.title.includes("{f}") && (culprit === undefined || !intact)) return true;
  if (kind.traceless === true) return false;
  if (
    kind.bystander !== true &&
    lines.some((line) => line.pointer?.symbol !== undefined) &&
    !report.interrupted
  ) {
    return traceLost(lines);
  }
  const begun = lines.some((line) => startsTrace(line.text)) || hasBareTrace(lines);
  return traceLost(lines) || !begun || report.interrupted;
}

/** Does a trace's headline stand there without frames? */
function traceLost(lines: readonly ReportLine[]): boolean {
  const at = lines.findIndex((line) => startsTrace(line.text) && !startsSilentTrace(line.text));
  if (at < 0 || wasScanned(lines)) return false;
  for (const line of lines.slice(at + 1, at + 1 + FRAMES_WITHIN)) {
    if (line.frame !== undefined && (line.frame.plain || line.frame.inner !== undefined)) return false;
    if (line.text.includes("(stack is not available)")) return false;
    if (startsTrace(line.text)) return true;
  }
  return true;
}

/** From the first line of the preface to the last line that still looks like the crash's. */
function extentOf(report: Report): readonly [number, number] {
  const from = (report.preface[0] ?? report.lines[0])?.number ?? 1;
  return [from, Math.max(from, report.lastNumber)];
}
