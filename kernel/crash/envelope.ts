/**
 * Opens what wraps a message as data: JSON lines (journald, Elasticsearch, docker, Loki), journald's export and
 * verbose forms, values of pretty-printed JSON, newlines written as `\n` or `#012`.
 */

/** Fields that hold the message, most telling first. */
const MESSAGE_FIELDS = [
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
  "output",
];
/** Fields that wrap the record itself: Elasticsearch's and Splunk's answers, nested logs. */
const RECORD_FIELDS = ["_source", "result", "fields", "jsonPayload", "hits", "stream", "record", "entry"];

const DEEPEST = 4;
const FIELD_LINE = /^\s*"([\w@]+)"\s*:\s*(?:("(?:[^"\\]|\\.)*"?)|\[([\d,\s]*)\]?|\S.*|)\s*,?\s*$/;
/** What stands around the fields of pretty-printed JSON. */
const BRACE_LINE = /^\s*[[\]{}]{1,4},?\s*$/;
const EXPORT_LINE = /^\s*(_?[A-Z][A-Z0-9_]{2,63})=/;
const ESCAPED_NEWLINE = /\\r\\n|\\n|#012|\\012|\\x0a/;

/** The messages in one line of the input, each perhaps of several lines; a bare line comes back as it is. */
export function unpack(line: string): readonly string[] {
  const first = firstCharacter(line);
  if (first === "{" || first === "[" || first === '"' || line.includes('{"')) {
    const opened = openJson(line) ?? openField(line);
    if (opened !== undefined) return opened.flatMap(splitEscaped);
  }
  if (BRACE_LINE.test(line)) return [];
  const field = EXPORT_LINE.exec(line);
  if (field !== null) return field[1] === "MESSAGE" ? splitEscaped(line.slice(field[0].length)) : [];
  return splitEscaped(line);
}

function firstCharacter(line: string): string {
  for (let at = 0; at < line.length && at < 64; at++) {
    const character = line[at] ?? "";
    if (character !== " " && character !== "\t") return character;
  }
  return "";
}

/** Splits at newlines that were written out. Tabs are written out by the same writers. */
function splitEscaped(text: string): string[] {
  if (!text.includes("\\n") && !text.includes("#01") && !text.includes("\\012") && !text.includes("\\x0a")) {
    return text.split("\n");
  }
  return text
    .replaceAll("\\t", "\t")
    .replaceAll("#011", "\t")
    .split("\n")
    .flatMap((part) => part.split(ESCAPED_NEWLINE));
}

/** The messages of a JSON value at the end of the line; undefined when there is none. */
function openJson(line: string): string[] | undefined {
  const start = line.search(/[[{]/);
  const end = Math.max(line.lastIndexOf("}"), line.lastIndexOf("]"));
  if (start < 0 || end <= start || !/^[[{]\s*["[{]/.test(line.slice(start, start + 16))) return undefined;
  const value = parseJson(line.slice(start, end + 1));
  if (value === undefined) return undefined;
  const messages: string[] = [];
  collect(value, { messages, depth: 0, deliberate: false });
  return messages;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Collector {
  readonly messages: string[];
  readonly depth: number;
  /** Inside a field that is known to hold messages: plain strings count. */
  readonly deliberate: boolean;
}

function collect(value: unknown, into: Collector): void {
  if (into.depth > DEEPEST) return;
  if (typeof value === "string") {
    if (into.deliberate) into.messages.push(value);
    return;
  }
  const deeper = { ...into, depth: into.depth + 1 };
  if (Array.isArray(value)) {
    const bytes = into.deliberate ? textOfBytes(value) : undefined;
    if (bytes !== undefined) into.messages.push(bytes);
    else for (const item of value) collect(item, deeper);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of MESSAGE_FIELDS) {
    const before = into.messages.length;
    if (fields.has(name)) collect(fields.get(name), { ...deeper, deliberate: true });
    if (into.messages.length > before) return;
  }
  for (const name of RECORD_FIELDS)
    if (fields.has(name)) collect(fields.get(name), { ...deeper, deliberate: false });
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

/** One `"field" : "value"` line of pretty-printed JSON: its message, or nothing for any other field. */
function openField(line: string): string[] | undefined {
  if (line.length > 1 << 16) return undefined;
  const match = FIELD_LINE.exec(line);
  if (match === null) return undefined;
  if (!MESSAGE_FIELDS.includes(match[1] ?? "")) return [];
  if (match[3] !== undefined) {
    const bytes = textOfBytes(match[3].split(",").map(Number));
    return bytes === undefined ? [] : [bytes];
  }
  const quoted = match[2] ?? "";
  const value = parseJson(quoted.endsWith('"') ? quoted : `${quoted}"`);
  return typeof value === "string" ? [value] : [];
}
