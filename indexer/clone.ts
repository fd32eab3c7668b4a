import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { simpleGit } from "simple-git";
import type { CacheFolders } from "../cache/folders.ts";
import { takeWriterLock } from "../cache/lock.ts";
import { DISK_FULL } from "../cache/refusal.ts";
import { KfixError } from "../kernel/error.ts";
import { compareVersions, releaseOfTag } from "../kernel/version.ts";
import { gitEnvironment, SAFE_CONFIG } from "./git.ts";
import type { Progress } from "./progress.ts";

/**
 * Brings a bare clone up to date, making it first where there is none. A new clone is fetched in steps, some
 * releases at a time: git cannot go on with half a pack, so what a stop loses is one step.
 *
 * Gives its folder. Throws `environment` when the remote does not answer or refuses, `busy` while another process fetches.
 */
export async function fetchInto(
  folders: CacheFolders,
  name: string,
  options: { readonly url: string; readonly messagesOnly: boolean },
  progress: Progress,
): Promise<string> {
  const path = cloneFolder(folders, name);
  mkdirSync(folders.repos, { recursive: true });
  const lock = takeWriterLock(folders.locks, `clone-${name}`);
  try {
    await clearStaleLocks(path);
    await fetchAll(path, options, progress);
    return path;
  } finally {
    lock.release();
  }
}

/** Where the clone of a source is. */
export function cloneFolder(folders: CacheFolders, name: string): string {
  return join(folders.repos, `${name}.git`);
}

async function fetchAll(
  path: string,
  { url, messagesOnly }: { readonly url: string; readonly messagesOnly: boolean },
  progress: Progress,
): Promise<void> {
  const env = gitEnvironment();
  const git = simpleGit({
    config: [...SAFE_CONFIG, "gc.auto=0", "maintenance.auto=false"],
    trimmed: true,
    unsafe: OWN_SETTINGS,
    allowEnvironment: Object.keys(env),
  }).env(env);
  try {
    await git.raw(["--git-dir", path, "init", "--quiet", "--bare", "--template="]); // also what a stopped init left
    const steps = await fetchSteps(git, path, url);
    const stage = progress.stage(`fetching ${url}`, steps.length);
    const filter = messagesOnly ? ["--filter=tree:0"] : [];
    for (const refs of steps) {
      await git.raw([
        "--git-dir",
        path,
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-recurse-submodules",
        "--force",
        ...filter,
        "--",
        url,
        ...refs,
      ]);
      stage.advance(1);
    }
    stage.end();
  } catch (cause) {
    if (cause instanceof KfixError) throw cause;
    throw explainFetch(url, cause);
  }
}

/**
 * A git that was killed leaves the lock files of what it was about to write. Nobody else writes into our clone while we
 * hold its place but a git that outlived its kfix, and that takes no such time over refs.
 */
async function clearStaleLocks(path: string): Promise<void> {
  if (!existsSync(path)) return;
  for (;;) {
    const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) =>
      /^(?!objects\/).*\.lock$/.test(name),
    );
    const ages = names.map((name) => [join(path, name), ageOf(join(path, name))] as const);
    for (const [file, age] of ages) if (age > STALE_SECONDS) rmSync(file, { force: true });
    if (ages.every(([, age]) => age > STALE_SECONDS)) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const packs = join(path, "objects/pack");
  if (!existsSync(packs)) return;
  for (const name of readdirSync(packs))
    if (name.startsWith("tmp_") && ageOf(join(packs, name)) > A_DAY)
      rmSync(join(packs, name), { force: true });
}

/** In seconds; what is gone, or is of the future, is old. */
function ageOf(file: string): number {
  const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  const age = time === undefined ? -1 : (Date.now() - time) / 1000;
  return age < 0 ? Number.POSITIVE_INFINITY : age;
}

const STALE_SECONDS = 5;
const A_DAY = 86_400;

/** Release tags oldest first, some at a time; then everything. An up-to-date clone has the last step only. */
async function fetchSteps(git: ReturnType<typeof simpleGit>, path: string, url: string): Promise<string[][]> {
  // in our clone, too: the configuration of a repository that kfix happens to be started in has no say
  const remote = await git.raw(["--git-dir", path, "ls-remote", "--tags", "--refs", "--", url]);
  const here = new Set(
    (await git.raw(["--git-dir", path, "for-each-ref", "--format=%(refname)", "refs/tags"])).split("\n"),
  );
  const releases = remote
    .split("\n")
    .flatMap((line) => line.split("\t")[1] ?? [])
    .filter((ref) => !here.has(ref))
    .flatMap((ref) => {
      const release = releaseOfTag(ref.slice("refs/tags/".length));
      return release?.kind === "mainline" ? [{ ref, version: release.version }] : [];
    })
    .sort((a, b) => compareVersions(a.version, b.version))
    .map((release) => release.ref);
  const steps: string[][] = [];
  for (let at = 0; at < releases.length; at += RELEASES_A_STEP) {
    steps.push(releases.slice(at, at + RELEASES_A_STEP).map((ref) => `+${ref}:${ref}`));
  }
  return [...steps, ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"]];
}

function explainFetch(url: string, cause: unknown): KfixError {
  const said = (cause instanceof Error ? cause.message : String(cause))
    .trim()
    .split("\n")
    .slice(0, 3)
    .join("; ");
  if (/ENOENT/.test(said)) {
    return new KfixError("environment", "git was not found", {
      hint: "install git 2.30 or newer, and see that it is on PATH",
      cause,
    });
  }
  const full = /No space left on device|Out of diskspace|Disk quota exceeded/i.test(said);
  return new KfixError("environment", `${url} could not be fetched: ${said}`, {
    hint: full
      ? DISK_FULL.hint
      : "check the address and the network, then run the command again: it goes on where it stopped",
    cause,
  });
}

const RELEASES_A_STEP = 8;

/**
 * What simple-git would refuse because it might come from an attacker: here it is SAFE_CONFIG, which turns these
 * very things off, and the environment of the user who started kfix.
 */
const OWN_SETTINGS = {
  allowUnsafeFsMonitor: true,
  allowUnsafeHooksPath: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeAskPass: true,
  allowUnsafeSshCommand: true,
  allowUnsafeGitProxy: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeTemplateDir: true,
} as const;
