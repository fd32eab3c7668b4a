import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeKernelHistory } from "../fixtures/make-history.ts";

/** The built command. */
export const KFIX = new URL("../../dist/kfix.cjs", import.meta.url).pathname;

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A folder with a home of kfix in it, gone after the tests. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "kfix-test-"));
  readonly home = join(this.folder, "home");
  readonly repository = join(this.folder, "linux.git");

  /** One with the kernel-like history indexed. */
  static async withHistory(): Promise<Workplace> {
    const place = new Workplace();
    await makeKernelHistory(place.repository);
    const added = await place.kfix(["source", "add", place.repository]);
    if (added.status !== 0) throw new Error(added.stderr);
    return place;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Runs the command to its end, as a user would. */
  kfix(words: readonly string[], options: RunOptions = {}): Promise<Finished> {
    return run(process.execPath, [KFIX, ...words], {
      ...options,
      env: { KFIX_HOME: this.home, ...options.env },
    });
  }

  /** The one JSON object that the command prints. */
  async json(words: readonly string[], options: RunOptions = {}): Promise<unknown> {
    const { stdout, stderr } = await this.kfix([...words, "--json"], options);
    if (stdout === "") throw new Error(`kfix ${words.join(" ")} printed nothing: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** Sends records to `COMMAND --batch` and gives the answers, in order. */
  async batch(words: readonly string[], records: readonly unknown[]): Promise<unknown[]> {
    const input = records.map((record) => (typeof record === "string" ? record : JSON.stringify(record)));
    const { stdout } = await this.kfix([...words, "--batch"], { input: `${input.join("\n")}\n` });
    return stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: "1", KFIX_PAGER: "cat", KFIX_CONFIG: "", ...options.env },
      stdio: "pipe",
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (status) =>
      resolve({
        status,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      }),
    );
    child.stdin.on("error", () => {}); // the command may end without reading it
    child.stdin.end(options.input ?? "");
  });
}
