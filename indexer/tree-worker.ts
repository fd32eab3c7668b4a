import { parentPort, workerData } from "node:worker_threads";
import { scanFile } from "./tree-scan.ts";

/** A thread that scans the files it is sent, and answers in JSON: one text is handed over faster than many objects. */
const root = String(workerData.root);
parentPort?.on("message", (paths: string[]) => {
  parentPort?.postMessage(JSON.stringify(paths.map((path) => scanFile(root, path))));
});
