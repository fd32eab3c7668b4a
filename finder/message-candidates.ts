import type { MessageStore } from "./message.ts";

/** The messages of a tree that share words with a line. */
export class MessageCandidates {
  readonly #need: Uint8Array;
  /** The messages with each word of the line, of the rarest word first. */
  readonly #lists: readonly Uint32Array[];

  constructor(tree: MessageStore, words: ReadonlySet<string>) {
    this.#need = tree.need();
    this.#lists = [...words]
      .slice(0, MOST_WORDS)
      .map((word) => tree.messagesWith(word))
      .sort((a, b) => a.length - b.length);
  }

  /**
   * The likeliest, in no order. `whole`: every word of one of the message's lines is there; `part`: at least half of
   * them.
   */
  best(wanted: "whole" | "part"): number[] {
    const need = this.#need;
    const counts = new Uint8Array(need.length);
    const shared: number[] = [];
    for (const [at, list] of this.#lists.entries()) {
      const left = this.#lists.length - at;
      countWord(list, wanted === "whole" ? left : left * 2, { need, counts, shared });
    }
    const found = shared.filter((id) => {
      const [count, needed] = [counts[id] ?? 0, need[id] ?? 0];
      return wanted === "whole" ? count >= needed : count < needed && count * 2 >= needed;
    });
    return found.length > MOST_CANDIDATES ? this.#heaviest(found) : found;
  }

  /** Those that share the rarest words; of equals, those that come first in the tree. */
  #heaviest(found: readonly number[]): number[] {
    const asked = new Uint8Array(this.#need.length);
    for (const id of found) asked[id] = 1;
    const weights = new Float32Array(this.#need.length);
    for (const list of this.#lists)
      weigh(list, Math.log(1 + this.#need.length / (list.length + 1)), asked, weights);
    const sorted = Float32Array.from(found, (id) => weights[id] ?? 0).sort();
    const least = sorted[sorted.length - MOST_CANDIDATES] ?? 0;
    const heavier = found.filter((id) => (weights[id] ?? 0) > least);
    const equal = found.filter((id) => weights[id] === least).sort((a, b) => a - b);
    return [...heavier, ...equal.slice(0, MOST_CANDIDATES - heavier.length)];
  }
}

interface Counted {
  readonly need: Uint8Array;
  /** How many of the words so far a message has, by id. */
  readonly counts: Uint8Array;
  /** The messages that have any of them, and may still have enough. */
  readonly shared: number[];
}

/** `most`: what a message may need that has this word and none before it. A plain loop: a common word is in 50,000. */
function countWord(ids: Uint32Array, most: number, { need, counts, shared }: Counted): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] ?? 0;
    const count = counts[id] ?? 0;
    if (count === 0) {
      if ((need[id] ?? 0) > most) continue;
      shared.push(id);
    }
    counts[id] = count + 1;
  }
}

function weigh(ids: Uint32Array, weight: number, asked: Uint8Array, weights: Float32Array): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] ?? 0;
    if (asked[id] === 1) weights[id] = (weights[id] ?? 0) + weight;
  }
}

const MOST_WORDS = 64;
const MOST_CANDIDATES = 160;
