import { textOfBytes } from "./encoding.ts";
import { type Maintainers, type MaintainersEntry, maintainersOf, parseMaintainers } from "./maintainers.ts";

/**
 * MAINTAINERS, to be asked for one path after another. It has thousands of sections and a path belongs to a few, so
 * sections are found by a search in the text, and only those are read.
 */
export class MaintainersText {
  readonly #text: string;
  #wide: readonly PatternLine[] | undefined;
  /** The other lines, by the first two names of their patterns: `drivers/net`. */
  readonly #byFolder = new Map<string, readonly PatternLine[]>();
  readonly #entries = new Map<number, readonly MaintainersEntry[]>();
  /** The section that a line was found in last, without the empty lines around it. */
  #section = { start: 0, end: 0 };

  /** `text`: the file, a character a byte. */
  constructor(text: string) {
    this.#text = `\n${text}\n`;
  }

  /** Whom to write to about a path: see `maintainersOf`. */
  maintainersOf(path: string): Maintainers[] {
    this.#wide ??= wideLines(this.#text);
    const sections = new Set<number>();
    for (const lines of [this.#wide, this.#linesIn(path.split("/", 2).join("/"))])
      for (const { at, literal, anywhere } of lines)
        if (anywhere ? path.includes(literal) : path.startsWith(literal)) sections.add(this.#sectionAt(at));
    const entries = [...sections].sort((a, b) => a - b).flatMap((section) => this.#entriesIn(section));
    return maintainersOf(entries, path);
  }

  #linesIn(folder: string): readonly PatternLine[] {
    let lines = this.#byFolder.get(folder);
    if (lines === undefined) {
      lines = linesNaming(this.#text, folder);
      this.#byFolder.set(folder, lines);
    }
    return lines;
  }

  /** Where the section begins that a line is in. */
  #sectionAt(line: number): number {
    if (line < this.#section.start || line >= this.#section.end) {
      const start = this.#text.lastIndexOf("\n\n", line) + 2;
      this.#section = { start, end: this.#endOf(start) };
    }
    return this.#section.start;
  }

  #endOf(section: number): number {
    const end = this.#text.indexOf("\n\n", section);
    return end < 0 ? this.#text.length : end;
  }

  #entriesIn(section: number): readonly MaintainersEntry[] {
    let entries = this.#entries.get(section);
    if (entries === undefined) {
      entries = parseMaintainers(textOfBytes(this.#text.slice(section, this.#endOf(section))));
      this.#entries.set(section, entries);
    }
    return entries;
  }
}

/** A line with a pattern, and what tells that a path does not fit it. */
interface PatternLine {
  /** Its place in the text. */
  readonly at: number;
  /** What a path that fits has at its beginning; `anywhere`: has somewhere. */
  readonly literal: string;
  readonly anywhere: boolean;
}

/** The lines that no folder of two names finds: with a wildcard in them, shorter ones, and regular expressions. */
function wideLines(text: string): PatternLine[] {
  const lines: PatternLine[] = [];
  WIDE.lastIndex = 0;
  for (let found = WIDE.exec(text); found !== null; found = WIDE.exec(text)) {
    const [, name, literal = ""] = found;
    if (name === undefined) lines.push({ at: found.index, literal, anywhere: false });
    else lines.push({ at: found.index, literal: textWithin(name), anywhere: true });
  }
  return lines;
}

const NAME = "[^/\\s*?[]*";
/** `N:` with its expression; `F:` with what stands before a wildcard, or with nothing when it is not set out as usual. */
const WIDE = new RegExp(
  `\\n(?:N:\\s*(.*)|F:(?:(?!\\t\\S)|\\t(${NAME}(?=[*?[\\s])|${NAME}/(?=\\s)|${NAME}/${NAME}(?=[*?[]))))`,
  "g",
);

/** Text that whatever fits a regular expression has: its longest run of plain characters, if nothing in it is optional. */
function textWithin(expression: string): string {
  const plain = expression.trimEnd().replace(/\[[\w^-]+\]/g, ".");
  if (!/^[\w/^$.-]*$/.test(plain)) return "";
  return plain.split(/[.^$]/).reduce((longest, run) => (run.length > longest.length ? run : longest));
}

function linesNaming(text: string, folder: string): PatternLine[] {
  const lines: PatternLine[] = [];
  const begin = `\nF:\t${folder}`;
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + begin.length)) {
    REST.lastIndex = at + begin.length;
    const rest = REST.exec(text)?.[0];
    if (rest !== undefined) lines.push({ at, literal: folder + rest, anywhere: false });
  }
  return lines;
}

/** What stands behind a folder's name and before a wildcard; nothing when it is the name of another. */
const REST = /(?=[/\s])[^\s*?[]*/y;
