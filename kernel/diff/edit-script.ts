/** The first `count` of `numbers`, and 1 in `changed` for each that the other sequence lacks. */
export interface Sequence {
  readonly count: number;
  readonly numbers: Int32Array;
  readonly changed: Uint8Array;
}

/**
 * Which elements of two sequences differ, by the fewest changes or nearly so: Myers, "An O(ND) Difference Algorithm and
 * Its Variations", 1986, in linear space. Elements are numbers; what is equal has the same number.
 *
 * An instance keeps its working memory, so one is to be used for many comparisons.
 */
export class EditScript {
  #a: Int32Array = EMPTY;
  #b: Int32Array = EMPTY;
  #changedA: Uint8Array = NO_MARKS;
  #changedB: Uint8Array = NO_MARKS;
  /** By diagonal (place in `a` less place in `b`): how far into `a` one gets from the beginning, and from the end. */
  #ahead: Int32Array = EMPTY;
  #back: Int32Array = EMPTY;
  #middle = 0;
  /** Where `#split` divides. */
  #splitA = 0;
  #splitB = 0;

  /** Marks what of each the other lacks at its place. No mark may be set yet. */
  mark(a: Sequence, b: Sequence): void {
    this.#a = a.numbers;
    this.#b = b.numbers;
    this.#changedA = a.changed;
    this.#changedB = b.changed;
    const diagonals = a.count + b.count + 3;
    if (this.#ahead.length < diagonals) {
      this.#ahead = new Int32Array(2 * diagonals);
      this.#back = new Int32Array(2 * diagonals);
    }
    this.#middle = b.count + 1;
    this.#compare(0, a.count, 0, b.count);
  }

  #compare(fromA: number, toA: number, fromB: number, toB: number): void {
    const a = this.#a;
    const b = this.#b;
    while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) {
      fromA++;
      fromB++;
    }
    while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) {
      toA--;
      toB--;
    }
    if (fromA === toA) this.#changedB.fill(1, fromB, toB);
    else if (fromB === toB) this.#changedA.fill(1, fromA, toA);
    else {
      this.#split(fromA, toA, fromB, toB);
      const atA = this.#splitA;
      const atB = this.#splitB;
      this.#compare(fromA, atA, fromB, atB);
      this.#compare(atA, toA, atB, toB);
    }
  }

  /** Finds a point on a shortest way from one corner to the other, by going from both until they meet. */
  #split(fromA: number, toA: number, fromB: number, toB: number): void {
    const a = this.#a;
    const b = this.#b;
    const ahead = this.#ahead;
    const back = this.#back;
    const middle = this.#middle;
    const least = fromA - toB;
    const most = toA - fromB;
    const start = fromA - fromB;
    const end = toA - toB;
    const odd = ((start - end) & 1) !== 0;
    let aheadLeast = start;
    let aheadMost = start;
    let backLeast = end;
    let backMost = end;
    ahead[middle + start] = fromA;
    back[middle + end] = toA;
    for (let cost = 0; cost < MOST_COST; cost++) {
      if (aheadLeast > least) ahead[middle + --aheadLeast - 1] = -1;
      else aheadLeast++;
      if (aheadMost < most) ahead[middle + ++aheadMost + 1] = -1;
      else aheadMost--;
      for (let d = aheadMost; d >= aheadLeast; d -= 2) {
        const below = ahead[middle + d - 1] ?? 0;
        const above = ahead[middle + d + 1] ?? 0;
        let atA = below >= above ? below + 1 : above;
        while (atA < toA && atA - d < toB && a[atA] === b[atA - d]) atA++;
        ahead[middle + d] = atA;
        if (odd && backLeast <= d && d <= backMost && (back[middle + d] ?? 0) <= atA) {
          this.#splitA = atA;
          this.#splitB = atA - d;
          return;
        }
      }
      if (backLeast > least) back[middle + --backLeast - 1] = FAR;
      else backLeast++;
      if (backMost < most) back[middle + ++backMost + 1] = FAR;
      else backMost--;
      for (let d = backMost; d >= backLeast; d -= 2) {
        const below = back[middle + d - 1] ?? 0;
        const above = back[middle + d + 1] ?? 0;
        let atA = below < above ? below : above - 1;
        while (atA > fromA && atA - d > fromB && a[atA - 1] === b[atA - d - 1]) atA--;
        back[middle + d] = atA;
        if (!odd && aheadLeast <= d && d <= aheadMost && atA <= (ahead[middle + d] ?? 0)) {
          this.#splitA = atA;
          this.#splitB = atA - d;
          return;
        }
      }
    }
    this.#splitFurthest(fromA, toA, fromB, toB, { aheadLeast, aheadMost, backLeast, backMost });
  }

  /** Both are too different to find a shortest way: goes on from the point that is furthest from its corner. */
  #splitFurthest(
    fromA: number,
    toA: number,
    fromB: number,
    toB: number,
    reached: { aheadLeast: number; aheadMost: number; backLeast: number; backMost: number },
  ): void {
    let furthest = -1;
    for (let d = reached.aheadMost; d >= reached.aheadLeast; d -= 2) {
      const atA = Math.min(this.#ahead[this.#middle + d] ?? 0, toA, toB + d);
      if (atA + atA - d <= furthest) continue;
      furthest = atA + atA - d;
      this.#splitA = atA;
      this.#splitB = atA - d;
    }
    const gained = furthest - fromA - fromB;
    let nearest = FAR;
    for (let d = reached.backMost; d >= reached.backLeast; d -= 2) {
      const atA = Math.max(this.#back[this.#middle + d] ?? 0, fromA, fromB + d);
      if (atA + atA - d >= nearest) continue;
      nearest = atA + atA - d;
      if (toA + toB - nearest <= gained) continue;
      this.#splitA = atA;
      this.#splitB = atA - d;
    }
  }
}

/** So many changes are looked for from each corner: twice as many as one commit seldom makes to one file. */
const MOST_COST = 256;
const FAR = 2 ** 30;
const EMPTY = new Int32Array(0);
const NO_MARKS = new Uint8Array(0);
