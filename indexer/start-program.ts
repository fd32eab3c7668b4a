import type { ChildProcessByStdio, SpawnOptions } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/**
 * Starts a program whose output and complaints are read, and which reads what is written to it. Throws what the system
 * says when it cannot be started: where files or processes are few, Node then gives no streams at all.
 */
export async function startProgram(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<ChildProcessByStdio<Writable, Readable, Readable>> {
  const { spawn } = process.getBuiltinModule("node:child_process"); // few look-ups start a program
  const child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin?.on("error", () => {}); // one that ended early says why by its status
  if (child.pid !== undefined) return child;
  throw await new Promise((resolve) => child.once("error", resolve));
}
