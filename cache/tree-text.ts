import { readFileSync } from "node:fs";
import { join } from "node:path";
import { textOfBytes } from "../kernel/source/encoding.ts";

/**
 * A file of a tree, a character a byte (see `textOfBytes`); undefined when it is not there (any more). `path` is one of the
 * index or a fixed name.
 */
export function readTreeText(root: string, path: string): string | undefined {
  if (path.split("/").includes("..") || path.startsWith("/")) return undefined;
  try {
    return readFileSync(join(root, path), "latin1");
  } catch {
    return undefined;
  }
}

/** Lines of such a file as text, counted from 1, both ends included. */
export function readTreeLines(root: string, path: string, from: number, to: number): string[] | undefined {
  return readTreeText(root, path)
    ?.split("\n")
    .slice(from - 1, to)
    .map(textOfBytes);
}
