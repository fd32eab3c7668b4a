import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { hasCode } from "../cache/refusal.ts";
import { LARGEST_FILE, scanSource } from "../kernel/source/scan.ts";
import { NOTHING_SCANNED, type ScannedFile } from "../kernel/source/scanned-file.ts";
import { workerScript } from "./worker-script.ts";

/** A file of a tree, read and scanned. */
export type Scanned = readonly [path: string, file: ScannedFile];

/**
 * Scans files of a tree, in as many threads as there are cores; the results come in no order. A file that cannot be
 * read, or that is no text, gives nothing and does not stop the others.
 */
export async function scanFiles(
  root: string,
  paths: readonly string[],
  onBatch: (batch: readonly Scanned[]) => void,
): Promise<void> {
  const batches = cutIntoBatches(paths);
  const script = workerScript("tree-worker");
  const threads = Math.min(availableParallelism(), batches.length);
  if (script === undefined || threads < 2 || paths.length < FEW_FILES) {
    for (const batch of batches) onBatch(batch.map((path) => scanFile(root, path)));
    return;
  }
  const workers = Array.from({ length: threads }, () => new Worker(script, { workerData: { root } }));
  try {
    await Promise.all(workers.map((worker) => feed(worker, batches, onBatch)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Reads and scans one file; one that went meanwhile has nothing. Throws what the system says of any other. */
export function scanFile(root: string, path: string): Scanned {
  try {
    return [path, scanSource(path, readReused(join(root, path)))];
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return [path, NOTHING_SCANNED];
    throw cause;
  }
}

/**
 * The bytes of a file, valid until the next one is read. Fresh memory for each file costs a page fault for every 4 KiB;
 * what a scan finds are texts of its own, so that the bytes can be written over.
 */
function readReused(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    if (size > LARGEST_FILE) return scratch.subarray(0, 0);
    if (size > scratch.length) scratch = Buffer.allocUnsafeSlow(size * 2);
    let length = 0;
    for (let read = 1; read > 0 && length < size; length += read)
      read = readSync(descriptor, scratch, length, size - length, length);
    return scratch.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

let scratch: Buffer = Buffer.allocUnsafeSlow(1 << 20);

function feed(
  worker: Worker,
  batches: string[][],
  onBatch: (batch: readonly Scanned[]) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let waiting = 0;
    const next = (): void => {
      const batch = batches.pop();
      if (batch !== undefined) {
        waiting++;
        worker.postMessage(batch);
      } else if (waiting === 0) resolve();
    };
    worker.on("message", (json: string) => {
      waiting--;
      next();
      const batch: readonly Scanned[] = JSON.parse(json);
      onBatch(batch);
    });
    worker.on("error", reject);
    next();
    next(); // one is read while the other is scanned
  });
}

function cutIntoBatches(paths: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < paths.length; at += BATCH) batches.push(paths.slice(at, at + BATCH));
  return batches;
}

const BATCH = 64;
const FEW_FILES = 200;
