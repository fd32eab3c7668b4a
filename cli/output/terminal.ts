import { styleText } from "node:util";
import type { Io } from "../definition.ts";

/**
 * Text from logs, commits and refs made safe to print: no terminal escapes, no control characters but newline and
 * tab, no characters that turn the direction of text or hide (Unicode TR36, bidirectional and zero-width ones).
 */
export function sanitize(text: string): string {
  return text.replace(NOT_PLAIN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (!UNSAFE_RANGES.some(([first, last]) => code >= first && code <= last)) return character;
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

const NOT_PLAIN = /[^\n\t -~]/gu;
const UNSAFE_RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
];

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Colours a text, or leaves it: only on a terminal, and never with NO_COLOR (no-color.org). */
export type Paint = (style: Style, text: string) => string;

export function painter(io: Pick<Io, "stdout" | "env">): Paint {
  const wanted = io.env.FORCE_COLOR !== undefined && io.env.FORCE_COLOR !== "0";
  const coloured = !io.env.NO_COLOR && (wanted || (io.stdout.isTTY === true && io.env.TERM !== "dumb"));
  return coloured
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text;
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
