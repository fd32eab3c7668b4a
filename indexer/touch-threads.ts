import { Worker } from "node:worker_threads";
import { TouchFinder } from "../kernel/diff/touched.ts";
import { VERSIONS } from "./changed-files.ts";
import { errorOfThread, type ThreadError } from "./thread-error.ts";
import { type TouchedLists, touchedBetween } from "./touched-versions.ts";
import { workerScript } from "./worker-script.ts";

export interface TouchQuestion {
  readonly number: number;
  readonly versions: Uint8Array;
}

/** To the question of the same number: what changed, or what was thrown. */
export type TouchAnswer =
  | { readonly number: number; readonly touched: TouchedLists }
  | { readonly number: number; readonly error: ThreadError };

/**
 * Answers as `touchedBetween` does, in threads that are begun when there is work for them. What is little, and everything
 * where the sources run unbuilt, is done in this thread.
 */
export class TouchThreads {
  /** How many threads there are at most. */
  readonly count: number;
  readonly #gitDir: string;
  readonly #script: string | undefined;
  readonly #threads: TouchThread[] = [];
  readonly #finder = new TouchFinder();

  /** `script` is what a thread runs. */
  constructor(gitDir: string, count: number, script = workerScript("diff-worker")) {
    this.#gitDir = gitDir;
    this.count = count;
    this.#script = script;
  }

  /** Takes `versions` away from the caller. */
  touched(versions: Buffer<ArrayBuffer>): Promise<TouchedLists> {
    if (this.#script === undefined || versions.length < LITTLE * VERSIONS)
      return touchedBetween(this.#gitDir, versions, this.#finder);
    return this.#leastBusy(this.#script).touched(versions);
  }

  /** Ends them, also in the middle of their work: a git whose output nobody reads ends itself. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #leastBusy(script: string): TouchThread {
    let least = this.#threads[0];
    for (const thread of this.#threads) if (thread.busy < (least?.busy ?? 0)) least = thread;
    if (least && (least.busy === 0 || this.#threads.length === this.count)) return least;
    const begun = new TouchThread(script, this.#gitDir);
    this.#threads.push(begun);
    return begun;
  }
}

class TouchThread {
  readonly #worker: Worker;
  readonly #asked = new Map<
    number,
    { resolve(touched: TouchedLists): void; reject(reason: unknown): void }
  >();
  #number = 0;
  /** Why nothing is answered any more. */
  #refused: { readonly reason: unknown } | undefined;

  constructor(script: string, gitDir: string) {
    // Almost all that it makes is of no use a moment later: a small heap, cleaned often, is enough.
    this.#worker = new Worker(script, {
      workerData: { gitDir },
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    this.#worker.on("message", (answer: TouchAnswer) => this.#answer(answer));
    this.#worker.on("error", (error) => this.#refuse(error));
    this.#worker.on("exit", () => this.#refuse(new Error("a thread that compares files ended early")));
  }

  /** How many questions wait. */
  get busy(): number {
    return this.#asked.size;
  }

  touched(versions: Buffer<ArrayBuffer>): Promise<TouchedLists> {
    if (this.#refused) return Promise.reject(this.#refused.reason);
    const number = this.#number++;
    return new Promise((resolve, reject) => {
      this.#asked.set(number, { resolve, reject });
      this.#worker.postMessage({ number, versions } satisfies TouchQuestion, [versions.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #answer(answer: TouchAnswer): void {
    const asked = this.#asked.get(answer.number);
    this.#asked.delete(answer.number);
    if ("touched" in answer) asked?.resolve(answer.touched);
    else asked?.reject(errorOfThread(answer.error));
  }

  #refuse(reason: unknown): void {
    this.#refused ??= { reason };
    for (const { reject } of this.#asked.values()) reject(reason);
    this.#asked.clear();
  }
}

/** To begin a thread takes as long as to compare some hundred files. */
const LITTLE = 500;
