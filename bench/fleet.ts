/**
 * Makes a fleet's logs from the corpora in ../shared/corpus, has the built command group them, and checks that each
 * group is exactly the logs of one crash. Prints the time and the most memory that the command took.
 *
 *     npx tsx bench/fleet.ts [--logs 1000] [--origins 125] [--seed 1] [--home DIR] [--keep FOLDER] [--failures]
 *
 * Without --home only the grouping is done (--parse-only). Every log has a host of its own, which tells its origin.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { parseCrashes } from "../kernel/crash/parse.ts";
import {
  below,
  CARRIERS,
  carried,
  HANDLING,
  happenAgain,
  interleaved,
  pick,
  random,
} from "./fleet/dress-logs.ts";

const { values: options } = parseArgs({
  options: {
    logs: { type: "string", default: "1000" },
    origins: { type: "string", default: "125" },
    seed: { type: "string", default: "1" },
    home: { type: "string" },
    keep: { type: "string" },
    failures: { type: "boolean", default: false },
  },
});
const CORPUS = new URL("../../shared/corpus/", import.meta.url);
const chance = random(Number(options.seed));
const START = Date.parse("2026-03-01T00:00:00Z");
/** Of a second, in /proc/PID/stat. */
const TICKS = 100;
const MONTH = 30 * 86_400_000;

interface Origin {
  readonly id: string;
  readonly log: string;
}

/** Corpus logs that hold a crash; the same text twice is one origin. */
function readOrigins(): Origin[] {
  const texts = new Map<string, Origin>();
  for (const [file, field] of [
    ["syzkaller.open.jsonl", "log"],
    ["fixes.open.jsonl", "oops"],
    ["modern-quoted.open.jsonl", "oops"],
  ] as const) {
    const url = new URL(file, CORPUS);
    if (!existsSync(url)) continue;
    for (const line of readFileSync(url, "utf8").trim().split("\n")) {
      const item: Record<string, string> = JSON.parse(line);
      const log = (item[field] ?? "").trimEnd();
      if (parseCrashes(log).length > 0)
        texts.set(normalised(log), { id: `${file.split(".")[0]} ${item.id ?? item.cve}`, log });
    }
  }
  return [...texts.values()];
}

/** The text of a crash without what differs each time. */
function normalised(log: string): string {
  return log
    .replace(/^.*?kernel: /gm, "")
    .replace(/\b(?:0x)?[0-9a-f]*\d[0-9a-f]*\b/gi, "N")
    .replace(/[\s[\]<>]+/g, " ");
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const rest = [...items];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = below(chance, at + 1);
    const [a, b] = [rest[at], rest[other]];
    if (a !== undefined && b !== undefined) {
      rest[at] = b;
      rest[other] = a;
    }
  }
  return rest;
}

const origins = shuffled(readOrigins()).slice(0, Number(options.origins));
if (origins.length === 0) throw new Error("there are no corpora in ../shared/corpus");
const folder = options.keep ?? mkdtempSync(join(tmpdir(), "kfix-fleet-"));
mkdirSync(folder, { recursive: true });

const originOfHost = new Map<string, string>();
const named = Object.keys(CARRIERS).filter((name) => CARRIERS[name]?.named);
let pending: { lines: string[][]; carrier: string } = { lines: [], carrier: "" };
let bytes = 0;

function write(name: string, lines: readonly string[], handling = "as it is"): void {
  const text = `${(HANDLING[handling] ?? ((log: string) => log))(lines.join("\n"))}\n`;
  bytes += text.length;
  if (chance() < 0.1) writeFileSync(join(folder, `${name}.log.gz`), gzipSync(text));
  else writeFileSync(join(folder, `${name}.log`), text);
}

function flush(): void {
  if (pending.lines.length > 0) write(`shared-${originOfHost.size}`, interleaved(pending.lines, chance));
  pending = { lines: [], carrier: "" };
}

