import type { CacheFolders } from "../cache/folders.ts";
import { readSourceList } from "../cache/source-list.ts";
import { KfixError } from "../kernel/error.ts";
import { architectureFilter } from "../kernel/source/architectures.ts";
import { askGit, startGit } from "./git.ts";
import type { TarSource } from "./tree-package.ts";

/** `linux@v3.1`: an indexed repository and a tag of it. */
export function readTagLocation(location: string): { repository: string; tag: string } | undefined {
  const match = /^([\w][\w.-]{0,63})@([\w][\w./+-]{0,200})$/.exec(location);
  return match === null ? undefined : { repository: match[1] ?? "", tag: match[2] ?? "" };
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
  const known = readSourceList(folders);
  const source = known.find((one) => one.name === location.repository);
  if (source === undefined) {
    throw new KfixError("not-found", `no repository named ${location.repository} is indexed`, {
      hint:
        known.length > 0
          ? `there are: ${known.map((one) => one.name).join(", ")}`
          : "add one first: kfix source add PATH",
    });
  }
  const sha = await treeOf(source.path, location.tag);
  const belongs = architectureFilter(architectures);
  const folderNames = (
    await askGit(source.path, ["ls-tree", "-d", "--name-only", "-z", sha, "--", ...PARENTS])
  ).split("\0");
  const left = folderNames.filter((folder) => folder !== "" && !belongs(`${folder}/`));
  const paths = left.length === 0 ? [] : ["--", ".", ...left.map((folder) => `:(exclude,literal)${folder}`)];
  return { open: () => archiveOf(source.path, sha, paths), what: "source" };
}

/** Folders whose own folders may belong to an architecture. */
const PARENTS = ["arch/", "include/", "drivers/", "sound/", "tools/arch/"];

async function treeOf(gitDir: string, tag: string): Promise<string> {
  try {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${tag}^{tree}`];
    return (await askGit(gitDir, args)).trim();
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
