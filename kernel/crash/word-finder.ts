/** Which of some words are in a text: one pass over its characters, however many the words. */
export class WordFinder {
  readonly #words: readonly string[];
  /** For each pair of ASCII characters, the number of its bucket; 0 for none. */
  readonly #bucketOf = new Uint8Array(ASCII * ASCII);
  readonly #buckets: Place[][] = [[]];

  /** Words are ASCII, of two characters or more. */
  constructor(words: readonly string[]) {
    this.#words = words;
    for (const [index, word] of words.entries()) this.#add(word, index);
  }

  /** Is any of the words in the text? */
  test(text: string): boolean {
    return this.#scan(text, undefined);
  }

  /** The places, in the list of words, of those that are in the text, in order. */
  find(text: string): readonly number[] {
    const found = new Set<number>();
    this.#scan(text, found);
    return found.size < 2 ? [...found] : [...found].sort((one, other) => one - other);
  }

  /** A word is looked for by the two characters in it that a log has least often. */
  #add(word: string, index: number): void {
    let offset = 0;
    for (let at = 1; at < word.length - 1; at++)
      if (frequency(word, at) < frequency(word, offset)) offset = at;
    const pair = word.charCodeAt(offset) * ASCII + word.charCodeAt(offset + 1);
    const bucket = this.#bucketOf[pair] || this.#buckets.push([]) - 1;
    this.#bucketOf[pair] = bucket;
    this.#buckets[bucket]?.push({ index, offset });
  }

  /** Stops at the first word unless they are to be collected. */
  #scan(text: string, found: Set<number> | undefined): boolean {
    for (let from = 0; from < text.length; from += PIECE - 1) {
      // Bytes are read several times faster than characters. Of others than ASCII seven bits: what is found is compared.
      const length = BYTES.write(text.slice(from, from + PIECE), "latin1");
      let before = BYTES[0] ?? 0;
      for (let at = 1; at < length; at++) {
        const code = BYTES[at] ?? 0;
        const bucket = this.#bucketOf[(before & 127) * ASCII + (code & 127)] ?? 0;
        before = code;
        if (bucket === 0) continue;
        for (const { index, offset } of this.#buckets[bucket] ?? []) {
          if (!text.startsWith(this.#words[index] ?? "", from + at - 1 - offset)) continue;
          if (found === undefined) return true;
          found.add(index);
        }
      }
    }
    return found !== undefined && found.size > 0;
  }
}

/** Characters that are looked through at a time. */
const PIECE = 1 << 16;
const BYTES = Buffer.alloc(PIECE);

interface Place {
  readonly index: number;
  /** Where in the word the pair stands. */
  readonly offset: number;
}

const ASCII = 128;

/** How often the pair at a place of a word stands in a log, roughly. */
function frequency(word: string, at: number): number {
  return (FREQUENCIES[word.charCodeAt(at)] ?? 0) + (FREQUENCIES[word.charCodeAt(at + 1)] ?? 0);
}

/** Of each ASCII character. A table, as every start asks for those of some thousand. */
const FREQUENCIES = Uint8Array.from({ length: ASCII }, (_, code) => frequencyOf(String.fromCharCode(code)));

function frequencyOf(character: string): number {
  if (/[A-Z[]/.test(character)) return 1;
  return /[jkqvxz#!'(]/.test(character) ? 2 : /[^a-z\d ]/.test(character) ? 3 : 4;
}
