/** Numbers of 32 bits, as many as come. */
export class NumberList {
  #numbers = new Int32Array(1024);
  #length = 0;

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = new Int32Array(2 * this.#length);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    this.#numbers[this.#length++] = number;
  }

  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  /** A copy. */
  toArray(): Int32Array<ArrayBuffer> {
    return this.#numbers.slice(0, this.#length);
  }
}
