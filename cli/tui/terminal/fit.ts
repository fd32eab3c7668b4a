import stringWidth from "string-width";

/** How many columns a styled text takes. Nearly every row is ASCII with styles: those are counted without Unicode's tables. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const bare = text.replace(STYLES, "");
  return NARROW.test(bare) ? bare.length : stringWidth(bare);
}

/** A styled text in exactly so many columns: cut with `…`, or filled with blanks. */
export function fitted(text: string, width: number): string {
  if (width <= 0) return "";
  const own = widthOf(text);
  if (own <= width) return own === width ? text : text + " ".repeat(width - own);
  const [kept, taken] = cut(text, width - 1);
  return `${kept}…${" ".repeat(Math.max(0, width - 1 - taken))}`;
}

/** The first columns of a styled text, with all of its styling; a wide character is never cut in two. */
function cut(text: string, width: number): [string, number] {
  let kept = "";
  let taken = 0;
  let full = false;
  for (const [piece] of text.matchAll(PIECES)) {
    if (piece.startsWith("\x1b")) {
      kept += piece;
      continue;
    }
    if (full) continue;
    if (NARROW.test(piece)) {
      const part = piece.slice(0, width - taken);
      kept += part;
      taken += part.length;
      full = part.length < piece.length;
      continue;
    }
    for (const { segment } of SEGMENTER.segment(piece)) {
      const own = stringWidth(segment);
      if (taken + own > width) {
        full = true;
        break;
      }
      kept += segment;
      taken += own;
    }
  }
  return [kept, taken];
}

const PLAIN = /^[ -~]*$/;
/** ASCII, and what the interface itself draws with: one column each. */
const NARROW = /^[ -~…─━│┫▸▶●○◆✔·›↑↓←→]*$/;
const ESC = "\\x1b";
const STYLES = new RegExp(`${ESC}\\[[\\d;]{0,16}m`, "g");
const PIECES = new RegExp(`${ESC}\\[[\\d;]{0,16}m|[ -~]+|[^ -~\\x1b]+|${ESC}`, "gu");
const SEGMENTER = new Intl.Segmenter();
