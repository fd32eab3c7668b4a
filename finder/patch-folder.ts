import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { KfixError } from "../kernel/error.ts";
import type { SourceTree } from "./patch.ts";

/** A kernel source tree in a folder of the user's. */
export interface FolderTree extends SourceTree {
  /** `6.1.76`, as the Makefile says; undefined: it does not. */
  readonly version: string | undefined;
}

/**
 * Opens a folder with kernel source. Paths come from diffs, so none may lead out of the folder.
 *
 * Throws `bad-input` when there is no such folder.
 */
export function openFolderTree(folder: string): FolderTree {
  const root = resolve(folder);
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new KfixError("bad-input", `${folder} is not a folder`, {
      hint: "give the top of a kernel source tree, where Makefile and MAINTAINERS are",
    });
  }
  return {
    version: versionOf(root),
    read: async (path) => readInside(realpathSync(root), path),
    withName: async (name) => {
      const { default: fastGlob } = await import("fast-glob");
      return fastGlob(`**/${fastGlob.escapePath(name)}`, {
        cwd: root,
        followSymbolicLinks: false,
      });
    },
  };
}

function readInside(root: string, path: string): string | undefined {
  const file = join(root, path);
  if (!existsSync(file)) return undefined;
  const real = realpathSync(file);
  if (!real.startsWith(root + sep) || !statSync(real).isFile()) return undefined;
  return readFileSync(real, "utf8");
}

/** VERSION, PATCHLEVEL, SUBLEVEL and EXTRAVERSION at the top of the kernel's Makefile. */
function versionOf(root: string): string | undefined {
  const text = readInside(realpathSync(root), "Makefile")?.slice(0, 2000) ?? "";
  const value = (name: string) => new RegExp(`^${name} *= *(\\S{0,40})`, "m").exec(text)?.[1] ?? "";
  const [major, minor, update] = [value("VERSION"), value("PATCHLEVEL"), value("SUBLEVEL")];
  if (!/^\d+$/.test(major) || !/^\d+$/.test(minor)) return undefined;
  return `${major}.${minor}${/^[1-9]\d*$/.test(update) ? `.${update}` : ""}${value("EXTRAVERSION")}`;
}
