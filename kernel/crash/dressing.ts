/**
 * Takes the dressing off a log: whatever carried the kernel's own lines (dmesg, syslog, journald, JSON, a serial
 * console, a mail, a web page, several of them at once) is removed, and what the kernel printed is left.
 */
import { openEnvelope, splitLines } from "./envelope.ts";
import { splitAtPrefixes, splitAtStarts } from "./lost-newlines.ts";
import { mendMarkup } from "./markup.ts";
import { PREFIXES } from "./prefixes.ts";
import { joinWrapped } from "./wrapped-lines.ts";

/** One line as the kernel printed it. */
export interface LogLine {
  readonly text: string;
  /** Line in the input, counted from 1; several lines may come from one. */
  readonly number: number;
  /**
   * Who printed it: `T123` (a task) or `C3` (a processor) from CONFIG_PRINTK_CALLER, `log` for a line that has
   * a time or a tag but no caller, empty for a bare line.
   */
  readonly context: string;
  /** The kernel's time or tag was on it; another program may have written a line without. */
  readonly kernel: boolean;
  /** Columns that the line took with its prefixes. */
  readonly width: number;
}

/** A line of the input. */
export interface RawLine {
  readonly text: string;
  readonly number: number;
}

/** Longer lines than this hold no kernel message; the rest of them is not looked at. */
const LONGEST_MESSAGE = 4096;

/** dev_printk() puts driver and device in front: `usb 5-1: `, `e1000e 0000:00:19.0: `. */
const DEVICE = /^[\w-]{2,24} (?:\d{1,3}-[\d.]{1,12}(?::\d\.\d)?|[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.\d): /;

/** Envelopes are put into envelopes at most so often. */
const DEEPEST = 4;

/** The kernel's own lines among those of the input, in order; lines of other programs are left out. */
export function undress(lines: Iterable<RawLine>): LogLine[] {
  const bare: LogLine[] = [];
  for (const line of lines) {
    for (const message of messagesIn(line.text, NOTHING_KNOWN))
      bare.push({ ...message, number: line.number });
  }
  return joinWrapped(bare);
}

type Message = Omit<LogLine, "number">;
/** What the outer layers of dressing have told of a message. */
type Known = Pick<LogLine, "context" | "kernel"> & { readonly depth: number };

const NOTHING_KNOWN: Known = { context: "", kernel: false, depth: 0 };

/** The messages inside one line of the input: envelopes opened, markup mended, lost newlines put back. */
function* messagesIn(line: string, known: Known): Generator<Message> {
  const opened = known.depth < DEEPEST ? openEnvelope(line) : undefined;
  if (opened !== undefined) {
    for (const message of opened) yield* messagesIn(message, { ...known, depth: known.depth + 1 });
    return;
  }
  for (const mended of mendMarkup(line)) {
    if (mended !== line && isEnvelope(mended))
      yield* messagesIn(mended, { ...known, depth: known.depth + 1 });
    else for (const part of splitLines(mended)) yield* messagesOf(part, known);
  }
}

/** The messages of one line without markup. */
function* messagesOf(line: string, known: Known): Generator<Message> {
  const whole = stripPrefixes(line);
  if (whole !== undefined && known.depth < DEEPEST && isEnvelope(whole.text)) {
    yield* messagesIn(whole.text, { ...inner(whole, known), depth: known.depth + 1 });
    return;
  }
  let ahead = "";
  for (const part of splitAtPrefixes(line)) {
    const message = stripPrefixes(ahead + part);
    // A part that is all prefix belongs to the next one.
    ahead = message?.text === "" ? ahead + part : "";
    if (message === undefined || ahead !== "") continue;
    for (const text of splitAtStarts(message.text))
      yield { ...message, ...inner(message, known), text: cut(text) };
  }
}

/** What is known of a message from its own prefixes and from the layers around it. */
function inner(message: Message, known: Known): Pick<LogLine, "context" | "kernel"> {
  const named = message.context !== "" && message.context !== "log";
  return {
    context: named ? message.context : known.context || message.context,
    kernel: known.kernel || message.kernel,
  };
}

function isEnvelope(text: string): boolean {
  return /^[{["_A-Z\]}]/.test(text) && openEnvelope(text) !== undefined;
}

function cut(text: string): string {
  return (text.length > LONGEST_MESSAGE ? text.slice(0, LONGEST_MESSAGE) : text).trim();
}

/**
 * The message behind all prefixes of a line, in whatever order they stack up; undefined for a line that another
 * program than the kernel wrote.
 */
export function stripPrefixes(line: string): Message | undefined {
  let text = line;
  let context = "";
  let dated = false;
  let kernel = false;
  for (let round = 0; round < 12; round++) {
    const before = text.length;
    for (const prefix of PREFIXES) {
      if (prefix.after === "date" && !dated) continue;
      const match = prefix.pattern.exec(text);
      if (match === null || match[0] === "") continue;
      if (prefix.foreign === true) return undefined;
      text = text.slice(match[0].length);
      if (prefix.means === "date") dated = true;
      if (prefix.means === "kernel") kernel = true;
      if (prefix.means !== undefined && context === "") context = "log";
      if (match[1] !== undefined) context = match[1];
    }
    if (text.length === before) break;
  }
  return { text: text.trim(), context, kernel: kernel || DEVICE.test(text), width: line.length };
}
