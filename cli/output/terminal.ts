import { styleText } from "node:util";
import type { Io } from "../definition.ts";
import { UNSAFE } from "./unsafe-characters.ts";

/**
 * A piece of text from logs, commits, records and refs made safe to print on one line: no terminal escapes, no control
 * characters but tab, no characters that turn the direction of text, hide, or end a line (Unicode TR36 and UAX 9). Each
 * is shown by its number: `\x1b`, `\u202e`.
 */
export function sanitize(text: string): string {
  return text.replace(UNSAFE, escaped);
}

/** The same for a text of ours with several lines: a line feed stays. */
export function sanitizeLines(text: string): string {
  return text.replace(UNSAFE, (character) => (character === "\n" ? character : escaped(character)));
}

/** The last guard before a terminal: of a whole text, lines stay, and the styles that we use where they are wanted. */
export function sanitizeStyled(text: string, coloured: boolean): string {
  if (!coloured) return sanitizeLines(text);
  return text
    .split(STYLES)
    .map((piece, at) => (at % 2 === 1 ? piece : sanitizeLines(piece)))
    .join("");
}

/** The styles of `Paint`, of the terminal interface and of ripgrep's matches; not those that hide text (ECMA-48, 8.3.117). */
const STYLES = new RegExp(`(${String.fromCharCode(27)}\\[(?:0|1|2|4|7|22|24|27|3[1-69])?m)`);

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code > 0xffff) return `\\u{${digits}}`;
  return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Colours a text, or leaves it. */
export type Paint = (style: Style, text: string) => string;

export function painter(io: Pick<Io, "stdout" | "env" | "settings">): Paint {
  return isColoured(io)
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text;
}

/** As the user wishes; unless told, on a terminal that has colours. */
export function isColoured({ settings, stdout, env }: Pick<Io, "stdout" | "env" | "settings">): boolean {
  if (settings.color !== "auto") return settings.color === "always";
  return stdout.isTTY === true && env.TERM !== "dumb";
}

/** Breaks a text at blanks so that each line fits, later lines indented. */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
