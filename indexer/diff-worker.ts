import { parentPort, workerData } from "node:worker_threads";
import { type DiffAnswer, type DiffQuestion, type DiffShares, startLanes } from "./diff-trees.ts";
import { describeError } from "./thread-error.ts";

/** A thread that reads what the git processes of `DiffTrees` print. */
const { gitDir, config, ...shares }: DiffShares & { gitDir: string; config: string[] } = workerData;
const lanes = startLanes(gitDir, config, shares);

parentPort?.on("message", async (question: DiffQuestion | "close") => {
  if (question === "close") {
    await Promise.allSettled(lanes.map((lane) => lane.close()));
    parentPort?.close();
    return;
  }
  const { number, lane, shas } = question;
  try {
    answer({ number, touched: (await lanes[lane]?.touched(shas)) ?? [] });
  } catch (error) {
    answer({ number, error: describeError(error) });
  }
});

function answer(message: DiffAnswer): void {
  parentPort?.postMessage(message);
}
