/** Tells which commits have been added to the index to those who work beside the one who adds them. */
export class CommitFeed {
  #upTo: number;
  #end: "open" | "complete" | "failed" = "open";
  #waiting: (() => void)[] = [];

  /** All commits up to this id are there already. */
  constructor(upTo: number) {
    this.#upTo = upTo;
  }

  get failed(): boolean {
    return this.#end === "failed";
  }

  advance(upTo: number): void {
    this.#upTo = upTo;
    this.#wake();
  }

  /** No more will come. */
  complete(): void {
    this.#end = "complete";
    this.#wake();
  }

  /** What was added last is taken back, and no more will come. */
  fail(): void {
    this.#end = "failed";
    this.#wake();
  }

  /** The last id that is there, once that is at least `id` or no more will come. */
  async reach(id: number): Promise<number> {
    while (this.#upTo < id && this.#end === "open")
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#upTo;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
