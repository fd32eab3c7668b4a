import { CLASS, CLASS_OF, endOfComment, endOfQuoted, endOfWord, textBetween } from "./c-lexer.ts";
import { textOfBytes } from "./encoding.ts";

/**
 * A format as the source writes it: text with its escapes undone, and names of macros between MACRO and END where
 * the source has a macro between the strings (`KERN_ERR PFX "no memory\n"`).
 */
export type RawFormat = string;

export const MACRO = "\u0001";
export const END = "\u0002";
/** Where `pr_fmt`'s own argument goes. */
export const ARGUMENT = "\u0003";

export interface ReadFormat {
  readonly raw: RawFormat;
  /** From `KERN_ERR` and its like; `cont` for KERN_CONT. */
  readonly level: string | undefined;
  /** The position behind it. */
  readonly end: number;
  /** It has text of its own, not only macros. */
  readonly hasText: boolean;
}

/**
 * Reads an argument that is made of strings and macros only. What stands before the first string and is no part of
 * it (`cond ? "a" : "b"`, a cast) is stepped over; what stands behind it ends it.
 */
export function readFormat(bytes: Buffer, from: number, to: number): ReadFormat {
  let raw = "";
  let level: string | undefined;
  let hasText = false;
  let at = from;
  scan: while (at < to) {
    const kind = CLASS_OF[bytes[at] ?? 0];
    switch (kind) {
      case CLASS.blank:
      case CLASS.newline:
        at++;
        break;
      case CLASS.slash: {
        const behind = endOfComment(bytes, at);
        if (behind === at) break scan;
        at = behind;
        break;
      }
      case CLASS.quote: {
        const end = endOfQuoted(bytes, at);
        raw += withoutEscapes(
          textBetween(bytes, at + 1, bytes[end - 1] === 34 && end > at + 1 ? end - 1 : end),
        );
        hasText = true;
        at = end;
        break;
      }
      case CLASS.word: {
        const end = endOfWord(bytes, at);
        const name = textBetween(bytes, at, end);
        const kern = /^KERN_(\w+)$/.exec(name)?.[1];
        if (kern !== undefined) level = KERN_LEVELS[kern] ?? level;
        else raw += `${MACRO}${name}${END}`;
        at = skipArguments(bytes, end, to);
        break;
      }
      default:
        if (hasText) break scan;
        raw = "";
        at++;
    }
  }
  // `<3>` is how KERN_ERR was spelled out before 3.6; \1 and a digit is how it is since (include/linux/kern_levels.h).
  const spelled = SPELLED.exec(raw);
  if (spelled !== null) {
    raw = raw.slice(spelled[0].length);
    level ??= SPELLED_LEVELS[spelled[1] ?? spelled[2] ?? ""];
  }
  return { raw: textOfBytes(raw), level, end: at, hasText };
}

/** `__stringify(LINE)`: the arguments of a macro inside a format belong to it. */
function skipArguments(bytes: Buffer, at: number, to: number): number {
  let open = at;
  while (open < to && bytes[open] === 32) open++;
  if (bytes[open] !== 40) return at;
  let depth = 0;
  const last = Math.min(to, open + LONGEST_ARGUMENTS);
  for (let end = open; end < last; end++) {
    const byte = bytes[end];
    if (byte === 40) depth++;
    else if (byte === 41 && --depth === 0) return end + 1;
    else if (byte === 34) end = endOfQuoted(bytes, end) - 1;
  }
  return at;
}

/** `__stringify(X)` and its like are short; a parenthesis that never closes must not be searched for again and again. */
const LONGEST_ARGUMENTS = 400;

function withoutEscapes(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    ESCAPE,
    (whole, octal: string | undefined, hex: string | undefined, simple: string | undefined) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16) & 0xff);
      if (simple === "\n" || simple === "\r\n") return "";
      return SIMPLE_ESCAPES[simple ?? ""] ?? simple ?? whole;
    },
  );
}

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,4})|(\r\n|[\s\S]))/g;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "",
  b: "",
  f: " ",
  v: " ",
  e: "",
  "0": "",
};

const SPELLED = new RegExp(`^(?:<([0-7cd])>|${MACRO}([0-7c])(?!\\w*${END}))`);

const KERN_LEVELS: Readonly<Record<string, string>> = {
  EMERG: "emerg",
  ALERT: "alert",
  CRIT: "crit",
  ERR: "err",
  WARNING: "warn",
  NOTICE: "notice",
  INFO: "info",
  DEBUG: "debug",
  CONT: "cont",
};
const SPELLED_LEVELS: Readonly<Record<string, string>> = {
  "0": "emerg",
  "1": "alert",
  "2": "crit",
  "3": "err",
  "4": "warn",
  "5": "notice",
  "6": "info",
  "7": "debug",
  c: "cont",
};
