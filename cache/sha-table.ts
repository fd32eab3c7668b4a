/**
 * Ids by sha, for millions of them: 48 bytes each at the most, in flat arrays, where a Map of strings costs
 * well over a hundred. Open addressing with linear probing; a sha is its own hash.
 */
export class ShaTable {
  #shas = Buffer.alloc(SMALLEST * SHA_BYTES);
  /** 0: a free place. */
  #ids = new Uint32Array(SMALLEST);
  #count = 0;

  /** `sha` is 20 bytes. */
  get(sha: Buffer): number | undefined {
    return this.#ids[this.#placeOf(sha)] || undefined;
  }

  /** `id` is 1 or more. */
  set(sha: Buffer, id: number): void {
    if (this.#count * 2 >= this.#ids.length) this.#grow();
    this.#put(sha, id);
  }

  #put(sha: Buffer, id: number): void {
    const place = this.#placeOf(sha);
    if (this.#ids[place] === 0) this.#count++;
    this.#ids[place] = id;
    sha.copy(this.#shas, place * SHA_BYTES);
  }

  #placeOf(sha: Buffer): number {
    const mask = this.#ids.length - 1;
    let place = sha.readUInt32LE(0) & mask;
    while (this.#ids[place] !== 0 && !this.#isAt(sha, place)) place = (place + 1) & mask;
    return place;
  }

  #isAt(sha: Buffer, place: number): boolean {
    const start = place * SHA_BYTES;
    return sha.compare(this.#shas, start, start + SHA_BYTES) === 0;
  }

  #grow(): void {
    const [shas, ids] = [this.#shas, this.#ids];
    this.#shas = Buffer.alloc(shas.length * 2);
    this.#ids = new Uint32Array(ids.length * 2);
    this.#count = 0;
    ids.forEach((id, place) => {
      if (id !== 0) this.#put(shas.subarray(place * SHA_BYTES, (place + 1) * SHA_BYTES), id);
    });
  }
}

const SHA_BYTES = 20;
/** A power of two. */
const SMALLEST = 1 << 12;
