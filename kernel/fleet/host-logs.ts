/**
 * The crashes of a log that several machines wrote: its lines are sorted by host before they are read, so that what two
 * machines wrote at the same moment does not mix.
 */
import type { Crash } from "../crash/crash.ts";
import { messagesOf } from "../crash/envelope.ts";
import { LineLimit, LONGEST_LINE, type Skipped } from "../crash/line-limit.ts";
import { RECORD_MARK } from "../crash/prefixes.ts";
import { CrashScanner } from "../crash/scanner.ts";
import { JsonValues } from "./json-values.ts";
import { type LineStamp, readStamp } from "./line-stamp.ts";
import { type LogRecord, recordsOf } from "./log-record.ts";

/** A crash, with whose it is and when it was. */
export interface Sighting {
  readonly crash: Crash;
  /** Undefined where the log names no host. */
  readonly host: string | undefined;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  /** Seconds since boot. */
  readonly uptime: number | undefined;
  /** The line of the input on which it begins, counted from 1. */
  readonly line: number;
}

/** Lines of one host are read together when they are so many characters ... */
const FULL_BUFFER = 1 << 16;
/** ... or when those of all hosts are. */
const FULL_BUFFERS = 4 << 20;
/** A first line that is longer is cut out of its JSON as it comes. */
const LONGEST_FIRST_LINE = 1 << 20;

/** Sorts a log that arrives in pieces; a piece may end anywhere. */
export class HostLogs {
  readonly #reference: number;
  readonly #longestLine: number;
  /** Of what is read as lines; an export as JSON may be one line, which is taken apart as it comes. */
  #limit: LineLimit | undefined;
  readonly #streams = new Map<string | undefined, HostStream>();
  #rest = "";
  #line = 0;
  #begun = false;
  #values: JsonValues | undefined;
  #last: HostStream | undefined;
  #buffered = 0;
  /** An entry of journald's export format, whose host may stand behind its message. */
  #entry: string[] | undefined;

  /**
   * `reference`: when the log was known to exist, in milliseconds since 1970; tells the year of syslog's dates. Of a line
   * the first `longestLine` characters are read, and a value of JSON that is longer is read as lines.
   */
  constructor(reference: number, longestLine: number = LONGEST_LINE) {
    this.#reference = reference;
    this.#longestLine = longestLine;
  }

  /** What was left out of lines that are too long. */
  get skipped(): Skipped | undefined {
    return this.#limit?.skipped;
  }

