import { parseFormat, wordsOfLine } from "../kernel/source/format.ts";
import type { RawFormat } from "../kernel/source/literal.ts";
import { VarintWriter } from "./varint.ts";

/** Which messages have a word, by ids from 1 on; what a search for who prints a line begins with. */
export class MessageWords {
  readonly #lists = new Map<string, { last: number; gaps: VarintWriter }>();
  readonly #need: number[] = [0];

  /** Adds the next message; returns its id. */
  add(format: RawFormat): number {
    const id = this.#need.length;
    const lines = parseFormat(format).lines.map(wordsOfLine);
    this.#need.push(lines.length === 0 ? 0 : Math.min(255, ...lines.map((words) => words.size)));
    for (const words of lines) for (const word of words) this.#addWord(id, word);
    return id;
  }

  /** How many words the shortest line of each message has, by id; 255 stands for more. */
  need(): Uint8Array {
    return Uint8Array.from(this.#need);
  }

  /** All words, in order. */
  words(): string[] {
    return [...this.#lists.keys()].sort();
  }

  /** The ids of the messages whose format has a word: the gaps between them, as varints. */
  messagesWith(word: string): Uint8Array {
    return this.#lists.get(word)?.gaps.bytes() ?? new Uint8Array();
  }

  #addWord(id: number, word: string): void {
    let list = this.#lists.get(word);
    if (list === undefined) {
      list = { last: 0, gaps: new VarintWriter() };
      this.#lists.set(word, list);
    }
    if (list.last === id) return;
    list.gaps.push(id - list.last);
    list.last = id;
  }
}
