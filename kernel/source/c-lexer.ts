/**
 * The lowest level of reading C: classes of bytes, and what is stepped over as one. Positions are byte offsets; a
 * newline inside is counted by the caller with `countLines`.
 */

export const CLASS = {
  other: 0,
  word: 1,
  blank: 2,
  newline: 3,
  slash: 4,
  quote: 5,
  apostrophe: 6,
  hash: 7,
  open: 8,
  close: 9,
  openBrace: 10,
  closeBrace: 11,
  semicolon: 12,
  comma: 13,
  equals: 14,
  digit: 15,
} as const;

/** The class of every byte. Bytes over 127 (names in comments, rarely in strings) are like letters. */
export const CLASS_OF: Uint8Array = classTable();

export const NEWLINE = 10;
const BACKSLASH = 92;
const SLASH = 47;
const STAR = 42;

/** True for a byte that can go on a C identifier. */
export function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const kind = CLASS_OF[byte];
  return kind === CLASS.word || kind === CLASS.digit;
}

/** The end of the identifier or number that begins at `at`. */
export function endOfWord(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (isWordByte(bytes[end])) end++;
  return end;
}

/** The position behind a string or character constant that begins at `at`; a newline ends an unfinished one. */
export function endOfQuoted(bytes: Uint8Array, at: number): number {
  const quote = bytes[at];
  let end = at + 1;
  for (; end < bytes.length; end++) {
    const byte = bytes[end];
    if (byte === quote) return end + 1;
    if (byte === NEWLINE) return end;
    if (byte === BACKSLASH) end++;
  }
  return Math.min(end, bytes.length);
}

/** The position behind the comment at `at` (before the newline for `//`); `at` itself when there is none. */
export function endOfComment(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] === SLASH) {
    const end = bytes.indexOf(NEWLINE, at);
    return end === -1 ? bytes.length : end;
  }
  if (bytes[at + 1] !== STAR) return at;
  let end = at + 2;
  for (;;) {
    end = bytes.indexOf(SLASH, end);
    if (end === -1) return bytes.length;
    if (bytes[end - 1] === STAR && end > at + 2) return end + 1;
    end++;
  }
}

/**
 * The end of a preprocessor line: its newline, or the end of the file. Lines continued with a backslash and
 * comments over several lines belong to it.
 */
export function endOfDirective(bytes: Uint8Array, at: number): number {
  let end = at;
  while (end < bytes.length) {
    const byte = bytes[end];
    if (byte === NEWLINE) {
      const before = bytes[end - 1] === 13 ? bytes[end - 2] : bytes[end - 1];
      if (before !== BACKSLASH) return end;
    } else if (byte === SLASH) {
      const behind = endOfComment(bytes, end);
      if (behind > end) {
        end = behind;
        continue;
      }
    } else if (byte === 34) {
      end = Math.max(endOfQuoted(bytes, end), end + 1);
      continue;
    }
    end++;
  }
  return bytes.length;
}

/** How many newlines stand between two positions. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) if (bytes[at] === NEWLINE) lines++;
  return lines;
}

/** The bytes as text, each one character (Latin-1): positions stay what they are. */
export function textBetween(bytes: Buffer, from: number, to: number): string {
  return from < to ? bytes.toString("latin1", from, Math.min(to, bytes.length)) : "";
}

function classTable(): Uint8Array {
  const table = new Uint8Array(256);
  const set = (text: string, kind: number): void => {
    for (const character of text) table[character.charCodeAt(0)] = kind;
  };
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$", CLASS.word);
  set("0123456789", CLASS.digit);
  set(" \t\r\f\v\\", CLASS.blank);
  set("\n", CLASS.newline);
  set("/", CLASS.slash);
  set('"', CLASS.quote);
  set("'", CLASS.apostrophe);
  set("#", CLASS.hash);
  set("(", CLASS.open);
  set(")", CLASS.close);
  set("{", CLASS.openBrace);
  set("}", CLASS.closeBrace);
  set(";", CLASS.semicolon);
  set(",", CLASS.comma);
  set("=", CLASS.equals);
  return table;
}
