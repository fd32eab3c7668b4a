import { LONGEST_WORD, TOKEN_BYTES, wordsOfToken } from "../kernel/words.ts";

/**
 * Counts the words of one text after the other, each word under a number that `numberOf` gives it once.
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
  /** The current text: bytes are read several times faster than the characters of a string. */
  readonly #text = Buffer.alloc(MAX_TEXT * 3);

  constructor(numberOf: (word: string) => number) {
    this.#tokens = new TokenTable(numberOf);
  }

  /** Counts the words of a text, of its first MAX_TEXT characters. */
  add(text: string, inSubject: boolean): void {
    const bytes = this.#text;
    const end = this.#text.write(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text, "utf8");
    for (let at = 0; at < end; at++) {
      const from = at;
      let hash = 0;
      for (; at < end; at++) {
        const byte = TOKEN_BYTES[bytes[at] ?? 0] ?? 0;
        if (byte === 0) break;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      if (at - from < 2 || at - from > LONGEST_WORD) continue;
      const meaning = this.#tokens.meaningOf(bytes, from, at, hash);
      if (meaning >= 0) this.#count(meaning, inSubject);
      else for (const word of this.#tokens.wordsOf(meaning)) this.#count(word, inSubject);
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

/**
 * What tokens mean, in a hash table with open addressing. A token's meaning is the number of its one word, or a
 * negative one, for which `wordsOf` gives none or several.
 *
 * What belongs together lies together, so that a look-up waits for memory three times, not seven.
 */
class TokenTable {
  readonly #numberOf: (word: string) => number;
  /** Pairs: the token's place in `#tokens`, plus 1 (0: free), and its hash. A power of two of them. */
  #slots = new Int32Array(2 << 15);
  /** Triples: where its bytes begin, how many, its meaning. */
  #tokens = new Int32Array(3 << 14);
  #size = 0;
  #bytes = new Uint8Array(1 << 18);
  #end = 0;
  readonly #several: (readonly number[])[] = [[]];

  constructor(numberOf: (word: string) => number) {
    this.#numberOf = numberOf;
  }

  /** Of the token that stands in the text from `from` to `to`, and has this hash. */
  meaningOf(text: Buffer, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = placeOf(hash) & mask; ; slot = (slot + 2) & mask) {
      const token = (slots[slot] ?? 0) - 1;
      if (token === -1) return this.#add(slot, tokenOf(text, from, to), hash);
      if (slots[slot + 1] === hash && this.#isAt(token, text, from, to)) return this.#tokens[token + 2] ?? 0;
    }
  }

  wordsOf(meaning: number): readonly number[] {
    return this.#several[-1 - meaning] ?? [];
  }

  #isAt(token: number, text: Buffer, from: number, to: number): boolean {
    if (this.#tokens[token + 1] !== to - from) return false;
    const bytes = this.#bytes;
    const shift = (this.#tokens[token] ?? 0) - from;
    for (let at = from; at < to; at++) if (bytes[at + shift] !== TOKEN_BYTES[text[at] ?? 0]) return false;
    return true;
  }

  #add(slot: number, text: string, hash: number): number {
    if (this.#size === this.#tokens.length) this.#growTokens();
    if (this.#end + text.length > this.#bytes.length) this.#growBytes();
    const token = this.#size;
    const meaning = this.#learn(text);
    this.#tokens.set([this.#end, text.length, meaning], token);
    for (let at = 0; at < text.length; at++) this.#bytes[this.#end++] = text.charCodeAt(at);
    this.#slots[slot] = token + 1;
    this.#slots[slot + 1] = hash;
    this.#size += 3;
    if ((this.#size / 3) * 4 > this.#slots.length) this.#rehash();
    return meaning;
  }

  #learn(token: string): number {
    const [word, ...more] = wordsOfToken(token).map(this.#numberOf);
    if (word === undefined) return -1;
    if (more.length === 0) return word;
    this.#several.push([word, ...more]);
    return -this.#several.length;
  }

  #growTokens(): void {
    const tokens = new Int32Array(this.#tokens.length * 2);
    tokens.set(this.#tokens);
    this.#tokens = tokens;
  }

  #growBytes(): void {
    const bytes = new Uint8Array(this.#bytes.length * 2);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let old = 0; old < this.#slots.length; old += 2) {
      if (this.#slots[old] === 0) continue;
      let slot = placeOf(this.#slots[old + 1] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = this.#slots[old] ?? 0;
      slots[slot + 1] = this.#slots[old + 1] ?? 0;
    }
    this.#slots = slots;
  }
}

function tokenOf(text: Buffer, from: number, to: number): string {
  return text.toString("latin1", from, to).toLowerCase();
}

/** Spreads what a sum leaves close together; even, as slots are pairs. */
function placeOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) << 1;
}

/** Characters of a text that are indexed; the longest real messages are merge logs of some 100 KB. */
const MAX_TEXT = 65_536;
