/**
 * The words of a commit's subject and prose, and of a crash, as the text index knows them.
 *
 * A word is lower-case; an identifier stays whole (`pick_next_task_fair`) and is also given in its parts
 * (`pick`, `next`, `task`, `fair`), so that prose about "the next task" and code meet. Numbers, addresses and
 * the commonest words of English say nothing of a bug and are left out.
 */
export function* wordsOf(text: string): Generator<string> {
  for (const [token] of text.toLowerCase().matchAll(TOKEN)) {
    if (token.length > MAX_WORD || STOP_WORDS.has(token) || isNumber(token)) continue;
    yield token;
    if (token.includes("_")) yield* partsOf(token);
  }
}

function* partsOf(identifier: string): Generator<string> {
  for (const part of identifier.split("_")) {
    if (part.length > 1 && part !== identifier && !STOP_WORDS.has(part) && !isNumber(part)) yield part;
  }
}

/** Decimal numbers, and hexadecimal ones as addresses and shas are written, of seven digits or more (`e1000e` is a driver). */
function isNumber(token: string): boolean {
  if (token.charCodeAt(0) <= 57 && /^(0x[0-9a-f]*|\d+)$/.test(token)) return true;
  return token.length >= 7 && HEX.test(token) && /\d/.test(token);
}

const TOKEN = /[a-z_][a-z0-9_]+|\d[a-z0-9_]+/g;
const HEX = /^[0-9a-f]+$/;
const MAX_WORD = 64;

const STOP_WORDS = new Set(
  `the to of in is it and for this that on be we as with not are by if an so can at or from when which was
  but have will has there by do does all no only than then its also some into one they out because been
  would such may i e.g you us our these those them their were what where while after before any more
  commit patch signed off cc com org net www http https linux kernel`.split(/\s+/),
);
