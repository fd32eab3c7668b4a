import type { RawLine } from "./dressing.ts";

/** Lines of this encoding (RFC 2045, 6.7) have at most 76 characters; broken ones end with `=`. */
const WIDEST = 76;
const NARROWEST = 60;

/** Mails as they are on the wire: lines that end with `=` are joined with the next, `=3D` is decoded in them. */
export function joinSoftBreaks(lines: readonly RawLine[]): readonly RawLine[] {
  if (!lines.some((line) => isBroken(line.text))) return lines;
  const joined: RawLine[] = [];
  let open: RawLine | undefined;
  for (const line of lines) {
    const whole: RawLine = open === undefined ? line : { ...open, text: open.text + line.text.trimEnd() };
    if (isBroken(line.text) && whole.text.length < LONGEST) {
      open = { ...whole, text: whole.text.replace(/=\s?$/, "") };
    } else {
      joined.push({ ...whole, text: decode(whole.text) });
      open = undefined;
    }
  }
  if (open !== undefined) joined.push({ ...open, text: decode(open.text) });
  return joined;
}

const LONGEST = 4000;

function isBroken(line: string): boolean {
  const end = line.endsWith("\r") ? line.length - 1 : line.length;
  return line[end - 1] === "=" && end >= NARROWEST && end <= WIDEST;
}

function decode(text: string): string {
  if (!text.includes("=")) return text;
  return text.replace(/=([0-7][0-9A-F])/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