  /** Takes a piece of the log; gives the crashes that are complete with it. */
  push(piece: string): Sighting[] {
    if (!this.#begun) {
      this.#rest += piece;
      if (!piece.includes("\n") && this.#rest.length < LONGEST_FIRST_LINE) return [];
      return this.#begin();
    }
    return this.#values === undefined ? this.#pushLines(piece) : this.#pushValues(this.#values, piece);
  }

  #pushLines(piece: string): Sighting[] {
    this.#limit ??= new LineLimit(this.#longestLine, this.#line + 1);
    const text = this.#limit.take(piece);
    const sightings: Sighting[] = [];
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      this.#takeLine(this.#rest + text.slice(from, to), sightings);
      this.#rest = "";
      from = to + 1;
    }
    this.#rest += text.slice(from);
    if (this.#rest.length > LONGEST_FIRST_LINE) {
      this.#takeLine(this.#rest, sightings);
      this.#rest = "";
    }
    return sightings;
  }

  /** Ends the log; gives the crashes that were still open. */
  end(): Sighting[] {
    const sightings = this.#begun ? [] : this.#begin();
    if (this.#values !== undefined) this.#endValues(this.#values, sightings);
    if (this.#rest !== "") this.#takeLine(this.#rest, sightings);
    this.#rest = "";
    this.#endEntry(sightings);
    for (const stream of this.#streams.values()) sightings.push(...stream.end());
    return sightings;
  }

  /** Decides whether this is JSON that goes over several lines, and reads what has come so far. */
  #begin(): Sighting[] {
    this.#begun = true;
    const text = this.#rest;
    this.#rest = "";
    if (/^\s*(?:\{|\[(?=\s*(?:$|[{["])))/.test(text.slice(0, 4096))) {
      const [first = ""] = text.trimStart().split("\n", 1);
      if (first.length > this.#longestLine || parseJson(first) === undefined)
        this.#values = new JsonValues(this.#longestLine);
    }
    return this.push(text);
  }

  #pushValues(values: JsonValues, piece: string): Sighting[] {
    const sightings: Sighting[] = [];
    try {
      for (const { value, line } of values.push(piece)) {
        this.#line = line;
        this.#takeValue(value, sightings);
      }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      sightings.push(...this.#giveUpValues(values));
    }
    return sightings;
  }

  #endValues(values: JsonValues, sightings: Sighting[]): void {
    try {
      values.end();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      sightings.push(...this.#giveUpValues(values));
    }
  }

  /** What looked like JSON is none, or is cut: the rest is read line by line. */
  #giveUpValues(values: JsonValues): Sighting[] {
    this.#values = undefined;
    const { text, line } = values.rest();
    this.#line = line - 1;
    return this.#pushLines(text);
  }

  #takeLine(line: string, sightings: Sighting[]): void {
    this.#line++;
    const heading = VERBOSE_BEGINS.test(line);
    if (heading) this.#endEntry(sightings);
    if (this.#entry === undefined && (heading || EXPORT_BEGINS.test(line))) this.#entry = [];
    if (this.#entry !== undefined) {
      if (line.trim() === "" || this.#entry.length > LONGEST_ENTRY) this.#endEntry(sightings);
      else this.#entry.push(line);
      return;
    }
    const start = line.charCodeAt(0);
    const value = start === OPEN_BRACE || start === OPEN_BRACKET ? parseJson(line) : undefined;
    if (value !== undefined) this.#takeValue(value, sightings);
    else this.#takeText(line, readStamp(line, this.#reference), sightings);
  }

  #takeValue(value: unknown, sightings: Sighting[]): void {
    const records = recordsOf(value);
    if (records.length === 0)
      for (const message of messagesOf(value))
        this.#takeRecord({ host: undefined, time: undefined, messages: [message] }, sightings);
    for (const record of records) this.#takeRecord(record, sightings);
  }

  #takeRecord(record: LogRecord, sightings: Sighting[]): void {
    const lines = record.messages.flatMap((message) => message.split("\n"));
    for (const line of lines) {
      const stamp = readStamp(line, this.#reference);
      this.#takeText(
        lines.length === 1 ? marked(line) : line,
        { host: record.host ?? stamp.host, time: record.time ?? stamp.time, uptime: stamp.uptime },
        sightings,
      );
    }
  }

  #endEntry(sightings: Sighting[]): void {
    const entry = this.#entry;
    this.#entry = undefined;
    if (entry === undefined) return;
    const fields = entry.map((line) => line.trim());
    const field = (name: string) =>
      fields.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
    const micros = Number(field("__REALTIME_TIMESTAMP"));
    const [heading] = entry;
    const time = micros > 0 ? Math.round(micros / 1000) : readStamp(heading ?? "", this.#reference).time;
    const stamp = {
      host: field("_HOSTNAME"),
      time,
      uptime: undefined,
    };
    for (const line of entry) {
      const [, name, value] = FIELD.exec(line) ?? [];
      if (name === "MESSAGE") this.#takeText(marked(value ?? ""), stamp, sightings);
      else if (name === undefined && line !== heading) this.#takeText(line, stamp, sightings);
    }
  }

  /** A line without a host goes on where the last one was. */
  #takeText(line: string, stamp: LineStamp, sightings: Sighting[]): void {
    const stream =
      stamp.host === undefined && this.#last !== undefined ? this.#last : this.#streamOf(stamp.host);
    this.#last = stream;
    if (stream.hasPaused(stamp)) sightings.push(...stream.end());
    this.#buffered += line.length + 1;
    const held = stream.add(line, { ...stamp, line: this.#line });
    if (held >= FULL_BUFFER) {
      this.#buffered -= held;
      sightings.push(...stream.flush());
    } else if (this.#buffered >= FULL_BUFFERS) {
      this.#buffered = 0;
      for (const each of this.#streams.values()) sightings.push(...each.flush());
    }
  }

  #streamOf(host: string | undefined): HostStream {
    let stream = this.#streams.get(host);
    if (stream === undefined) {
      stream = new HostStream(structuredClone(host)); // a copy: a piece of a text keeps the whole in memory
      this.#streams.set(host, stream);
    }
    return stream;
  }
}

function marked(message: string): string {
  return message.trim() === "" ? message : RECORD_MARK + message;
}

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const EXPORT_BEGINS = /^\r?__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP)=/;
/** journalctl -o verbose: a date and the entry's cursor, then its fields. */
const VERBOSE_BEGINS = /^\w{3} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]{0,10} \S{1,8} \[s=[0-9a-f]{1,32};i=/;
/** systemd.journal-fields(7); a value that is no plain text stands below its name. */
const FIELD = /^\s*(_{0,2}[A-Z][A-Z0-9_]{2,63})=(.*)/;
/** Fields of an entry, at most. */
const LONGEST_ENTRY = 500;

interface Mark extends Omit<LineStamp, "host"> {
  readonly line: number;
}

/** So many lines back a crash may begin that is complete only now: what CrashScanner collects at most, and some. */
const MARKS = 24_000;

/** So many seconds without a line end every report. */
const PAUSE = 600;

/** The lines of one host. */
class HostStream {
  readonly #host: string | undefined;
  readonly #scanner = new CrashScanner();
  #buffer = "";
  /** Of the latest lines. */
  #marks: Mark[] = [];
  /** The number of the first mark's line in this stream, counted from 1. */
  #first = 1;
  /** Of the latest line that has one. */
  #time: number | undefined;
  #uptime: number | undefined;

  constructor(host: string | undefined) {
    this.#host = host;
  }

  /** Adds a line; gives the number of characters that wait to be read. */
  add(line: string, mark: Mark): number {
    this.#buffer += `${line}\n`;
    this.#marks.push(mark);
    if (this.#marks.length > 2 * MARKS) {
      this.#first += this.#marks.length - MARKS;
      this.#marks = this.#marks.slice(-MARKS);
    }
    return this.#buffer.length;
  }

  /** Has this machine been silent for so long that what it says now belongs to no crash before? */
  hasPaused({ time, uptime }: LineStamp): boolean {
    const [last, lastUptime] = [this.#time, this.#uptime];
    this.#time = time ?? last;
    this.#uptime = uptime ?? lastUptime;
    if (time !== undefined && last !== undefined) return Math.abs(time - last) > PAUSE * 1000;
    return uptime !== undefined && lastUptime !== undefined && Math.abs(uptime - lastUptime) > PAUSE;
  }

  flush(): Sighting[] {
    const crashes = this.#scanner.push(this.#buffer);
    this.#buffer = "";
    return crashes.map((crash) => this.#sight(crash));
  }

  end(): Sighting[] {
    return [...this.flush(), ...this.#scanner.end().map((crash) => this.#sight(crash))];
  }

  /** The stamps of a crash are those of its first line that has one. */
  #sight(crash: Crash): Sighting {
    const [from, to] = crash.lines.map((line) => line - this.#first);
    const marks = this.#marks.slice(Math.max(0, from ?? 0), (to ?? 0) + 1);
    return {
      crash,
      host: this.#host,
      time: marks.find((mark) => mark.time !== undefined)?.time,
      uptime: marks.find((mark) => mark.uptime !== undefined)?.uptime,
      line: marks[0]?.line ?? 1,
    };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
