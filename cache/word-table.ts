import { isNumber, STOP_WORDS, TOKEN_BYTES, visitParts } from "../kernel/words.ts";

/** The meaning of a token that says nothing: a stop word, a number. */
export const NO_WORD = 0;

/**
 * What tokens mean, in a hash table over their bytes with open addressing, and the words that they mean, numbered from 1.
 *
 * A token's meaning is found out the first time it is seen. It is NO_WORD, or the number of its one word, or a negative
 * number: the words of an identifier stand in `several` from its opposite on, a zero behind the last.
 *
 * A token is looked up by its last four bytes in lower case, and by those before them, of more than four mixed
 * (`first`, see `firstOf`). All that is looked at for one of up to eight bytes lies together, so that a look-up waits for
 * memory once.
 */
export class WordTable {
  /**
   * SLOT numbers a token: its last four bytes (0: free), those before them, where in `#bytes` it stands if it has
   * more than eight, its meaning.
   */
  #slots = new Int32Array(SLOT << 15);
  #tokens = 0;
  /** Tokens in lower case, each behind its length and before a zero. */
  #bytes = Buffer.alloc(1 << 18);
  #end = 0;
  /** Where each word stands in `#bytes`. */
  #places = new Uint32Array(1 << 14);
  #words = 0;
  #several = new Int32Array(1 << 14);
  #severalEnd = 1;

  constructor() {
    this.clear();
  }

  /** How many words there are. */
  get size(): number {
    return this.#words;
  }

  get several(): Int32Array {
    return this.#several;
  }

  /** Of the token that stands in the text from `from` to `to`, in either case. */
  meaningOf(text: Uint8Array, from: number, to: number, first: number, last: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = placeOf(first, last) & mask; ; slot = (slot + SLOT) & mask) {
      const known = slots[slot] ?? 0;
      if (known === last && slots[slot + 1] === first) {
        const place = slots[slot + 2] ?? 0;
        if (to - from > 8 ? this.#isAt(place, text, from, to) : place === 0) return slots[slot + 3] ?? 0;
      } else if (known === 0) return this.#learn(text, from, to, first, last);
    }
  }

  /** Forgets all: words are numbered anew. */
  clear(): void {
    this.#slots.fill(0);
    this.#tokens = 0;
    this.#end = 0;
    this.#words = 0;
    this.#severalEnd = 1;
    for (const word of STOP_WORDS) {
      const bytes = Buffer.from(word, "latin1");
      const [first, last] = packed(bytes, 0, bytes.length);
      this.#add(first, last, 0, NO_WORD);
    }
  }

  /** The numbers of all words, in the order of their bytes. */
  inOrder(): Uint32Array {
    const order = Uint32Array.from({ length: this.#words }, (_, at) => at + 1);
    this.#sort(order, 0, order.length, 0);
    return order;
  }

  textOf(word: number): string {
    const place = this.#places[word] ?? 0;
    return this.#bytes.toString("latin1", place, place + (this.#bytes[place - 1] ?? 0));
  }

  /** Those of more than eight bytes whose numbers are the same differ in those before the last eight, if at all. */
  #isAt(place: number, text: Uint8Array, from: number, to: number): boolean {
    const bytes = this.#bytes;
    if (place === 0 || bytes[place - 1] !== to - from) return false;
    const shift = place - from;
    for (let at = from; at < to - 8; at++) if (bytes[at + shift] !== TOKEN_BYTES[text[at] ?? 0]) return false;
    return true;
  }

  #learn(text: Uint8Array, from: number, to: number, first: number, last: number): number {
    const place = this.#keep(text, from, to);
    const meaning = this.#newMeaning(place, place + to - from);
    this.#add(first, last, to - from > 8 ? place : 0, meaning);
    return meaning;
  }

  /** The parts of an identifier are tokens, too. */
  #newMeaning(from: number, to: number): number {
    const bytes = this.#bytes;
    if (isNumber(bytes, from, to)) return NO_WORD;
    const words = [this.#newWord(from)];
    visitParts(bytes, from, to, (start, end) => {
      const [first, last] = packed(bytes, start, end);
      const word = this.meaningOf(bytes, start, end, first, last);
      if (word !== NO_WORD) words.push(word);
    });
    return words.length === 1 ? (words[0] ?? 0) : -this.#keepSeveral(words);
  }

