import { Worker } from "node:worker_threads";
import type { CommitTouch } from "../kernel/diff/touched.ts";
import { DiffLane } from "./diff-lane.ts";
import { errorOfThread, type ThreadError } from "./thread-error.ts";
import { workerScript } from "./worker-script.ts";

/** Some `git diff-tree` that run side by side. */
export interface DiffTrees {
  readonly lanes: number;
  /** What each of the commits touches, asked of one of the lanes; those that touch no C file are left out. */
  touched(lane: number, shas: readonly string[]): Promise<CommitTouch[]>;
  /** Ends them, also in the middle of their work. */
  close(): Promise<void>;
}

/** How the work is shared out: so many lanes, and whether each is two processes (see `DiffLane`). */
export interface DiffShares {
  readonly lanes: number;
  readonly shared: boolean;
}

/**
 * Starts about as many processes as there are `cores`. A thread of its own reads what they print, so that none of them
 * waits while the main thread writes to the index.
 */
export function startDiffTrees(gitDir: string, config: readonly string[], cores: number): DiffTrees {
  const shares = { lanes: Math.max(1, Math.floor(cores / 2)), shared: cores > 1 };
  const script = workerScript("diff-worker");
  if (script !== undefined) return new ThreadOfDiffTrees(script, { gitDir, config, ...shares });
  const lanes = startLanes(gitDir, config, shares);
  return {
    lanes: lanes.length,
    touched: async (lane, shas) => (await lanes[lane]?.touched(shas)) ?? [],
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** In the thread that reads them. */
export function startLanes(
  gitDir: string,
  config: readonly string[],
  { lanes, shared }: DiffShares,
): readonly DiffLane[] {
  return Array.from({ length: lanes }, () => new DiffLane(gitDir, config, { shared }));
}

export interface DiffQuestion {
  readonly number: number;
  readonly lane: number;
  readonly shas: readonly string[];
}

/** To the question of the same number: what the commits touch, or what was thrown. */
export type DiffAnswer =
  | { readonly number: number; readonly touched: CommitTouch[] }
  | { readonly number: number; readonly error: ThreadError };

class ThreadOfDiffTrees implements DiffTrees {
  readonly lanes: number;
  readonly #worker: Worker;
  readonly #asked = new Map<
    number,
    { resolve(touched: CommitTouch[]): void; reject(reason: unknown): void }
  >();
  readonly #ended: Promise<void>;
  #number = 0;
  /** Why nothing is answered any more. */
  #refused: { readonly reason: unknown } | undefined;

  constructor(script: string, workerData: DiffShares & { gitDir: string; config: readonly string[] }) {
    this.lanes = workerData.lanes;
    // What it holds is never more than some batches: a small heap, cleaned often, is enough.
    this.#worker = new Worker(script, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
    this.#worker.on("message", (answer: DiffAnswer) => this.#answer(answer));
    this.#ended = new Promise((resolve) => {
      this.#worker.on("error", (error) => this.#refuse(error));
      this.#worker.on("exit", () => {
        this.#refuse(new Error("the thread that reads git diff-tree ended early"));
        resolve();
      });
    });
  }

  touched(lane: number, shas: readonly string[]): Promise<CommitTouch[]> {
    if (this.#refused) return Promise.reject(this.#refused.reason);
    const number = this.#number++;
    return new Promise((resolve, reject) => {
      this.#asked.set(number, { resolve, reject });
      this.#worker.postMessage({ number, lane, shas } satisfies DiffQuestion);
    });
  }

  async close(): Promise<void> {
    this.#worker.postMessage("close");
    await this.#ended;
  }

  #answer(answer: DiffAnswer): void {
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
