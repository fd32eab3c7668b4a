import { readFileSync } from "node:fs";
import { freemem } from "node:os";
import { setTimeout } from "node:timers/promises";
import { type CommitTouch, TouchReader } from "../kernel/diff/touched.ts";
import { type GitProcess, startGit } from "./git.ts";

/**
 * A `git diff-tree` that runs as long as it is needed and answers one batch of commits after the other. Batches may
 * be asked for before the last is answered, so that git never waits.
 */
export class DiffTree {
  readonly #git: GitProcess;
  readonly #asked: { resolve(touched: CommitTouch[]): void; reject(reason: unknown): void }[] = [];
  readonly #read: Promise<void>;
  #written: Promise<void> = Promise.resolve();
  /** Why nothing is answered any more. */
  #refused: { readonly reason: unknown } | undefined;

  /** `paths` are pathspecs (gitglossary(7)); none: all paths. */
  constructor(gitDir: string, config: readonly string[], paths: readonly string[]) {
    this.#git = startGit(gitDir, paths.length > 0 ? [...ARGUMENTS, "--", ...paths] : ARGUMENTS, config);
    this.#read = this.#readAnswers().then(
      () => this.#refuse(new Error("git diff-tree ended early")),
      (error: unknown) => this.#refuse(error),
    );
  }

  /** What each of the commits touches; those that touch no C file are left out. */
  touched(shas: readonly string[]): Promise<CommitTouch[]> {
    if (this.#refused) return Promise.reject(this.#refused.reason);
    const answer = new Promise<CommitTouch[]>((resolve, reject) => this.#asked.push({ resolve, reject }));
    // git echoes a line that is no commit, and flushes: that ends the batch (git-diff-tree(1), `--stdin`).
    const question = `${shas.join("\n")}\nbatch 0\n`;
    this.#written = this.#written.then(() => this.#git.write(question));
    return answer;
  }

  /** Ends git, also in the middle of its work. */
  async close(): Promise<void> {
    this.#git.endInput();
    await this.#git.close();
    await this.#read;
  }

  async #readAnswers(): Promise<void> {
    const reader = new TouchReader();
    let touched: CommitTouch[] = [];
    for await (const chunk of this.#git.output) {
      for (const item of reader.push(chunk)) {
        if ("sha" in item) {
          if (item.files.length > 0) touched.push(item);
        } else {
          this.#asked.shift()?.resolve(touched);
          touched = [];
        }
      }
      if (chunk.length < ENOUGH) await setTimeout(GATHER);
    }
    await this.#git.close();
  }

  #refuse(reason: unknown): void {
    this.#refused ??= { reason };
    for (const { reject } of this.#asked.splice(0)) reject(reason);
  }
}

/** No pathspec like `*.c`: matching every path costs git more than the few diffs of other files, which the reader skips. */
const ARGUMENTS = [
  ...["diff-tree", "--stdin", "-r", "-p", "-U0", "--no-renames", "--no-indent-heuristic"],
  ...["--no-ext-diff", "--no-textconv", "--no-color", "--full-index", "--src-prefix=a/", "--dst-prefix=b/"],
];

/**
 * git writes four kilobytes at a time. To be woken for each of them takes longer than to read them, so less is left to
 * gather for some milliseconds: the socket holds what git writes meanwhile.
 */
const ENOUGH = 32_768;
const GATHER = 5;

/**
 * How much of unpacked delta bases each of some git processes may keep (git-config(1), core.deltaBaseCacheLimit).
 * On the kernel 1.5 GB cost a quarter less time than 512 MB, and more gains nothing; but a third of the memory that
 * is free must be left.
 */
export function deltaCacheSetting(processes: number): string {
  const share = Math.floor((availableMemory() * 2) / 3 / processes);
  const megabytes = Math.max(96, Math.min(1536, Math.floor(share / 2 ** 20)));
  return `core.deltaBaseCacheLimit=${megabytes}m`;
}

/** What a program can get without swapping (proc(5), MemAvailable), in bytes. */
function availableMemory(): number {
  try {
    const kilobytes = /MemAvailable:\s+(\d+) kB/.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
    return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  } catch {
    return freemem(); // not Linux
  }
}
