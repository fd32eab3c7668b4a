/**
 * A message with its host and time, as log stores export it: journald's JSON, Elasticsearch's documents and search
 * answers, Loki's streams, Splunk's results.
 */
import { messagesOf } from "../crash/envelope.ts";

export interface LogRecord {
  readonly host: string | undefined;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  /** May have several lines. */
  readonly messages: readonly string[];
}

/** Where a record says whose it is, the nearest to the machine first; a dot goes into an object, or is in the name. */
export const HOST_FIELDS: readonly string[] = [
  "_HOSTNAME", // systemd.journal-fields(7)
  "log.syslog.hostname", // Elastic Common Schema: who sent it, where "host" is the server that received it
  "logsource", // Logstash's syslog input
  "host.name",
  "host.hostname",
  "host",
  "hostname",
  "agent.hostname",
  "beat.hostname",
  "agent.name",
  "syslog_hostname",
  "kubernetes.node.name",
  "node",
  "instance",
];

/** Where it says when. */
export const TIME_FIELDS: readonly string[] = [
  "_SOURCE_REALTIME_TIMESTAMP",
  "__REALTIME_TIMESTAMP",
  "@timestamp",
  "timestamp",
  "time",
  "_time",
  "date",
  "ts",
];

/** What stands around a document. */
const AROUND = ["_source", "fields", "result", "doc"];

type Fields = Readonly<Record<string, unknown>>;

/** The records in a value: one, or those of a search answer; none where nothing has a message. */
export function recordsOf(value: unknown, deeper: number = DEEPEST): LogRecord[] {
  if (deeper === 0) return [];
  const below = (list: readonly unknown[]) => list.flatMap((one) => recordsOf(one, deeper - 1));
  if (Array.isArray(value)) return below(value);
  if (!isFields(value)) return [];
  const hits = at(value, "hits.hits");
  if (Array.isArray(hits)) return below(hits);
  for (const list of ["responses", "hits", "results", "records", "entries"]) {
    const inner = value[list];
    if (Array.isArray(inner) && inner.every(isFields)) return below(inner);
  }
  const streams = at(value, "data.result") ?? value.streams;
  if (Array.isArray(streams)) return below(streams);
  if (isFields(value.stream) && Array.isArray(value.values))
    return recordsOfStream(value.stream, value.values);
  const layers = [value, ...AROUND.flatMap((name) => (isFields(value[name]) ? [value[name]] : []))];
  const messages = messagesOf(value);
  if (messages.length === 0) return [];
  return [{ host: hostOf(layers), time: timeOf(layers), messages }];
}

/** A search answer has lists in lists, and no export more than a few; a list of a hundred thousand in each other is none. */
const DEEPEST = 8;

/** Loki's query answer: `{"stream": LABELS, "values": [[NANOSECONDS, LINE], ...]}`. */
function recordsOfStream(labels: Fields, values: readonly unknown[]): LogRecord[] {
  const host = hostOf([labels]);
  return values.flatMap((pair) => {
    const [time, line]: unknown[] = Array.isArray(pair) ? pair : [];
    return typeof line === "string" ? [{ host, time: readTime(time), messages: [line] }] : [];
  });
}

function hostOf(layers: readonly Fields[]): string | undefined {
  for (const name of HOST_FIELDS) {
    for (const layer of layers) {
      const host = single(at(layer, name));
      if (typeof host === "string" && host.trim() !== "") return host.trim().slice(0, LONGEST_HOST);
    }
  }
  return undefined;
}

/** A host's name has at most 253 characters (RFC 1035, 2.3.4). */
const LONGEST_HOST = 253;

function timeOf(layers: readonly Fields[]): number | undefined {
  for (const name of TIME_FIELDS) {
    for (const layer of layers) {
      const time = readTime(single(at(layer, name)));
      if (time !== undefined) return time;
    }
  }
  return undefined;
}

/** An ISO 8601 date, or a number since 1970: seconds, milliseconds, microseconds or nanoseconds, told by its size. */
function readTime(value: unknown): number | undefined {
  if (typeof value === "string" && !/^\d{9,20}(?:\.\d{1,9})?$/.test(value)) {
    const time = Date.parse(
      /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?$/.test(value) ? `${value.replace(" ", "T")}Z` : value,
    );
    return Number.isNaN(time) ? undefined : time;
  }
  const count = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  if (!(count > EARLIEST)) return undefined;
  const unit = count < 1e11 ? 1e-3 : count < 1e14 ? 1 : count < 1e17 ? 1e3 : 1e6;
  return Math.round(count / unit);
}

/** 1990 in seconds: anything less is no date. */
const EARLIEST = 631_152_000;

/** `host.name` in `{"host": {"name": ...}}` and in `{"host.name": ...}`. */
function at(fields: Fields, name: string): unknown {
  if (fields[name] !== undefined) return fields[name];
  let value: unknown = fields;
  for (const part of name.split(".")) {
    if (!isFields(value)) return undefined;
    value = value[part];
  }
  return value;
}

/** Kibana's `fields` are lists of one. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
