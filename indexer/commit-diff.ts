import { existsSync } from "node:fs";
import type { CacheFolders } from "../cache/folders.ts";
import { readSourceList } from "../cache/source-list.ts";
import { commitsIn } from "./commits-in.ts";
import { askGit } from "./git.ts";

/**
 * The diff of the first of these commits that an indexed repository has with its content; undefined when none has.
 * Renames are followed, so that the diff of a moved file is what changed in it.
 */
export async function readDiff(
  folders: CacheFolders,
  shas: readonly string[],
): Promise<{ sha: string; diff: string } | undefined> {
  for (const { path } of readSourceList(folders).filter((source) => existsSync(source.path))) {
    for (const sha of await commitsIn(path, shas)) {
      const diff = await askGit(path, ["show", "--format=", ...DIFF_OPTIONS, sha, "--"]);
      if (diff.trim() !== "") return { sha, diff };
    }
  }
  return undefined;
}

/** Against the first parent for a merge; no program that the repository configures may have a say (git-diff(1)). */
export const DIFF_OPTIONS: readonly string[] = [
  "--first-parent",
  "-m",
  "-p",
  "-U3",
  "-M",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];
