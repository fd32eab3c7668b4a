import {
  CLASS,
  CLASS_OF,
  countLines,
  endOfComment,
  endOfDirective,
  endOfQuoted,
  endOfWord,
  textBetween,
} from "./c-lexer.ts";
import { CallReader } from "./calls.ts";
import {
  type DeclarationToken,
  type DeclaredName,
  declaredName,
  madeByStatement,
  mayBeOldStyle,
  takesStatements,
} from "./declaration.ts";
import {
  macroDefinition,
  messagesOfMacro,
  readDirective,
  readInclude,
  readMacro,
  textOfMacro,
} from "./directives.ts";
import type { RawFormat } from "./literal.ts";
import type { Definition, MessageSite, ScannedFile } from "./scanned-file.ts";

/**
 * Finds what a C file defines and prints, in one pass over its bytes. No preprocessor runs: both sides of an `#if`
 * are read (but not `#if 0`), each from the brace depth at the `#if`. Linear in the size of the file.
 *
 * A file whose braces do not come out even is read a second time with the layout of the kernel's own style: a brace
 * at the first column opens or closes a function, so that one odd place does not hide what is behind it.
 */
export function scanC(bytes: Buffer): ScannedFile {
  const scan = new CScan(bytes, false);
  if (scan.run()) return scan.result();
  const again = new CScan(bytes, true);
  again.run();
  return again.result();
}

/** What `#if` remembers, for its other branches. */
interface Branch {
  readonly depth: number;
  readonly groups: number;
  readonly tokens: readonly DeclarationToken[];
  /** The depth behind the first branch that is alive; the code after `#endif` goes on there. */
  end: { depth: number; groups: number } | undefined;
  /** The branch that is read is `#if 0`. */
  dead: boolean;
}

class CScan {
  readonly #bytes: Buffer;
  readonly #byLayout: boolean;
  #line = 1;
  #depth = 0;
  /** Parentheses open outside of all braces. */
  #groups = 0;
  #groupFrom = 0;
  #groupLine = 0;
  #tokens: DeclarationToken[] = [];
  /** A definition in the old style, whose parameters are being declared. */
  #oldStyle: readonly DeclarationToken[] = [];
  readonly #branches: Branch[] = [];
  /** How many `#if` are open within the deepest that is remembered. */
  #deeper = 0;
  #dead = 0;
  #uneven = false;
  #open: DeclaredName[] = [];
  #body: DeclaredName | undefined;
  #pr: RawFormat | undefined;
  #dev: RawFormat | undefined;
  readonly #definitions: Definition[] = [];
  readonly #messages: MessageSite[] = [];
  readonly #strings: [string, RawFormat][] = [];
  readonly #includes: string[] = [];
  readonly #calls: CallReader;

  constructor(bytes: Buffer, byLayout: boolean) {
    this.#bytes = bytes;
    this.#byLayout = byLayout;
    this.#calls = new CallReader(bytes, this.#messages);
  }

