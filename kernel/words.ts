/**
 * The words of a commit's subject and prose, and of a crash, as the text index knows them.
 *
 * A word is lower-case; an identifier stays whole (`pick_next_task_fair`) and is also given in its parts
 * (`pick`, `next`, `task`, `fair`), so that prose about "the next task" and code meet. Numbers, addresses and
 * the commonest words of English say nothing of a bug and are left out.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let token = "";
  const add = (from: number, to: number): void => {
    const word = token.slice(from, to);
    if (!STOP_WORDS.has(word) && !isNumber(CODES, from, to)) words.push(word);
  };
  for (const found of text.match(TOKEN) ?? []) {
    if (found.length > LONGEST_WORD) continue;
    token = found.toLowerCase();
    for (let at = 0; at < token.length; at++) CODES[at] = token.charCodeAt(at);
    add(0, token.length);
    visitParts(CODES, 0, token.length, add);
  }
  return words;
}

/*
 * What a token is, a run of ASCII letters, digits and `_`, for those who read bytes as well: it stands in `bytes` from
 * `from` to `to`, in lower case.
 */

/** Characters of a token; what has fewer or more is no word. */
export const SHORTEST_WORD = 2;
export const LONGEST_WORD = 64;

/** Of the token that is looked at. */
const CODES = new Uint8Array(LONGEST_WORD);

/**
 * For each byte of a token the byte in lower case, 0 for all that is not part of a token. What is not ASCII separates,
 * so the bytes may be UTF-8 or Latin-1.
 */
export const TOKEN_BYTES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = byte < 128 ? String.fromCharCode(byte).toLowerCase() : "";
  return /[a-z0-9_]/.test(character) ? character.charCodeAt(0) : 0;
});

/** Visits the parts of an identifier with `_` that are long enough for a word; of another token there are none. */
export function visitParts(
  bytes: Uint8Array,
  from: number,
  to: number,
  visit: (from: number, to: number) => void,
): void {
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to ? bytes[at] !== UNDERSCORE : start === from) continue;
    if (at - start >= SHORTEST_WORD) visit(start, at);
    start = at + 1;
  }
}

/** Decimal numbers, and hexadecimal ones as addresses and shas are written, of seven digits or more (`e1000e` is a driver). */
export function isNumber(bytes: Uint8Array, from: number, to: number): boolean {
  const prefixed = bytes[from] === ZERO && bytes[from + 1] === X;
  let digits = 0;
  for (let at = prefixed ? from + 2 : from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte <= NINE) digits++;
    else if (byte < A || byte > F) return false;
  }
  return prefixed || digits === to - from || (digits > 0 && to - from >= 7);
}

const ZERO = 0x30;
const NINE = 0x39;
const UNDERSCORE = 0x5f;
const A = 0x61;
const F = 0x66;
const X = 0x78;
const TOKEN = /[A-Za-z0-9_]{2,}/g;

export const STOP_WORDS: ReadonlySet<string> = new Set(
  `the to of in is it and for this that on be we as with not are by if an so can at or from when which was
  but have will has there by do does all no only than then its also some into one they out because been
  would such may i e.g you us our these those them their were what where while after before any more
  commit patch signed off cc com org net www http https linux kernel`.split(/\s+/),
);
