import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { hasCode } from "../cache/refusal.ts";
import { KfixError } from "../kernel/error.ts";
import { shellWord } from "../kernel/shell-word.ts";

/**
 * Settings for every git that kfix runs: no configuration may start a program, and nothing is ever asked of, or
 * written for, the user (git-config(1), git(1) "Environment Variables").
 */
export const SAFE_CONFIG: readonly string[] = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.quotePath=true",
  "protocol.ext.allow=never",
  "fetch.recurseSubmodules=false",
  "log.showSignature=false",
  "i18n.logOutputEncoding=UTF-8",
];

/**
 * The environment of every git: the C locale (regular expressions are a tenth faster, too), no prompts, no replaced
 * objects. What the user set for the network stays. What git prints is written when some kilobytes are there, not commit by
 * commit (git(1), GIT_FLUSH).
 */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (KEPT.has(name) || !NOT_FOR_GIT.test(name)) env[name] = value;
  }
  return {
    GIT_ALLOW_PROTOCOL: "file:git:http:https:ssh",
    ...env,
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_FLUSH: "0",
  };
}

/**
 * For a git that only reads what is on this disk. A partial clone would fetch what it lacks, by a program and from an
 * address that the repository's own configuration names (`core.sshCommand`, `remote.*.uploadpack`): no protocol is
 * allowed (git(1), GIT_ALLOW_PROTOCOL; it has the last word over any configuration).
 */
function offlineEnvironment(): NodeJS.ProcessEnv {
  return { ...gitEnvironment(), GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1" };
}

/** Nothing that a user configured for people (a diff algorithm, a prefix) may change what is read. */
const NO_CONFIG_OF_THE_USER: NodeJS.ProcessEnv = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_ATTR_NOSYSTEM: "1",
};

/** `GIT_*` would point git at another repository; the others are programs that git starts for a person. */
const NOT_FOR_GIT = /^GIT_|^(?:EDITOR|VISUAL|PAGER)$/;

/** What a user may set for the network and for safety. */
const KEPT = new Set([
  "GIT_SSH",
  "GIT_SSH_COMMAND",
  "GIT_ASKPASS",
  "GIT_PROXY_COMMAND",
  "GIT_SSL_CAINFO",
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_NOSYSTEM",
  "GIT_ALLOW_PROTOCOL",
]);

/**
 * A git directory with nothing in it, part of the program. Objects are read through it, so that neither a
 * repository's configuration (filters of `git archive`, diff drivers, whatever later gits can run) nor its
 * `info/attributes`, grafts and replacements have a say.
 */
function blankGitDir(): string {
  for (const place of ["./blank.git", "../blank.git"]) {
    const folder = join(import.meta.dirname, place);
    if (existsSync(folder)) return folder;
  }
  throw new Error("blank.git is missing beside the program");
}

export interface GitProcess {
  readonly output: AsyncIterable<Buffer>;
  /** Feeds standard input, waiting when git reads slower than this. */
  write(text: string): Promise<void>;
  endInput(): void;
  /** Ends the process if it still runs, and waits for it. Throws when it failed by itself. */
  close(): Promise<void>;
}

/**
 * Starts a git that reads the objects of the repository at `gitDir`, its output as a stream of bytes. It knows no
 * refs: objects are named by their ids.
 *
 * Throws `environment` from `close` when git cannot be started or ends with an error.
 */
export function startGit(
  gitDir: string,
  args: readonly string[],
  config: readonly string[] = [],
): GitProcess {
  return start(["--git-dir", blankGitDir(), ...settings(config), ...args], {
    ...offlineEnvironment(),
    ...NO_CONFIG_OF_THE_USER,
    GIT_OBJECT_DIRECTORY: join(gitDir, "objects"),
  });
}

function settings(config: readonly string[]): string[] {
  return ["--no-pager", ...[...SAFE_CONFIG, ...config].flatMap((setting) => ["-c", setting])];
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): GitProcess {
  const child = spawn("git", args, { env, stdio: "pipe" });
  if (child.pid === undefined) return notStarted(new Promise((resolve) => child.once("error", resolve)));
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    if (complaint.length < 4000) complaint += text.toString("utf8");
  });
  child.stdin.on("error", () => {}); // a git that ended early says why in its exit code
  let stopped = false;
  const ended = new Promise<Error | undefined>((resolve) => {
    child.on("error", resolve);
    child.on("close", (code, signal) => {
      if (code === 0 || stopped) resolve(undefined);
      else resolve(explainFailure(complaint, code ?? signal));
    });
  });
  return {
    output: child.stdout,
    write: (text) =>
      new Promise((resolve) => {
        if (child.stdin.destroyed || child.stdin.write(text)) return resolve();
        const goOn = () => {
          child.stdin.off("drain", goOn);
          child.off("close", goOn);
          resolve();
        };
        child.stdin.once("drain", goOn);
        child.once("close", goOn);
      }),
    endInput: () => child.stdin.end(),
    close: async () => {
      if (child.exitCode === null && !child.stdout.readableEnded) {
        stopped = true;
        child.kill();
      }
      const failure = await ended;
      if (failure) throw failure;
    },
  };
}

