import type { MessageStore } from "./message.ts";

/** The messages of a tree that share words with a line, the likeliest first. */
export class MessageCandidates {
  readonly #weights: Float32Array;
  readonly #counts: Uint8Array;
  readonly #touched: number[] = [];
  readonly #need: Uint8Array;

  constructor(tree: MessageStore, words: ReadonlySet<string>) {
    this.#need = tree.need();
    this.#weights = new Float32Array(this.#need.length);
    this.#counts = new Uint8Array(this.#need.length);
    for (const word of [...words].slice(0, MOST_WORDS)) {
      const ids = tree.messagesWith(word);
      const weight = Math.log(1 + this.#need.length / (ids.length + 1));
      for (const id of ids) {
        if (this.#counts[id] === 0) this.#touched.push(id);
        this.#counts[id] = (this.#counts[id] ?? 0) + 1;
        this.#weights[id] = (this.#weights[id] ?? 0) + weight;
      }
    }
  }

  /** `whole`: every word of one of the message's lines is there; `part`: at least half of them. */
  best(wanted: "whole" | "part"): number[] {
    const enough = (id: number): boolean => {
      const need = this.#need[id] ?? 0;
      const count = this.#counts[id] ?? 0;
      return wanted === "whole" ? count >= need : count < need && count * 2 >= need;
    };
    return this.#touched
      .filter(enough)
      .sort((a, b) => (this.#weights[b] ?? 0) - (this.#weights[a] ?? 0) || a - b)
      .slice(0, MOST_CANDIDATES);
  }
}

const MOST_WORDS = 64;
const MOST_CANDIDATES = 160;
