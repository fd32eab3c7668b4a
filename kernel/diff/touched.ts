import { symbolOfLine } from "./symbol-of-line.ts";

/** What one commit changes: for each file the symbols (functions, structures, variables) in its hunks. */
export interface CommitTouch {
  readonly sha: string;
  readonly files: readonly FileTouch[];
}

export interface FileTouch {
  readonly path: string;
  readonly symbols: readonly string[];
}

/** The line `batch N` of the input, which git passes on: all commits before it are complete. */
export interface BatchEnd {
  readonly batch: number;
}

/**
 * Reads the output of `git diff-tree --stdin -r -p -U0` in chunks of any size and gives each commit's touched
 * symbols as soon as the next commit begins.
 *
 * A hunk header names the function *above* the first changed line. So a hunk that only adds a function below
 * another does not touch the one above; and a function whose own first line changes is named in the changed
 * lines. Both are read from the lines of the hunk (git-diff(1), "Generating patch text with -p").
 */
export class TouchReader {
  #rest: Buffer = Buffer.alloc(0);
  #sha: string | undefined;
  #files: { path: string; symbols: Set<string> }[] = [];
  #file: { path: string; symbols: Set<string> } | undefined;
  /** Lines of the current hunk still to come; 0 outside hunks. */
  #left = 0;
  /** The function above the hunk, until a changed line shows that it is touched. */
  #above: string | undefined;

  /** Takes the next bytes of the stream; returns the commits that ended in them. */
  push(chunk: Buffer): (CommitTouch | BatchEnd)[] {
    const done: (CommitTouch | BatchEnd)[] = [];
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    // Lines are short: a call of `indexOf` for each takes longer than this. It takes twice as long where V8 does not know
    // that it counts in 32 bits, as from a length.
    for (let to = this.#rest.length | 0; to < bytes.length; to++) {
      if (bytes[to] !== NEWLINE) continue;
      this.#line(bytes, from, to, done);
      from = to + 1;
    }
    this.#rest = bytes.subarray(from, from + LONGEST_LINE);
    return done;
  }

  /** Returns what is left: the last commit. */
  end(): (CommitTouch | BatchEnd)[] {
    const done: (CommitTouch | BatchEnd)[] = [];
    if (this.#rest.length > 0) this.#line(this.#rest, 0, this.#rest.length, done);
    this.#rest = Buffer.alloc(0);
    this.#finish(done);
    return done;
  }

  #line(bytes: Buffer, from: number, to: number, done: (CommitTouch | BatchEnd)[]): void {
    if (this.#left > 0) this.#changedLine(bytes, from, to);
    else if (bytes[from] === AT) this.#hunkHeader(bytes, from, to);
    else if (bytes[from] === PLUS || bytes[from] === MINUS)
      this.#fileHeader(bytes.toString("utf8", from, to));
    else if (to - from === 40 && isSha(bytes, from)) this.#begin(bytes.toString("latin1", from, to), done);
    else if (bytes[from] === LETTER_B) this.#batchEnd(bytes.toString("latin1", from, to), done);
  }

  #begin(sha: string, done: (CommitTouch | BatchEnd)[]): void {
    this.#finish(done);
    this.#sha = sha;
  }

