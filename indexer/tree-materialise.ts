import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { CacheFolders } from "../cache/folders.ts";
import { treeFolder } from "../cache/tree-files.ts";
import { KfixError } from "../kernel/error.ts";
import { architectureFilter } from "../kernel/source/architectures.ts";
import { unpackTar } from "./archive-unpack.ts";
import type { Progress } from "./progress.ts";
import type { TarSource } from "./tree-package.ts";

/**
 * Unpacks a kernel's source into the cache, without the architectures that are not wanted, and gives its folder. It
 * is unpacked beside and renamed into place: whatever stops it, a tree of this name is the old one or the new one.
 *
 * Throws `bad-input` for an archive that is refused or damaged or holds no kernel, `environment` for a full disk;
 * nothing is left behind then.
 */
export async function materialise(
  folders: CacheFolders,
  name: string,
  sources: readonly TarSource[],
  architectures: readonly string[],
  progress: Progress,
): Promise<string> {
  const place = treeFolder(folders, name);
  const beside = `${place}${UNFINISHED}`;
  clearUnfinished(folders, name);
  mkdirSync(beside, { recursive: true });
  const clear = (): void => rmSync(beside, { recursive: true, force: true });
  const onSignal = (signal: NodeJS.Signals): void => {
    clear();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  // before the command's own listener, which ends the process
  for (const signal of SIGNALS) process.prependOnceListener(signal, onSignal);
  try {
    const root = join(beside, "tree");
    for (const source of sources) {
      const into = source.what === "source" ? root : join(beside, "packaging");
      mkdirSync(into, { recursive: true });
      const stage = progress.stage(`unpacking ${name}`, undefined);
      await unpackTar(source.open(), into, {
        belongs: architectureFilter(architectures),
        onFile: () => stage.advance(1),
      });
      stage.end();
    }
    const found = innerFolder(root);
    refuseOther(found);
    const packaging = join(beside, "packaging", "debian");
    if (existsSync(packaging) && !existsSync(join(found, "debian")))
      renameSync(packaging, join(found, "debian"));
    replace(found, place);
    return place;
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
    clear();
  }
}

/** Removes what an unpacking that was killed left. */
export function clearUnfinished(folders: CacheFolders, name: string): void {
  rmSync(`${treeFolder(folders, name)}${UNFINISHED}`, { recursive: true, force: true });
}

/** True for a folder that looks like a kernel's source. */
export function isKernelSource(folder: string): boolean {
  const has = (name: string): boolean => existsSync(join(folder, name));
  return has("Makefile") && has("kernel") && (has("include") || has("arch"));
}

function refuseOther(folder: string): void {
  if (isKernelSource(folder)) return;
  throw new KfixError("bad-input", "the archive holds no kernel source: no Makefile, kernel/ and include/", {
    hint: "give an archive of a whole tree, as kernel.org's linux-6.1.tar.xz",
  });
}

/** `linux-6.1/` that holds all the rest; the folder itself when there is no such. */
function innerFolder(folder: string): string {
  const names = readdirSync(folder);
  const only = names.length === 1 ? join(folder, names[0] ?? "") : undefined;
  return only !== undefined && statSync(only).isDirectory() ? only : folder;
}

function replace(from: string, to: string): void {
  const old = `${to}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, { recursive: true, force: true });
}

/** The name that a tree gets from where it comes from: `linux-6.1` of `linux-6.1.tar.xz`. */
export function treeNameOf(location: string): string {
  return (
    basename(location)
      .replace(/^debian:/, "")
      .replace(/_[^_]*_all\.deb$|\.deb$|\.dsc$|\.(?:tar(?:\.\w+)?|tgz|txz|tbz2?)$/i, "")
      .replace(/^.*@v?(?=\d)/, "linux-")
      .replace(/[^\w.-]+/g, "-")
      .replace(/^[^\w]+/, "") || "linux"
  );
}

const UNFINISHED = ".unfinished";
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
