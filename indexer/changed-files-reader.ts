import { SHA_BYTES } from "../cache/sha-table.ts";
import { ChangedFiles } from "./changed-files.ts";
import { type GitProcess, startGit } from "./git.ts";

/**
 * Lists what commits change by a `git diff-tree` that takes them as they come. It says nothing of merges, and of the
 * first commit of a history.
 */
export class ChangedFilesReader {
  readonly #git: GitProcess;
  readonly #files = new ChangedFiles();
  readonly #asked: string[] = [];
  readonly #read: Promise<void>;
  /** Which of those asked for git is at. */
  #commit = -1;

  constructor(gitDir: string) {
    this.#git = startGit(gitDir, ARGUMENTS);
    this.#read = this.#readAnswer();
    this.#read.catch(() => {}); // `end` tells
  }

  /** Waits when git is slower. */
  async ask(shas: readonly string[]): Promise<void> {
    for (const sha of shas) this.#asked.push(sha);
    await this.#git.write(`${shas.join("\n")}\n`);
  }

  /** What all of them change. Throws `environment` when git failed. */
  async end(): Promise<ChangedFiles> {
    this.#git.endInput();
    await this.#read;
    return this.#files;
  }

  /** Ends git, also in the middle of its work. */
  async close(): Promise<void> {
    this.#git.endInput();
    await this.#git.close();
  }

  async #readAnswer(): Promise<void> {
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of this.#git.output) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      rest = bytes.subarray(this.#records(bytes));
    }
    await this.#git.close();
  }

  /** Returns where the first record begins that is not there as a whole. */
  #records(bytes: Buffer): number {
    for (let from = 0; ; ) {
      const end = bytes.indexOf(0, from);
      if (end === -1) return from;
      if (bytes[from] !== COLON) {
        this.#begin(bytes.toString("latin1", from, end));
        from = end + 1;
      } else {
        const pathEnd = bytes.indexOf(0, end + 1);
        if (pathEnd === -1) return from;
        this.#file(bytes, from, end + 1, pathEnd);
        from = pathEnd + 1;
      }
    }
  }

  #begin(sha: string): void {
    this.#commit = this.#asked.indexOf(sha, this.#commit + 1);
  }

  /** `:100644 100644 <sha> <sha> M`, and the path (git-diff-tree(1), "RAW OUTPUT FORMAT"). */
  #file(bytes: Buffer, from: number, path: number, to: number): void {
    if (!isSource(bytes, path, to) || isSubmodule(bytes, from + 1) || isSubmodule(bytes, from + 8)) return;
    const old = from + 15;
    const now = old + HEX + 1;
    if (bytes.compare(bytes, now, now + HEX, old, old + HEX) === 0) return; // its mode alone
    this.#files.add(this.#commit, bytes.toString("utf8", path, to), bytes, old, now);
  }
}

/** C and assembly: what functions are looked for in. No pathspec says so, as git takes twice as long with one. */
function isSource(bytes: Buffer, from: number, to: number): boolean {
  const last = bytes[to - 1];
  return (
    to - from > 2 && bytes[to - 2] === DOT && (last === LETTER_C || last === LETTER_H || last === LETTER_S)
  );
}

function isSubmodule(bytes: Buffer, mode: number): boolean {
  return bytes[mode] === DIGIT_1 && bytes[mode + 1] === DIGIT_6; // 160000
}

const ARGUMENTS = ["diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev"];
const HEX = 2 * SHA_BYTES;
const COLON = 58;
const DOT = 46;
const LETTER_C = 99;
const LETTER_H = 104;
const LETTER_S = 83;
const DIGIT_1 = 49;
const DIGIT_6 = 54;
