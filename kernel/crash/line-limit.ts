/** How much of one line of a log is read: a line without end must not take time and memory without end. */

/** Characters; the longest lines that people have, whole logs whose newlines were lost, have a few million. */
export const LONGEST_LINE = 16 * 2 ** 20;

/** What was not read: the first line of which something was left out, and how much of all such lines was. */
export interface Skipped {
  readonly line: number;
  readonly characters: number;
}

/** Lets the beginning of each line through, of a text that comes in pieces, and counts what it leaves out. */
export class LineLimit {
  readonly #longest: number;
  #line: number;
  /** Of the current line, so far. */
  #length = 0;
  #skipped: { line: number; characters: number } | undefined;

  /** `firstLine`: the number of the line with which the text begins. */
  constructor(longest: number, firstLine = 1) {
    this.#longest = longest;
    this.#line = firstLine;
  }

  get skipped(): Skipped | undefined {
    return this.#skipped;
  }

  take(piece: string): string {
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
