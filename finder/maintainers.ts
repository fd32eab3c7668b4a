import { readTreeText } from "../cache/tree-text.ts";
import {
  cutMaintainers,
  type Maintainers,
  type MaintainersText,
  maintainersIn,
} from "../kernel/source/maintainers.ts";

const READ = new Map<string, MaintainersText>();

/** Whom to write to about a file of a tree, by the tree's own MAINTAINERS; none when it has no such file. */
export function findMaintainers(root: string, path: string): Maintainers[] {
  let text = READ.get(root);
  if (text === undefined) {
    text = cutMaintainers(readTreeText(root, "MAINTAINERS") ?? "");
    READ.set(root, text);
  }
  return maintainersIn(text, path).slice(0, MOST);
}

const MOST = 3;
