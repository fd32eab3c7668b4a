import { UNSAFE } from "./unsafe-characters.ts";

/**
 * JSON that is safe on a terminal, too: JSON.stringify escapes the control characters below U+0020 only, this also those
 * above, and what turns the direction of text or hides. The value is the same (RFC 8259, section 7).
 */
export function jsonText(value: unknown, { indent = 0 } = {}): string {
  return JSON.stringify(value, undefined, indent)
    .split("\n") // only what indents it: a line feed of a text is escaped
    .map((line) => line.replace(UNSAFE, escaped))
    .join("\n");
}

/** Both halves of what lies beyond U+FFFF. */
function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}
