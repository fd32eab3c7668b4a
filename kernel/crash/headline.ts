/** Recognises the line that begins a crash, and with the lines that follow it, the kind of crash. */
import { KINDS, type Kind, NO_CRASH } from "./kinds.ts";
import { parseSymbol, type Symbol } from "./symbol.ts";

/** Longer headlines are not looked at beyond this. */
const LONGEST_HEADLINE = 1000;

/** All headers, in the order of the table. */
export const HEADERS: readonly string[] = [...new Set(KINDS.map((kind) => kind.header))];

const ROWS_OF: ReadonlyMap<string, readonly Kind[]> = new Map(
  HEADERS.map((header) => [header, KINDS.filter((kind) => kind.header === header)]),
);

/** A headline, as far as its own line tells. */
export interface Headline {
  readonly text: string;
  /** The rows whose headline this may be, in order. */
  readonly rows: readonly Kind[];
  /** All its rows say that it belongs to a crash above. */
  readonly consequence: boolean;
}

/** Does this line begin a crash? */
export function readHeadline(line: string): Headline | undefined {
  const text = line.length > LONGEST_HEADLINE ? line.slice(0, LONGEST_HEADLINE) : line;
  for (const header of HEADERS) {
    if (!text.includes(header)) continue;
    const rows = (ROWS_OF.get(header) ?? []).filter((row) => row.says.test(text));
    if (rows.length === 0) continue;
    if (NO_CRASH.some((pattern) => pattern.test(text))) return undefined;
    return { text, rows, consequence: rows[0]?.consequence === true };
  }
  return undefined;
}

/** A kind that fits, with the words that fill its title. */
export interface Recognition {
  readonly kind: Kind;
  readonly words: ReadonlyMap<string, string>;
  /** The function that the headline names. */
  readonly site: Symbol | undefined;
  /** The kind could not be told for certain, as lines that should follow the headline do not. */
  readonly doubtful: boolean;
}

/** The kind of the crash that begins with this headline; `following` are the lines from the headline on. */
export function recognise(headline: Headline, following: readonly string[]): Recognition | undefined {
  let doubtful = false;
  for (const kind of headline.rows) {
    const words = new Map<string, string>();
    let site = readWords(kind.says.exec(headline.text), { line: headline.text, words });
    const rest = kind.then === undefined ? site : readFollowing(kind.then, { following, words, site });
    if (rest === "missing") {
      doubtful = true;
      continue;
    }
    site = rest;
    return { kind, words, site, doubtful: doubtful && kind.title === "{what}" };
  }
  return undefined;
}

interface Following {
  readonly following: readonly string[];
  readonly words: Map<string, string>;
  readonly site: Symbol | undefined;
}

/** Lines further down than this do not belong to the headline. */
const LAST_FOLLOWING = 400;

function readFollowing(
  patterns: readonly RegExp[],
  { following, words, site }: Following,
): Symbol | undefined | "missing" {
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
): Symbol | undefined {
  let site: Symbol | undefined;
  for (const [name, word] of Object.entries(match?.groups ?? {})) {
    if (word === undefined) continue;
    words.set(name, word);
    if (name === "fn") site = symbolIn(line, word);
  }
  return site;
}

function symbolIn(line: string, name: string): Symbol {
  const at = line.indexOf(`${name}`);
  const bare = { function: name, offset: undefined, size: undefined, module: undefined };
  for (let from = at; from >= 0; from = line.indexOf(name, from + 1)) {
    const symbol = parseSymbol(line.slice(from));
    if (symbol !== undefined) return symbol;
  }
  return bare;
}
