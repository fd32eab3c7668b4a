import { endOfQuoted, textBetween } from "./c-lexer.ts";
import { MACRO, readFormat } from "./literal.ts";
import { levelOf, printerOf } from "./print-macros.ts";
import type { MessageSite } from "./scanned-file.ts";

/**
 * Follows the calls of a function's body as they open and close, and notes those that print. Driven by whoever walks
 * the body; it looks at names only when a string is met, as strings are far rarer than calls.
 */
export class CallReader {
  readonly #bytes: Buffer;
  /** Where the open calls' names begin and end (0: no name), their lines, where their current argument begins. */
  readonly #nameFrom: number[] = [];
  readonly #nameTo: number[] = [];
  readonly #lines: number[] = [];
  readonly #argument: number[] = [];
  /** How many commas were before it. */
  readonly #commas: number[] = [];
  readonly #done: boolean[] = [];
  readonly #found: MessageSite[];

  constructor(bytes: Buffer, found: MessageSite[]) {
    this.#bytes = bytes;
    this.#found = found;
  }

  reset(): void {
    this.#nameFrom.length = 0;
    this.#nameTo.length = 0;
    this.#lines.length = 0;
    this.#argument.length = 0;
    this.#commas.length = 0;
    this.#done.length = 0;
  }

  /** A parenthesis at `at`; `nameTo` 0: it is no call, unless it is doubled: `ACPI_ERROR((AE_INFO, "...", x))`. */
  open(at: number, nameFrom: number, nameTo: number, line: number): void {
    const top = this.#done.length - 1;
    const doubled = nameTo === 0 && top >= 0 && this.#argument[top] === at && this.#commas[top] === 0;
    this.#nameFrom.push(doubled ? (this.#nameFrom[top] ?? 0) : nameFrom);
    this.#nameTo.push(doubled ? (this.#nameTo[top] ?? 0) : nameTo);
    this.#lines.push(line);
    this.#argument.push(at + 1);
    this.#commas.push(0);
    this.#done.push(doubled ? this.#done[top] === true : nameTo === 0);
  }

  comma(at: number): void {
    const top = this.#argument.length - 1;
    if (top < 0) return;
    this.#argument[top] = at + 1;
    this.#commas[top] = (this.#commas[top] ?? 0) + 1;
  }

  close(): void {
    this.#nameFrom.pop();
    this.#nameTo.pop();
    this.#lines.pop();
    this.#argument.pop();
    this.#commas.pop();
    this.#done.pop();
  }

  /** A string begins at `at`; gives the position to go on from. */
  string(at: number, context: SiteContext): number {
    const top = this.#done.length - 1;
    if (top < 0 || this.#done[top]) return endOfQuoted(this.#bytes, at);
    const name = textBetween(this.#bytes, this.#nameFrom[top] ?? 0, this.#nameTo[top] ?? 0);
    const from = this.#argument[top] ?? at;
    const format = readFormat(this.#bytes, from, Math.min(this.#bytes.length, at + LONGEST_FORMAT));
    const nameTo = this.#nameTo[top] ?? from;
    const before = textBetween(this.#bytes, nameTo, Math.min(from, nameTo + LONGEST_BEFORE));
    const printer = printerOf(name, format.raw, before);
    if ((this.#commas[top] ?? 0) < (printer?.before ?? 0)) return endOfQuoted(this.#bytes, at);
    if (printer === undefined || format.raw === "") {
      this.#done[top] = printer === undefined;
      return endOfQuoted(this.#bytes, at);
    }
    this.#done[top] = true;
    const level = format.level ?? printer.level ?? levelFrom(before);
    this.#found.push({
      line: this.#lines[top] ?? 0,
      function: context.function,
      macro: name,
      level: printer.continues ? "cont" : level,
      format: format.raw,
      prefix:
        printer.prefix === "pr_fmt" ? context.pr : printer.prefix === "dev_fmt" ? context.dev : undefined,
      around: printer.around,
    });
    // `cond ? "a" : "b"`: the other text is a message of the same call
    const end = Math.max(format.end, at + 1);
    this.#alternative(end, top, context);
    return end;
  }

  #alternative(end: number, top: number, context: SiteContext): void {
    const colon = /^\s*:\s*(?=")/.exec(textBetween(this.#bytes, end, end + 80))?.[0];
    const before = textBetween(this.#bytes, this.#argument[top] ?? end, end);
    if (colon === undefined || !before.includes("?")) return;
    const other = readFormat(
      this.#bytes,
      end + colon.length,
      Math.min(this.#bytes.length, end + LONGEST_FORMAT),
    );
    const last = this.#found.at(-1);
    if (last === undefined || other.raw === "" || other.raw.startsWith(MACRO)) return;
    this.#found.push({ ...last, function: context.function, format: other.raw });
  }
}

/** What holds at the place of a call. */
export interface SiteContext {
  readonly function: string | undefined;
  readonly pr: string | undefined;
  readonly dev: string | undefined;
}

/** `dev_printk(KERN_ERR, dev, "...")`, `die("...")`: the level is an argument of its own. */
function levelFrom(before: string): string | undefined {
  const kern = /\bKERN_(\w+)/.exec(before)?.[1];
  return kern === undefined ? undefined : levelOf(kern.toLowerCase());
}

/** Of the arguments before a format, what is looked at. */
const LONGEST_BEFORE = 200;
/** A format with all its pieces; help texts have a few thousand bytes. */
const LONGEST_FORMAT = 16_000;
