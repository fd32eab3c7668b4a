import { EditScript, type Sequence } from "./edit-script.ts";
import { LineNumbers, NumberedLines } from "./line-numbers.ts";
import type { Stretch } from "./stretch.ts";

/** Compares the lines of two texts. It keeps its working memory for the next ones. */
export class LineComparison {
  readonly old = new ComparedLines();
  readonly new = new ComparedLines();
  readonly #numbers = new LineNumbers();
  readonly #script = new EditScript();

  /** Reads the first lines of a stretch, `most` of each text, and marks those that the other lacks at its place. */
  mark(old: Buffer, now: Buffer, { oldFrom, oldTo, newFrom, newTo }: Stretch, most = Infinity): void {
    this.#numbers.clear();
    this.#numbers.read(this.old, old, oldFrom, oldTo, most);
    this.#numbers.read(this.new, now, newFrom, newTo, most);
    this.old.begin(this.#numbers.count);
    this.new.begin(this.#numbers.count);
    this.old.markMissing(this.new);
    this.new.markMissing(this.old);
    this.#script.mark(this.old.kept, this.new.kept);
    this.old.takeMarks();
    this.new.takeMarks();
  }
}

/** The lines of one of two texts, and which of them changed. */
export class ComparedLines extends NumberedLines implements Sequence {
  /** 1: the line changed. A 0 stands behind the last line. */
  changed = new Uint8Array(0);
  /** The lines that the other text has, too, wherever. */
  readonly kept = { count: 0, numbers: new Int32Array(0), changed: new Uint8Array(0) };
  #keptPlaces = new Int32Array(0);
  /** How often a line is here, by its number. */
  #times = new Int32Array(0);

  /** Marks nothing yet; `distinct` is how many different lines there are in both. */
  begin(distinct: number): void {
    if (this.changed.length <= this.count) {
      this.changed = new Uint8Array(2 * this.count + 1);
      this.kept.changed = new Uint8Array(2 * this.count);
      this.kept.numbers = new Int32Array(2 * this.count);
      this.#keptPlaces = new Int32Array(2 * this.count);
    }
    this.changed.fill(0, 0, this.count + 1);
    if (this.#times.length < distinct) this.#times = new Int32Array(2 * distinct);
    else this.#times.fill(0, 0, distinct);
    for (let line = 0; line < this.count; line++) {
      const number = this.numbers[line] ?? 0;
      this.#times[number] = (this.#times[number] ?? 0) + 1;
    }
  }

  /** Marks what the other has nowhere, and keeps the rest to be compared. */
  markMissing(other: ComparedLines): void {
    const { kept } = this;
    kept.count = 0;
    for (let line = 0; line < this.count; line++) {
      const number = this.numbers[line] ?? 0;
      if (other.#times[number] === 0) this.changed[line] = 1;
      else {
        kept.numbers[kept.count] = number;
        kept.changed[kept.count] = 0;
        this.#keptPlaces[kept.count++] = line;
      }
    }
  }

  /** Marks what was marked among those kept. */
  takeMarks(): void {
    for (let at = 0; at < this.kept.count; at++)
      if (this.kept.changed[at] === 1) this.changed[this.#keptPlaces[at] ?? 0] = 1;
  }
}
