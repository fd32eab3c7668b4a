import { askGit } from "./git.ts";

/** Those of the shas, in their order, that are commits of this repository: another of the same history may have the rest. */
export async function commitsIn(gitDir: string, shas: readonly string[]): Promise<string[]> {
  if (shas.length === 0) return [];
  const answer = await askGit(gitDir, ["cat-file", "--batch-check=%(objecttype)"], `${shas.join("\n")}\n`);
  const types = answer.split("\n");
  return shas.filter((_sha, at) => types[at] === "commit");
}
