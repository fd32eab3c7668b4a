/**
 * Finds crashes in a log of any length, a chunk at a time, in constant memory.
 *
 * Nearly all of a log has nothing to do with crashes. So a scanner has two gears: it looks for a few words that
 * every headline has (Anchors) at the speed of a string search, and only where one stands does it collect lines
 * until the crash has passed, undress them, and read them.
 */
import { Anchors, mayBeCrashText, mayBeHeadline, mayBeWrapped } from "./anchors.ts";
import { startsCallTrace } from "./call-trace.ts";
import type { Crash } from "./crash.ts";
import { type LogLine, type RawLine, stripPrefixes, undress } from "./dressing.ts";
import { namesFunction } from "./fragments.ts";
import { NO_HEADLINE, readHeadline } from "./headline.ts";
import { interpret } from "./interpret.ts";
import { type Release, readBanner } from "./logged-kernel.ts";
import { type Report, segment } from "./segment.ts";

/** So many lines without a word of a crash end the collecting. */
const QUIET_LINES = 150;
const UNCHECKED_LINES = 90;
/** What is collected at once, at most; a longer storm of crashes is read in parts. */
const LONGEST_WINDOW = 20_000;
const LARGEST_WINDOW = 8 << 20;
/** A line longer than this is read in pieces. */
const LONGEST_LINE = 1 << 20;
/** Lines in front of the first telling one that may belong to the crash. */
const PREFACE_LINES = 40;
const LONGEST_PREFACE = 8000;
/** Fragments that are kept until it is clear whether the log has a whole crash. */
const MOST_FRAGMENTS = 64;

/** Reads one report of a log; `banner` is what the log said of its kernel before. */
type ReadReport<Found> = (report: Report, banner: Release | undefined) => Found | undefined;

/** Scans a log that arrives in chunks for reports; a chunk may end anywhere. */
export class ReportScanner<Found> {
  readonly #read: ReadReport<Found>;
  #rest = "";
  #lineNumber = 1;
  /** The window being collected; undefined while nothing looks like a crash. */
  #window: RawLine[] | undefined;
  #windowSize = 0;
  #quiet = 0;
  #banner: Release | undefined;
  /** The end of what has been scanned. */
  #tail = "";
  /** Crashes without a headline: worth reporting only where nothing better is. */
  #fragments: Found[] = [];
  #found = false;

  constructor(read: ReadReport<Found>) {
    this.#read = read;
  }

  /** Takes a piece of the log; gives the crashes that are complete with it. */
  push(chunk: string): Found[] {
    const text = this.#rest + chunk;
    let end = text.lastIndexOf("\n") + 1;
    if (text.length - end > LONGEST_LINE) end = text.length;
    this.#rest = text.slice(end);
    return this.#scan(end === text.length ? text : text.slice(0, end));
  }

  /** Ends the log; gives the crashes that were still open. What is pushed afterwards is another log of the same kernel. */
  end(): Found[] {
    const crashes = this.#scan(this.#rest);
    this.#rest = "";
    crashes.push(...this.#closeWindow());
    if (!this.#found) crashes.push(...this.#fragments);
    this.#fragments = [];
    this.#found = false;
    this.#tail = "";
    return crashes;
  }

  #scan(text: string): Found[] {
    const crashes: Found[] = [];
    const anchors = new Anchors(text);
    let at = 0;
    while (at < text.length) {
      if (this.#window === undefined) {
        const found = anchors.next(at);
        const stop = found < 0 ? text.length : text.lastIndexOf("\n", found) + 1;
        this.#lineNumber += countNewlines(text, at, stop);
        at = Math.max(at, stop);
        if (found < 0) break;
      }
      const { line, next } = lineAt(text, at);
      if (this.#window === undefined)
        this.#open(line, () => linesBefore(this.#tail, text.slice(Math.max(0, at - LONGEST_PREFACE), at)));
      else this.#collect(line, crashes);
      if (text.charCodeAt(next - 1) === 10) this.#lineNumber++;
      at = next;
    }
    this.#tail = `${text.length < LONGEST_PREFACE ? this.#tail : ""}${text.slice(-LONGEST_PREFACE)}`.slice(
      -LONGEST_PREFACE,
    );
    return crashes;
  }

  /** Begins a window at a line with an anchor, if it is a headline or a part of a trace. */
  #open(line: string, linesAhead: () => readonly string[]): void {
    this.#banner = readBanner(line) ?? this.#banner;
    if (!opensCrash(line)) return;
    const before = linesAhead();
    const first = this.#lineNumber - before.length;
    this.#window = [...before, line].map((text, index) => ({ text, number: first + index }));
    this.#windowSize = line.length;
    this.#quiet = 0;
  }

  #collect(line: string, crashes: Found[]): void {
    this.#window?.push({ text: line, number: this.#lineNumber });
    this.#windowSize += line.length;
    // To undress every line of a storm would take long: headlines are looked for only before it is given up.
    const alive = mayBeCrashText(line) || (this.#quiet >= UNCHECKED_LINES && opensCrash(line));
    this.#quiet = alive ? 0 : this.#quiet + 1;
    const count = this.#window?.length ?? 0;
    if (this.#quiet >= QUIET_LINES || count >= LONGEST_WINDOW || this.#windowSize >= LARGEST_WINDOW) {
      crashes.push(...this.#closeWindow());
    }
  }

  #closeWindow(): Found[] {
    if (this.#window === undefined) return [];
    const lines = undress(this.#window);
    this.#window = undefined;
    for (const line of lines) this.#banner = readBanner(line.text) ?? this.#banner;
    const crashes: Found[] = [];
    for (const report of segment(lines)) {
      const crash = this.#read(report, this.#banner);
      if (crash === undefined) continue;
      if (report.headline !== NO_HEADLINE) crashes.push(crash);
      else if (this.#fragments.length < MOST_FRAGMENTS) this.#fragments.push(crash);
    }
    this.#found ||= crashes.length > 0;
    return crashes;
  }
}

/** Scans a log that arrives in chunks for crashes. */
export class CrashScanner extends ReportScanner<Crash> {
  constructor() {
    super(interpret);
  }
}

/** Does this line of the input begin a crash, or belong to a trace, under whatever dressing? */
function opensCrash(line: string): boolean {
  const headline = mayBeHeadline(line);
  if (!headline && !line.includes("+0x")) return false;
  const bare = stripPrefixes(line);
  if (bare !== undefined && opens(bare, headline)) return true;
  return mayBeWrapped(line) && undress([{ text: line, number: 1 }]).some((inner) => opens(inner, headline));
}

function opens(line: Pick<LogLine, "text" | "kernel">, headline: boolean): boolean {
  if (headline && (readHeadline(line.text, line.kernel) !== undefined || startsCallTrace(line.text)))
    return true;
  return namesFunction(line.text);
}

function lineAt(text: string, at: number): { line: string; next: number } {
  const newline = text.indexOf("\n", at);
  const end = newline < 0 ? text.length : newline;
  const next = newline < 0 ? end : end + 1;
  if (next - at > LONGEST_LINE) return { line: text.slice(at, at + LONGEST_LINE), next: at + LONGEST_LINE };
  return { line: text.slice(at, end), next };
}

/** The last lines in front of a place. */
function linesBefore(tail: string, text: string): string[] {
  const ahead = (text.length < LONGEST_PREFACE ? tail + text : text).slice(-LONGEST_PREFACE);
  const lines = ahead.split("\n");
  lines.pop();
  return lines.slice(ahead.length === LONGEST_PREFACE ? 1 : 0).slice(-PREFACE_LINES);
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
