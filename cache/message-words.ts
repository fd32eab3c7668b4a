import { WORD_SCALE } from "./inverted-list.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { WordCounter } from "./word-counter.ts";

/** The words of some commits, as a thread that counts them tells them to the one that writes. */
export interface CountedWords {
  /** The numbers begin anew with these commits: what was said of words before no longer counts. */
  readonly restart: boolean;
  /** Words that come here for the first time; their numbers follow those of the last ones. */
  readonly fresh: readonly string[];
  /** Of one commit after the other: the number of each of its words, times WORD_SCALE, plus what the index notes of it. */
  readonly notes: Uint32Array;
  /** For each commit, how many words it has in `notes`. */
  readonly kinds: Uint32Array;
  /** For each commit, how long it is in words: 255 stands for more. */
  readonly lengths: Uint8Array;
}

/** Counts the words of messages, batch after batch. What it has learned it forgets now and then, as memory is dear. */
export class MessageWords {
  #counter: WordCounter;
  #known = new Map<string, number>();
  #fresh: string[] = [];
  /** Messages since it began anew. */
  #messages = 0;
  #notes: number[] = [];
  #kinds: number[] = [];
  #lengths: number[] = [];
  #restart = true;

  constructor() {
    this.#counter = this.#newCounter();
  }

  add(subject: string, prose: string): void {
    this.#counter.add(subject, true);
    this.#counter.add(prose, false);
    const before = this.#notes.length;
    let length = 0;
    this.#counter.take((word, count, inSubject) => {
      length += count;
      this.#notes.push(word * WORD_SCALE + Math.min(count, 4) - 1 + (inSubject ? 4 : 0));
    });
    this.#kinds.push(this.#notes.length - before);
    this.#lengths.push(Math.min(length, 255));
    this.#messages++;
  }

  /** What was counted since the last call. */
  take(): CountedWords {
    const counted = {
      restart: this.#restart,
      fresh: this.#fresh,
      notes: Uint32Array.from(this.#notes),
      kinds: Uint32Array.from(this.#kinds),
      lengths: Uint8Array.from(this.#lengths),
    };
    this.#restart = this.#messages >= SEGMENT_SIZE;
    if (this.#restart) {
      this.#known = new Map();
      this.#counter = this.#newCounter();
      this.#messages = 0;
    }
    this.#fresh = [];
    this.#notes = [];
    this.#kinds = [];
    this.#lengths = [];
    return counted;
  }

  #newCounter(): WordCounter {
    return new WordCounter((word) => {
      let number = this.#known.get(word);
      if (number === undefined) {
        number = this.#known.size;
        this.#known.set(word, number);
        this.#fresh.push(word);
      }
      return number;
    });
  }
}
