/**
 * Opens what wraps a message as data: JSON lines (journald, Elasticsearch, docker, Loki), journald's export and
 * verbose forms, values of pretty-printed JSON, newlines written as `\n` or `#012`.
 */

/** Fields that hold the message, most telling first. */
export const MESSAGE_FIELDS = [
  "MESSAGE",
  "message",
  "@message",
  "log",
  "msg",
  "text",
  "full_message",
  "short_message",
  "_raw",
  "raw",
  "line",
  "body",
  "content",
  "dmesg",
  "oops",
  "event",
  "data",
  "value",
  "values",
  "output",
  "textPayload",
];
const DEEPEST = 8;
/** Shorter texts in fields of unknown names are no logs. */
const SHORTEST_LOG = 60;
/** Anything longer is not looked at as a field. */
const LONGEST_FIELD_LINE = 1 << 16;

const FIELDS = MESSAGE_FIELDS.map((name) => name.replace("@", "@?")).join("|");
/** A field with a string, or Loki's pair of a time and a line, in whatever is left of broken JSON. */
const STRING_FIELD = new RegExp(
  `(?:"(?:${FIELDS})"\\s{0,8}:|\\["\\d{9,20}",)\\s{0,8}"((?:[^"\\\\]|\\\\.)*)"`,
  "g",
);
/** A field with bytes. */
const BYTES_FIELD = new RegExp(`"(?:${FIELDS})"\\s{0,8}:\\s{0,8}\\[(\\d[\\d,\\s]*)\\]?`, "g");
/** A line of pretty-printed JSON: a field. */
const FIELD_LINE = /^\s*"[\w@]{1,64}"\s{0,8}:/;
/** A line that is a string: an element of a list. */
const STRING_LINE = /^\s*("(?:[^"\\]|\\.)*"),?\s*$/;
/** A form or an address of the web. */
const PERCENT_ENCODED = /%(?:20|0A|0a|3A|3a)|\+.{1,400}%/;
/** What stands around the fields of pretty-printed JSON. */
const BRACE_LINE = /^\s*[[\]{}]{1,4},?\s*$/;
/** journald's export format and, indented, its verbose one. */
const EXPORT_LINE = /^\s*(_{0,2}[A-Z][A-Z0-9_]{2,63})=/;
const ESCAPED_NEWLINE = /\r?\n|\\r\\n|\\n|#012|\\012|\\x0a/;

/**
 * The messages in an envelope, none for a part of one without a message; undefined when the line is not wrapped.
 * A message may have several lines, and may itself be wrapped.
 */
