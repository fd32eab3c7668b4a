/** Recognises the line that begins a crash, and with the lines that follow it, the kind of crash. */
import { fragmentKind } from "./fragments.ts";
import { KINDS, type Kind, NO_CRASH } from "./kinds.ts";
import { requiredText } from "./required-text.ts";
import { type Place, parseSymbol } from "./symbol.ts";
import { WordFinder } from "./word-finder.ts";

/** Longer headlines are not looked at beyond this. */
const LONGEST_HEADLINE = 1000;

/** All headers, in the order of the table. */
export const HEADERS: readonly string[] = [...new Set(KINDS.map((kind) => kind.header))];

const HEADER_FINDER = new WordFinder(HEADERS);

/** The rows of a header, in the order of the table, with the text that their headlines must hold: a log has few headers. */
function rowsOf(header: number): readonly { readonly row: Kind; readonly text: string }[] {
  knownRows[header] ??= KINDS.filter((kind) => kind.header === HEADERS[header]).map((row) => ({
    row,
    text: requiredText(row.says),
  }));
  return knownRows[header];
}

const knownRows: ReturnType<typeof rowsOf>[] = [];

const ASIDES = NO_CRASH.map(({ pattern }) => ({ pattern, text: requiredText(pattern) }));
const ASIDE_FINDER = new WordFinder(ASIDES.map(({ text }) => text));

/** A headline, as far as its own line tells. */
export interface Headline {
  readonly text: string;
  /** The rows whose headline this may be, in order. */
  readonly rows: readonly Kind[];
  /** It belongs to a crash above, where there is one. */
  readonly consequence: boolean;
  /** Another headline that follows at once is part of it. */
  readonly announces: boolean;
}

/** The headline of a crash that has none; fragments.ts tells its kind. */
export const NO_HEADLINE: Headline = { text: "", rows: [], consequence: true, announces: false };

/**
 * Does this line begin a crash? `kernel` says that the kernel surely wrote it; of other lines, only well-known
 * headlines count, not every WARNING.
 */
export function readHeadline(line: string, kernel: boolean): Headline | undefined {
  const text = line.length > LONGEST_HEADLINE ? line.slice(0, LONGEST_HEADLINE) : line;
  for (const header of HEADER_FINDER.find(text)) {
    const rows: Kind[] = [];
    for (const { row, text: required } of rowsOf(header)) {
      if ((kernel || row.kernelOnly !== true) && text.includes(required) && row.says.test(text))
        rows.push(row);
    }
    const [first] = rows;
    if (first === undefined) continue;
    if (ASIDE_FINDER.find(text).some((index) => ASIDES[index]?.pattern.test(text) === true)) return undefined;
    const consequence = first.consequence === true || PANIC_END.test(text);
    return { text, rows, consequence, announces: first.announces === true };
  }
  return undefined;
}

/** panic() of kernel/panic.c ends with its message again. */
const PANIC_END = /-{3}\[ end Kernel panic/;

/** A kind that fits, with the words that fill its title. */
export interface Recognition {
  readonly kind: Kind;
  readonly words: ReadonlyMap<string, string>;
  /** The function that the headline names. */
  readonly site: Place | undefined;
  /** The kind could not be told for certain, as lines that should follow the headline do not. */
  readonly doubtful: boolean;
}

/** The kind of the crash that begins with this headline; `following` are the lines from the headline on. */
export function recognise(headline: Headline, following: readonly string[]): Recognition | undefined {
  if (headline === NO_HEADLINE) return recogniseFragment(following);
  let doubtful = false;
  /** The first row that the headline fits, though the lines that must follow it are not there. */
  let akin: Kind | undefined;
  for (const kind of headline.rows) {
    const words = new Map<string, string>();
    let site = readWords(kind.says.exec(headline.text), { line: headline.text, words });
    const rest = kind.follows === undefined ? site : readFollowing(kind.follows, { following, words, site });
    if (rest === "missing") {
      doubtful = true;
      akin ??= kind;
      continue;
    }
    site = rest;
    return {
      kind: akin !== undefined && kind.kind === "other" ? { ...kind, kind: akin.kind } : kind,
      words,
      site: site ?? siteOfCheck(following),
      doubtful: doubtful && kind.title === "{what}",
    };
  }
  return undefined;
}

function recogniseFragment(lines: readonly string[]): Recognition | undefined {
  const kind = fragmentKind(lines);
  return kind === undefined ? undefined : { kind, words: new Map(), site: undefined, doubtful: true };
}

/** `WARNING: at lib/list_debug.c:48 list_del+0xc6/0x100()`: where a failed check sits, old and new style. */
const CHECK = /^.{0,80}?WARNING: .{0,200}?\.[chS]:\d{1,7} (?:at )?(?=[A-Za-z_.][\w.]{0,200}\+0x)/;
/** A warning may follow a line of another kind that announces it. */
const CHECK_WITHIN = 6;

function siteOfCheck(following: readonly string[]): Place | undefined {
  for (const line of following.slice(0, CHECK_WITHIN)) {
    const match = CHECK.exec(line.slice(0, LONGEST_HEADLINE));
    if (match !== null) return parseSymbol(line.slice(match[0].length));
  }
  return undefined;
}

interface Following {
  readonly following: readonly string[];
  readonly words: Map<string, string>;
  readonly site: Place | undefined;
}

/** Lines further down than this do not belong to the headline. */
const LAST_FOLLOWING = 400;

function readFollowing(
  patterns: readonly RegExp[],
  { following, words, site }: Following,
): Place | undefined | "missing" {
  let found = site;
  let at = 0;
  for (const pattern of patterns) {
    for (; at < following.length && at < LAST_FOLLOWING; at++) {
      const line = (following[at] ?? "").slice(0, LONGEST_HEADLINE);
      const match = pattern.exec(line);
      if (match === null) continue;
      found = readWords(match, { line, words }) ?? found;
      break;
    }
    if (at >= following.length || at >= LAST_FOLLOWING) return "missing";
    // The next pattern may stand on the same line only when it stands behind this one; lines are short.
    if (patterns.indexOf(pattern) === 0 && !/trying|changed|takes/.test(pattern.source)) at++;
  }
  return found;
}

function readWords(
  match: RegExpExecArray | null,
  { line, words }: { line: string; words: Map<string, string> },
): Place | undefined {
  let site: Place | undefined;
  for (const [name, word] of Object.entries(match?.groups ?? {})) {
    if (word === undefined) continue;
    words.set(name, word);
    if (name === "fn") site = symbolIn(line, word);
  }
  return site;
}

function symbolIn(line: string, name: string): Place {
  const at = line.indexOf(`${name}`);
  const bare = { function: name, offset: undefined, size: undefined, module: undefined };
  for (let from = at; from >= 0; from = line.indexOf(name, from + 1)) {
    const symbol = parseSymbol(line.slice(from));
    if (symbol !== undefined) return symbol;
  }
  return bare;
}
