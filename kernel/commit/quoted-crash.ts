import { isCrashText } from "../crash/crash-text.ts";

/** A message's body cut into what its author wrote and the kernel logs that it quotes. */
export interface SeparatedBody {
  readonly prose: string;
  readonly quotes: readonly string[];
}

/**
 * Takes the quoted kernel logs out of a body. A quote begins and ends with a line that only a kernel log has; the
 * lines between stay with it while they look like a dump (indented, hexadecimal, a table) and not like a paragraph.
 */
export function separateQuotes(lines: readonly string[]): SeparatedBody {
  const marked = lines.map(isCrashText);
  if (!marked.includes(true)) return { prose: lines.join("\n"), quotes: [] };
  const prose: string[] = [];
  const quotes: string[] = [];
  for (let at = 0; at < lines.length; ) {
    if (!marked[at]) {
      prose.push(lines[at++] ?? "");
      continue;
    }
    const end = endOfQuote(lines, marked, at);
    quotes.push(lines.slice(at, end).join("\n"));
    at = end;
  }
  return { prose: prose.join("\n"), quotes };
}

/** Just behind the last log line that is reached over no more than a short gap of lines that are no prose. */
function endOfQuote(lines: readonly string[], marked: readonly boolean[], start: number): number {
  let end = start + 1;
  for (let at = end; at < lines.length && at - end <= MAX_GAP; at++) {
    if (marked[at]) end = at + 1;
    else if (isProse(lines[at] ?? "")) break;
  }
  return end;
}

/** A line of ordinary words at the left margin. */
function isProse(line: string): boolean {
  if (/^\s{2,}|^\t|^[>|[]/.test(line) || line.trim() === "") return false;
  const words = line.match(/[A-Za-z]{2,}/g) ?? [];
  return words.length >= 5 && words.join("").length * 2 > line.length;
}

const MAX_GAP = 12;
