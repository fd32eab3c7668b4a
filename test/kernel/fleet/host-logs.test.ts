import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HostLogs, type Sighting } from "../../../kernel/fleet/host-logs.ts";
import { KASAN, NULL_DEREF } from "../crash/logs.ts";

const KNOWN = Date.parse("2016-12-01T00:00:00Z");

function read(log: string, size = log.length): Sighting[] {
  const logs = new HostLogs(KNOWN);
  const found: Sighting[] = [];
  for (let from = 0; from < log.length; from += size) found.push(...logs.push(log.slice(from, from + size)));
  return [...found, ...logs.end()];
}

/** The lines of two logs in turn, as a log server writes them. */
function inTurn(one: readonly string[], other: readonly string[]): string[] {
  const lines: string[] = [];
  for (let at = 0; at < Math.max(one.length, other.length); at++)
    for (const log of [one, other]) if (at < log.length) lines.push(log[at] ?? "");
  return lines;
}

const carriers: [string, (host: string) => (line: string) => unknown, (lines: unknown[]) => string][] = [
  ["syslog", (host) => (line) => `Nov 12 15:06:31 ${host} kernel: ${line}`, (lines) => lines.join("\n")],
  [
    "journalctl -o json",
    (host) => (line) => ({ _HOSTNAME: host, __REALTIME_TIMESTAMP: "1478963191000000", MESSAGE: line }),
    (lines) => lines.map((line) => JSON.stringify(line)).join("\n"),
  ],
  [
    "journalctl -o json-pretty",
    (host) => (line) => ({ MESSAGE: line, _HOSTNAME: host, __REALTIME_TIMESTAMP: "1478963191000000" }),
    (lines) => lines.map((line) => JSON.stringify(line, null, "\t")).join("\n"),
  ],
  [
    "journalctl -o export",
    (host) => (line) => `__REALTIME_TIMESTAMP=1478963191000000\nMESSAGE=${line}\n_HOSTNAME=${host}\n`,
    (lines) => lines.join("\n"),
  ],
  [
    "journalctl -o export, whole",
    (host) => (line) =>
      `__CURSOR=s=1f;i=2a;b=3c\n__REALTIME_TIMESTAMP=1478963191000000\n_TRANSPORT=kernel\nMESSAGE=${line}\n_HOSTNAME=${host}\nPRIORITY=4\n`,
    (lines) => lines.join("\n"),
  ],
  [
    "journalctl -o verbose",
    (host) => (line) =>
      `Sat 2016-11-12 15:06:31.000000 UTC [s=1f;i=2a;b=3c;m=4d;t=5e;x=6f]\n    _HOSTNAME=${host}\n    PRIORITY=4\n    MESSAGE=${line}`,
    (lines) => lines.join("\n"),
  ],
  [
    "an answer of Elasticsearch",
    (host) => (line) => ({
      _source: { "@timestamp": "2016-11-12T15:06:31Z", host: { name: host }, message: line },
    }),
    (lines) => JSON.stringify({ took: 1, hits: { total: 2, hits: lines } }),
  ],
  [
    "the same, over many lines",
    (host) => (line) => ({
      _source: { "@timestamp": "2016-11-12T15:06:31Z", hostname: host, message: line },
    }),
    (lines) => JSON.stringify({ took: 1, hits: { total: 2, hits: lines } }, null, 2),
  ],
  [
    "a list of documents",
    (host) => (line) => ({ "@timestamp": "2016-11-12T15:06:31Z", agent: { hostname: host }, message: line }),
    (lines) => JSON.stringify(lines, null, 1),
  ],
];

describe.each(carriers)("two machines in one log: %s", (_name, carry, join) => {
  const lines = inTurn(
    NULL_DEREF.split("\n").map(carry("web-01")) as string[],
    KASAN.split("\n").map(carry("db-7.example.org")) as string[],
  );

  test.each([[1 << 30], [4096], [7]])("are told apart, in pieces of %d", (size) => {
    const found = read(join(lines), size);
    expect(
      found.map(({ host, time, crash }) => [host, time, crash.title, crash.frames.length]).sort(),
    ).toEqual(
      [
        ["db-7.example.org", KNOWN_TIME, "KASAN: slab-use-after-free Read in tipc_bearer_reset_all"],
        [
          "web-01",
          KNOWN_TIME,
          "BUG: unable to handle kernel NULL pointer dereference in pick_next_task_fair",
        ],
      ].map(([host, time, title], at) => [
        host,
        time,
        title,
        read(at === 0 ? KASAN : NULL_DEREF)[0]?.crash.frames.length,
      ]),
    );
  });
});

const KNOWN_TIME = Date.parse("2016-11-12T15:06:31Z");

test("a line without a host goes on where the last one was", () => {
  const [first, ...rest] = NULL_DEREF.split("\n");
  const [crash] = read([`Nov 12 15:06:31 web-01 kernel: ${first}`, ...rest].join("\n"));
  expect(crash).toMatchObject({ host: "web-01", crash: { function: "pick_next_task_fair" } });
});

test("a record of a log store is a line of its own, however long the one before", () => {
  const lines = [
    "Kernel panic - not syncing: Corrupt kernel stack, can't continue.",
    "nf_conntrack: default automatic helper assignment has been turned off for security reasons",
  ];
  const json = lines.map((message) => JSON.stringify({ host: "web-01", message })).join("\n");
  const journal = lines
    .map((line) => `__REALTIME_TIMESTAMP=1\nMESSAGE=${line}\n_HOSTNAME=web-01\n`)
    .join("\n");
  for (const log of [json, journal]) expect(read(log).map(({ crash }) => crash.messages)).toEqual([lines]);
});

test("says on which line of the input a crash begins", () => {
  const quiet = Array.from({ length: 500 }, (_, at) => `Nov 12 15:00:00 web-0${at % 9} kernel: usb ${at}`);
  const crash = NULL_DEREF.split("\n").map((line) => `Nov 12 15:06:31 web-01 kernel: ${line}`);
  expect(read([...quiet, ...crash].join("\n"))).toMatchObject([{ line: 501, host: "web-01" }]);
});

test.each<[string, string]>([
  ["JSON that is cut", `${JSON.stringify(carriersOf("web-01"), null, 1).slice(0, -300)}`],
  ["JSON that goes on as text", `{\n${NULL_DEREF}`],
])("%s is read as far as it goes", (_what, log) => {
  expect(read(log).map(({ crash }) => crash.function)).toContain("pick_next_task_fair");
});

function carriersOf(host: string): object[] {
  return NULL_DEREF.split("\n").map((line) => ({ hostname: host, message: line }));
}

test("never throws, whatever comes", () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      '{"message":"',
      '"}',
      "[{",
      "}]",
      "\n",
      '{"hits":{"hits":[',
      "__CURSOR=a\n",
      NULL_DEREF,
      "\\",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 200 }), (pieces, size) => {
      read(pieces.join(""), size);
    }),
    { numRuns: 200 },
  );
});

test("an export that breaks off in the middle of a line: what follows is on that line", () => {
  const record = JSON.stringify({ host: "db-1", message: NULL_DEREF });
  for (const size of [10, 1_000_000]) {
    const [found] = read(`[\n{"host":"db-0","message":"x"}, \\ ${record}\nend\n`, size);
    expect(found?.line).toBe(2);
  }
});
