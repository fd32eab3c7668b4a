/**
 * Makes a bare repository with a history of our own, like linux-stable's in all that an index of messages is about: the
 * number of commits, tags and series, merges, backports, Fixes trailers, crashes quoted now and then. The files are few
 * and small. The same numbers give the same history, to the last sha.
 *
 *     npx tsx bench/generate-history.ts FOLDER [--commits 1500000] [--tags 3000] [--series 40]
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { type HistorySize, LINUX_STABLE, planHistory } from "./generated/plan.ts";
import { historyStream } from "./generated/stream.ts";

/** Throws when git does not take it. */
export async function generateHistory(folder: string, size: HistorySize): Promise<void> {
  git("init", "--quiet", "--bare", "--template=", folder);
  const child = spawn("git", ["--git-dir", folder, "fast-import", "--quiet", "--done"], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const closed = once(child, "close");
  let pending: string[] = [];
  let length = 0;
  for (const piece of historyStream(planHistory(size))) {
    pending.push(piece);
    length += piece.length;
    if (length < BLOCK) continue;
    if (!child.stdin.write(pending.join(""), "latin1")) await once(child.stdin, "drain");
    pending = [];
    length = 0;
  }
  child.stdin.end(pending.join(""), "latin1");
  const [status] = await closed;
  if (status !== 0) throw new Error("git fast-import failed");
  git("--git-dir", folder, "commit-graph", "write", "--reachable");
}

const BLOCK = 1 << 20;

function git(...args: readonly string[]): void {
  const { status } = spawnSync("git", args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`git ${args.join(" ")} failed`);
}

if (process.argv[1] === import.meta.filename) {
  const number = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { commits: number, tags: number, series: number },
  });
  const [folder] = positionals;
  if (folder === undefined || existsSync(folder)) throw new Error("give a folder that does not exist yet");
  const { commits, tags, series } = LINUX_STABLE;
  await generateHistory(folder, {
    commits: Number(values.commits ?? commits),
    tags: Number(values.tags ?? tags),
    series: Number(values.series ?? series),
  });
}
