import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of a tree as text; undefined when it is not there (any more). `path` is one of the index or a fixed name. */
export function readTreeText(root: string, path: string): string | undefined {
  if (path.split("/").includes("..") || path.startsWith("/")) return undefined;
  try {
    return readFileSync(join(root, path), "latin1");
  } catch {
    return undefined;
  }
}
