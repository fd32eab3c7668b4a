import { readTreeText } from "../cache/tree-text.ts";
import {
  type Maintainers,
  type MaintainersEntry,
  maintainersOf,
  parseMaintainers,
} from "../kernel/source/maintainers.ts";

const READ = new Map<string, readonly MaintainersEntry[]>();

/** Whom to write to about a file of a tree, by the tree's own MAINTAINERS; none when it has no such file. */
export function findMaintainers(root: string, path: string): Maintainers[] {
  let entries = READ.get(root);
  if (entries === undefined) {
    entries = parseMaintainers(readTreeText(root, "MAINTAINERS") ?? "");
    READ.set(root, entries);
  }
  return maintainersOf(entries, path).slice(0, MOST);
}

const MOST = 3;
