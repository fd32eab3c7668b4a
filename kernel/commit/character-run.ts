/** Characters that stand in a row: digits of a sha, a dump of bytes. */
export class CharacterRun {
  readonly #isMember = new Uint8Array(256);
  readonly #length: number;

  constructor(characters: string, length: number) {
    for (const character of characters) this.#isMember[character.charCodeAt(0)] = 1;
    this.#length = length;
  }

  /**
   * Is there a row as long as this in the text? Where there is none, only every `length`-th character is looked at, and
   * those before it as far as they belong to a row.
   */
  isIn(text: string): boolean {
    for (let end = this.#length - 1; end < text.length; ) {
      const start = end - this.#length;
      let begin = end;
      while (begin > start && this.#isMember[text.charCodeAt(begin)] === 1) begin--;
      if (begin === start) return true;
      end = begin + this.#length;
    }
    return false;
  }
}

/** Fewer digits name no commit in a message. */
export const SHORTEST_SHA = new CharacterRun("0123456789abcdefABCDEF", 7);
