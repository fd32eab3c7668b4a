import { existsSync } from "node:fs";
import type { CacheFolders } from "../cache/folders.ts";
import { readSourceList } from "../cache/source-list.ts";
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
    const known = await askGit(path, ["cat-file", "--batch-check=%(objecttype)"], `${shas.join("\n")}\n`);
    const types = known.split("\n");
    for (const [at, sha] of shas.entries()) {
      if (types[at] !== "commit") continue;
      const diff = await askGit(path, [...SHOW, sha, "--"]);
      if (diff.trim() !== "") return { sha, diff };
    }
  }
  return undefined;
}

/** Against the first parent for a merge; no program that the repository configures may have a say (git-diff(1)). */
const SHOW = [
  "show",
  "--format=",
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
