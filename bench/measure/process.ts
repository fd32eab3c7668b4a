import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that ran to its end. */
export interface Run {
  readonly seconds: number;
  readonly status: number;
  /** What it printed; empty unless it was to be kept. */
  readonly output: string;
  /** The process's own peak (proc(5), VmHWM), in MB; its children are not counted. */
  readonly megabytes: number;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
  /** Without it what is printed goes to /dev/null, as nobody has to read it. */
  readonly keep?: boolean;
}

/** Runs a program to its end. Throws where it cannot be started. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, {
      // Node reads these certificates at every start: longer than all else that it does.
      env: { ...process.env, ...options.env, NODE_EXTRA_CA_CERTS: undefined },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdio: [options.input === undefined ? "ignore" : "pipe", options.keep ? "pipe" : "ignore", "ignore"],
    });
    let peak = 0;
    const look = () => {
      peak = Math.max(peak, highWater(child.pid));
    };
    const watch = setInterval(look, LOOK_EVERY);
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
    });
    child.stdin?.on("error", () => {}); // it ended before it had read all: its status tells
    child.stdin?.end(options.input);
    child.on("error", reject);
    child.on("close", (status) => {
      clearInterval(watch);
      resolve({
        seconds: (performance.now() - began) / 1000,
        status: status ?? -1,
        output: Buffer.concat(chunks).toString("utf8"),
        megabytes: peak / 1024,
      });
    });
  });
}

/** Runs a program whose time counts only if it did its work; throws when it fails. */
export async function runWell(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Run> {
  const done = await run(command, args, options);
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${done.status}`);
  return done;
}

/** Runs a program whose answer is wanted; throws when it fails. */
export async function ask(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  return (await runWell(command, args, { ...options, keep: true })).output.trim();
}

/** In kB; 0 when the process is gone. */
function highWater(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Milliseconds. */
const LOOK_EVERY = 50;
