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
    const isMember = this.#isMember;
    const length = this.#length;
    if (text.length > bytes.length) bytes = Buffer.allocUnsafeSlow(2 * text.length);
    // Bytes are read faster than characters. Of one beyond Latin-1 there are eight bits: what is found is compared.
    const row = bytes;
    const size = row.write(text, "latin1");
    for (let end = length - 1; end < size; ) {
      const start = end - length;
      let begin = end;
      while (begin > start && isMember[row[begin] ?? 0] === 1) begin--;
      if (begin === start && this.#isRow(text, start + 1, end)) return true;
      end = Math.max(begin, start + 1) + length;
    }
    return false;
  }

  #isRow(text: string, first: number, last: number): boolean {
    for (let at = first; at <= last; at++) if (this.#isMember[text.charCodeAt(at)] !== 1) return false;
    return true;
  }
}

let bytes = Buffer.allocUnsafeSlow(1 << 16);

/** Fewer digits name no commit in a message. */
export const SHORTEST_SHA = new CharacterRun("0123456789abcdefABCDEF", 7);