for (let made = 0; made < Number(options.logs); made++) {
  const origin = origins[made % origins.length];
  if (origin === undefined) break;
  const host = `host-${String(made).padStart(5, "0")}`;
  originOfHost.set(host, origin.id);
  const log = happenAgain(origin.log, chance);
  const scene = { host, time: START + below(chance, MONTH) };
  if (chance() < 0.2) {
    // Several machines in one file, as a log server has them.
    if (pending.lines.length === 0) pending.carrier = pick(named, chance);
    pending.lines.push(carried(log, pending.carrier, scene));
    if (pending.lines.length === 4) flush();
  } else {
    const carrier = pick(Object.keys(CARRIERS), chance);
    const isJson = carrier.includes("ELK") || carrier.includes("json");
    write(host, carried(log, carrier, scene), isJson ? "as it is" : pick(Object.keys(HANDLING), chance));
  }
}
flush();

interface Group {
  readonly title: string;
  readonly signature: string;
  readonly hosts: readonly { readonly host: string }[];
  readonly lookedUp: boolean;
  readonly answer: unknown;
}

const began = Date.now();
const { stdout, peak, processor, status } = await run([
  "crash",
  folder,
  "--group",
  "--json",
  ...(options.home ? [] : ["--parse-only"]),
]);
const elapsed = (Date.now() - began) / 1000;
const { groups }: { groups: Group[] } = JSON.parse(stdout);

const mixed = groups.filter(
  (group) => new Set(group.hosts.map(({ host }) => originOfHost.get(host))).size > 1,
);
const homes = new Map<string, Group[]>();
for (const group of groups)
  for (const { host } of group.hosts) {
    const origin = originOfHost.get(host) ?? `not a host that was made: ${host}`;
    const known = homes.get(origin) ?? [];
    if (!known.includes(group)) homes.set(origin, [...known, group]);
  }
const torn = [...homes].filter(([, found]) => found.length > 1);
const lost = [...originOfHost.keys()].filter(
  (host) => !groups.some((group) => group.hosts.some((one) => one.host === host)),
);
const wrong = new Set([
  ...torn.map(([origin]) => origin),
  ...mixed.flatMap((group) => group.hosts.flatMap(({ host }) => originOfHost.get(host) ?? [])),
]);
const exact = [...originOfHost.values()].filter((origin) => !wrong.has(origin)).length - lost.length;

if (options.failures) {
  for (const group of mixed)
    console.log(
      `mixed  ${group.title}: ${[...new Set(group.hosts.map(({ host }) => originOfHost.get(host)))].join(", ")}`,
    );
  for (const [origin, found] of torn)
    console.log(
      `torn   ${origin}: ${found.map((group) => `${group.signature} (${group.hosts.length}, ${group.hosts[0]?.host})`).join(" | ")}`,
    );
  for (const host of lost) console.log(`lost   ${host}: ${originOfHost.get(host)}`);
}
console.log(
  `${originOfHost.size} logs (${(bytes / 1e6).toFixed(1)} MB) of ${origins.length} crashes: ${groups.length} groups`,
);
console.log(
  `grouped exactly: ${exact} logs; mixed groups ${mixed.length}, torn crashes ${torn.length}, lost logs ${lost.length}`,
);
console.log(
  `fixes looked up for ${groups.filter((group) => group.lookedUp).length} groups, found for ${groups.filter((group) => group.answer !== null).length}`,
);
console.log(
  `${elapsed.toFixed(1)} s, of them ${processor.toFixed(1)} s of processor time; at most ${Math.round(peak / 1024)} MB, status ${status}`,
);
if (options.keep === undefined) rmSync(folder, { recursive: true });

/** Runs the built command and watches its memory (VmHWM of proc(5), in KB). */
function run(
  words: readonly string[],
): Promise<{ stdout: string; peak: number; processor: number; status: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "../dist/kfix.js"), ...words], {
      env: { ...process.env, ...(options.home ? { KFIX_HOME: options.home } : {}) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let peak = 0;
    let processor = 0;
    const watch = setInterval(() => {
      try {
        const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
        peak = Math.max(peak, Number(kilobytes ?? 0));
        const times = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
        processor = (Number(times[11]) + Number(times[12])) / TICKS;
      } catch {
        // it has ended
      }
    }, 50);
    const pieces: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    child.on("error", reject);
    child.on("close", (status) => {
      clearInterval(watch);
      resolve({ stdout: Buffer.concat(pieces).toString("utf8"), peak, processor, status });
    });
  });
}
