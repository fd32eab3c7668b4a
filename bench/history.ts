/**
 * Measures the history index on a real repository, side by side with git in the same run.
 *
 *     npm run build && npx tsx bench/history.ts REPOSITORY [--only build|lookups|answers] [--home FOLDER]
 *
 * - build: `kfix source add` into an empty home against `git log -p -U0` over the same commits; memory, disk, updates
 * - lookups: whole processes against `node -e 0`; batches
 * - answers: first releases and backports, against the cases in ../shared/corpus where they are there
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { releaseOfTag } from "../kernel/version.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, home: { type: "string" } },
});
const [repository] = positionals;
if (repository === undefined) throw new Error("usage: tsx bench/history.ts REPOSITORY");
const home = values.home ?? mkdtempSync(join(tmpdir(), "kfix-bench-"));
const KFIX = resolve("dist/kfix.js");
const CORPUS = new URL("../../shared/corpus/", import.meta.url);

interface Run {
  readonly seconds: number;
  readonly output: string;
  /** The process's own peak, in MB; its children not counted. */
  readonly megabytes: number;
}

/** Runs a program to its end; its memory is its high-water mark (proc(5), VmHWM), read ten times a second. */
async function run(command: string, args: readonly string[], input?: string): Promise<Run> {
  const began = performance.now();
  const child = spawn(command, args, {
    env: { ...process.env, KFIX_HOME: home },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let peak = 0;
  const watch = setInterval(() => {
    const status = `/proc/${child.pid}/status`;
    if (!existsSync(status)) return;
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, "utf8"))?.[1] ?? 0));
  }, 100);
  child.stdin.end(input ?? "");
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) if (chunks.length < 10_000) chunks.push(chunk);
  clearInterval(watch);
  return {
    seconds: (performance.now() - began) / 1000,
    output: Buffer.concat(chunks).toString("utf8"),
    megabytes: peak / 1024,
  };
}

const kfix = (...args: string[]): Promise<Run> => run(process.execPath, [KFIX, ...args]);
const batch = (command: string, records: readonly object[]): Promise<Run> =>
  run(
    process.execPath,
    [KFIX, command, "--batch"],
    `${records.map((one) => JSON.stringify(one)).join("\n")}\n`,
  );

function say(what: string, figure: string): void {
  console.log(`${what.padEnd(58)} ${figure}`);
}

async function measureBuild(): Promise<void> {
  const newest = newestRelease();
  const began = performance.now();
  const command = `git --git-dir '${repository}' log -p -U0 --no-merges '${newest}' -- '*.c' '*.h' '*.S' > /dev/null`;
  spawnSync("sh", ["-c", command], { stdio: "inherit" });
  const gitSeconds = (performance.now() - began) / 1000;
  say(`git log -p -U0 --no-merges ${newest}`, `${gitSeconds.toFixed(1)} s`);
  const built = await kfix("source", "add", repository ?? "", "--name", "bench");
  say("kfix source add", `${built.seconds.toFixed(1)} s, ${(built.seconds / gitSeconds).toFixed(2)} times`);
  say("kfix's own memory", `${built.megabytes.toFixed(0)} MB`);
  say("database", `${(statSync(join(home, "index/history.db")).size / 1e6).toFixed(1)} MB`);
  const update = await kfix("source", "update");
  say("update with nothing new", `${update.seconds.toFixed(2)} s`);
}

async function measureLookups(): Promise<void> {
  const shas = git("rev-list", "--max-count=1000", "--skip=5000", "--no-merges", newestRelease()).split("\n");
  const [sha = ""] = shas;
  const subject = git("log", "-1", "--format=%s", sha);
  const start = await median(() => run(process.execPath, ["-e", "0"]));
  say("node -e 0", `${(start * 1000).toFixed(0)} ms`);
  for (const words of [["--version"], ["fix", sha], ["fix", subject], ["symbol", "pick_next_task_fair"]]) {
    const seconds = await median(() => kfix(...words));
    const name = `kfix ${words.join(" ").slice(0, 40)}`;
    say(name, `${(seconds * 1000).toFixed(0)} ms, ${(seconds / start).toFixed(2)} times`);
  }
  const all = await batch(
    "fix",
    shas.map((query) => ({ id: query, query })),
  );
  say(`kfix fix --batch, ${shas.length} shas`, `${all.seconds.toFixed(2)} s`);
}