  #batchEnd(line: string, done: (CommitTouch | BatchEnd)[]): void {
    if (!line.startsWith("batch ")) return;
    this.#finish(done);
    done.push({ batch: Number(line.slice(6)) });
  }

  #finish(done: (CommitTouch | BatchEnd)[]): void {
    if (this.#sha === undefined) return;
    done.push({
      sha: this.#sha,
      files: this.#files.map((file) => ({ path: file.path, symbols: [...file.symbols] })),
    });
    this.#sha = undefined;
    this.#files = [];
    this.#file = undefined;
  }

  /** `--- a/path` and `+++ b/path`; `/dev/null` where there is none. The new name wins. */
  #fileHeader(line: string): void {
    if (line.startsWith("--- ")) this.#file = undefined;
    else if (!line.startsWith("+++ ")) return;
    const path = pathOfHeader(line.slice(4));
    if (path === undefined || !SOURCE_FILE.test(path)) return;
    if (this.#file) this.#file.path = path;
    else {
      this.#file = { path, symbols: new Set() };
      this.#files.push(this.#file);
    }
  }

  /** `@@ -12,3 +14,0 @@ static int foo(struct bar *b)` */
  #hunkHeader(bytes: Buffer, from: number, to: number): void {
    const line = bytes.toString("utf8", from, Math.min(to, from + 200));
    const found = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@ ?(.*)/s.exec(line);
    if (!found) return;
    this.#left = Number(found[1] ?? 1) + Number(found[2] ?? 1);
    this.#above = found[3] ? symbolOfLine(found[3]) : undefined;
  }

  #changedLine(bytes: Buffer, from: number, to: number): void {
    if (bytes[from] === BACKSLASH) return; // "\ No newline at end of file" is not counted in the header
    this.#left--;
    const first = bytes[from + 1];
    if (first === undefined || from + 1 >= to || !this.#file) return;
    if (first === TAB || first === SPACE) {
      if (this.#above !== undefined && !isBlankOrComment(bytes, from + 1, to)) this.#touchAbove();
    } else if (opensSymbol(first)) {
      const text = bytes.toString("utf8", from + 1, Math.min(to, from + 201));
      const symbol = definedIn(text);
      if (symbol === undefined) {
        if (LABEL.test(text) && this.#above !== undefined) this.#touchAbove();
      } else {
        this.#above = symbol;
        this.#touchAbove();
      }
    }
  }

  /** Once: the lines behind it say no more. */
  #touchAbove(): void {
    if (this.#above !== undefined) this.#file?.symbols.add(this.#above);
    this.#above = undefined;
  }
}

/** Of a line the beginning is looked at: a path has at most 4,096 bytes, each of which git may write as four. */
const LONGEST_LINE = 1 << 15;

/** What functions are looked for in: C and assembly. */
const SOURCE_FILE = /\.[chS]$/;

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

function opensSymbol(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
}

function isSha(bytes: Buffer, from: number): boolean {
  for (let at = from; at < from + 40; at++) {
    const c = bytes[at] ?? 0;
    if (!((c >= 48 && c <= 57) || (c >= 97 && c <= 102))) return false;
  }
  return true;
}

/** The path behind `--- ` or `+++ `: without its `a/` or `b/`, unquoted as git quotes it (git-config(1), core.quotePath). */
function pathOfHeader(text: string): string | undefined {
  const raw = text.startsWith('"') ? unquote(text) : text.replace(/\t$/, "");
  return raw === "/dev/null" ? undefined : raw.slice(2);
}

function unquote(quoted: string): string {
  const bytes: number[] = [];
  const body = quoted.replace(/^"|"\s*$/g, "");
  for (let at = 0; at < body.length; at++) {
    if (body[at] !== "\\") {
      bytes.push(...Buffer.from(body[at] ?? "", "utf8"));
      continue;
    }
    const octal = /^[0-7]{3}/.exec(body.slice(at + 1, at + 4))?.[0];
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8));
      at += 3;
    } else {
      const letter = body[++at] ?? "";
      bytes.push((ESCAPES[letter] ?? letter).charCodeAt(0));
    }
  }
  return Buffer.from(bytes).toString("utf8");
}

/** `out_unlock:` at column 0, but neither `default:` of a switch nor a bit field. */
const LABEL = /^[A-Za-z_]\w*:\s*(\/\*.*)?$/;
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};
const NEWLINE = 10;
const AT = 64;
const PLUS = 43;
const MINUS = 45;
const BACKSLASH = 92;
const TAB = 9;
const SPACE = 32;
const LETTER_B = 98;
const STAR = 42;
