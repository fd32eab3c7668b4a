/**
 * Ids by sha, for millions of them: the shas lie in the order of their ids in one array, beside a hash table of ids with
 * open addressing; a sha is its own hash. 36 bytes a commit, about, where a Map of strings costs well over a hundred.
 */
export class ShaTable {
  /** By id; id 0 is no commit's. */
  #shas = new Uint8Array(SMALLEST * SHA_BYTES);
  /** 0: a free place. */
  #ids = new Uint32Array(SMALLEST);
  #count = 0;

  /** Of the sha whose 20 bytes begin at `from`. */
  get(bytes: Uint8Array, from = 0): number | undefined {
    return this.#ids[this.#placeOf(bytes, from)] || undefined;
  }

  /** Of the one sha that begins with these hexadecimal digits, at least eight; undefined: of none, or of several. */
  beginning(digits: string): number | undefined {
    const start = Buffer.from(digits.padEnd(2 * SHA_BYTES, "0"), "hex");
    if (digits.length < 8 || digits.length > 2 * SHA_BYTES || start.length < SHA_BYTES) return undefined;
    const mask = this.#ids.length - 1;
    let found = 0;
    // shas with the same first four bytes follow each other
    for (let place = firstFour(start, 0) & mask; this.#ids[place] !== 0; place = (place + 1) & mask) {
      if (!this.#begins(this.#ids[place] ?? 0, start, digits.length)) continue;
      if (found !== 0) return undefined;
      found = this.#ids[place] ?? 0;
    }
    return found || undefined;
  }

  /** Adds a sha that is not there yet. `id` is 1 or more, about as many as there are shas. */
  set(bytes: Uint8Array, id: number, from = 0): void {
    if (++this.#count * 2 > this.#ids.length) this.#growIds();
    while ((id + 1) * SHA_BYTES > this.#shas.length) this.#growShas();
    const start = id * SHA_BYTES - from;
    for (let at = from; at < from + SHA_BYTES; at++) this.#shas[start + at] = bytes[at] ?? 0;
    this.#put(id);
  }

  /** The place of an id whose sha is stored. */
  #put(id: number): void {
    const mask = this.#ids.length - 1;
    let place = firstFour(this.#shas, id * SHA_BYTES) & mask;
    while (this.#ids[place] !== 0) place = (place + 1) & mask;
    this.#ids[place] = id;
  }

  #placeOf(bytes: Uint8Array, from: number): number {
    const mask = this.#ids.length - 1;
    let place = firstFour(bytes, from) & mask;
    for (let id = this.#ids[place] ?? 0; id !== 0; id = this.#ids[place] ?? 0) {
      if (this.#isOf(id, bytes, from)) break;
      place = (place + 1) & mask;
    }
    return place;
  }

  #isOf(id: number, bytes: Uint8Array, from: number): boolean {
    const shas = this.#shas;
    const start = id * SHA_BYTES - from;
    for (let at = from; at < from + SHA_BYTES; at++) if (shas[start + at] !== bytes[at]) return false;
    return true;
  }

  #begins(id: number, start: Uint8Array, digits: number): boolean {
    const from = id * SHA_BYTES;
    const whole = digits >> 1;
    for (let at = 0; at < whole; at++) if (this.#shas[from + at] !== start[at]) return false;
    return digits % 2 === 0 || (this.#shas[from + whole] ?? 0) >> 4 === (start[whole] ?? 0) >> 4;
  }

  #growIds(): void {
    const ids = this.#ids;
    this.#ids = new Uint32Array(ids.length * 2);
    for (const id of ids) if (id !== 0) this.#put(id);
  }

  #growShas(): void {
    const shas = new Uint8Array(this.#shas.length * 2);
    shas.set(this.#shas);
    this.#shas = shas;
  }
}

function firstFour(bytes: Uint8Array, from: number): number {
  return (
    (bytes[from] ?? 0) |
    ((bytes[from + 1] ?? 0) << 8) |
    ((bytes[from + 2] ?? 0) << 16) |
    ((bytes[from + 3] ?? 0) << 24)
  );
}

export const SHA_BYTES = 20;
/** A power of two. */
const SMALLEST = 1 << 12;

/** Writes the sha whose hexadecimal digits begin at `from` of `hex`, in ASCII, as bytes to `at` of `to`. */
export function packSha(hex: Uint8Array, from: number, to: Uint8Array, at: number): void {
  for (let byte = 0; byte < SHA_BYTES; byte++) {
    const digits = from + 2 * byte;
    to[at + byte] = (digit(hex[digits]) << 4) | digit(hex[digits + 1]);
  }
}

/** Of a digit's byte in ASCII: `0` to `9` are 0x30 to 0x39, `a` to `f` 0x61 to 0x66. */
function digit(byte = 0x30): number {
  return (byte & 15) + (byte >> 6) * 9;
}
