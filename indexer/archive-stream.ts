import { createReadStream, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { hasCode, refusalOf } from "../cache/refusal.ts";
import { KfixError } from "../kernel/error.ts";
import { compressionOf, decompress, peek } from "./decompress.ts";
import { startProgram } from "./start-program.ts";

type Bytes = AsyncIterable<Uint8Array>;

/**
 * The bytes of an archive, decompressed. The system's own decompressor is used where there is one, as it is several
 * times faster and runs beside this process; elsewhere a package does it.
 *
 * Throws `bad-input` for data that is damaged or cut short, behind all that could be read.
 */
export async function* openArchive(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const { head, all } = await peek(bytes, 6);
  const name = compressionOf(head)?.name;
  const tool = name === undefined ? undefined : TOOLS[name];
  if (name !== undefined && tool !== undefined && isInstalled(tool)) yield* throughTool(all, name, tool);
  else yield* decompress(all);
}

/** The bytes of a file, in pieces that suit a disk. */
export function readFileBytes(file: string): Bytes {
  return createReadStream(file, { highWaterMark: 1 << 20 });
}

/** Does what reads an archive; an error of its says of which file it tells. */
export async function explainArchive<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof KfixError) || cause.code !== "bad-input") throw cause;
    const hint = cause.hint === undefined ? {} : { hint: cause.hint };
    throw new KfixError(cause.code, `${file}: ${cause.message}`, { ...hint, cause });
  }
}

const TOOLS: Readonly<Record<string, string>> = { xz: "xz", zstd: "zstd", bzip2: "bzip2" };

async function* throughTool(bytes: Bytes, name: string, tool: string): AsyncGenerator<Uint8Array> {
  const child = await startProgram(tool, ["-d", "-c", ...(tool === "xz" ? ["-T0"] : [])], {
    env: { PATH: process.env.PATH ?? "", LC_ALL: "C" }, // XZ_OPT and its like could ask for anything
  });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    if (complaint.length < 2000) complaint += text.toString("utf8");
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  let failure: unknown;
  const fed = pipeline(Readable.from(bytes, { objectMode: true }), child.stdin).catch((cause: unknown) => {
    // a decompressor that gave up says so by its status; what is left is the reader's own error
    if (!hasCode(cause, "EPIPE")) failure = cause;
  });
  try {
    yield* child.stdout;
    await fed;
    const status = await ended;
    if (failure instanceof KfixError || refusalOf(failure)) throw failure;
    if (status !== 0) {
      throw new KfixError("bad-input", `its ${name} data is damaged or cut short`, {
        hint: `fetch it again; ${tool} says: ${complaint.trim().split("\n")[0] ?? ""}`,
      });
    }
  } finally {
    child.kill();
  }
}

function isInstalled(tool: string): boolean {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .some((folder) => folder !== "" && existsSync(join(folder, tool)));
}
