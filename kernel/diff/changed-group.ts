import type { Sequence } from "./edit-script.ts";

/**
 * Moves each group of changed lines down as far as it goes, where groups meet together; but if it stood beside a change
 * of the other text on its way, to the last such place. A 0 stands behind the marks of each.
 */
export function slideGroups(lines: Sequence, others: Sequence): void {
  const group = new ChangedGroup(lines);
  const beside = new ChangedGroup(others);
  do {
    if (group.isEmpty) continue;
    let meets: boolean;
    let size: number;
    do {
      size = group.size;
      while (group.slideUp()) beside.previous();
      meets = !beside.isEmpty;
      while (group.slideDown()) {
        beside.next();
        meets ||= !beside.isEmpty;
      }
    } while (group.size !== size);
    while (meets && beside.isEmpty) {
      group.slideUp();
      beside.previous();
    }
  } while (group.next() && beside.next());
}

/** The changed lines, none or some, between an unchanged line and the next. */
class ChangedGroup {
  readonly #lines: Sequence;
  #start = 0;
  #end = 0;

  constructor(lines: Sequence) {
    this.#lines = lines;
    this.#takeBelow();
  }

  get size(): number {
    return this.#end - this.#start;
  }

  get isEmpty(): boolean {
    return this.#start === this.#end;
  }

  /** Goes over the next unchanged line; false when there is none. */
  next(): boolean {
    if (this.#end === this.#lines.count) return false;
    this.#start = ++this.#end;
    this.#takeBelow();
    return true;
  }

  previous(): void {
    this.#end = --this.#start;
    this.#takeAbove();
  }

  /** If the line below it is the same as its first one, these may as well be called unchanged and changed. */
  slideDown(): boolean {
    const { numbers, changed, count } = this.#lines;
    if (this.#end === count || numbers[this.#start] !== numbers[this.#end]) return false;
    changed[this.#start++] = 0;
    changed[this.#end++] = 1;
    this.#takeBelow();
    return true;
  }

  slideUp(): boolean {
    const { numbers, changed } = this.#lines;
    if (this.#start === 0 || numbers[this.#start - 1] !== numbers[this.#end - 1]) return false;
    changed[--this.#start] = 1;
    changed[--this.#end] = 0;
    this.#takeAbove();
    return true;
  }

  #takeBelow(): void {
    while (this.#lines.changed[this.#end] === 1) this.#end++;
  }

  #takeAbove(): void {
    while (this.#start > 0 && this.#lines.changed[this.#start - 1] === 1) this.#start--;
  }
}
