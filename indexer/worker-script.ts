import { existsSync } from "node:fs";
import { join } from "node:path";

/** A built thread of this name; undefined when the sources run unbuilt, and the work is done in the main thread. */
export function workerScript(name: "tree-worker" | "diff-worker" | "commit-log-worker"): string | undefined {
  for (const place of [`./${name}.js`, `../${name}.js`]) {
    const file = join(import.meta.dirname, place);
    if (existsSync(file)) return file;
  }
  return undefined;
}
