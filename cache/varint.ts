/** Bytes that grow: unsigned integers in seven bits a byte, the last with its high bit clear (LEB128). */
export class VarintWriter {
  #bytes: Uint8Array = new Uint8Array(16);
  #length = 0;
  /** Of the first bytes, by how many: most lists are short, and a view takes longer to make than to fill. */
  #views: Buffer[] = [];

  push(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow();
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** Adds what another writer wrote. */
  pushBytes(bytes: Uint8Array): void {
    while (this.#length + bytes.length > this.#bytes.length) this.#grow();
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A view of what was written; valid until the next `push`. */
  bytes(): Buffer {
    const known = this.#views[this.#length];
    if (known !== undefined) return known;
    const view = Buffer.from(this.#bytes.buffer, 0, this.#length);
    if (this.#length < MOST_VIEWS) this.#views[this.#length] = view;
    return view;
  }

  clear(): void {
    this.#length = 0;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#views = [];
  }
}

const MOST_VIEWS = 64;

/**
 * The integers of a `VarintWriter`, in order. A plain loop: an index has millions of short lists, and a look-up ends
 * before a generator would have been made fast.
 */
export function readVarints(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte > 0x7f) scale *= 128;
    else {
      values.push(value);
      value = 0;
      scale = 1;
    }
  }
  return values;
}

/** How many integers `readVarints` would read: as many as bytes end one. */
export function countVarints(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] ?? 0) < 0x80) count++;
  return count;
}

/** Rising integers, of 32 bits, that were written as the gaps between them. */
export function readRising(bytes: Uint8Array): Uint32Array {
  const values = new Uint32Array(bytes.length); // no integer has less than a byte
  let count = 0;
  let value = 0;
  let shift = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) << shift;
    if (byte > 0x7f) shift += 7;
    else {
      values[count++] = value;
      shift = 0;
    }
  }
  return values.subarray(0, count);
}
