/**
 * Scores the crash parser on the corpora in ../shared/corpus (those that are there), and measures its speed.
 *
 *     npx tsx bench/crash-parser.ts [--failures] [--only syzkaller|mangled|fixes|modern|speed|hostile|fuzz]
 */
import fc from "fast-check";
import type { Crash } from "../kernel/crash/crash.ts";
import { CrashScanner, parseCrashes } from "../kernel/crash/parse.ts";
import { ALL } from "../test/kernel/crash/logs.ts";
import { mutated } from "../test/kernel/crash/mutations.ts";
import { readCases } from "./measure/cases.ts";

const showFailures = process.argv.includes("--failures");
const only = process.argv[process.argv.indexOf("--only") + 1];

interface Score {
  right: number;
  total: number;
  readonly failures: string[];
}

function record(score: Score, right: boolean, failure: () => string): void {
  score.total++;
  if (right) score.right++;
  else score.failures.push(failure());
}

function newScore(): Score {
  return { right: 0, total: 0, failures: [] };
}

function report(name: string, score: Score): void {
  const share = score.total === 0 ? 0 : (100 * score.right) / score.total;
  console.log(
    `${name.padEnd(52)} ${String(score.right).padStart(5)} / ${score.total}  ${share.toFixed(1)} %`,
  );
  if (showFailures) for (const failure of score.failures) console.log(`    ${failure}`);
}

/** The cases of a corpus; none, and a word about it, where it is not there. */
function casesOf<Case>(file: string): Case[] {
  const cases = readCases<Case>(file);
  if (cases === undefined) console.log(`${file}: not there, skipped`);
  return cases ?? [];
}

interface SyzkallerCase {
  readonly id: string;
  readonly title: string;
  readonly alt?: readonly string[];
  readonly corrupted: boolean;
  readonly log: string;
}

function scoreSyzkaller(): void {
  const score = newScore();
  const flags = newScore();
  casesOf<SyzkallerCase>("syzkaller.open.jsonl").forEach((item, index) => {
    const first = parseCrashes(item.log)[0];
    const right =
      item.title === ""
        ? first === undefined
        : first !== undefined &&
          ([item.title, ...(item.alt ?? [])].includes(first.title) || (item.corrupted && first.corrupted));
    record(
      score,
      right,
      () =>
        `#${index} want "${item.title}"${item.corrupted ? " (corrupted)" : ""}, got "${first?.title}"${first?.corrupted ? " (corrupted)" : ""}`,
    );
    if (first !== undefined && item.title !== "") {
      record(
        flags,
        first.corrupted === item.corrupted,
        () => `#${index} ${item.title}: corrupted is ${first.corrupted}`,
      );
    }
  });
  report("syzkaller: titles", score);
  report("syzkaller: corrupted flag (for information)", flags);
}

interface MangledCase {
  readonly id: string;
  readonly log: string;
  readonly expect: Partial<Record<"kind" | "address" | "function" | "offset" | "size", string>> & {
    readonly kernel?: { readonly release?: string; readonly build?: string };
  };
}

function scoreMangled(): void {
  const score = newScore();
  for (const item of casesOf<MangledCase>("mangled.open.jsonl")) {
    const first = parseCrashes(item.log)[0];
    for (const field of ["kind", "address", "function", "offset", "size"] as const) {
      const want = item.expect[field];
      if (want !== undefined)
        record(
          score,
          first?.[field] === want,
          () => `${item.id} ${field}: want ${want}, got ${first?.[field]}`,
        );
    }
    const release = item.expect.kernel?.release;
    if (release !== undefined) {
      record(
        score,
        first?.kernel.release === release,
        () => `${item.id} release: got ${first?.kernel.release}`,
      );
      record(
        score,
        first?.kernel.build?.startsWith("#1 Debian 3.16") === true,
        () => `${item.id} build: got ${first?.kernel.build}`,
      );
    }
  }
  report("mangled: fields", score);
}

interface FixCase {
  readonly id: string;
  readonly oops: string;
  readonly function: string | null;
  readonly frames: readonly string[];
}

