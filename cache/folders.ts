import { join } from "node:path";
import envPaths from "env-paths";

/** Where kfix keeps what it can rebuild: nothing in here is ever the only copy of a user's data. */
export interface CacheFolders {
  readonly root: string;
  /** Bare clones that kfix made. */
  readonly repos: string;
  /** Source trees that kfix unpacked. */
  readonly trees: string;
  /** SQLite databases; readers only ever see finished ones. */
  readonly index: string;
  readonly locks: string;
}

/**
 * The cache's folders: `--cache-dir` first, then `KFIX_HOME`, then the XDG cache folder
 * (XDG Base Directory Specification, `$XDG_CACHE_HOME/kfix`). Nothing is created here.
 */
export function cacheFolders(
  options: { cacheDir?: string | undefined; env?: Readonly<Record<string, string | undefined>> } = {},
): CacheFolders {
  const env = options.env ?? process.env;
  const root = options.cacheDir || env.KFIX_HOME || envPaths("kfix", { suffix: "" }).cache;
  return {
    root,
    repos: join(root, "repos"),
    trees: join(root, "trees"),
    index: join(root, "index"),
    locks: join(root, "locks"),
  };
}
