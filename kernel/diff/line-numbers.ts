/** Some lines of a text: where each begins, and its number. */
export class NumberedLines {
  count = 0;
  /** The last is where the last line ends. */
  starts = new Int32Array(1024);
  numbers = new Int32Array(1024);

  add(start: number, number: number): void {
    if (this.count + 1 >= this.starts.length) {
      this.starts = doubled(this.starts);
      this.numbers = doubled(this.numbers);
    }
    this.starts[this.count] = start;
    this.numbers[this.count++] = number;
  }
}

/** Numbers lines: the same number for the same bytes. It keeps its working memory for the next texts. */
export class LineNumbers {
  /** How many different lines there are. */
  count = 0;
  /** Of each of them: its hash, the text it stands in, where, and how long it is. */
  #hashes = new Int32Array(1024);
  #texts: Uint8Array[] = [];
  #starts = new Int32Array(1024);
  #lengths = new Int32Array(1024);
  /** By hash, open addressing: a number plus one; 0: free. */
  #table = new Int32Array(1024);

  /** Forgets all lines. */
  clear(): void {
    this.count = 0;
    this.#texts = [];
    if (this.#table.length > 1 << 14) this.#table = new Int32Array(1024);
    else this.#table.fill(0);
  }

  /** Reads lines of `text` from `from`, where one begins, to `to`, `most` at most. The last may lack its newline. */
  read(lines: NumberedLines, text: Uint8Array, from: number, to: number, most = Infinity): void {
    lines.count = 0;
    let at = from;
    while (at < to && lines.count < most) {
      const start = at;
      let hash = 0;
      let byte = 0;
      while (at < to && byte !== NEWLINE) {
        byte = text[at++] as number;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      lines.add(start, this.#numberOf(text, start, at - start, hash));
    }
    lines.starts[lines.count] = at;
  }

  #numberOf(text: Uint8Array, start: number, length: number, hash: number): number {
    const mask = this.#table.length - 1;
    let at = placeOf(hash) & mask;
    for (let entry = this.#table[at] ?? 0; entry !== 0; entry = this.#table[at] ?? 0) {
      if (this.#hashes[entry - 1] === hash && this.#isLine(entry - 1, text, start, length)) return entry - 1;
      at = (at + 1) & mask;
    }
    const number = this.count++;
    this.#table[at] = number + 1;
    if (number === this.#hashes.length) {
      this.#hashes = doubled(this.#hashes);
      this.#starts = doubled(this.#starts);
      this.#lengths = doubled(this.#lengths);
    }
    this.#hashes[number] = hash;
    this.#texts.push(text);
    this.#starts[number] = start;
    this.#lengths[number] = length;
    if (this.count * 2 > this.#table.length) this.#growTable();
    return number;
  }

  #isLine(number: number, text: Uint8Array, start: number, length: number): boolean {
    const other = this.#texts[number];
    const first = this.#starts[number] ?? 0;
    if (other === undefined || this.#lengths[number] !== length) return false;
    for (let at = 0; at < length; at++) if (other[first + at] !== text[start + at]) return false;
    return true;
  }

  #growTable(): void {
    this.#table = new Int32Array(4 * this.#table.length);
    const mask = this.#table.length - 1;
    for (let number = 0; number < this.count; number++) {
      let at = placeOf(this.#hashes[number] ?? 0) & mask;
      while (this.#table[at] !== 0) at = (at + 1) & mask;
      this.#table[at] = number + 1;
    }
  }
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

/** Spreads a hash whose low bits come from the end of the line. */
function placeOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> 12;
}

const NEWLINE = 10;
