import { parentPort, workerData } from "node:worker_threads";
import { KfixError } from "../kernel/error.ts";
import { DiffTree } from "./diff-tree.ts";
import type { DiffAnswer, DiffQuestion, ThrownThere } from "./diff-trees.ts";

/**
 * A thread that reads what the git processes of `DiffTrees` print. It answers in JSON: one text is handed over faster
 * than many objects.
 */
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
    answer({ number, touched: JSON.stringify(await trees[process]?.touched(shas)) });
  } catch (error) {
    answer({ number, error: describe(error) });
  }
});

function describe(error: unknown): ThrownThere {
  if (error instanceof KfixError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: undefined, message: String(error), hint: undefined };
}

function answer(message: DiffAnswer): void {
  parentPort?.postMessage(message);
}
