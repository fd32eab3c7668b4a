import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CacheFolders } from "./folders.ts";

/** The finished index of the tree with this name. */
export function treeFile(folders: CacheFolders, name: string): string {
  return join(folders.index, "trees", `${name}.db`);
}

/** The folder that a tree is unpacked into. */
export function treeFolder(folders: CacheFolders, name: string): string {
  return join(folders.trees, name);
}

/** The names of the trees that have an index. */
export function treeNames(folders: CacheFolders): string[] {
  const folder = join(folders.index, "trees");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".db") && !file.endsWith(".next.db"))
    .map((file) => file.slice(0, -3))
    .sort();
}
