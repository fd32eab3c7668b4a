import { parentPort, workerData } from "node:worker_threads";
import { Answers } from "./answers.ts";
import type { Asked } from "./client.ts";
import { problemOf } from "./problem.ts";

/** The thread that looks up: one question, one answer. */
const cacheDir: unknown = workerData.cacheDir;
const answers = new Answers(typeof cacheDir === "string" ? cacheDir : undefined);

parentPort?.on("message", async (asked: Asked | "reopen") => {
  if (asked === "reopen") return answers.reopen();
  try {
    parentPort?.postMessage({ value: await answers.answer(asked) });
  } catch (error) {
    parentPort?.postMessage({ problem: problemOf(error) });
  }
});
