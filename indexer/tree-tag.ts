import { existsSync } from "node:fs";
import type { CacheFolders } from "../cache/folders.ts";
import { readSourceList } from "../cache/source-list.ts";
import { KfixError } from "../kernel/error.ts";
import { architectureFilter } from "../kernel/source/architectures.ts";
import { askGit, askRepository, findGitDir, startGit } from "./git.ts";
import type { TarSource } from "./tree-package.ts";

/** `linux@v3.1`: an indexed repository, or the path of one, and a tag of it. */
export function readTagLocation(location: string): { repository: string; tag: string } | undefined {
  const match = /^([^@]{1,1000})@([\w][\w./+-]{0,200})$/.exec(location);
  const [, repository = "", tag = ""] = match ?? [];
  const named = /^[\w][\w.-]{0,63}$/.test(repository);
  return match !== null && (named || existsSync(repository)) ? { repository, tag } : undefined;
}

/**
 * The tree of a tag as a tar stream of `git archive`, without the folders of architectures that are not wanted, so
 * that git does not even read them.
 *
 * Throws `not-found` for a repository that is not indexed or a tag that it does not have.
 */
export async function tarOfTag(
  folders: CacheFolders,
  location: { repository: string; tag: string },
  architectures: readonly string[],
): Promise<TarSource> {
  const gitDir = await repositoryOf(folders, location.repository);
  const sha = await treeOf(gitDir, location.tag);
  const belongs = architectureFilter(architectures);
  const folderNames = (
    await askGit(gitDir, ["ls-tree", "-d", "--name-only", "-z", sha, "--", ...PARENTS])
  ).split("\0");
  const left = folderNames.filter((folder) => folder !== "" && !belongs(`${folder}/`));
  const paths = left.length === 0 ? [] : ["--", ".", ...left.map((folder) => `:(exclude,literal)${folder}`)];
  return { open: () => archiveOf(gitDir, sha, paths), what: "source" };
}

async function repositoryOf(folders: CacheFolders, repository: string): Promise<string> {
  const known = readSourceList(folders);
  const source = known.find((one) => one.name === repository);
  if (source !== undefined) return source.path;
  const found = existsSync(repository) ? await findGitDir(repository) : undefined;
  if (found !== undefined) return found;
  throw new KfixError("not-found", `no repository named ${repository} is indexed`, {
    hint:
      known.length > 0
        ? `there are: ${known.map((one) => one.name).join(", ")}`
        : "add one first: kfix source add PATH",
  });
}

/** Folders whose own folders may belong to an architecture. */
const PARENTS = ["arch/", "include/", "drivers/", "sound/", "tools/arch/"];

async function treeOf(gitDir: string, tag: string): Promise<string> {
  try {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${tag}^{tree}`];
    return (await askRepository(gitDir, args)).trim();
  } catch (cause) {
    throw new KfixError("not-found", `the repository has no tag ${tag}`, {
      hint: "tags are written as git has them: v3.1",
      cause,
    });
  }
}

async function* archiveOf(gitDir: string, sha: string, paths: readonly string[]): AsyncGenerator<Uint8Array> {
  const git = startGit(gitDir, ["archive", "--format=tar", sha, ...paths]);
  git.endInput();
  try {
    yield* git.output;
  } finally {
    await git.close();
  }
}
