/**
 * The words of a commit's subject and prose, and of a crash, as the text index knows them.
 *
 * A word is lower-case; an identifier stays whole (`pick_next_task_fair`) and is also given in its parts
 * (`pick`, `next`, `task`, `fair`), so that prose about "the next task" and code meet. Numbers, addresses and
 * the commonest words of English say nothing of a bug and are left out.
 */
export function* wordsOf(text: string): Generator<string> {
  for (const [token] of text.matchAll(TOKEN)) yield* wordsOfToken(token.toLowerCase());
}

/** The words of one token, a run of lower-case ASCII letters, digits and `_` of at least two: none when it says nothing. */
export function wordsOfToken(token: string): string[] {
  if (token.length > LONGEST_WORD || STOP_WORDS.has(token) || isNumber(token)) return [];
  return token.includes("_") ? [token, ...partsOf(token)] : [token];
}

/** Characters; what is longer is no word. */
export const LONGEST_WORD = 64;

/**
 * For each byte of a token the byte in lower case, 0 for all that is not part of a token: `wordsOf` for those who
 * read bytes. What is not ASCII separates, so the bytes may be UTF-8 or Latin-1.
 */
export const TOKEN_BYTES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = byte < 128 ? String.fromCharCode(byte).toLowerCase() : "";
  return /[a-z0-9_]/.test(character) ? character.charCodeAt(0) : 0;
});

function partsOf(identifier: string): string[] {
  return identifier
    .split("_")
    .filter((part) => part.length > 1 && part !== identifier && !STOP_WORDS.has(part) && !isNumber(part));
}

/** Decimal numbers, and hexadecimal ones as addresses and shas are written, of seven digits or more (`e1000e` is a driver). */
function isNumber(token: string): boolean {
  if (token.charCodeAt(0) <= 57 && /^(0x[0-9a-f]*|\d+)$/.test(token)) return true;
  return token.length >= 7 && HEX.test(token) && /\d/.test(token);
}

const TOKEN = /[A-Za-z0-9_]{2,}/g;
const HEX = /^[0-9a-f]+$/;

const STOP_WORDS = new Set(
  `the to of in is it and for this that on be we as with not are by if an so can at or from when which was
  but have will has there by do does all no only than then its also some into one they out because been
  would such may i e.g you us our these those them their were what where while after before any more
  commit patch signed off cc com org net www http https linux kernel`.split(/\s+/),
);
