import { parentPort, workerData } from "node:worker_threads";
import { TouchFinder } from "../kernel/diff/touched.ts";
import { describeError } from "./thread-error.ts";
import type { TouchAnswer, TouchQuestion } from "./touch-threads.ts";
import { touchedBetween } from "./touched-versions.ts";

/** A thread of `TouchThreads`. */
const gitDir = String(workerData.gitDir);
const finder = new TouchFinder();

parentPort?.on("message", async ({ number, versions }: TouchQuestion) => {
  try {
    const { buffer, byteOffset, byteLength } = versions;
    const touched = await touchedBetween(gitDir, Buffer.from(buffer, byteOffset, byteLength), finder);
    parentPort?.postMessage({ number, touched } satisfies TouchAnswer, [touched.lists.buffer]);
  } catch (error) {
    parentPort?.postMessage({ number, error: describeError(error) } satisfies TouchAnswer);
  }
});