function scoreFixes(): void {
  const functions = newScore();
  const found = newScore();
  const frames = newScore();
  for (const item of casesOf<FixCase>("fixes.open.jsonl")) {
    const crashes = parseCrashes(item.oops);
    const first = crashes[0];
    record(found, first !== undefined, () => `${item.id.slice(0, 12)} nothing in: ${brief(item.oops)}`);
    if (item.function !== null) {
      record(
        functions,
        first?.function === item.function,
        () => `${item.id.slice(0, 12)} want ${item.function}, got ${first?.function} (${first?.title})`,
      );
    }
    const have = new Set(crashes.flatMap((crash) => crash.frames.map((frame) => frame.function)));
    const main = item.frames.slice(0, 8);
    record(
      frames,
      main.filter((name) => have.has(name)).length >= main.length * 0.7,
      () =>
        `${item.id.slice(0, 12)} ${first?.title}: lacks ${main.filter((name) => !have.has(name)).join(" ")}`,
    );
  }
  report("fixes: a crash found", found);
  report("fixes: function", functions);
  report("fixes: most of the first eight frames", frames);
}

interface ModernCase {
  readonly id: string;
  readonly oops: string;
}

function scoreModern(): void {
  const found = newScore();
  const named = newScore();
  for (const item of casesOf<ModernCase>("modern-quoted.open.jsonl")) {
    const first = parseCrashes(item.oops)[0];
    record(found, first !== undefined, () => `${item.id} nothing in: ${brief(item.oops)}`);
    if (first !== undefined)
      record(named, first.function !== undefined, () => `${item.id} no function: ${first.title}`);
  }
  report("modern-quoted: a crash found", found);
  report("modern-quoted: function named", named);
}

function brief(text: string): string {
  return JSON.stringify(text.trim().slice(0, 240));
}

/** A syslog of the given size with so many crashes in it, evenly spread. */
function syslog(megabytes: number, crashes: number): string {
  const noise = [
    "Nov 12 15:06:31 hello-world systemd[1]: Started Session 4242 of user root.",
    "Nov 12 15:06:31 hello-world sshd[12345]: Accepted publickey for root from 192.0.2.1 port 50022 ssh2: RSA SHA256:abcdefgh",
    "Nov 12 15:06:32 hello-world kernel: [6373724.634681] eth0: link up, 1000 Mbps, full-duplex, lpa 0xCDE1",
    "Nov 12 15:06:33 hello-world CRON[4242]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)",
    "Nov 12 15:06:34 hello-world java[777]: INFO: Server startup in 1234 ms",
    'Nov 12 15:06:34 hello-world kernel: [6373725.634681] audit: type=1400 audit(1478959591.123:45): apparmor="STATUS" operation="profile_load"',
  ].join("\n");
  const oops = [
    "BUG: unable to handle kernel NULL pointer dereference at 0000000000000078",
    "IP: [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820",
    "Oops: 0000 [#1] SMP",
    "CPU: 3 PID: 0 Comm: swapper/3 Not tainted 3.16.0-4-amd64 #1 Debian 3.16.36-1+deb8u1",
    "RIP: 0010:[<ffffffff810a3e18>]  [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820",
    "Call Trace:",
    " [<ffffffff81515a36>] __schedule+0x106/0x700",
    " [<ffffffff81515a36>] schedule_preempt_disabled+0x29/0x70",
    "CR2: 0000000000000078",
    "---[ end trace 6c1f6a8a2e5f9b0d ]---",
  ]
    .map((line) => `Nov 12 15:06:31 hello-world kernel: [6373724.634681] ${line}`)
    .join("\n");
  const part = `${noise}\n`.repeat(Math.max(1, Math.floor((megabytes * 1e6) / crashes / noise.length)));
  return `${part}${oops}\n`.repeat(crashes);
}

function scanChunks(log: string): Crash[] {
  const scanner = new CrashScanner();
  const crashes: Crash[] = [];
  for (let at = 0; at < log.length; at += 1 << 16)
    crashes.push(...scanner.push(log.slice(at, at + (1 << 16))));
  crashes.push(...scanner.end());
  return crashes;
}

