/**
 * Takes the dressing off a log: whatever carried the kernel's own lines (dmesg, syslog, journald, JSON, a serial
 * console, a mail, a web page, several of them at once) is removed, and what the kernel printed is left.
 */
import { unpack } from "./envelope.ts";
import { splitLostNewlines } from "./lost-newlines.ts";
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
}

/** A line of the input. */
export interface RawLine {
  readonly text: string;
  readonly number: number;
}

/** Longer lines than this hold no kernel message; the rest of them is not looked at. */
const LONGEST_MESSAGE = 4096;

/** The kernel's own lines among those of the input, in order; lines of other programs are left out. */
export function undress(lines: Iterable<RawLine>): LogLine[] {
  const bare: LogLine[] = [];
  for (const line of lines) {
    for (const piece of piecesOf(line.text)) {
      const stripped = stripPrefixes(piece);
      if (stripped !== undefined) bare.push({ ...stripped, number: line.number });
    }
  }
  return joinWrapped(bare);
}

/** The messages inside one line of the input: envelopes opened, markup mended, lost newlines put back. */
function* piecesOf(text: string): Generator<string> {
  for (const message of unpack(text)) {
    for (const line of mendMarkup(message)) yield* splitLostNewlines(line);
  }
}

/**
 * The message behind all prefixes of a line, in whatever order they stack up; undefined for a line that another
 * program than the kernel wrote.
 */
export function stripPrefixes(line: string): { text: string; context: string } | undefined {
  let text = line.length > LONGEST_MESSAGE ? line.slice(0, LONGEST_MESSAGE) : line;
  let context = "";
  let dated = false;
  for (let round = 0; round < 12; round++) {
    const before = text.length;
    for (const prefix of PREFIXES) {
      if (prefix.after === "date" && !dated) continue;
      const match = prefix.pattern.exec(text);
      if (match === null || match[0] === "") continue;
      if (prefix.foreign === true) return undefined;
      text = text.slice(match[0].length);
      if (prefix.means === "date") dated = true;
      if (prefix.means !== undefined && context === "") context = "log";
      if (match[1] !== undefined) context = match[1];
    }
    if (text.length === before) break;
  }
  return { text: text.trim(), context };
}