  result(): ScannedFile {
    return {
      definitions: this.#definitions,
      messages: this.#messages,
      strings: this.#strings,
      prefixes: { pr: this.#pr, dev: this.#dev },
      includes: this.#includes,
    };
  }

  /** Reads the file; false when its braces do not come out even. */
  run(): boolean {
    const bytes = this.#bytes;
    let nameFrom = 0;
    let nameTo = 0;
    let lineFrom = true;
    for (let at = 0; at < bytes.length; ) {
      const kind = CLASS_OF[bytes[at] ?? 0];
      if (kind === CLASS.blank) {
        at++;
        continue;
      }
      if (kind === CLASS.newline) {
        this.#line++;
        lineFrom = true;
        at++;
        continue;
      }
      if (kind === CLASS.slash) {
        const end = endOfComment(bytes, at);
        if (end > at) {
          if (bytes[at + 1] === 42) this.#line += countLines(bytes, at, end);
          at = end;
          continue;
        }
      }
      if (kind === CLASS.hash && lineFrom) {
        at = this.#directive(at);
        continue;
      }
      lineFrom = false;
      if (this.#dead > 0) {
        const end = bytes.indexOf(10, at);
        at = end === -1 ? bytes.length : end;
        continue;
      }
      switch (kind) {
        case CLASS.word:
          nameFrom = at;
          at = endOfWord(bytes, at);
          nameTo = at;
          if (this.#depth === 0 && this.#groups === 0) this.#word(nameFrom, nameTo);
          continue;
        case CLASS.digit:
          at = endOfWord(bytes, at);
          nameTo = 0;
          continue;
        case CLASS.quote:
        case CLASS.apostrophe: {
          const end = kind === CLASS.quote && this.#depth > 0 ? this.#string(at) : this.#skipQuoted(at);
          this.#line += countLines(bytes, at, end); // a backslash goes on with a string in the next line
          at = end;
          nameTo = 0;
          continue;
        }
        case CLASS.open:
          if (this.#depth > 0) this.#calls.open(at, nameFrom, nameTo, this.#line);
          else if (this.#groups++ === 0) {
            this.#groupFrom = at + 1;
            this.#groupLine = this.#line;
          }
          break;
        case CLASS.close:
          if (this.#depth > 0) this.#calls.close();
          else if (this.#groups > 0 && --this.#groups === 0) this.#group(at);
          break;
        case CLASS.openBrace:
          this.#openBrace(at);
          break;
        case CLASS.closeBrace:
          this.#closeBrace(at);
          break;
        case CLASS.comma:
          if (this.#depth > 0) this.#calls.comma(at);
          else if (this.#groups === 0) this.#sign("end", ",");
          break;
        case CLASS.semicolon:
          if (this.#depth === 0) this.#semicolon();
          break;
        case CLASS.equals:
          if (this.#depth === 0 && this.#groups === 0) this.#sign("assign", "=");
          break;
        default:
          if (this.#depth === 0 && this.#groups === 0)
            this.#sign("other", String.fromCharCode(bytes[at] ?? 0));
      }
      nameTo = 0;
      at++;
    }
    this.#finish(this.#line);
    return this.#depth === 0 && !this.#uneven;
  }

  #string(at: number): number {
    return this.#calls.string(at, { function: this.#body?.name, pr: this.#pr, dev: this.#dev });
  }

  #skipQuoted(at: number): number {
    return Math.max(endOfQuoted(this.#bytes, at), at + 1);
  }

  #word(from: number, to: number): void {
    this.#forgetOld();
    this.#tokens.push({ kind: "word", text: textBetween(this.#bytes, from, to), line: this.#line });
  }

  #sign(kind: "assign" | "end" | "other", text: string): void {
    this.#forgetOld();
    this.#tokens.push({ kind, text, line: this.#line });
  }

  #forgetOld(): void {
    if (this.#tokens.length > MOST_TOKENS) this.#tokens = this.#tokens.slice(-16);
  }

  #group(at: number): void {
    const to = Math.min(at, this.#groupFrom + 300);
    this.#tokens.push({
      kind: "group",
      text: textBetween(this.#bytes, this.#groupFrom, to),
      line: this.#groupLine,
    });
  }

  #semicolon(): void {
    if (this.#groups > 0) {
      if (takesStatements(this.#tokens.at(-1)?.text ?? "")) return;
      this.#groups = 0; // no other `;` is ever inside of parentheses out here
    }
    for (const { word, names } of madeByStatement(this.#tokens))
      for (const name of names)
        this.#definitions.push({
          name,
          line: word.line,
          endLine: this.#line,
          kind: "function",
          macro: word.text,
        });
    if (mayBeOldStyle(this.#tokens)) this.#oldStyle = this.#tokens;
    else if (this.#tokens.some((token) => token.kind === "group")) this.#oldStyle = [];
    this.#tokens = [];
  }

  #openBrace(at: number): void {
    if (this.#byLayout && this.#bytes[at - 1] === 10 && this.#depth > 0) {
      this.#finish(this.#line - 1);
      this.#depth = 0;
      this.#tokens = this.#tokens.slice();
    }
    if (this.#depth++ > 0) return;
    this.#calls.reset();
    if (this.#groups > 0) {
      this.#body = undefined; // a block inside of a macro's arguments
      return;
    }
    const tokens = this.#tokens.length > 0 ? this.#tokens : this.#oldStyle;
    this.#body = declaredName(tokens);
    if (this.#body) this.#open.push(this.#body);
    if (this.#body?.kind === "function") this.#tokens = [];
    else this.#sign("other", "{");
    this.#oldStyle = [];
  }

  #closeBrace(at: number): void {
    if (this.#depth === 0) {
      this.#uneven = true;
      return;
    }
    if (this.#byLayout && this.#bytes[at - 1] === 10) this.#depth = 1;
    if (--this.#depth > 0) return;
    if (this.#body?.kind === "function") this.#tokens = [];
    this.#finish(this.#line);
  }

  /** What is open ends here: one definition, or one for each branch of an `#if` around its head. */
  #finish(endLine: number): void {
    for (const { name, line, kind, macro } of this.#open)
      this.#definitions.push({ name, line, endLine: Math.max(line, endLine), kind, macro });
    this.#open = [];
    this.#body = undefined;
    this.#calls.reset();
  }

  #directive(at: number): number {
    const bytes = this.#bytes;
    const end = endOfDirective(bytes, at);
    const line = this.#line;
    this.#line += countLines(bytes, at, end);
    const directive = readDirective(bytes, at, end);
    if (directive.kind === "if") this.#beginIf(directive.dead);
    else if (directive.kind === "else") this.#otherBranch();
    else if (directive.kind === "endif") this.#endIf();
    else if (this.#dead > 0) return end;
    else if (directive.kind === "define") this.#define(directive.from, end, line);
    else if (directive.kind === "include") {
      const path = readInclude(bytes, directive.from, end);
      if (path !== undefined) this.#includes.push(path);
    }
    return end;
  }

  #define(from: number, end: number, line: number): void {
    const macro = readMacro(this.#bytes, from, end);
    if (macro === undefined) return;
    const isPrefix = macro.name === "pr_fmt" || macro.name === "dev_fmt";
    if (macro.takesArguments && !isPrefix) this.#definitions.push(macroDefinition(macro, line, this.#line));
    if (isPrefix) {
      // `#define pr_fmt(fmt) fmt` adds nothing, and hides what a header says
      const prefix = textOfMacro(this.#bytes, macro, end) ?? textOfPlain(this.#bytes, macro.bodyFrom, end);
      if (macro.name === "pr_fmt") this.#pr = prefix;
      else this.#dev = prefix;
      return;
    }
    if (!macro.hasString) return;
    const text = macro.takesArguments ? undefined : textOfMacro(this.#bytes, macro, end);
    if (text !== undefined) this.#strings.push([macro.name, text]);
    else messagesOfMacro(this.#bytes, macro, { end, line, pr: this.#pr, dev: this.#dev }, this.#messages);
  }

  #beginIf(dead: boolean): void {
    if (this.#branches.length === DEEPEST_IF) {
      this.#deeper++;
      return;
    }
    this.#branches.push({
      depth: this.#depth,
      groups: this.#groups,
      tokens: this.#tokens.slice(),
      end: undefined,
      dead,
    });
    if (dead) this.#dead++;
  }

  #otherBranch(): void {
    const branch = this.#branches.at(-1);
    if (branch === undefined || this.#deeper > 0) return;
    this.#endBranch(branch);
    this.#depth = branch.depth;
    this.#groups = branch.groups;
    this.#tokens = branch.tokens.slice();
    if (branch.depth > 0 || branch.groups > 0) return;
    this.#body = undefined;
  }

  #endIf(): void {
    if (this.#deeper > 0) {
      this.#deeper--;
      return;
    }
    const branch = this.#branches.pop();
    if (branch === undefined) return;
    this.#endBranch(branch);
    if (branch.end === undefined) return;
    this.#depth = branch.end.depth;
    this.#groups = branch.end.groups;
    if (this.#depth > 0 && this.#body === undefined) this.#body = this.#open.at(-1);
  }

  #endBranch(branch: Branch): void {
    if (branch.dead) {
      branch.dead = false;
      this.#dead--;
    } else branch.end ??= { depth: this.#depth, groups: this.#groups };
  }
}

function textOfPlain(bytes: Buffer, from: number, end: number): RawFormat | undefined {
  return /^\s*\w+\s*$/.test(textBetween(bytes, from, end)) ? "\u0003" : undefined;
}

/** Declarations have few tokens; a table of data outside of braces may have any number. */
const MOST_TOKENS = 512;
/** A compiler has to take 63 (C11, 5.2.4.1); each remembers the tokens before it. */
const DEEPEST_IF = 200;
