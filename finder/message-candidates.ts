import { readWholeLines } from "../cache/message-words.ts";
import type { MessageStore } from "./message.ts";

/** The messages of a tree that may print a line, in no order: those that share words with it. */
export class MessageCandidates {
  readonly #tree: MessageStore;
  readonly #words: readonly string[];
  /** What `whole` found, the unlikely too. */
  #whole: ReadonlyMap<number, number> = new Map();

  constructor(tree: MessageStore, words: ReadonlySet<string>) {
    this.#tree = tree;
    this.#words = [...words].slice(0, MOST_WORDS);
  }

  /** Those with a line all of whose words are there: the likeliest. */
  whole(): number[] {
    const known = this.#words.flatMap((word) => this.#tree.messageWord(word) ?? []);
    const worth = new Map(known.map(({ number, held }) => [number, this.#worth(held)]));
    const weights = new Map<number, number>();
    for (const { number, lines } of known)
      for (const { id, worth: others } of readWholeLines(lines, worth))
        weights.set(id, Math.max(weights.get(id) ?? 0, (worth.get(number) ?? 0) + others));
    this.#whole = weights;
    return likeliest([...weights.keys()], (id) => weights.get(id) ?? 0);
  }

  /** To be asked for behind `whole`, which has none of these: those with half of the words of one of their lines. */
  part(): number[] {
    const lists = this.#words
      .map((word) => this.#tree.messagesWith(word))
      .sort((a, b) => a.length - b.length);
    const need = this.#tree.need();
    const counts = new Uint8Array(need.length);
    const shared: number[] = [];
    for (const [at, list] of lists.entries()) {
      const mostNeeded = (lists.length - at) * 2;
      countWord(list, mostNeeded, { need, counts, shared });
    }
    const found = shared.filter((id) => (counts[id] ?? 0) * 2 >= (need[id] ?? 0) && !this.#whole.has(id));
    if (found.length <= MOST_CANDIDATES) return found;
    const weights = new Float32Array(need.length);
    for (const list of lists) weigh(list, this.#worth(list.length), weights);
    return likeliest(found, (id) => weights[id] ?? 0);
  }

  /** Of a word that so many messages have: the rarer, the more. */
  #worth(held: number): number {
    return Math.log(1 + this.#tree.messageCount / (held + 1));
  }
}

/** Those that share the rarest words; of equals, those that come first in the tree. */
function likeliest(found: readonly number[], weightOf: (id: number) => number): number[] {
  if (found.length <= MOST_CANDIDATES) return [...found];
  return found
    .map((id) => ({ id, weight: weightOf(id) }))
    .sort((a, b) => b.weight - a.weight || a.id - b.id)
    .slice(0, MOST_CANDIDATES)
    .map(({ id }) => id);
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

function weigh(ids: Uint32Array, weight: number, weights: Float32Array): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] ?? 0;
    weights[id] = (weights[id] ?? 0) + weight;
  }
}

const MOST_WORDS = 64;
const MOST_CANDIDATES = 160;
