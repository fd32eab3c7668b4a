import { readTreeText } from "../cache/tree-text.ts";
import type { Maintainers } from "../kernel/source/maintainers.ts";
import { MaintainersText } from "../kernel/source/maintainers-text.ts";

const READ = new Map<string, MaintainersText>();

/** Whom to write to about a file of a tree, by the tree's own MAINTAINERS; none when it has no such file. */
export function findMaintainers(root: string, path: string): Maintainers[] {
  let text = READ.get(root);
  if (text === undefined) {
    text = new MaintainersText(readTreeText(root, "MAINTAINERS") ?? "");
    READ.set(root, text);
  }
  return text.maintainersOf(path).slice(0, MOST);
}

const MOST = 3;
