/** How much of one line of a log is read: a line without end must not take time and memory without end. */
import { KfixError } from "../../kernel/error.ts";
import type { CrashAnswerJson } from "../answers/crash.ts";

/** Characters; the longest lines that people have, whole logs whose newlines were lost, have a few million. */
export const LONGEST_LINE = 16 * 2 ** 20;

/** Lets the beginning of each line through, of a text that comes in pieces, and counts what it leaves out. */
export class LineLimit {
  #longest: number;
  /** An export as JSON may be one line, which is taken apart as it comes: undefined once it is known to be none. */
  #beforeJson: RegExp | undefined;
  #line = 1;
  /** Of the current line, so far. */
  #length = 0;
  #skipped: { line: number; characters: number } | undefined;

  /** `json`: a text that begins as JSON does has no lines. */
  constructor(longest: number, { json = false } = {}) {
    this.#longest = longest;
    this.#beforeJson = json ? /^\ufeff?\s{0,80}[[{]/ : undefined;
  }

  /** The first line of which something was left out, and how much of all lines was. */
  get skipped(): { readonly line: number; readonly characters: number } | undefined {
    return this.#skipped;
  }

  take(piece: string): string {
    if (piece === "") return "";
    if (this.#beforeJson?.test(piece)) this.#longest = Number.POSITIVE_INFINITY;
    this.#beforeJson = undefined;
    let kept = "";
    for (let at = 0; at < piece.length; ) {
      const newline = piece.indexOf("\n", at);
      const end = newline < 0 ? piece.length : newline;
      const stop = Math.min(end, at + Math.max(0, this.#longest - this.#length));
      if (stop < end) {
        this.#skipped ??= { line: this.#line, characters: 0 };
        this.#skipped.characters += end - stop;
      }
      this.#length += end - at;
      kept += piece.slice(at, stop);
      if (newline < 0) break;
      kept += "\n";
      this.#line++;
      this.#length = 0;
      at = newline + 1;
    }
    return kept;
  }
}

/** As `KFIX_LONGEST_LINE` says: `200M`, `65536`. Throws `usage` for anything else. */
export function longestLineFrom(env: NodeJS.ProcessEnv): number {
  const told = env.KFIX_LONGEST_LINE ?? "";
  if (told === "") return LONGEST_LINE;
  const found = /^(\d{1,12})([KMG]?)$/.exec(told);
  if (found) return Number(found[1]) * 1024 ** ["", "K", "M", "G"].indexOf(found[2] ?? "");
  throw new KfixError("usage", `KFIX_LONGEST_LINE cannot be read: ${told}`, {
    hint: "it takes a number of characters, as in: KFIX_LONGEST_LINE=200M",
  });
}

/** The same as a member of a JSON answer, which has none where the log was read whole. */
export function skippedJson(skipped: LineLimit["skipped"]): Pick<CrashAnswerJson, "skipped"> {
  return skipped ? { skipped } : {};
}

/** What is said of a log that was not read whole. */
export function skippedText(name: string, skipped: { line: number; characters: number }): string {
  const count = skipped.characters.toLocaleString("en");
  return `${name}: line ${skipped.line} is so long that ${count} characters were not read; to read them: KFIX_LONGEST_LINE=1G`;
}
