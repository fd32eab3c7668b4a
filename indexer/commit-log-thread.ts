import { Worker } from "node:worker_threads";
import type { PackedCommits } from "../cache/packed-commits.ts";
import { readCommitLog } from "./commit-log.ts";
import { describeError, errorOfThread, type ThreadError } from "./thread-error.ts";
import { workerScript } from "./worker-script.ts";

/** What the thread posts: one batch after the other, then the end; or what went wrong. */
export type LogMessage =
  | { readonly commits: PackedCommits }
  | { readonly end: true }
  | { readonly error: ThreadError };

/** As `readCommitLog`, in a thread of its own: messages are taken apart there while this one writes to the index. */
export async function* readCommitLogAside(gitDir: string, revisions: string): AsyncGenerator<PackedCommits> {
  const script = workerScript("commit-log-worker");
  if (script === undefined) return yield* readCommitLog(gitDir, revisions);
  const worker = new Worker(script, {
    workerData: { gitDir, revisions },
    resourceLimits: { maxYoungGenerationSizeMb: 8 }, // what it holds is never more than some batches
  });
  const received: LogMessage[] = [];
  let wake = (): void => {};
  const receive = (message: LogMessage): void => {
    received.push(message);
    wake();
  };
  worker.on("message", receive);
  worker.on("error", (error) => receive({ error: describeError(error) }));
  const exited = new Promise<void>((resolve) => {
    worker.on("exit", () => {
      receive({ error: describeError(new Error("the thread that reads git log ended early")) });
      resolve();
    });
  });
  try {
    for (;;) {
      const message = received.shift();
      if (message === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else if ("error" in message) throw errorOfThread(message.error);
      else if ("end" in message) return;
      else {
        worker.postMessage("next");
        yield message.commits;
      }
    }
  } finally {
    worker.postMessage("close");
    await exited;
  }
}
