/**
 * Ids by name, for hundreds of thousands of names: the bytes of all of them lie in one array, beside a hash table with
 * open addressing. A Map of strings costs a hundred bytes and more a name; this some forty.
 */
export class NameTable {
  /** Pairs: the name's place in `#names`, plus 1 (0: free), and its hash. A power of two of them. */
  #slots = new Int32Array(2 << 13);
  /** Triples: where its bytes begin, how many, its id. */
  #names = new Int32Array(3 << 12);
  #size = 0;
  #bytes = Buffer.alloc(1 << 16);
  #end = 0;

  /** The id of a name; undefined for one that was not added. */
  get(name: string): number | undefined {
    const length = this.#write(name);
    return this.getBytes(this.#bytes, this.#end, this.#end + length);
  }

  /** Of the name that stands, in UTF-8, in `bytes` from `from` to `to`. */
  getBytes(bytes: Uint8Array, from: number, to: number): number | undefined {
    const found = (this.#slots[this.#placeOf(bytes, from, to, hashOf(bytes, from, to))] ?? 0) - 1;
    return found === -1 ? undefined : this.#names[found + 2];
  }

  /** Adds a name that is not there yet. */
  add(name: string, id: number): void {
    const length = this.#write(name);
    const hash = hashOf(this.#bytes, this.#end, this.#end + length);
    const place = this.#placeOf(this.#bytes, this.#end, this.#end + length, hash);
    if (this.#size === this.#names.length) this.#growNames();
    this.#names.set([this.#end, length, id], this.#size);
    this.#slots[place] = this.#size + 1;
    this.#slots[place + 1] = hash;
    this.#size += 3;
    this.#end += length;
    if ((this.#size / 3) * 4 > this.#slots.length) this.#rehash();
  }

  /** Puts a name's bytes behind those of the others, and says how many they are. */
  #write(name: string): number {
    this.#reserve(name.length * 3); // bytes of UTF-8
    const bytes = this.#bytes;
    for (let at = 0; at < name.length; at++) {
      const code = name.charCodeAt(at);
      if (code > 0x7f) return bytes.write(name, this.#end, "utf8");
      bytes[this.#end + at] = code;
    }
    return name.length;
  }

  #reserve(more: number): void {
    while (this.#end + more > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
  }

  /** Where in `#slots` the name is that stands in these bytes, or would be. */
  #placeOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let place = (hash << 1) & mask;
    for (let found = this.#slots[place] ?? 0; found !== 0; found = this.#slots[place] ?? 0) {
      if (this.#slots[place + 1] === hash && this.#isIn(found - 1, bytes, from, to)) break;
      place = (place + 2) & mask;
    }
    return place;
  }

  #isIn(found: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.#names[found + 1] !== to - from) return false;
    const known = this.#bytes;
    const shift = (this.#names[found] ?? 0) - from;
    for (let at = from; at < to; at++) if (known[at + shift] !== bytes[at]) return false;
    return true;
  }

  #growNames(): void {
    const names = new Int32Array(this.#names.length * 2);
    names.set(this.#names);
    this.#names = names;
  }

  #rehash(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    const mask = this.#slots.length - 1;
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0) continue;
      let place = ((old[at + 1] ?? 0) << 1) & mask;
      while (this.#slots[place] !== 0) place = (place + 2) & mask;
      this.#slots[place] = old[at] ?? 0;
      this.#slots[place + 1] = old[at + 1] ?? 0;
    }
  }
}

/** FNV-1a, its upper bits folded into the lower ones, which choose the place. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}
