/** Opens compressed files, told by their first bytes and not by their names. */
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { KfixError } from "../kernel/error.ts";

type Bytes = AsyncIterable<Uint8Array>;

/** A way to compress: how such a file begins, and what undoes it. */
export interface Compression {
  readonly name: string;
  /** The first bytes of a file; the format's own documents fix them. */
  readonly magic: readonly number[];
  readonly open: (bytes: Bytes) => Bytes;
}

export const COMPRESSIONS: readonly Compression[] = [
  // RFC 1952
  { name: "gzip", magic: [0x1f, 0x8b], open: gunzip },
  // xz-file-format.txt of XZ Utils, 2.1.1.1
  { name: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], open: unxz },
  // RFC 8878, 3.1.1
  { name: "zstd", magic: [0x28, 0xb5, 0x2f, 0xfd], open: unzstd },
  { name: "bzip2", magic: [0x42, 0x5a, 0x68], open: unbzip2 },
];

const LONGEST_MAGIC = Math.max(...COMPRESSIONS.map(({ magic }) => magic.length));

/**
 * The bytes of a file, decompressed where they are compressed, a piece at a time. Throws `bad-input` for a damaged
 * file, behind all that could be read of it.
 */
export async function* decompress(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const { head, all } = await peek(bytes, LONGEST_MAGIC);
  const compression = compressionOf(head);
  if (compression === undefined) {
    yield* all;
    return;
  }
  try {
    yield* compression.open(all);
  } catch (cause) {
    // Errors of reading the file itself name the system call; all others are the decompressor's.
    if (cause instanceof Error && "syscall" in cause) throw cause;
    throw new KfixError("bad-input", `its ${compression.name} data is damaged or cut short`, { cause });
  }
}

/** The compression of a file that begins with these bytes. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  return COMPRESSIONS.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
}

/** The first bytes of a stream, and the whole stream again. */
export async function peek(bytes: Bytes, count: number): Promise<{ head: Uint8Array; all: Bytes }> {
  const source = bytes[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < count) {
    const { value, done } = await source.next();
    if (done === true) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return { head, all: following(head, source) };
}

async function* following(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

// What they need is loaded only where used: a look-up must not wait for it.

async function* gunzip(bytes: Bytes): Bytes {
  const { createGunzip } = process.getBuiltinModule("node:zlib");
  const gunzip = createGunzip();
  pipeline(Readable.from(bytes), gunzip).catch(() => {}); // who reads gunzip gets the error
  yield* gunzip;
}

async function* unxz(bytes: Bytes): Bytes {
  // Node finds no names in this CommonJS module, bundlers do: require() is the same for both.
  const xz: typeof import("xz-decompress") = createRequire(import.meta.filename)("xz-decompress");
  const { ReadableStream } = process.getBuiltinModule("node:stream/web");
  yield* new xz.XzReadableStream(ReadableStream.from(bytes));
}

async function* unzstd(bytes: Bytes): Bytes {
  const { Decompress } = await import("fzstd");
  const opened: Uint8Array[] = [];
  const decompressor = new Decompress((piece) => opened.push(piece));
  for await (const piece of bytes) {
    decompressor.push(piece);
    yield* opened.splice(0);
  }
  decompressor.push(new Uint8Array(), true);
  yield* opened;
}

async function* unbzip2(bytes: Bytes): Bytes {
  const { default: bunzip2 } = await import("unbzip2-stream");
  const decompressor = bunzip2();
  const opened: Uint8Array[] = [];
  let failure: unknown;
  decompressor.on("data", (piece: Uint8Array) => opened.push(piece));
  decompressor.on("error", (error) => {
    failure ??= error;
  });
  for await (const piece of bytes) {
    decompressor.write(piece);
    yield* opened.splice(0);
    if (failure !== undefined) throw failure;
  }
  decompressor.end();
  yield* opened;
  if (failure !== undefined) throw failure;
}