/** Seconds of processor time, which other processes beside this one do not lengthen much. */
function seconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function countLines(log: string): number {
  let lines = 0;
  for (let at = log.indexOf("\n"); at >= 0; at = log.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Hostile inputs grow fourfold: what is linear takes about four times as long. */
const HOSTILE: readonly (readonly [string, (size: number) => string])[] = [
  ["brackets", (size) => "[".repeat(size)],
  ["one long line", (size) => "BUG: unable to handle kernel ".repeat(size / 29)],
  ["one long line, stamps", (size) => "[    1.234567] BUG: x+0x1/0x2 ".repeat(size / 30)],
  ["headlines", (size) => "BUG: unable to handle kernel paging request at 0\n".repeat(size / 49)],
  [
    "frames",
    (size) =>
      `BUG: kernel NULL pointer dereference\n${" [<ffffffff81515a36>] f+0x1/0x2\n".repeat(size / 32)}`,
  ],
  ["quotes", (size) => `BUG: ${">".repeat(size)}`],
  ["braces", (size) => `{"a":"BUG: ${"{".repeat(size)}`],
  ["entities", (size) => `BUG: ${"&amp;".repeat(size / 5)}`],
  ["almost a name", (size) => `BUG: KASAN: ${"a.".repeat(size / 2)}`],
];

function measureSpeed(): void {
  const log = syslog(200, 50);
  const bytes = log.length;
  countLines(log);
  const plain = seconds(() => countLines(log));
  let crashes: Crash[] = [];
  const before = process.memoryUsage().heapUsed;
  const time = seconds(() => {
    crashes = scanChunks(log);
  });
  const heap = (process.memoryUsage().heapUsed - before) / 1e6;
  const rate = bytes / 1e6 / time;
  console.log(
    `speed: ${(bytes / 1e6).toFixed(0)} MB syslog, ${crashes.length} crashes: ${rate.toFixed(0)} MB/s, ${(time / plain).toFixed(1)} times a pass that counts lines, heap ${heap.toFixed(0)} MB`,
  );
}

function measureHostile(): void {
  for (const [name, make] of HOSTILE) {
    const [small = 1, large = 1] = [make(2_500_000), make(10_000_000)].map((text) =>
      seconds(() => parseCrashes(text)),
    );
    console.log(
      `hostile: ${name.padEnd(24)} 10 MB in ${large.toFixed(2)} s, ${(10 / large).toFixed(0).padStart(3)} MB/s, ${(large / small).toFixed(1)} times 2.5 MB`,
    );
  }
}

const MUTATIONS = 10_000;

/** Random mutations of the corpora, else of the tests' logs: none may throw; the slowest is shown. */
function fuzz(): void {
  const corpus = [
    ...casesOf<{ log: string }>("syzkaller.open.jsonl").map((item) => item.log),
    ...casesOf<{ log: string }>("mangled.open.jsonl").map((item) => item.log),
    ...casesOf<{ oops: string }>("fixes.open.jsonl").map((item) => item.oops),
  ];
  const logs = corpus.length > 0 ? corpus : [...ALL.values()];
  let bytes = 0;
  let total = 0;
  let crashes = 0;
  let slowest = { time: 0, size: 0 };
  const property = fc.property(mutated(logs), (log) => {
    const time = seconds(() => {
      crashes += parseCrashes(log).length;
    });
    bytes += log.length;
    total += time;
    if (time > slowest.time) slowest = { time, size: log.length };
  });
  const details = fc.check(property, { numRuns: MUTATIONS, seed: 1 });
  console.log(
    `fuzz: ${details.numRuns} mutations, ${details.failed ? `FAILED: ${details.errorInstance}` : "none threw"}; ${(bytes / 1e6).toFixed(0)} MB, ${crashes} crashes, ${(bytes / 1e6 / total).toFixed(1)} MB/s; slowest ${(slowest.time * 1000).toFixed(0)} ms for ${(slowest.size / 1000).toFixed(0)} kB`,
  );
}

const PARTS: readonly (readonly [string, () => void])[] = [
  ["syzkaller", scoreSyzkaller],
  ["mangled", scoreMangled],
  ["fixes", scoreFixes],
  ["modern", scoreModern],
  ["speed", measureSpeed],
  ["hostile", measureHostile],
  ["fuzz", fuzz],
];
for (const [name, part] of PARTS) if (!process.argv.includes("--only") || only === name) part();
