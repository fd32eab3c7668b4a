/**
 * Asks whether a source tree has a fix, by the fix's diff alone, where git knows the answer: the release with the fix
 * and the release before it. Trees are not unpacked: the files that a fix touches are read out of the repository.
 *
 *   npx tsx bench/tree-patches.ts --repository GITDIR --home DIR [--fixes 300] [--backports 200] [--seed 1] [--show]
 *
 * The home must have the repository's history. Right is: not "applied" before, not "not-applied" with it. Only
 * commits whose sha ends in an even digit are drawn: the others are kept for judging.
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HistoryReader } from "../cache/history-reader.ts";
import type { Commit } from "../cache/history-rows.ts";
import { findPatch, type SourceTree } from "../finder/patch.ts";
import { parseDiff } from "../finder/patch-diff.ts";
import { ReleaseTree } from "../finder/release-tree.ts";
import { isFix } from "../finder/symbol.ts";

const { values: options } = parseArgs({
  options: {
    repository: { type: "string", default: "" },
    home: { type: "string", default: process.env.KFIX_HOME ?? "" },
    fixes: { type: "string", default: "300" },
    backports: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    show: { type: "boolean", default: false },
  },
});

const history = HistoryReader.open(join(options.home, "index/history.db"));
const releases = new ReleaseTree(history);
const library = { history, releases, cve: undefined, packages: undefined };

/** One fix to look for: the diff is `diffOf`'s, in the releases around the one that first has `carrier`. */
interface Case {
  readonly diffOf: Commit;
  readonly carrier: Commit;
}

const random = mulberry32(Number(options.seed));
/** Paths by file name, of each tag that was asked for. */
const names = new Map<string, Map<string, string[]>>();
const objects = openObjects(options.repository);
await measure("fixes in mainline", drawFixes(Number(options.fixes)));
await measure("backports, by the upstream diff", drawBackports(Number(options.backports)));
objects.end();

async function measure(name: string, cases: readonly Case[]): Promise<void> {
  const began = performance.now();
  const tally = { right: 0, wrong: 0, unknown: 0, partly: 0 };
  for (const { diffOf, carrier } of cases) {
    const diff = diffText(diffOf.sha);
    const having = releases.get(carrier.release);
    const before = releases.get(having?.parent);
    for (const [release, wrong] of [
      [before, "applied"],
      [having, "not-applied"],
    ] as const) {
      if (!release) continue;
      const { state, hunks } = await findPatch(treeAt(release.name), diff);
      if (state === wrong) tally.wrong++;
      else tally.right++;
      if (state === "unknown") tally.unknown++;
      if (state === "partly") tally.partly++;
      if (options.show && (state === wrong || state === "unknown")) {
        const told = hunks.map((hunk) => `${hunk.path}:${hunk.line} ${hunk.presence}`).join(", ");
        console.log(`  ${diffOf.sha.slice(0, 12)} in ${release.name}: ${state} (${told})`);
      }
    }
  }
  const asked = tally.right + tally.wrong;
  const share = (count: number) => `${((100 * count) / asked).toFixed(1)} %`;
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${name}: ${cases.length} fixes, ${asked} trees: right ${share(tally.right)}, cannot tell ${share(tally.unknown)}, ` +
      `partly ${share(tally.partly)}, wrong ${share(tally.wrong)}; ${((1000 * seconds) / asked).toFixed(0)} ms a tree`,
  );
}

function drawFixes(count: number): Case[] {
  const last = history.commitCount();
  const drawn = new Map<number, Case>();
  while (drawn.size < count) {
    const commit = history.commit(1 + Math.floor(random() * last));
    const release = releases.get(commit?.release);
    if (!commit || !release?.parent || !isOpen(commit) || release.kind === "stable") continue;
    if (isFix(library, commit) && isLargeEnough(commit))
      drawn.set(commit.id, { diffOf: commit, carrier: commit });
  }
  return [...drawn.values()];
}

function drawBackports(count: number): Case[] {
  const last = history.commitCount();
  const drawn = new Map<number, Case>();
  for (let tries = 0; drawn.size < count && tries < 2_000_000; tries++) {
    const carrier = history.commit(1 + Math.floor(random() * last));
    const release = releases.get(carrier?.release);
    if (!carrier || release?.kind !== "stable" || !release.parent || !isOpen(carrier)) continue;
    const said = history.referencesFrom(carrier.id).filter((one) => one.kind === "backport");
    const upstream = said.length === 1 ? history.commit(said[0]?.target ?? 0) : undefined;
    if (upstream && isLargeEnough(upstream)) drawn.set(carrier.id, { diffOf: upstream, carrier });
  }
  return [...drawn.values()];
}

function isOpen(commit: Commit): boolean {
  return /[02468ace]$/.test(commit.sha);
}

/** At least three changed lines; no merge. */
function isLargeEnough(commit: Commit): boolean {
  const changes = parseDiff(diffText(commit.sha)).flatMap((file) => file.changes);
  return changes.reduce((sum, change) => sum + change.added.length + change.removed.length, 0) >= 3;
}

function diffText(sha: string): string {
  const args = ["--git-dir", options.repository, "show", "--format=", "-p", "-M", "-U3", sha, "--"];
  return spawnSync("git", args, { maxBuffer: 1 << 28 }).stdout.toString("utf8");
}

function treeAt(tag: string): SourceTree {
  return {
    read: (path) => objects.read(`${tag}:${path}`),
    withName: async (name) => namesAt(tag).get(name) ?? [],
  };
}

function namesAt(tag: string): Map<string, string[]> {
  const known = names.get(tag);
  if (known) return known;
  const args = ["--git-dir", options.repository, "ls-tree", "-r", "--name-only", tag];
  const byName = new Map<string, string[]>();
  for (const path of spawnSync("git", args, { maxBuffer: 1 << 28 })
    .stdout.toString("utf8")
    .split("\n")) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const paths = byName.get(name);
    if (paths) paths.push(path);
    else byName.set(name, [path]);
  }
  names.set(tag, byName);
  return byName;
}

/** One `git cat-file --batch`, asked for one object after the other (git-cat-file(1), "BATCH OUTPUT"). */
function openObjects(repository: string): { read(name: string): Promise<string | undefined>; end(): void } {
  const git: ChildProcessWithoutNullStreams = spawn("git", ["--git-dir", repository, "cat-file", "--batch"]);
  let rest: Buffer = Buffer.alloc(0);
  let wake = (): void => {};
  git.stdout.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    wake();
  });
  const more = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return {
    read: async (name) => {
      git.stdin.write(`${name}\n`);
      let end = rest.indexOf(10);
      for (; end < 0; end = rest.indexOf(10)) await more();
      const header = rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
      const size = Number(/^\S+ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
      if (Number.isNaN(size)) return undefined;
      while (rest.length < size + 1) await more();
      const text = rest.toString("utf8", 0, size);
      rest = rest.subarray(size + 1);
      return text;
    },
    end: () => git.stdin.end(),
  };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
