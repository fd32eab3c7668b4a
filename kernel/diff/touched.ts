import { functionLineAbove } from "./function-line.ts";
import { LineDiff } from "./line-diff.ts";
import { isIdentifierStart, symbolOfLine } from "./symbol-of-line.ts";

/**
 * Tells which symbols (functions, structures, variables) changed between two versions of a C or assembly file.
 *
 * The function *above* the first changed line is touched by what changes in it. So a stretch that only adds a function
 * below another does not touch the one above; and a function whose own first line changes is named in the changed
 * lines.
 *
 * It keeps its working memory for the next files.
 */
export class TouchFinder {
  readonly #diff = new LineDiff();
  readonly #symbols = new Set<string>();
  /** The symbol that the lines belong to, until one of them shows that it is touched. */
  #above: string | undefined;

  /**
   * An empty text is a file that is not there. Undefined when nothing was changed in any line, and for what is no text.
   */
  symbols(old: Buffer, now: Buffer): string[] | undefined {
    if (isBinary(old) || isBinary(now)) return undefined;
    const stretches = this.#diff.stretches(old, now);
    if (stretches.length === 0) return undefined;
    this.#symbols.clear();
    let above: string | undefined;
    let looked = 0;
    for (const { oldFrom, oldTo, newFrom, newTo } of stretches) {
      above = functionLineAbove(old, oldFrom, looked) ?? above;
      looked = oldFrom;
      this.#above = above === undefined ? undefined : symbolOfLine(above);
      this.#changedLines(old, oldFrom, oldTo);
      this.#changedLines(now, newFrom, newTo);
    }
    return [...this.#symbols];
  }

  #changedLines(text: Buffer, from: number, to: number): void {
    for (let start = from; start < to; ) {
      const newline = text.indexOf(NEWLINE, start);
      const end = newline === -1 ? to : newline;
      this.#changedLine(text, start, end);
      start = end + 1;
    }
  }

  #changedLine(text: Buffer, from: number, to: number): void {
    const first = text[from];
    if (first === undefined || from === to) return;
    if (first === TAB || first === SPACE) {
      if (this.#above !== undefined && !isBlankOrComment(text, from, to)) this.#touchAbove();
    } else if (isIdentifierStart(first)) {
      const line = text.toString("utf8", from, Math.min(to, from + 200));
      const symbol = definedIn(line);
      if (symbol !== undefined) {
        this.#above = symbol;
        this.#touchAbove();
      } else if (this.#above !== undefined && LABEL.test(line)) this.#touchAbove();
    }
  }

  /** Once: the lines behind it say no more. */
  #touchAbove(): void {
    if (this.#above !== undefined) this.#symbols.add(this.#above);
    this.#above = undefined;
  }
}

/** As git takes it (gitattributes(5), "Marking files as binary"). */
function isBinary(text: Buffer): boolean {
  return text.subarray(0, 8000).includes(0);
}

/** A definition, not a prototype, a declaration or a label. */
function definedIn(line: string): string | undefined {
  const text = line.trimEnd();
  if (text.endsWith(";") && !text.includes("=")) return undefined;
  if (text.startsWith("extern ")) return undefined;
  return symbolOfLine(text);
}

function isBlankOrComment(bytes: Buffer, from: number, to: number): boolean {
  let at = from;
  while (at < to && (bytes[at] === TAB || bytes[at] === SPACE)) at++;
  if (at >= to) return true;
  return bytes[at] === STAR && at - from === 1 && bytes[from] === SPACE; // " * of a comment at column 0"
}

/** `out_unlock:` at column 0, but neither `default:` of a switch nor a bit field. */
const LABEL = /^[A-Za-z_]\w*:\s*(\/\*.*)?$/;
const NEWLINE = 10;
const TAB = 9;
const SPACE = 32;
const STAR = 42;
