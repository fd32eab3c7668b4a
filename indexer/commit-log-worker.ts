import { parentPort, workerData } from "node:worker_threads";
import { readCommitLog } from "./commit-log.ts";
import type { LogMessage } from "./commit-log-thread.ts";
import { describeError } from "./thread-error.ts";

/** The thread of `readCommitLogAside`. It runs some batches ahead of the one who takes them, and no further. */
const { gitDir, revisions }: { gitDir: string; revisions: string } = workerData;
/** A hundred kilobytes each: about as many as are read while a segment's words are written. */
const MOST_AHEAD = 64;
/** Batches posted and not taken yet. */
let ahead = 0;
let closed = false;
let wake = (): void => {};

parentPort?.on("message", (message: "next" | "close") => {
  if (message === "next") ahead--;
  else {
    closed = true;
    parentPort?.close();
  }
  wake();
});

try {
  for await (const commits of readCommitLog(gitDir, revisions)) {
    if (closed) break;
    post({ commits }, [commits.numbers.buffer, commits.bytes.buffer]);
    ahead++;
    while (ahead >= MOST_AHEAD && !closed) await new Promise<void>((resolve) => (wake = resolve));
  }
  post({ end: true });
} catch (error) {
  post({ error: describeError(error) });
}

function post(message: LogMessage, moved: ArrayBuffer[] = []): void {
  if (!closed) parentPort?.postMessage(message, moved);
}
