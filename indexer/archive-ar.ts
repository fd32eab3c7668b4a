import { KfixError } from "../kernel/error.ts";

type Bytes = AsyncIterable<Uint8Array>;

/**
 * The first member of a Debian package whose name begins with `prefix` (deb(5): an ar(5) archive with
 * debian-binary, control.tar.* and data.tar.*), as a stream.
 *
 * Throws `bad-input` for what is no package, is cut short, or has no such member.
 */
export async function* memberOfPackage(bytes: Bytes, prefix: string): AsyncGenerator<Uint8Array> {
  const input = new ByteReader(bytes);
  if ((await input.take(8))?.toString("latin1") !== "!<arch>\n")
    throw new KfixError("bad-input", "it is no Debian package");
  for (;;) {
    const header = await input.take(60);
    if (header === undefined) throw new KfixError("bad-input", `the package has no ${prefix}* in it`);
    const name = header.toString("latin1", 0, 16).replace(/[/ ]+$/, "");
    const digits = /^\d{1,10}(?= *$)/.exec(header.toString("latin1", 48, 58));
    const size = Number(digits?.[0]);
    if (header.toString("latin1", 58, 60) !== "`\n" || digits === null)
      throw new KfixError("bad-input", "the package is damaged");
    const wanted = name.startsWith(prefix);
    for await (const piece of input.pieces(size)) if (wanted) yield piece;
    if (wanted) return;
    if (size % 2 === 1) await input.take(1);
  }
}

/** Takes bytes off a stream by number. */
class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(bytes: Bytes) {
    this.#source = bytes[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes; undefined at the end. */
  async take(count: number): Promise<Buffer | undefined> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.pieces(count, true)) pieces.push(piece);
    const taken = Buffer.concat(pieces);
    return taken.length === count ? taken : undefined;
  }

  /** So many bytes in pieces; throws `bad-input` when the stream ends before, unless it may. */
  async *pieces(count: number, mayEnd = false): AsyncGenerator<Uint8Array> {
    let left = count;
    while (left > 0) {
      if (this.#rest.length === 0) {
        const { value, done } = await this.#source.next();
        if (done === true) {
          if (mayEnd) return;
          throw new KfixError("bad-input", "the package is cut short", { hint: "fetch it again" });
        }
        this.#rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
        continue;
      }
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }
}
