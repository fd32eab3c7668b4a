/**
 * Makes a fleet's logs from the corpora in ../shared/corpus, has the built command group them, and checks that each
 * group is exactly the logs of one crash. Prints the time and the most memory that the command took.
 *
 *     npx tsx bench/fleet.ts [--logs 1000] [--origins 125] [--seed 1] [--home DIR] [--keep FOLDER] [--unchanged] [--failures]
 *
 * --unchanged dresses the reports and leaves their addresses, builds and frames as they are. Without --home only the grouping is done (--parse-only). Every log has a host of its own, which tells its origin.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { parseCrashes } from "../kernel/crash/parse.ts";
import { canonicalName } from "../kernel/crash/symbol.ts";
import { CARRIERS } from "./fleet/carriers.ts";
import { below, pick, random, shuffled } from "./fleet/chance.ts";
import { carrierOf, entriesOf, interleaved, textOf } from "./fleet/dress.ts";
import { HANDLING } from "./fleet/handling.ts";
import { happenAgain, withoutHost } from "./fleet/happen-again.ts";

const { values: options } = parseArgs({
  options: {
    logs: { type: "string", default: "1000" },
    origins: { type: "string", default: "125" },
    seed: { type: "string", default: "1" },
    home: { type: "string" },
    keep: { type: "string" },
    failures: { type: "boolean", default: false },
    unchanged: { type: "boolean", default: false },
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
  /** What syzkaller calls it: reports with one title are one crash to those who collected them. */
  readonly title: string | undefined;
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
        texts.set(normalised(log), {
          id: `${file.split(".")[0]} ${item.id ?? item.cve}`,
          log,
          title: item.title?.replace(/ in corrupted$/, "") || undefined,
        });
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

/**
 * What nobody can tell apart by its report: kind, place and all sure frames are the same, of which there are two at
 * least. A report with less is only itself.
 */
function identityOf({ id, log }: Origin): string {
  const [crash] = parseCrashes(log);
  const sure = crash?.frames.filter((frame) => frame.reliable && !frame.inlined) ?? [];
  if (crash === undefined || sure.length < FEWEST_FRAMES) return id;
  return [crash.kind, crash.culprit, ...sure.map((frame) => canonicalName(frame.function))].join(" ");
}

const FEWEST_FRAMES = 2;

const origins = shuffled(readOrigins(), chance).slice(0, Number(options.origins));
if (origins.length === 0) throw new Error("there are no corpora in ../shared/corpus");
const folder = options.keep ?? mkdtempSync(join(tmpdir(), "kfix-fleet-"));
mkdirSync(folder, { recursive: true });

/** Crashes by what they are told by; the first with an identity gives its name to all. */
const identities = new Map<string, string>();
const nameOf = (origin: Origin) => {
  const identity = identityOf(origin);
  const name = identities.get(identity) ?? origin.id;
  identities.set(identity, name);
  return name;
};
const names = new Map(origins.map((origin) => [origin, nameOf(origin)]));

const titles = new Map(origins.map((origin) => [names.get(origin), origin.title]));
const haveOneTitle = (crashes: readonly string[]) => {
  const [title, ...others] = new Set(crashes.map((crash) => titles.get(crash)));
  return title !== undefined && others.length === 0;
};

/** A trace without a headline is told only in a log that has nothing better. */
const headed = origins.filter(({ log }) => parseCrashes(log).some(({ corrupted }) => !corrupted));

/** What each host is known to have. */
const crashesOfHost = new Map<string, readonly string[]>();
const named = Object.keys(CARRIERS).filter(
  (name) => CARRIERS[name]?.named && CARRIERS[name]?.list === undefined,
);
/** Without a date or the time since boot, two crashes of a machine are one incident. */
const UNTIMED = new Set(["console", "serial console with a clock", "Android logcat"]);
let pending: string[][] = [];
let pendingCarrier = "";
let bytes = 0;

function write(name: string, text: string): void {
  bytes += text.length;
  if (chance() < 0.1) writeFileSync(join(folder, `${name}.log.gz`), gzipSync(text));
  else writeFileSync(join(folder, `${name}.log`), text);
}

function flush(): void {
  if (pending.length > 0)
    write(`shared-${crashesOfHost.size}`, textOf(interleaved(pending, chance), carrierOf(pendingCarrier)));
  pending = [];
}

