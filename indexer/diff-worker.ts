import { parentPort, workerData } from "node:worker_threads";
import { DiffTree } from "./diff-tree.ts";
import type { DiffAnswer, DiffQuestion } from "./diff-trees.ts";
import { describeError } from "./thread-error.ts";

/** A thread that reads what the git processes of `DiffTrees` print. */
const { gitDir, config, processes }: { gitDir: string; config: string[]; processes: number } = workerData;
const trees = Array.from({ length: processes }, () => new DiffTree(gitDir, config));

parentPort?.on("message", async (question: DiffQuestion | "close") => {
  if (question === "close") {
    await Promise.allSettled(trees.map((tree) => tree.close()));
    parentPort?.close();
    return;
  }
  const { number, process, shas } = question;
  try {
    answer({ number, touched: (await trees[process]?.touched(shas)) ?? [] });
  } catch (error) {
    answer({ number, error: describeError(error) });
  }
});

function answer(message: DiffAnswer): void {
  parentPort?.postMessage(message);
}
