import { LONGEST_WORD, TOKEN_BYTES, wordsOfToken } from "../kernel/words.ts";

/**
 * Counts the words of one text after the other, each word under a number that `newWord` gives it, once.
 *
 * What a token means (a stop word, a number, an identifier and its parts) is found out the first time it is seen
 * and kept in a hash table over the token's bytes: the messages of a whole history have some ten million tokens,
 * and no string is made for those that are known.
 */
export class WordCounter {
  readonly #tokens: TokenTable;
  /** By word number, of the current text: twice how often, plus one when it stood in the subject. */
  #counts = new Uint32Array(1 << 14);
  /** The words of the current text, in the order in which they came. */
  #seen: number[] = [];

  constructor(newWord: (word: string) => number) {
    this.#tokens = new TokenTable(newWord);
  }

  /** Counts the words of a text in UTF-8, which stands in `bytes` from `start` to `to`. */
  add(bytes: Buffer, start: number, to: number, inSubject: boolean): void {
    const end = Math.min(to, start + MAX_TEXT * 3);
    for (let at = start; at < end; at++) {
      const from = at;
      let first = 0;
      let last = 0;
      for (; at < end; at++) {
        const byte = TOKEN_BYTES[bytes[at] ?? 0] ?? 0;
        if (byte === 0) break;
        first = ((first << 8) | (first >>> 24)) ^ (last >>> 24);
        last = (last << 8) | byte;
      }
      if (at - from < 2 || at - from > LONGEST_WORD) continue;
      const meaning = this.#tokens.meaningOf(bytes, from, at, first, last);
      if (meaning >= 0) this.#count(meaning, inSubject);
      else if (meaning !== NO_WORD)
        for (const word of this.#tokens.wordsOf(meaning)) this.#count(word, inSubject);
    }
  }

  /** Tells every word of the texts added since the last call, and forgets them. */
  take(visit: (word: number, count: number, inSubject: boolean) => void): void {
    for (const word of this.#seen) {
      const count = this.#counts[word] ?? 0;
      visit(word, count >> 1, (count & 1) === 1);
      this.#counts[word] = 0;
    }
    this.#seen = [];
  }

  /** Forgets what all tokens mean: words are numbered anew. */
  clear(): void {
    this.#tokens.clear();
  }

  #count(word: number, inSubject: boolean): void {
    if (word >= this.#counts.length) this.#grow(word);
    const before = this.#counts[word] ?? 0;
    if (before === 0) this.#seen.push(word);
    this.#counts[word] = (before + 2) | (inSubject ? 1 : 0);
  }

  #grow(word: number): void {
    const counts = new Uint32Array(2 ** Math.ceil(Math.log2(word + 1)));
    counts.set(this.#counts);
    this.#counts = counts;
  }
}

/** What a token means that is no word. */
const NO_WORD = -1;

/**
 * What tokens mean, in a hash table with open addressing. A token's meaning is the number of its one word, NO_WORD, or
 * another negative number, for which `wordsOf` gives several.
 *
 * All that is looked at for a token of up to eight bytes lies together, so that a look-up waits for memory once.
 */
class TokenTable {
  readonly #newWord: (word: string) => number;
  /**
   * SLOT numbers a token: its meaning, plus 1 if that is a word (0: free); its last four bytes; those before them, of
   * more than four mixed; where in `#bytes` it stands, plus 1, if it has more than eight.
   */
  #slots = new Int32Array(SLOT << 15);
  #count = 0;
  #bytes = new Uint8Array(1 << 18);
  #end = 0;
  #several: (readonly number[])[] = [[]];

  constructor(newWord: (word: string) => number) {
    this.#newWord = newWord;
  }

  /** Of the token that stands in the text from `from` to `to`, and whose bytes are put together in two numbers. */
  meaningOf(text: Buffer, from: number, to: number, first: number, last: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const long = to - from > 8;
    for (let slot = placeOf(first, last) & mask; ; slot = (slot + SLOT) & mask) {
      const meaning = slots[slot] ?? 0;
      if (meaning === 0) return this.#add(tokenOf(text, from, to), first, last);
      if (slots[slot + 1] !== last || slots[slot + 2] !== first) continue;
      const place = slots[slot + 3] ?? 0;
      if (long ? place > 0 && this.#isAt(place - 1, text, from, to) : place === 0)
        return meaning > 0 ? meaning - 1 : meaning;
    }
  }

  clear(): void {
    this.#slots.fill(0);
    this.#count = 0;
    this.#end = 0;
    this.#several = [[]];
  }

  wordsOf(meaning: number): readonly number[] {
    return this.#several[-1 - meaning] ?? [];
  }

  #isAt(place: number, text: Buffer, from: number, to: number): boolean {
    const bytes = this.#bytes;
    if (bytes[place] !== to - from) return false;
    const shift = place + 1 - from;
    for (let at = from; at < to; at++) if (bytes[at + shift] !== TOKEN_BYTES[text[at] ?? 0]) return false;
    return true;
  }

  #add(token: string, first: number, last: number): number {
    const meaning = this.#learn(token);
    const place = token.length > 8 ? this.#keep(token) + 1 : 0;
    if (++this.#count * SLOT * 2 > this.#slots.length) this.#grow();
    this.#put([meaning < 0 ? meaning : meaning + 1, last, first, place]);
    return meaning;
  }

  /** Puts a token's bytes behind their number, and says where. */
  #keep(text: string): number {
    if (this.#end + text.length >= this.#bytes.length) this.#growBytes();
    const place = this.#end;
    this.#bytes[this.#end++] = text.length;
    for (let at = 0; at < text.length; at++) this.#bytes[this.#end++] = text.charCodeAt(at);
    return place;
  }

  /** The parts of an identifier are tokens, too. */
  #learn(token: string): number {
    const [word, ...parts] = wordsOfToken(token);
    if (word === undefined) return NO_WORD;
    const number = this.#newWord(word);
    if (parts.length === 0) return number;
    this.#several.push([number, ...parts.map((part) => this.#wordOf(part))]);
    return -this.#several.length;
  }

  #wordOf(part: string): number {
    const bytes = Buffer.from(part, "latin1");
    let first = 0;
    let last = 0;
    for (const byte of bytes) {
      first = ((first << 8) | (first >>> 24)) ^ (last >>> 24);
      last = (last << 8) | byte;
    }
    return this.meaningOf(bytes, 0, bytes.length, first, last);
  }

  #growBytes(): void {
    const bytes = new Uint8Array(this.#bytes.length * 2);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += SLOT) if (old[at] !== 0) this.#put(old.subarray(at, at + SLOT));
  }

  /** A slot with these numbers, which has none of its token yet. */
  #put(numbers: ArrayLike<number>): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = placeOf(numbers[2] ?? 0, numbers[1] ?? 0) & mask;
    while (slots[slot] !== 0) slot = (slot + SLOT) & mask;
    slots.set(numbers, slot);
  }
}

const SLOT = 4;

function tokenOf(text: Buffer, from: number, to: number): string {
  return text.toString("latin1", from, to).toLowerCase();
}

/** Spreads what bytes have in common over the slots. */
function placeOf(first: number, last: number): number {
  const mixed = Math.imul(last ^ Math.imul(first, 0x85ebca6b), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 15)) * SLOT;
}

/** Characters of a text that are indexed; the longest real messages are merge logs of some 100 KB. */
export const MAX_TEXT = 65_536;