for (let made = 0; made < Number(options.logs); made++) {
  const origin = origins[made % origins.length];
  if (origin === undefined) break;
  const host = `host-${String(made).padStart(5, "0")}`;
  const owner = { host, time: START + below(chance, MONTH) };
  const quiet = chance() < 0.6;
  // Several machines in one file, as a log server has them.
  const shared = chance() < 0.2;
  if (shared && pending.length === 0) pendingCarrier = pick(named, chance);
  const name = shared ? pendingCarrier : pick(Object.keys(CARRIERS), chance);
  const carrier = carrierOf(name);
  const second =
    chance() < 0.05 && !UNTIMED.has(name) && headed.includes(origin) ? pick(headed, chance) : undefined;
  const all = [origin, ...(second === undefined || second === origin ? [] : [second])];
  crashesOfHost.set(
    host,
    all.map((one) => names.get(one) ?? one.id),
  );
  const logs = all.map(({ log }) => (options.unchanged ? withoutHost(log) : happenAgain(log, chance)));
  const entries = entriesOf(logs, { carrier, owner, chance, quiet });
  if (shared) {
    pending.push(entries);
    if (pending.length === 4) flush();
  } else write(host, textOf(entries, carrier, pick(Object.keys(HANDLING), chance)));
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

/** The crashes of a group: those that most of its hosts are known to have. */
const groupsOf = new Map<string, Group[]>();
const mixed: { group: Group; strangers: string[] }[] = [];
const wrong = new Set<string>();
const oneTitle: string[] = [];
for (const group of groups) {
  const known = group.hosts.map(({ host }) => crashesOfHost.get(host) ?? [`not made: ${host}`]);
  const crash = commonest(known);
  if (crash === undefined) continue;
  groupsOf.set(crash, [...(groupsOf.get(crash) ?? []), group]);
  const strangers = strangersAmong(known.filter((all) => !all.includes(crash)));
  if (strangers.length === 0) continue;
  const all = [crash, ...strangers];
  if (haveOneTitle(all)) {
    oneTitle.push(...all.slice(1));
    for (const other of all.slice(1)) groupsOf.set(other, [...(groupsOf.get(other) ?? []), group]);
    continue;
  }
  mixed.push({ group, strangers: all });
  for (const one of [crash, ...strangers]) wrong.add(one);
}
function commonest(known: readonly (readonly string[])[]): string | undefined {
  const hostsOf = (crash: string) => known.filter((all) => all.includes(crash)).length;
  return [...new Set(known.flat())].sort((one, other) => hostsOf(other) - hostsOf(one))[0];
}

/** The fewest crashes that account for these hosts. */
function strangersAmong(known: readonly (readonly string[])[]): string[] {
  const crash = commonest(known);
  return crash === undefined ? [] : [crash, ...strangersAmong(known.filter((all) => !all.includes(crash)))];
}

/** A log may hold more than the crash that it was chosen for: such a group has hosts of the crash's own group only. */
const hasHost = (group: Group | undefined, host: string) =>
  group?.hosts.some((one) => one.host === host) === true;
const torn: [string, Group[]][] = [];
let further = 0;
for (const [crash, found] of groupsOf) {
  const [home, ...rest] = found.sort((one, other) => other.hosts.length - one.hosts.length);
  const apart = rest.filter((group) => !group.hosts.every(({ host }) => hasHost(home, host)));
  further += rest.length - apart.length;
  if (home === undefined || apart.length === 0) continue;
  torn.push([crash, [home, ...apart]]);
  wrong.add(crash);
}
const lost = [...crashesOfHost].flatMap(([host, crashes]) =>
  crashes
    .filter((crash) => !groupsOf.get(crash)?.some((group) => hasHost(group, host)))
    .filter(
      (crash) => !mixed.some(({ group, strangers }) => strangers.includes(crash) && hasHost(group, host)),
    )
    .map((crash) => ({ host, crash })),
);
for (const { crash } of lost) wrong.add(crash);
const exact = [...crashesOfHost.values()].filter(
  (crashes) => !crashes.some((crash) => wrong.has(crash)),
).length;

if (options.failures) {
  for (const { group, strangers } of mixed) console.log(`mixed  ${group.title}: ${strangers.join(", ")}`);
  for (const [crash, found] of torn)
    console.log(
      `torn   ${crash}: ${found.map((group) => `${group.signature} (${group.hosts.length}, ${group.hosts[0]?.host})`).join(" | ")}`,
    );
  for (const { host, crash } of lost) console.log(`lost   ${host}: ${crash}`);
}
console.log(
  `${crashesOfHost.size} logs (${(bytes / 1e6).toFixed(1)} MB) of ${origins.length} crashes: ${groups.length} groups`,
);
console.log(
  `reports with the same kind, culprit and sure frames as another's count as one crash: ${origins.length - identities.size} do`,
);
console.log(
  `crashes in the group of another to which syzkaller gave the same title, right too: ${new Set(oneTitle).size}`,
);
console.log(`further reports of the same logs: ${further} groups`);
console.log(
  `grouped exactly: ${exact} logs; mixed groups ${mixed.length}, torn crashes ${torn.length}, lost crashes ${lost.length}`,
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
    const child = spawn(process.execPath, [join(import.meta.dirname, "../dist/kfix.cjs"), ...words], {
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
