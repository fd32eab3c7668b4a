import { LONGEST_WORD, SHORTEST_WORD, TOKEN_BYTES } from "../kernel/words.ts";
import { firstOf, NO_WORD, WordTable } from "./word-table.ts";

/**
 * Counts the words of one text after the other. The messages of a whole history have some ten million tokens: what
 * one means is looked up by its bytes (cache/word-table.ts), and no string is made for it.
 */
export class WordCounter {
  readonly words = new WordTable();
  /** By word, of the current text: twice how often, plus one when it stood in the subject. */
  #counts = new Uint32Array(1 << 14);
  /** The words of the current text, in the order in which they came. */
  #seen = new Uint32Array(1 << 14);
  #seenEnd = 0;

  /** Counts the words of a text in UTF-8, which stands in `bytes` from `start` to `to`. */
  add(bytes: Uint8Array, start: number, to: number, inSubject: boolean): void {
    const end = Math.min(to, start + MAX_TEXT * 3);
    for (let at = start; at < end; at++) {
      const from = at;
      let first = 0;
      let last = 0;
      for (; at < end; at++) {
        const byte = TOKEN_BYTES[bytes[at] ?? 0] ?? 0;
        if (byte === 0) break;
        first = firstOf(first, last);
        last = (last << 8) | byte;
      }
      if (at - from < SHORTEST_WORD || at - from > LONGEST_WORD) continue;
      const meaning = this.words.meaningOf(bytes, from, at, first, last);
      if (meaning >= 0) this.#count(meaning, inSubject);
      else this.#countSeveral(-meaning, inSubject);
    }
  }

  /** Tells every word of the texts added since the last call, and forgets them. */
  take(visit: (word: number, count: number, inSubject: boolean) => void): void {
    for (let at = 0; at < this.#seenEnd; at++) {
      const word = this.#seen[at] ?? 0;
      const count = this.#counts[word] ?? 0;
      this.#counts[word] = 0;
      if (word !== NO_WORD) visit(word, count >> 1, (count & 1) === 1);
    }
    this.#seenEnd = 0;
  }

  #countSeveral(start: number, inSubject: boolean): void {
    const { several } = this.words;
    for (let at = start; several[at] !== NO_WORD; at++) this.#count(several[at] ?? 0, inSubject);
  }

  /** What is no word is counted as one: to tell it from others takes longer. */
  #count(word: number, inSubject: boolean): void {
    if (word >= this.#counts.length) this.#grow();
    const before = this.#counts[word] ?? 0;
    if (before === 0) this.#seen[this.#seenEnd++] = word;
    this.#counts[word] = (before + 2) | (inSubject ? 1 : 0);
  }

  /** For all words that are known, and as many to come. */
  #grow(): void {
    const [counts, seen] = [this.#counts, this.#seen];
    this.#counts = new Uint32Array(2 * this.words.size);
    this.#counts.set(counts);
    this.#seen = new Uint32Array(2 * this.words.size);
    this.#seen.set(seen);
  }
}

/** Characters of a text that are indexed; the longest real messages are merge logs of some 100 KB. */
export const MAX_TEXT = 65_536;
