import { existsSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { CacheFolders } from "../cache/folders.ts";
import type { ListedSource } from "../cache/source-list.ts";
import { KfixError } from "../kernel/error.ts";
import { shellWord } from "../kernel/shell-word.ts";
import { cloneFolder, fetchInto } from "./clone.ts";
import { hasCveRecords } from "./cve-files.ts";
import { askRepository, findGitDir } from "./git.ts";
import type { Progress } from "./progress.ts";
import { readRefs } from "./refs.ts";
import { taggedReleases } from "./releases.ts";

/** A repository ready to be indexed. */
export interface PreparedSource {
  readonly name: string;
  /** The git directory. */
  readonly path: string;
  /** Where it is cloned from; undefined: a repository of the user's, only ever read. */
  readonly url: string | undefined;
}

/**
 * Makes a source of a URL (cloned into the cache, going on where an interrupted clone stopped) or of a path (a
 * repository, a worktree, or one with alternates: used in place and never written to).
 *
 * Throws `bad-input` for a path that is no repository, a shallow clone, or one without release tags while the
 * index has none either; `environment` when the remote does not answer.
 */
export async function prepareSource(
  folders: CacheFolders,
  request: {
    readonly location: string;
    readonly name: string | undefined;
    readonly hunks: boolean;
    readonly hasReleases: boolean;
  },
  progress: Progress,
): Promise<PreparedSource> {
  const url = isUrl(request.location) ? request.location : undefined;
  const name = request.name ?? nameOf(request.location);
  checkName(name);
  const path = url === undefined ? await gitDirectory(request.location) : cloneFolder(folders, name);
  if (url !== undefined) {
    await fetchInto(folders, name, { url, messagesOnly: !request.hunks }, progress);
  }
  await refuseShallow(path);
  if (taggedReleases(await readRefs(path)).length === 0) await refuseUntagged(path, request);
  return { name, path, url };
}

/** Fetches what is new for the sources that kfix cloned; the user's own repositories are the user's to fetch. */
export async function fetchSources(
  folders: CacheFolders,
  sources: readonly ListedSource[],
  choose: (name: string) => boolean,
  progress: Progress,
): Promise<void> {
  for (const source of sources) {
    if (source.url !== null && choose(source.name)) {
      const { name, url, hunks } = source;
      await fetchInto(folders, name, { url, messagesOnly: !hunks }, progress);
    }
  }
}

/** The common git directory of a repository or a worktree. */
async function gitDirectory(location: string): Promise<string> {
  const path = resolve(location);
  if (!existsSync(path)) {
    throw new KfixError("bad-input", `${location} does not exist`, {
      hint: "give a folder with a git repository, or a URL",
    });
  }
  if (!statSync(path).isDirectory()) {
    throw new KfixError("bad-input", `${location} is not a folder`, {
      hint: "give a folder with a git repository, or a URL",
    });
  }
  const found = await findGitDir(path);
  if (found !== undefined) return found;
  throw new KfixError("bad-input", `${location} is not a git repository`, {
    hint: "clone one first, or let kfix do it: kfix source add https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git",
  });
}

async function refuseShallow(gitDir: string): Promise<void> {
  if ((await askRepository(gitDir, ["rev-parse", "--is-shallow-repository"])).trim() !== "true") return;
  throw new KfixError("bad-input", "the repository is a shallow clone: its history is cut off", {
    hint: "complete it with: git fetch --unshallow --tags",
  });
}

/** Without release tags of its own, a repository is of use beside one that has them, if it is one of kernels at all. */
async function refuseUntagged(
  gitDir: string,
  { location, hasReleases }: { readonly location: string; readonly hasReleases: boolean },
): Promise<void> {
  if (await hasCveRecords(gitDir)) {
    throw new KfixError("bad-input", `${location} has the kernel's CVE records, and no history of it`, {
      hint: `add it as what it is: kfix source add cve ${shellWord(location)}`,
    });
  }
  if (hasReleases) return;
  throw new KfixError(
    "bad-input",
    `${location} has no release tags (v3.18, v6.1.55): no fix could be placed in a release`,
    {
      hint: "fetch them with: git fetch --tags; or add a repository of mainline or stable first",
    },
  );
}

export function isUrl(location: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(location) || /^[\w.-]+@[\w.-]+:/.test(location);
}

/** `https://git.kernel.org/.../stable/linux.git` is `linux`; a path gives the name of its folder. */
function nameOf(location: string): string {
  const path = location.replace(/\/+$/, "").replace(/\/\.git$/, "");
  return (
    basename(isUrl(location) ? path : resolve(path))
      .replace(/\.git$/, "")
      .replace(/[^\w.-]+/g, "-") || "linux"
  );
}

function checkName(name: string): void {
  if (/^[\w][\w.-]{0,63}$/.test(name)) return;
  throw new KfixError("usage", `"${name}" cannot name a source`, {
    hint: "use letters, digits, dots, - and _: --name stable",
  });
}
