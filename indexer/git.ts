import { spawn } from "node:child_process";
import { KfixError } from "../kernel/error.ts";

/**
 * Settings for every git that kfix runs: nothing in a repository's own configuration may start a program, and
 * nothing is ever asked of, or written for, the user (git-config(1), git(1) "Environment Variables").
 */
export const SAFE_CONFIG: readonly string[] = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.quotePath=true",
  "protocol.ext.allow=never",
  "log.showSignature=false",
  "i18n.logOutputEncoding=UTF-8",
];

/** The environment of every git: the C locale (regular expressions are a tenth faster, too), no prompts, no replaced objects. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (KEPT.has(name) || !NOT_FOR_GIT.test(name)) env[name] = value;
  }
  return {
    ...env,
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
  };
}

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

export interface GitProcess {
  readonly output: AsyncIterable<Buffer>;
  /** Feeds standard input, waiting when git reads slower than this. */
  write(text: string): Promise<void>;
  endInput(): void;
  /** Ends the process if it still runs, and waits for it. Throws when it failed by itself. */
  close(): Promise<void>;
}

/**
 * Starts git in the repository at `gitDir`, its output as a stream of bytes.
 *
 * Throws `environment` from `close` when git cannot be started or ends with an error.
 */
export function startGit(
  gitDir: string,
  args: readonly string[],
  config: readonly string[] = [],
): GitProcess {
  const settings = [...SAFE_CONFIG, ...config].flatMap((setting) => ["-c", setting]);
  const child = spawn("git", ["--git-dir", gitDir, ...settings, ...args], {
    env: gitEnvironment(),
    stdio: "pipe",
  });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    if (complaint.length < 4000) complaint += text.toString("utf8");
  });
  child.stdin.on("error", () => {}); // a git that ended early says why in its exit code
  let stopped = false;
  const ended = new Promise<Error | undefined>((resolve) => {
    child.on("error", (cause) => resolve(explainSpawn(cause)));
    child.on("close", (code, signal) => {
      if (code === 0 || stopped) resolve(undefined);
      else resolve(explainFailure(args[0] ?? "", complaint, code ?? signal));
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

/** What git prints, whole: for small answers. */
export async function askGit(gitDir: string, args: readonly string[], input?: string): Promise<string> {
  const git = startGit(gitDir, args);
  if (input !== undefined) await git.write(input);
  git.endInput();
  const chunks: Buffer[] = [];
  for await (const chunk of git.output) chunks.push(chunk);
  await git.close();
  return Buffer.concat(chunks).toString("utf8");
}

function explainSpawn(cause: Error): Error {
  if ("code" in cause && cause.code === "ENOENT") {
    return new KfixError("environment", "git was not found", {
      hint: "install git 2.30 or newer, and see that it is on PATH",
      cause,
    });
  }
  return cause;
}

function explainFailure(command: string, complaint: string, status: number | string | null): Error {
  const said = complaint.trim().split("\n").slice(-3).join("; ");
  if (/dubious ownership/.test(complaint)) {
    return new KfixError("environment", `git refuses to read the repository: ${said}`, {
      hint: "it belongs to another user; if you trust it: git config --global --add safe.directory PATH",
    });
  }
  return new KfixError("environment", `git ${command} failed (${status}): ${said || "it gave no reason"}`, {
    hint: "check the repository with: git fsck",
  });
}

/** `git version 2.39.5`. Throws `environment` when there is no git. */
export async function gitVersion(): Promise<string> {
  return (await askGit(".", ["--version"])).trim();
}