  #newWord(place: number): number {
    const word = ++this.#words;
    if (word >= this.#places.length) this.#places = twice(this.#places);
    this.#places[word] = place;
    return word;
  }

  /** Puts a token's bytes behind what is there, and says where. */
  #keep(text: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (this.#end + length + 2 > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2);
    const bytes = this.#bytes;
    bytes[this.#end] = length;
    const place = this.#end + 1;
    for (let at = 0; at < length; at++) bytes[place + at] = TOKEN_BYTES[text[from + at] ?? 0] ?? 0;
    bytes[place + length] = 0;
    this.#end = place + length + 1;
    return place;
  }

  #keepSeveral(words: readonly number[]): number {
    const start = this.#severalEnd;
    this.#severalEnd += words.length + 1;
    while (this.#severalEnd > this.#several.length) this.#several = twice(this.#several);
    this.#several.set(words, start);
    this.#several[this.#severalEnd - 1] = 0;
    return start;
  }

  #add(first: number, last: number, place: number, meaning: number): void {
    if (++this.#tokens * SLOT * 2 > this.#slots.length) this.#grow();
    put(this.#slots, first, last, place, meaning);
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += SLOT) {
      const last = old[at] ?? 0;
      if (last !== 0) put(slots, old[at + 1] ?? 0, last, old[at + 2] ?? 0, old[at + 3] ?? 0);
    }
    this.#slots = slots;
  }

  /** Sorts what stands from `from` to `to`, words whose first `depth` bytes are the same, with ever more bytes. */
  #sort(words: Uint32Array, from: number, to: number, depth: number): void {
    let start = from;
    let end = to;
    for (let at = depth; end - start > 1; at++) {
      const pivot = this.#byteOf(words[(start + end) >> 1] ?? 0, at);
      let low = start;
      let high = end;
      for (let next = start; next < high; ) {
        const word = words[next] ?? 0;
        const byte = this.#byteOf(word, at);
        if (byte < pivot) {
          words[next++] = words[low] ?? 0;
          words[low++] = word;
        } else if (byte > pivot) {
          words[next] = words[--high] ?? 0;
          words[high] = word;
        } else next++;
      }
      this.#sort(words, start, low, at);
      this.#sort(words, high, end, at);
      if (pivot === 0) return;
      start = low;
      end = high;
    }
  }

  /** 0 behind the last. */
  #byteOf(word: number, at: number): number {
    return this.#bytes[(this.#places[word] ?? 0) + at] ?? 0;
  }
}

const SLOT = 4;

/** A token's bytes before the last four, and those: as `WordCounter` puts them together. */
function packed(bytes: Uint8Array, from: number, to: number): [first: number, last: number] {
  let first = 0;
  let last = 0;
  for (let at = from; at < to; at++) {
    first = firstOf(first, last);
    last = (last << 8) | (bytes[at] ?? 0);
  }
  return [first, last];
}

/** Of a token that goes on behind these. */
export function firstOf(first: number, last: number): number {
  return ((first << 8) | (first >>> 24)) ^ (last >>> 24);
}

/** Spreads what bytes have in common over the slots. */
function placeOf(first: number, last: number): number {
  const mixed = Math.imul(last ^ Math.imul(first, 0x85ebca6b), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 15)) * SLOT;
}

/** Takes the first free slot of a token that has none yet. */
function put(slots: Int32Array, first: number, last: number, place: number, meaning: number): void {
  const mask = slots.length - 1;
  let slot = placeOf(first, last) & mask;
  while (slots[slot] !== 0) slot = (slot + SLOT) & mask;
  slots[slot] = last;
  slots[slot + 1] = first;
  slots[slot + 2] = place;
  slots[slot + 3] = meaning;
}

function twice<Numbers extends Uint32Array | Int32Array>(numbers: Numbers): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
