import { fstatSync, statSync, writeSync } from "node:fs";
import { hasCode } from "../../cache/refusal.ts";
import type { Output } from "../definition.ts";

/**
 * Standard output or standard error of this process. A file or a pipe is written at once, as Node's own stream does it
 * (nodejs.org/api/process.html#a-note-on-process-io), but without that stream: to load it takes longer than a look-up.
 * A terminal is left to Node. `failed` is told when nothing more can be written.
 */
export function standardOutput(name: "stdout" | "stderr", failed: (error: unknown) => void): Output {
  const fd = name === "stdout" ? 1 : 2;
  if (isPlain(fd)) return new OutputFile(fd, () => nodesStream(name, failed), failed);
  return nodesStream(name, failed);
}

export class OutputFile implements Output {
  readonly #fd: number;
  readonly #nodesStream: () => Output;
  readonly #failed: (error: unknown) => void;
  /** Takes over when the pipe is full, and is one at which a write does not wait. */
  #stream: Output | undefined;

  constructor(fd: number, nodesStream: () => Output, failed: (error: unknown) => void) {
    this.#fd = fd;
    this.#nodesStream = nodesStream;
    this.#failed = failed;
  }

  write(text: string | Uint8Array, written?: () => void): boolean {
    let bytes = typeof text === "string" ? Buffer.from(text) : text;
    try {
      while (!this.#stream && bytes.length > 0) bytes = bytes.subarray(writeSync(this.#fd, bytes));
    } catch (error) {
      // another process has made it so that a write does not wait (man 2 write)
      if (!hasCode(error, "EAGAIN")) {
        this.#failed(error);
        return true;
      }
      this.#stream = this.#nodesStream();
    }
    if (this.#stream) return this.#stream.write(bytes, written);
    written?.();
    return true;
  }

  once(event: "drain", listener: () => void): void {
    this.#stream?.once(event, listener);
  }
}

function nodesStream(name: "stdout" | "stderr", failed: (error: unknown) => void): Output {
  return process[name].on("error", failed);
}

/** Is it a file, a pipe (Node makes sockets of them) or /dev/null? */
function isPlain(fd: number): boolean {
  if (process.platform === "win32") return false;
  const stat = fstatSync(fd);
  return (
    stat.isFile() || stat.isFIFO() || stat.isSocket() || (stat.isCharacterDevice() && stat.rdev === nowhere())
  );
}

/** Where what is written to is forgotten. */
function nowhere(): number {
  return statSync("/dev/null").rdev;
}
