import { readTreeText } from "../cache/tree-text.ts";
import type { Maintainers } from "../kernel/source/maintainers.ts";
import { MaintainersFile } from "../kernel/source/maintainers.ts";

const READ = new Map<string, MaintainersFile>();

/** Whom to write to about a file of a folder that is not indexed, by its own MAINTAINERS; none when it has no such file. */
export function findMaintainers(root: string, path: string): Maintainers[] {
  let file = READ.get(root);
  if (file === undefined) {
    file = new MaintainersFile(readTreeText(root, "MAINTAINERS") ?? "");
    READ.set(root, file);
  }
  return file.maintainersOf(path);
}