export function openEnvelope(line: string): readonly string[] | undefined {
  const first = firstCharacter(line);
  if (line.includes('"') && (first === "{" || first === "[" || /\{ ?"/.test(line))) {
    const opened = openJson(line) ?? openFields(line);
    if (opened !== undefined) return opened;
  }
  if (first === '"') {
    if (FIELD_LINE.test(line)) return openFields(line) ?? [];
    const text = STRING_LINE.exec(line)?.[1];
    const value = text === undefined ? undefined : parseJson(text);
    if (typeof value === "string") return [value];
  }
  if (!line.includes(" ") && PERCENT_ENCODED.test(line)) return decodePercent(line);
  if (BRACE_LINE.test(line)) return [];
  const field = EXPORT_LINE.exec(line);
  // Several fields in a row, their newlines written out, are for splitLines().
  if (field === null || ESCAPED_NEWLINE.test(line)) return undefined;
  return field[1] === "MESSAGE" ? [line.slice(field[0].length)] : [];
}

function firstCharacter(line: string): string {
  for (let at = 0; at < line.length && at < 64; at++) {
    const character = line[at] ?? "";
    if (character !== " " && character !== "\t") return character;
  }
  return "";
}

function decodePercent(line: string): string[] | undefined {
  try {
    return [decodeURIComponent(line.includes("%20") ? line : line.replaceAll("+", " "))];
  } catch {
    return undefined;
  }
}

/** Splits at newlines, also at those that were written out (`\n`, `#012`); tabs are written out by the same writers. */
export function splitLines(text: string): string[] {
  if (!/[\n\\#]/.test(text)) return [text];
  return text.replaceAll("\\t", "\t").replaceAll("#011", "\t").split(ESCAPED_NEWLINE);
}

/** The messages of a JSON value at the end of the line; undefined when there is none. */
function openJson(line: string): string[] | undefined {
  const start = line.search(/[[{]/);
  const end = Math.max(line.lastIndexOf("}"), line.lastIndexOf("]"));
  if (start < 0 || end <= start || !/^[[{]\s*["[{]/.test(line.slice(start, start + 16))) return undefined;
  const value = parseJson(line.slice(start, end + 1));
  return value === undefined ? undefined : messagesOf(value);
}

/** The messages in a value of JSON: those in fields of known names, else whatever is long enough to be a log. */
export function messagesOf(value: unknown): string[] {
  const messages: string[] = [];
  collect(value, { messages, depth: 0, deliberate: false });
  if (messages.length === 0) collectTexts(value, { messages, depth: 0 });
  return messages;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Loki puts the time of each line beside it: nanoseconds since 1970. */
const TIME = /^\d{9,20}$/;

interface Collector {
  readonly messages: string[];
  readonly depth: number;
  /** Inside a field that is known to hold messages: plain strings count. */
  readonly deliberate: boolean;
}

function collect(value: unknown, into: Collector): void {
  if (into.depth > DEEPEST) return;
  if (typeof value === "string") {
    if (into.deliberate && !TIME.test(value)) into.messages.push(value);
    return;
  }
  const deeper = { ...into, depth: into.depth + 1 };
  if (Array.isArray(value)) {
    const bytes = into.deliberate ? textOfBytes(value) : undefined;
    const lines = value.length > 1 && value.every((item) => typeof item === "string");
    if (bytes !== undefined) into.messages.push(bytes);
    else for (const item of value) collect(item, lines ? { ...deeper, deliberate: true } : deeper);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of MESSAGE_FIELDS) {
    const before = into.messages.length;
    if (fields.has(name)) collect(fields.get(name), { ...deeper, deliberate: true });
    if (into.messages.length > before) return;
  }
  // No message of its own: a record around others.
  for (const field of fields.values()) collect(field, { ...deeper, deliberate: false });
}

/** Whatever is long enough to be a log, in fields of unknown names. */
function collectTexts(value: unknown, into: Omit<Collector, "deliberate">): void {
  if (typeof value === "string" && value.length >= SHORTEST_LOG) into.messages.push(value);
  if (typeof value !== "object" || value === null || into.depth > DEEPEST) return;
  for (const item of Object.values(value)) collectTexts(item, { ...into, depth: into.depth + 1 });
}

/** journald writes a message that is not plain text as an array of its bytes. */
function textOfBytes(values: readonly unknown[]): string | undefined {
  const bytes: number[] = [];
  for (const value of values) {
    if (typeof value !== "number" || value < 0 || value > 255) return undefined;
    bytes.push(value);
  }
  return bytes.length === 0 ? undefined : new TextDecoder().decode(Uint8Array.from(bytes));
}

/** The messages among the fields of JSON that is incomplete: pretty-printed, cut, or several objects in a row. */
function openFields(line: string): string[] | undefined {
  const messages: string[] = [];
  for (const match of line.matchAll(STRING_FIELD)) {
    const value = parseJson(`"${match[1] ?? ""}"`);
    messages.push(typeof value === "string" ? value : (match[1] ?? ""));
  }
  if (messages.length === 0 && line.length <= LONGEST_FIELD_LINE) {
    for (const match of line.matchAll(BYTES_FIELD))
      messages.push(textOfBytes((match[1] ?? "").split(",").map(Number)) ?? "");
  }
  return messages.length === 0 ? undefined : messages;
}
