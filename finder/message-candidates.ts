import type { MessageStore } from "./message.ts";

/** The messages of a tree that share words with a line, the likeliest first. */
export class MessageCandidates {
  readonly #weights: Float32Array;
  readonly #counts: Uint8Array;
  readonly #need: Uint8Array;

  constructor(tree: MessageStore, words: ReadonlySet<string>) {
    this.#need = tree.need();
    this.#weights = new Float32Array(this.#need.length);
    this.#counts = new Uint8Array(this.#need.length);
    for (const word of [...words].slice(0, MOST_WORDS)) {
      const ids = tree.messagesWith(word);
      const weight = Math.log(1 + this.#need.length / (ids.length + 1));
      for (let at = 0; at < ids.length; at++) {
        const id = ids[at] ?? 0;
        this.#counts[id] = (this.#counts[id] ?? 0) + 1;
        this.#weights[id] = (this.#weights[id] ?? 0) + weight;
      }
    }
  }

  /** `whole`: every word of one of the message's lines is there; `part`: at least half of them. */
  best(wanted: "whole" | "part"): number[] {
    const found: number[] = [];
    for (let id = 0; id < this.#counts.length; id++) {
      const count = this.#counts[id] ?? 0;
      if (count === 0) continue;
      const need = this.#need[id] ?? 0;
      if (wanted === "whole" ? count >= need : count < need && count * 2 >= need) found.push(id);
    }
    return found
      .sort((a, b) => (this.#weights[b] ?? 0) - (this.#weights[a] ?? 0) || a - b)
      .slice(0, MOST_CANDIDATES);
  }
}

const MOST_WORDS = 64;
const MOST_CANDIDATES = 160;
