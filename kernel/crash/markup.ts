/** Undoes what terminals, browsers, word processors and mailers do to characters. */

const NAMED: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["lbrack", "["],
  ["rbrack", "]"],
  ["lsqb", "["],
  ["rsqb", "]"],
  ["plus", "+"],
  ["num", "#"],
  ["colon", ":"],
  ["newline", "\n"],
  ["tab", "\t"],
]);

/** Those of which a log may be full. */
const FREQUENT = [
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
] as const;

/** Characters that stand for a plain one: typographic quotes and dashes, spaces of all widths, marks of no width, signs of multiplication. */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u2032]/g, "'"],
  [/[\u201c\u201d\u201e\u2033]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, "-"],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " "],
  [/[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]/g, ""],
  [/\u2026/g, "..."],
  [/[\u2039\u27e8]/g, "<"],
  [/[\u203a\u27e9]/g, ">"],
  // how terminal programs show an end of line
  [/[\u240d\u240a]{1,4}$/, ""],
  // what typesetters make of 0x1b
  [/\b0\u00d7(?=[0-9a-f])/g, "0x"],
];

const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const ANSI = new RegExp(
  `${ESCAPE}(?:\\[[0-9;?]{0,32}[A-Za-z]|\\][^${BELL}${ESCAPE}]{0,256}(?:${BELL}|${ESCAPE}\\\\)?|[()][A-Z0-9]|[=>78])`,
  "g",
);
/** Escape sequences whose escape character was lost or written out: `^[[0m`, `\x1b[0m`, `\u001b[0m`, `#033[0m`. */
const WRITTEN_ANSI = /(?:\^\[|\\x1b|\\u001b|\\033|\\e|#033)\[[0-9;]{0,16}m/gi;
const ENTITY = /&(?:#(\d{1,6})|#[xX]([0-9a-fA-F]{1,5})|(?!amp;)([a-zA-Z]{2,7}));/g;
/** `\\u003c`, outside of a JSON string. */
const WRITTEN_CHARACTER = /\\u00([2-7][0-9a-fA-F])/g;
const CELL = /<\/(?:td|TD)>/g;
const BREAK = /<(?:br|BR)\s{0,4}\/?>|<\/(?:p|div|li|tr|P|DIV|LI|TR)>/g;
const TAG =
  /<\/?(?:pre|code|p|div|span|li|ul|ol|tt|font|b|i|em|strong|a|blockquote|td|tr|th|table|tbody|body|html|samp|PRE|CODE)(?:\s[^<>]{0,300})?>/g;

/** The lines of a message with markup, escapes and lookalike characters undone; entities first, as they may hold the others. */
export function mendMarkup(message: string): string[] {
  const line = withoutLineEnd(message);
  let text = line.includes("&") ? decodeEntities(line) : line;
  if (text.includes(ESCAPE)) text = text.replace(ANSI, "");
  if (text.includes("[") && /\^\[|\\x1b|\\u001b|\\033|\\e\[|#033/i.test(text))
    text = text.replace(WRITTEN_ANSI, "");
  if (text.includes("<")) text = text.replace(BREAK, "\n").replace(CELL, "\t").replace(TAG, "");
  if (text.includes("\\u00"))
    text = text.replace(WRITTEN_CHARACTER, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
  // All blanks are doubled.
  if (text.includes("  ") && !SINGLE_BLANK.test(text)) text = text.replaceAll("  ", " ");
  if (/[^\0-\u007f]/.test(text))
    for (const [pattern, plain] of LOOKALIKES) text = text.replace(pattern, plain);
  if (!text.includes("\r") && !text.includes("\n")) return [text];
  return text.split(/\r\n|\r|\n/);
}

/** A carriage return at the end of a line begins no other: what was broken across two lines stays side by side. */
function withoutLineEnd(message: string): string {
  let end = message.length;
  while (end > 0 && (message[end - 1] === "\r" || message[end - 1] === "\n")) end--;
  return end === message.length ? message : message.slice(0, end);
}

const SINGLE_BLANK = /(?:^|[^ ]) (?:[^ ]|$)/;

/** Entities, also those that were escaped twice: `&amp;` comes last. */
function decodeEntities(text: string): string {
  let decoded = text;
  for (let pass = 0; pass < 2 && decoded.includes("&"); pass++) {
    for (const [entity, character] of FREQUENT) decoded = decoded.replaceAll(entity, character);
    decoded = decoded
      .replace(ENTITY, (entity, decimal, hexadecimal, name) => {
        if (typeof name === "string") return NAMED.get(name.toLowerCase()) ?? entity;
        const code =
          typeof decimal === "string" ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal, 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
      })
      .replaceAll("&amp;", "&");
  }
  return decoded;
}
