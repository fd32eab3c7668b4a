import { askRepository } from "./git.ts";

/** One ref of a repository. `commit` is undefined for a tag of a tree or a blob, as v2.6.11 of Linux is. */
export interface Ref {
  /** `refs/tags/v3.18`. */
  readonly name: string;
  /** What the ref itself holds: for an annotated tag the tag object. */
  readonly sha: string;
  readonly commit: string | undefined;
  /** When the tag or the commit was made, in seconds since 1970. */
  readonly date: number;
}

/** The branches, remote branches and tags of a repository, in git's order (git-for-each-ref(1)). */
export async function readRefs(gitDir: string): Promise<Ref[]> {
  const format = "%(objectname) %(objecttype) %(*objectname) %(*objecttype) %(creatordate:unix) %(refname)";
  const text = await askRepository(gitDir, [
    "for-each-ref",
    `--format=${format}`,
    "refs/heads",
    "refs/remotes",
    "refs/tags",
  ]);
  const refs: Ref[] = [];
  for (const line of text.split("\n")) {
    const [sha, type, peeled, peeledType, date, ...name] = line.split(" ");
    if (!sha || name.length === 0 || name.join(" ").endsWith("/HEAD")) continue;
    const commit = type === "commit" ? sha : peeledType === "commit" ? peeled : undefined;
    refs.push({ name: name.join(" "), sha, commit, date: Number(date) || 0 });
  }
  return refs;
}