/** A git that could not be started; where files or processes are few, Node gives it no streams at all. */
function notStarted(cause: Promise<Error>): GitProcess {
  return {
    output: Readable.from([]),
    write: async () => {},
    endInput: () => {},
    close: async () => {
      throw explainSpawn(await cause);
    },
  };
}

/** What git says of objects, whole: for small answers. */
export function askGit(gitDir: string, args: readonly string[], input?: string): Promise<string> {
  return wholeAnswer(startGit(gitDir, args), input);
}

/**
 * What git says of the repository at `gitDir` itself: its refs and its kind. Its configuration is read, as how refs
 * are stored stands there, but nothing that is asked so runs a program of its.
 */
export function askRepository(gitDir: string, args: readonly string[]): Promise<string> {
  const env = { ...offlineEnvironment(), ...NO_CONFIG_OF_THE_USER };
  return wholeAnswer(start(["--git-dir", gitDir, ...settings([]), ...args], env));
}

/**
 * The common git directory of the repository, bare or not, or worktree at `path`; undefined when there is none right
 * there. Git refuses one that belongs to another user, unless the user's `safe.directory` has it.
 *
 * Throws `environment` when git refuses, or is missing.
 */
export async function findGitDir(path: string): Promise<string | undefined> {
  const folder = resolve(path);
  const env = { ...offlineEnvironment(), GIT_CEILING_DIRECTORIES: dirname(folder) };
  const args = ["-C", folder, ...settings(["safe.bareRepository=all"]), "rev-parse", "--git-common-dir"];
  try {
    const found = (await wholeAnswer(start(args, env))).trimEnd();
    return found === "" ? undefined : resolve(folder, found);
  } catch (error) {
    if (error instanceof KfixError && /not a git repository/.test(error.message)) return undefined;
    throw error;
  }
}

async function wholeAnswer(git: GitProcess, input?: string): Promise<string> {
  if (input !== undefined) await git.write(input);
  git.endInput();
  const chunks: Buffer[] = [];
  for await (const chunk of git.output) chunks.push(chunk);
  await git.close();
  return Buffer.concat(chunks).toString("utf8");
}

function explainSpawn(cause: Error): Error {
  if (hasCode(cause, "ENOENT")) {
    return new KfixError("environment", "git was not found", {
      hint: "install git 2.30 or newer, and see that it is on PATH",
      cause,
    });
  }
  return cause;
}

function explainFailure(complaint: string, status: number | string | null): Error {
  const lines = complaint.trim().split("\n");
  const owned = /dubious ownership in repository at '([^']+)'/.exec(complaint)?.[1];
  if (owned !== undefined) {
    return new KfixError("environment", `git refuses to read ${owned}: it belongs to another user`, {
      hint: `if you trust it: git config --global --add safe.directory ${shellWord(owned)}`,
    });
  }
  if (
    /transport '.*' not allowed|unable to read (?:tree|[0-9a-f]{40})|missing (?:blob|tree) object/i.test(
      complaint,
    )
  ) {
    return lacksObjects();
  }
  const said = lines.slice(-3).join("; ");
  return new KfixError("environment", `git failed (${status}): ${said || "it gave no reason"}`, {
    hint: "check the repository with: git fsck",
  });
}

/** What to say of a repository in which git did not find what it was asked for. */
export function lacksObjects(): KfixError {
  return new KfixError(
    "environment",
    "the repository lacks objects: it is a partial clone, or it is damaged",
    {
      hint: "complete a partial clone with: git fetch --refetch --no-filter; or index it with --no-hunks; check others with: git fsck",
    },
  );
}

/** `git version 2.39.5`. Throws `environment` when there is no git. */
export async function gitVersion(): Promise<string> {
  return (await askRepository(blankGitDir(), ["--version"])).trim();
}
