/**
 * Takes the dressing off a log: whatever carried the kernel's own lines (dmesg, syslog, journald, JSON, a serial
 * console, a mail, a web page, several of them at once) is removed, and what the kernel printed is left.
 */
import { openEnvelope, splitLines } from "./envelope.ts";
import { splitAtPrefixes, splitAtStarts } from "./lost-newlines.ts";
import { mendMarkup } from "./markup.ts";
import { type Prefix, prefixesFor } from "./prefixes.ts";
import { joinSoftBreaks } from "./quoted-printable.ts";
import { withoutRepeatedBroadcasts } from "./wall-messages.ts";
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
/** No line wears more prefixes than this. */
const MOST_PREFIXES = 40;

/** The kernel's own lines among those of the input, in order; lines of other programs are left out. */
export function undress(lines: readonly RawLine[]): LogLine[] {
  const bare: LogLine[] = [];
  for (const { text, number } of withoutRepeatedBroadcasts(joinSoftBreaks(lines)))
    openLine(text, { context: "", kernel: false, depth: 0, number, bare });
  return joinWrapped(bare);
}

/** What the outer layers of dressing have told of a message, and where it goes. */
interface Known extends Pick<LogLine, "context" | "kernel" | "number"> {
  readonly depth: number;
  readonly bare: LogLine[];
}

/** Takes the messages out of one line of the input: envelopes opened, markup mended, lost newlines put back. */
function openLine(line: string, known: Known): void {
  const opened = known.depth < DEEPEST ? openEnvelope(line) : undefined;
  if (opened !== undefined) {
    const inner = { ...known, depth: known.depth + 1 };
    for (const message of opened) openLine(message, inner);
    return;
  }
  for (const mended of mendMarkup(line)) {
    if (mended !== line && isEnvelope(mended)) openLine(mended, { ...known, depth: known.depth + 1 });
    else for (const part of splitLines(mended)) takeMessages(part, known);
  }
}

/** Takes the messages out of one line without markup. */
function takeMessages(line: string, known: Known): void {
  const whole = stripPrefixes(line);
  if (whole !== undefined && known.depth < DEEPEST && isEnvelope(whole.text)) {
    openLine(whole.text, { ...known, ...inner(whole, known), depth: known.depth + 1 });
    return;
  }
  const parts = splitAtPrefixes(line);
  if (parts.length === 1) {
    if (whole !== undefined) take(whole, known);
    return;
  }
  // What follows a prompt or a lost newline was carried by the same line.
  const carried = whole === undefined ? known : { ...known, context: inner(whole, known).context };
  let ahead = "";
  for (const part of parts) {
    const message = stripPrefixes(ahead + part);
    // A part that is all prefix belongs to the next one.
    ahead = message?.text === "" ? ahead + part : "";
    if (message !== undefined && ahead === "") take(message, carried);
  }
}

function take(message: Message, known: Known): void {
  const { context, kernel } = inner(message, known);
  for (const text of splitAtStarts(message.text))
    known.bare.push({ text: cut(text), number: known.number, context, kernel, width: message.width });
}

type Message = Omit<LogLine, "number">;

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
  for (let taken = 0; taken < MOST_PREFIXES; taken++) {
    const found = nextPrefix(text, dated);
    if (found === undefined) break;
    const { prefix, length, caller } = found;
    if (prefix.foreign === true) return undefined;
    text = text.slice(length);
    // a host and a program's tag stand between a date and what the kernel wrote, not in it
    if (prefix.means === "date") dated = true;
    if (prefix.means === "kernel") [kernel, dated] = [true, false];
    if (prefix.means !== undefined && context === "") context = "log";
    if (caller !== undefined) context = caller;
  }
  return { text: text.trim(), context, kernel: kernel || DEVICE.test(text), width: line.length };
}

/** The first row of the table that fits the start of the text; its first character rules most of them out. */
function nextPrefix(
  text: string,
  dated: boolean,
): { prefix: Prefix; length: number; caller: string | undefined } | undefined {
  for (const prefix of prefixesFor(text.charCodeAt(0))) {
    if (prefix.after === "date" && !dated) continue;
    if (prefix.needs !== undefined && !text.includes(prefix.needs)) continue;
    const match = prefix.pattern.exec(text);
    if (match !== null && match[0] !== "") return { prefix, length: match[0].length, caller: match[1] };
  }
  return undefined;
}
