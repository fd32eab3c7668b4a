import { parseFormat, wordsOfLine } from "../kernel/source/format.ts";
import type { RawFormat } from "../kernel/source/literal.ts";
import { readVarints, VarintWriter } from "./varint.ts";

/** A word of messages; what a search for who prints a line begins with. */
export interface MessageWord {
  /** Its place among all words, the commonest first: of two words, that with the higher number is the rarer. */
  readonly number: number;
  /** How many messages have it. */
  readonly held: number;
  /** The messages with a line whose rarest word it is; see `readWholeLines`. */
  readonly lines: Uint8Array;
}

/** With all messages that have the word, by ids: the gaps between them, as varints. */
export interface ListedWord extends MessageWord {
  readonly messages: Uint8Array;
}

/**
 * Which messages have a word, by ids from 1 on. A line of a message is also listed under its rarest word, with the numbers
 * of the others: the lines all of whose words are in a text are found by reading few lists, and short ones, where those of
 * all messages with "failed", "to" and the like would be read to find what they have in common.
 */
export class MessageWords {
  readonly #lists = new Map<string, WordList>();
  readonly #need: number[] = [0];
  readonly #lines: { readonly id: number; readonly words: readonly WordList[] }[] = [];

  /** Adds the next message; returns its id. */
  add(format: RawFormat): number {
    const id = this.#need.length;
    const lines = parseFormat(format).lines.map(wordsOfLine);
    this.#need.push(lines.length === 0 ? 0 : Math.min(255, ...lines.map((words) => words.size)));
    for (const words of lines)
      if (words.size > 0) this.#lines.push({ id, words: [...words].map((word) => this.#held(id, word)) });
    return id;
  }

  /** How many words the shortest line of each message has, by id; 255 stands for more. */
  need(): Uint8Array {
    return Uint8Array.from(this.#need);
  }

  /** All words, in their own order, once all messages are added. */
  finish(): ReadonlyMap<string, ListedWord> {
    const words = [...this.#lists].sort(([a], [b]) => (a < b ? -1 : 1));
    const byRarity = words.map(([, list]) => list).sort((a, b) => b.held - a.held);
    for (const [number, list] of byRarity.entries()) list.number = number;
    for (const { id, words } of this.#lines) {
      const [rarest, ...others] = words.toSorted((a, b) => b.number - a.number);
      rarest?.addLine(id, others);
    }
    return new Map(words);
  }

  #held(id: number, word: string): WordList {
    let list = this.#lists.get(word);
    if (list === undefined) {
      list = new WordList();
      this.#lists.set(word, list);
    }
    list.addMessage(id);
    return list;
  }
}

class WordList implements ListedWord {
  number = 0;
  held = 0;
  #lastMessage = 0;
  #lastLine = 0;
  readonly #messages = new VarintWriter();
  readonly #lines = new VarintWriter();

  get messages(): Uint8Array {
    return this.#messages.bytes();
  }

  get lines(): Uint8Array {
    return this.#lines.bytes();
  }

  addMessage(id: number): void {
    if (id === this.#lastMessage) return;
    this.#messages.push(id - this.#lastMessage);
    this.#lastMessage = id;
    this.held++;
  }

  /** `others`: the line's other words, the rarest first. */
  addLine(id: number, others: readonly WordList[]): void {
    this.#lines.push(id - this.#lastLine);
    this.#lines.push(others.length);
    for (const { number } of others) this.#lines.push(number);
    this.#lastLine = id;
  }
}

/**
 * The ids of the messages that a word lists a line of, in order, where all other words of the line are among `known`,
 * with the sum of what these are worth there; once for each such line.
 *
 * A line is the gap to the id before, how many other words it has, and their numbers, the rarest first: most lines are told by the
 * first of them.
 */
export function readWholeLines(
  lines: Uint8Array,
  known: ReadonlyMap<number, number>,
): { readonly id: number; readonly worth: number }[] {
  const found: { readonly id: number; readonly worth: number }[] = [];
  const values = readVarints(lines);
  let id = 0;
  for (let at = 0; at < values.length; ) {
    id += values[at++] ?? 0;
    const end = at + 1 + (values[at++] ?? 0);
    let worth: number | undefined = 0;
    while (worth !== undefined && at < end) {
      const more = known.get(values[at++] ?? 0);
      worth = more === undefined ? undefined : worth + more;
    }
    if (worth !== undefined) found.push({ id, worth });
    at = end;
  }
  return found;
}
