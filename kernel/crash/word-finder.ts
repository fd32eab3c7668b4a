/**
 * Which of some words are in a text: one pass over its characters, however many the words. Where no word is shorter than
 * three characters, at most of the text only every second one is looked at (Wu and Manber, "A fast algorithm for
 * multi-pattern searching", 1994, with blocks of two).
 */
export class WordFinder {
  readonly #words: readonly string[];
  /** How far to go on from a pair of characters that is in no word. */
  readonly #stride: 1 | 2;
  /** For each pair of ASCII characters: IN_NO_WORD, BEGINS_ONE or the number of its bucket. */
  readonly #bucketOf = new Uint8Array(ASCII * ASCII);
  readonly #buckets: Place[][] = [[], []];

  /** Words are ASCII, of two characters or more. */
  constructor(words: readonly string[]) {
    this.#words = words;
    this.#stride = words.every((word) => word.length > 2) ? 2 : 1;
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

  /** A word is looked for by the rarest pair of characters in it; who goes by twos may come upon the pair before. */
  #add(word: string, index: number): void {
    const first = this.#stride - 1;
    let offset = first;
    for (let at = first + 1; at < word.length - 1; at++)
      if (rarity(word, at) > rarity(word, offset)) offset = at;
    const pair = pairAt(word, offset);
    if ((this.#bucketOf[pair] ?? 0) <= BEGINS_ONE) this.#bucketOf[pair] = this.#buckets.push([]) - 1;
    this.#buckets[this.#bucketOf[pair] ?? 0]?.push({ index, offset });
    if (first === 0) return;
    const before = pairAt(word, offset - 1);
    if (this.#bucketOf[before] === IN_NO_WORD) this.#bucketOf[before] = BEGINS_ONE;
  }

  /** Stops at the first word unless they are to be collected. */
  #scan(text: string, found: Set<number> | undefined): boolean {
    const bucketOf = this.#bucketOf;
    const stride = this.#stride;
    for (let from = 0; from < text.length; from += PIECE - stride) {
      // Bytes are read several times faster than characters. Of others than ASCII seven bits: what is found is compared.
      const length = BYTES.write(text.slice(from, from + PIECE), "latin1");
      for (let at: number = stride; at < length; at++) {
        const bucket = bucketOf[((BYTES[at - 1] ?? 0) & 127) * ASCII + ((BYTES[at] ?? 0) & 127)] ?? 0;
        if (bucket === IN_NO_WORD) at += stride - 1;
        else if (bucket !== BEGINS_ONE && this.#isIn(text, from + at - 1, bucket, found)) return true;
      }
    }
    return found !== undefined && found.size > 0;
  }

  /** Does a word of the bucket stand in the text with its pair at this place? False where words are collected. */
  #isIn(text: string, place: number, bucket: number, found: Set<number> | undefined): boolean {
    for (const { index, offset } of this.#buckets[bucket] ?? []) {
      if (!text.startsWith(this.#words[index] ?? "", place - offset)) continue;
      if (found === undefined) return true;
      found.add(index);
    }
    return false;
  }
}

/** What a pair's number says that is none of a bucket: go on by the stride; go on by one. */
const IN_NO_WORD = 0;
const BEGINS_ONE = 1;

/** Characters that are looked through at a time. */
const PIECE = 1 << 16;
const BYTES = Buffer.alloc(PIECE);

interface Place {
  readonly index: number;
  /** Where in the word the pair stands. */
  readonly offset: number;
}

const ASCII = 128;

function pairAt(word: string, at: number): number {
  return word.charCodeAt(at) * ASCII + word.charCodeAt(at + 1);
}

/** How seldom the pair at a place of a word stands in a text, roughly. */
function rarity(word: string, at: number): number {
  return (RARITIES[word.charCodeAt(at)] ?? 0) + (RARITIES[word.charCodeAt(at + 1)] ?? 0);
}

/** Printable characters, those that commit messages have most often first. */
const BY_FREQUENCY =
  " eaointrdscflbhmug.102p3648597-y:vkw><S_@xA/CTMIPR,DL)(BEjzH'FNGOK[]JUWqV\"=+X*YZ;Q#|?&%{}!\\`^~$";

/** Of each ASCII character. */
const RARITIES = Uint8Array.from({ length: ASCII }, (_, code) =>
  Math.max(0, BY_FREQUENCY.indexOf(String.fromCharCode(code))),
);