async function median(once: () => Promise<Run>): Promise<number> {
  const seconds: number[] = [];
  await once();
  for (let i = 0; i < 11; i++) seconds.push((await once()).seconds);
  return seconds.sort((a, b) => a - b)[5] ?? 0;
}

interface FixAnswer {
  readonly fixes?: readonly {
    readonly sha: string;
    readonly mainline: { readonly rc: string | null; readonly release: string | null } | null;
    readonly stable: readonly { readonly version: string; readonly sha: string }[];
  }[];
}

async function scoreAnswers(): Promise<void> {
  const releases = readCases<{ sha: string; first_tag: string; release: string }>("releases.open.jsonl");
  await score("first release", releases, {
    query: (one) => one.sha,
    right: (one, answer) =>
      (answer.fixes ?? []).some(
        (fix) =>
          (fix.sha === one.sha &&
            (fix.mainline?.rc ?? fix.mainline?.release) === one.first_tag &&
            fix.mainline?.release === one.release) ||
          fix.stable.some((copy) => copy.sha === one.sha && `v${copy.version}` === one.first_tag),
      ),
  });
  const backports = readCases<{
    stable_sha: string;
    upstream_sha: string;
    tag: string;
    in_mainline: boolean;
  }>("backports.open.jsonl").filter((one) => one.in_mainline);
  for (const [name, query] of [
    ["backports, asked by the upstream commit", "upstream_sha"],
    ["backports, asked by the stable commit", "stable_sha"],
  ] as const) {
    await score(name, backports, {
      query: (one) => one[query],
      right: (one, answer) =>
        (answer.fixes ?? []).some(
          (fix) =>
            fix.sha === one.upstream_sha &&
            fix.stable.some((copy) => copy.sha === one.stable_sha && `v${copy.version}` === one.tag),
        ),
    });
  }
}

async function score<Case>(
  name: string,
  cases: readonly Case[],
  judge: { query: (one: Case) => string; right: (one: Case, answer: FixAnswer) => boolean },
): Promise<void> {
  if (cases.length === 0) return;
  const records = cases.map((one, id) => ({ id, query: judge.query(one) }));
  const { output } = await batch("fix", records);
  const answers = output
    .trim()
    .split("\n")
    .map((line): FixAnswer => JSON.parse(line));
  const wrong = cases.filter((one, at) => !judge.right(one, answers[at] ?? {}));
  const share = (100 * (cases.length - wrong.length)) / cases.length;
  say(name, `${cases.length - wrong.length} / ${cases.length}  ${share.toFixed(2)} %`);
  for (const one of wrong) console.log(`    ${judge.query(one)}`);
}

function readCases<Case>(file: string): Case[] {
  const url = new URL(file, CORPUS);
  if (!existsSync(url)) {
    say(file, "not there, skipped");
    return [];
  }
  return readFileSync(url, "utf8")
    .trim()
    .split("\n")
    .map((line): Case => JSON.parse(line));
}

function git(...args: string[]): string {
  return spawnSync("git", ["--git-dir", repository ?? "", ...args], { encoding: "utf8" }).stdout.trim();
}

function newestRelease(): string {
  const tags = git("tag", "--list", "--sort=-version:refname", "v*").split("\n");
  return tags.find((tag) => releaseOfTag(tag)?.kind === "mainline") ?? "HEAD";
}

const PARTS: readonly (readonly [string, () => Promise<void>])[] = [
  ["build", measureBuild],
  ["lookups", measureLookups],
  ["answers", scoreAnswers],
];

console.log(
  `node ${process.version}, ${git("--version")}, ${availableParallelism()} cores, ${new Date().toISOString()}`,
);
for (const [name, part] of PARTS) if (values.only === undefined || values.only === name) await part();
if (values.home === undefined) rmSync(home, { recursive: true, force: true });
