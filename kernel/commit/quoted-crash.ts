import { beginsALine, CRASH_TEXT_BEGINNINGS, crashTextOf } from "../crash/crash-text-within.ts";
import { CharacterRun } from "./character-run.ts";

/** A message's body cut into what its author wrote and the kernel logs that it quotes. */
export interface SeparatedBody {
  readonly prose: string;
  readonly quotes: readonly string[];
}

/**
 * Takes the quoted kernel logs out of a body. A quote begins and ends with a line that only a kernel log has; the
 * lines between, and those that adjoin it, stay with it while they look like a dump (a table, a list of modules,
 * hexadecimal) and not like a paragraph.
 */
export function separateQuotes(text: string): SeparatedBody {
  const isLogLine = logLineOf(text);
  if (isLogLine === undefined) return { prose: text, quotes: [] };
  const lines = text.split("\n");
  const marked = lines.map(isLogLine);
  if (!marked.includes(true)) return { prose: text, quotes: [] };
  const prose: string[] = [];
  const quotes: string[] = [];
  for (let at = 0; at < lines.length; ) {
    if (!marked[at]) {
      prose.push(lines[at++] ?? "");
      continue;
    }
    const before = adjoiningAbove(prose);
    const end = endOfQuote(lines, marked, at);
    quotes.push([...before, ...lines.slice(at, end)].join("\n"));
    at = end;
  }
  return { prose: prose.join("\n"), quotes };
}

/** What tells a log's lines in this text; undefined: it has none. What it has nowhere is not looked for in every line. */
function logLineOf(text: string): ((line: string) => boolean) | undefined {
  const isCrashText = crashTextOf(text, MAY_BEGIN);
  const logged = MAY_BE_LOGGED.test(text);
  const hexDump = MAY_BE_HEX_DUMP.isIn(text);
  if (!isCrashText && !logged && !hexDump) return undefined;
  return (line) => {
    const bare = line.startsWith(">") || line.startsWith("|") ? line.replace(QUOTE_MARK, "") : line;
    return (
      (isCrashText !== undefined && (REPORTED.test(bare) || isCrashText(bare))) ||
      (logged && LOGGED.test(bare)) ||
      (hexDump && HEX_DUMP.test(bare))
    );
  };
}

/** Takes the lines just above a quote that are no prose off the end of `prose`. */
function adjoiningAbove(prose: string[]): string[] {
  let from = prose.length;
  while (from > 0 && prose.length - from < MAX_ABOVE && isDump(prose[from - 1] ?? "")) from--;
  return prose.splice(from);
}

/** Just behind the last log line that is reached over no more than a short gap of lines that are no prose. */
function endOfQuote(lines: readonly string[], marked: readonly boolean[], start: number): number {
  let end = start + 1;
  for (let at = end; at < lines.length && at - end <= MAX_GAP; at++) {
    if (marked[at]) end = at + 1;
    else if (isProse(lines[at] ?? "") && !isWedged(lines, marked, at)) break;
  }
  while (end < lines.length && isDump(lines[end] ?? "")) end++;
  return end;
}

/** A sentence of the kernel's own: `printing eip:`, `"echo 0 > /proc/..." disables this message.` Authors leave a line free. */
function isWedged(lines: readonly string[], marked: readonly boolean[], at: number): boolean {
  if (marked[at - 1] !== true) return false;
  const next = lines[at + 1]?.trim() ?? "";
  return marked[at + 1] === true || (next !== "" && !isProse(next) && marked[at + 2] === true);
}

function isDump(line: string): boolean {
  return line.trim() !== "" && !isProse(line);
}

/** A line of a paragraph: ordinary words at the left margin, such as join others among them. */
function isProse(line: string): boolean {
  if (/^\s{2,}|^\t|^[>|[]/.test(line) || line.trim() === "") return false;
  const words = line.match(/[A-Za-z]{2,}/g) ?? [];
  if (words.length < 5) return /[.!?:,]$/.test(line) && words.length >= 1 && !/\d/.test(line);
  return words.join("").length * 2 > line.length && JOINING.test(line);
}

const QUOTE_MARK = /^(?:[>|] ?)+/;
/** Begins as dmesg, syslog or a console prints it: `[   12.345678] `, `Jul 21 11:26:35 host kernel: `, `<4>`. */
const LOGGED =
  /^\s{0,80}(?:<\d{1,2}>\s{0,8})?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[a-z]{2}) +\d{1,2} \d\d:\d\d:\d\d |(?:\S{1,40} )?kernel: |<\d>|\[ *\d{1,8}\.\d{3,6}\])/;
/** What is in every line that is LOGGED. */
const MAY_BE_LOGGED = /\d:\d\d |kernel: |<\d>|\.\d{3,6}\]/;
/** Four words of hexadecimal, or sixteen bytes. */
const HEX_DUMP = /(?:\b[0-9a-f]{8,16}[ :,]{1,4}){3}[0-9a-f]{8}|(?:\b[0-9a-f]{2} ){12}/;
/** What the kernel prints without any prefix around a crash, and no author writes at the beginning of a line. */
const REPORTED =
  /^\s*(?:Hardware name:|last sysfs file:|Exception stack\(|Modules linked in:|<d>Modules|list_(?:add|del) corruption|inconsistent \{|\{[\w-]{4,20}\} state was registered|(?:Trace|>>\w{2,3}); |Mem-Info:|Node \d \w+ per-cpu:|CPU +\d+: hi:|\S+ (?:\S+ )?DMA-API: |but there are no more locks to release)/;
const MAY_BEGIN = beginsALine([...CRASH_TEXT_BEGINNINGS, REPORTED.source.slice(1)]);
/** Shorter rows of these are in no HEX_DUMP: of eight digits and a blank three times, and eight digits. */
const MAY_BE_HEX_DUMP = new CharacterRun("0123456789abcdef :,", 35);
const JOINING =
  /\b(?:the|an?|is|are|was|were|to|of|in|and|or|this|that|these|we|it|for|with|on|when|not|be|as|by|if|can|has|have|from|at|which|will|so|but|while|after|before|because|since)\b/i;

const MAX_GAP = 12;
const MAX_ABOVE = 8;
