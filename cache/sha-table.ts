/**
 * Ids by sha, for millions of them: 48 bytes each at the most, in flat arrays, where a Map of strings costs
 * well over a hundred. Open addressing with linear probing; a sha is its own hash.
 */
export class ShaTable {
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
      if (!this.#begins(place, start, digits.length)) continue;
      if (found !== 0) return undefined;
      found = this.#ids[place] ?? 0;
    }
    return found || undefined;
  }

  /** `id` is 1 or more. */
  set(bytes: Uint8Array, id: number, from = 0): void {
    if (this.#count * 2 >= this.#ids.length) this.#grow();
    this.#put(bytes, from, id);
  }

  #put(bytes: Uint8Array, from: number, id: number): void {
    const place = this.#placeOf(bytes, from);
    if (this.#ids[place] === 0) this.#count++;
    this.#ids[place] = id;
    const start = place * SHA_BYTES - from;
    for (let at = from; at < from + SHA_BYTES; at++) this.#shas[start + at] = bytes[at] ?? 0;
  }

  #placeOf(bytes: Uint8Array, from: number): number {
    const mask = this.#ids.length - 1;
    let place = firstFour(bytes, from) & mask;
    while (this.#ids[place] !== 0 && !this.#isAt(bytes, from, place)) place = (place + 1) & mask;
    return place;
  }

  #isAt(bytes: Uint8Array, from: number, place: number): boolean {
    const shas = this.#shas;
    const start = place * SHA_BYTES - from;
    for (let at = from; at < from + SHA_BYTES; at++) if (shas[start + at] !== bytes[at]) return false;
    return true;
  }

  #begins(place: number, start: Uint8Array, digits: number): boolean {
    const from = place * SHA_BYTES;
    const whole = digits >> 1;
    for (let at = 0; at < whole; at++) if (this.#shas[from + at] !== start[at]) return false;
    return digits % 2 === 0 || (this.#shas[from + whole] ?? 0) >> 4 === (start[whole] ?? 0) >> 4;
  }

  #grow(): void {
    const [shas, ids] = [this.#shas, this.#ids];
    this.#shas = new Uint8Array(shas.length * 2);
    this.#ids = new Uint32Array(ids.length * 2);
    this.#count = 0;
    ids.forEach((id, place) => {
      if (id !== 0) this.#put(shas, place * SHA_BYTES, id);
    });
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
