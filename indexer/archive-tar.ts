import { KfixError } from "../kernel/error.ts";

/** An entry of a tar archive, its name as it is written there. */
export interface TarEntry {
  readonly path: string;
  readonly type: "file" | "folder" | "link" | "hard-link" | "other";
  readonly size: number;
  readonly executable: boolean;
  /** Where a link leads; empty for others. */
  readonly target: string;
}

export interface TarHandler {
  /** An entry begins; false: its bytes are not wanted. */
  entry(entry: TarEntry): boolean;
  /** Some bytes of the file that was wanted last. */
  data(piece: Uint8Array): void;
  /** The file that was wanted last is whole. */
  end(): void;
}

/**
 * Reads a tar archive (POSIX ustar and pax, GNU long names; pax(1), tar(5)) a piece at a time. Names are handed over
 * unchecked. Throws `bad-input` for what is no tar archive or is damaged.
 */
export class TarParser {
  readonly #handler: TarHandler;
  #pending: Buffer = Buffer.alloc(0);
  /** Bytes of the current entry that are still to come, and those of its padding. */
  #left = 0;
  #padding = 0;
  #wanted = false;
  /** The entry is a long name or a pax header for the next one. */
  #special: { type: string; pieces: Buffer[] } | undefined;
  #next: { path?: string; target?: string; size?: number } = {};
  #ended = false;
  #seen = false;

  constructor(handler: TarHandler) {
    this.#handler = handler;
  }

  push(piece: Uint8Array): void {
    let bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (this.#pending.length > 0) {
      bytes = Buffer.concat([this.#pending, bytes]);
      this.#pending = Buffer.alloc(0);
    }
    let at = 0;
    while (at < bytes.length && !this.#ended) {
      if (this.#left > 0) {
        const body = bytes.subarray(at, at + this.#left);
        at += body.length;
        this.#left -= body.length;
        if (this.#special) this.#special.pieces.push(Buffer.from(body));
        else if (this.#wanted) this.#handler.data(body);
        if (this.#left === 0) this.#finish();
      } else if (this.#padding > 0) {
        const skipped = Math.min(this.#padding, bytes.length - at);
        at += skipped;
        this.#padding -= skipped;
      } else if (bytes.length - at >= BLOCK) {
        this.#header(bytes.subarray(at, at + BLOCK));
        at += BLOCK;
      } else {
        this.#pending = Buffer.from(bytes.subarray(at));
        return;
      }
    }
  }

  /** No more bytes come. Throws `bad-input` when the archive is not whole. */
  close(): void {
    if (!this.#seen) throw new KfixError("bad-input", "it is no tar archive, or it is empty");
    if (this.#left > 0 || this.#pending.length > 0) {
      throw new KfixError("bad-input", "the tar archive is cut short", { hint: "fetch it again" });
    }
  }

  #header(block: Buffer): void {
    if (block.every((byte) => byte === 0)) {
      this.#ended = this.#seen; // the rest is padding
      return;
    }
    if (!hasGoodChecksum(block)) {
      throw new KfixError("bad-input", this.#seen ? "the tar archive is damaged" : "it is no tar archive");
    }
    this.#seen = true;
    const type = String.fromCharCode(block[156] ?? 0);
    const size = this.#next.size ?? readNumber(block, 124, 12);
    if (!Number.isSafeInteger(size) || size < 0)
      throw new KfixError("bad-input", "the tar archive is damaged");
    if ("LKxg".includes(type)) {
      if (size > LONGEST_HEADER)
        throw new KfixError("bad-input", "the tar archive has a name that is no name");
      this.#special = { type, pieces: [] };
      this.#begin(size);
      return;
    }
    const entry = entryOf(block, type, size, this.#next);
    this.#next = {};
    this.#wanted = this.#handler.entry(entry);
    this.#begin(entry.type === "file" ? size : 0);
  }

  #begin(size: number): void {
    this.#left = size;
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (size === 0) this.#finish();
  }

  #finish(): void {
    const special = this.#special;
    this.#special = undefined;
    if (special === undefined) {
      if (this.#wanted) this.#handler.end();
      this.#wanted = false;
      return;
    }
    const text = Buffer.concat(special.pieces);
    if (special.type === "L") this.#next.path = text.toString("utf8").replace(/\0.*$/s, "");
    else if (special.type === "K") this.#next.target = text.toString("utf8").replace(/\0.*$/s, "");
    else if (special.type === "x") Object.assign(this.#next, readPax(text));
  }
}

function entryOf(
  block: Buffer,
  type: string,
  size: number,
  told: { path?: string; target?: string },
): TarEntry {
  const name = readText(block, 0, 100);
  const isUstar = block.toString("latin1", 257, 262) === "ustar" && block[263] === 0x30;
  const prefix = isUstar ? readText(block, 345, 155) : "";
  const path = told.path ?? (prefix === "" ? name : `${prefix}/${name}`);
  const isFolder = type === "5" || ((type === "0" || type === "\0") && path.endsWith("/"));
  return {
    path,
    type: isFolder ? "folder" : (TYPES[type] ?? "other"),
    size,
    executable: (readNumber(block, 100, 8) & 0o100) !== 0,
    target: told.target ?? readText(block, 157, 100),
  };
}

const TYPES: Readonly<Record<string, TarEntry["type"]>> = {
  "0": "file",
  "\0": "file",
  "7": "file",
  "1": "hard-link",
  "2": "link",
};

/** Octal digits, or with the first bit set a number in base 256 (GNU). */
function readNumber(block: Buffer, at: number, length: number): number {
  if (((block[at] ?? 0) & 0x80) === 0)
    return Number.parseInt(block.toString("latin1", at, at + length).replace(/[\0 ]/g, "") || "0", 8);
  let value = (block[at] ?? 0) & 0x3f;
  for (let next = at + 1; next < at + length; next++) value = value * 256 + (block[next] ?? 0);
  return value;
}

function readText(block: Buffer, at: number, length: number): string {
  const end = block.indexOf(0, at);
  return block.toString("utf8", at, end === -1 || end > at + length ? at + length : end);
}

/** Records of `LENGTH KEY=VALUE\n`. */
function readPax(text: Buffer): { path?: string; target?: string; size?: number } {
  const found: { path?: string; target?: string; size?: number } = {};
  for (let at = 0; at < text.length; ) {
    const blank = text.indexOf(32, at);
    const length = Number(text.toString("latin1", at, blank));
    if (blank === -1 || !Number.isInteger(length) || length < 3) break;
    const record = text.toString("utf8", blank + 1, at + length - 1);
    const equals = record.indexOf("=");
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key === "path") found.path = value;
    else if (key === "linkpath") found.target = value;
    else if (key === "size") found.size = Number(value);
    at += length;
  }
  return found;
}

function hasGoodChecksum(block: Buffer): boolean {
  let sum = 8 * 32;
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum === readNumber(block, 148, 8);
}

const BLOCK = 512;
/** A path has at most 4,096 bytes on Linux; pax headers hold a few of them. */
const LONGEST_HEADER = 1 << 20;
