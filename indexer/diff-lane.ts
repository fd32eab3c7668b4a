import type { CommitTouch, FileTouch } from "../kernel/diff/touched.ts";
import { DiffTree } from "./diff-tree.ts";

/**
 * Answers one batch of commits after the other, from one `git diff-tree` or from two that share a batch by its paths:
 * about half of what changes in a kernel is under `drivers/`. So each reads its own half of the trees and files, and
 * unpacks and keeps no delta base that the other has as well: an eighth less work than with every other batch to
 * each. Of another history all is right, too, but one may do most of the work.
 */
export class DiffLane {
  readonly #halves: readonly DiffTree[];

  constructor(gitDir: string, config: readonly string[], { shared }: { readonly shared: boolean }) {
    const pathspecs = shared ? [[FOLDER], [`:(exclude)${FOLDER}`]] : [[]];
    this.#halves = pathspecs.map((paths) => new DiffTree(gitDir, config, paths));
  }

  /** What each of the commits touches, in their order; those that touch no C file are left out. */
  async touched(shas: readonly string[]): Promise<CommitTouch[]> {
    const [folder = [], rest] = await Promise.all(this.#halves.map((half) => half.touched(shas)));
    if (rest === undefined) return folder;
    const inFolder = new Map(folder.map(({ sha, files }) => [sha, files]));
    const inRest = new Map(rest.map(({ sha, files }) => [sha, files]));
    return shas.flatMap((sha) => {
      const files = inGitsOrder(inFolder.get(sha), inRest.get(sha));
      return files.length > 0 ? [{ sha, files }] : [];
    });
  }

  /** Ends the processes, also in the middle of their work. */
  async close(): Promise<void> {
    await Promise.all(this.#halves.map((half) => half.close()));
  }
}

/** Paths as a tree has them sorted: those of the folder stand together. */
function inGitsOrder(
  folder: readonly FileTouch[] = [],
  rest: readonly FileTouch[] = [],
): readonly FileTouch[] {
  if (folder.length === 0) return rest;
  const behind = rest.findIndex(({ path }) => path > `${FOLDER}/`);
  return behind < 0 ? [...rest, ...folder] : [...rest.slice(0, behind), ...folder, ...rest.slice(behind)];
}

const FOLDER = "drivers";
