import { readFileSync } from "node:fs";
import { join } from "node:path";
import glob from "fast-glob";
import type { CacheFolders } from "../cache/folders.ts";
import type { TreeFacts } from "../cache/tree-reader.ts";
import { readTreeText } from "../cache/tree-text.ts";
import { type TreeFile, writeTreeIndex } from "../cache/tree-writer.ts";
import { architectureFilter, foreignPatterns } from "../kernel/source/architectures.ts";
import { MaintainersFile } from "../kernel/source/maintainers.ts";
import { isSource } from "../kernel/source/scan.ts";
import type { ScannedFile } from "../kernel/source/scanned-file.ts";
import { TreeMacros } from "../kernel/source/tree-macros.ts";
import { readPatchQueues } from "./patch-queue.ts";
import type { Progress } from "./progress.ts";
import { scanFiles } from "./tree-scan.ts";

/** A folder with a kernel's source, ready to be indexed. */
export interface TreeToIndex {
  readonly name: string;
  readonly root: string;
  readonly location: string;
  readonly architectures: readonly string[];
  readonly inPlace: boolean;
}

/** Indexes a folder of kernel source for the architectures that are wanted, and replaces the tree's older index. */
export async function indexTree(
  folders: CacheFolders,
  tree: TreeToIndex,
  progress: Progress,
): Promise<TreeFacts> {
  const paths = sourcePaths(tree.root, tree.architectures);
  const stage = progress.stage("reading the source", paths.length);
  const scanned = new Map<string, ScannedFile>();
  const macros = new TreeMacros();
  await scanFiles(tree.root, paths, (batch) => {
    for (const [path, file] of batch) {
      scanned.set(path, file);
      macros.add(path, file);
    }
    stage.advance(batch.length);
  });
  stage.end();
  const maintainers = new MaintainersFile(readTreeText(tree.root, "MAINTAINERS") ?? "");
  const writing = progress.stage("writing the index", paths.length);
  const facts = writeTreeIndex(
    folders,
    { ...tree, version: makefileVersion(tree.root) },
    resolved(paths, scanned, macros, maintainers, () => writing.advance(1)),
    readPatchQueues(tree.root),
  );
  writing.end();
  return facts;
}

function* resolved(
  paths: readonly string[],
  scanned: ReadonlyMap<string, ScannedFile>,
  macros: TreeMacros,
  maintainers: MaintainersFile,
  onFile: () => void,
): Generator<TreeFile> {
  for (const path of paths) {
    const file = scanned.get(path);
    if (file) yield { ...macros.resolve(path, file), maintainers: maintainers.maintainersOf(path) };
    onFile();
  }
}

/**
 * The files worth scanning, in the order of their paths; symbolic links are not followed. Throws what the system says of a
 * folder that cannot be read: an index without it would not tell.
 */
export function sourcePaths(root: string, architectures: readonly string[]): string[] {
  const belongs = architectureFilter(architectures);
  return glob
    .sync("**/*.{c,h,S}", {
      cwd: root,
      ignore: [...foreignPatterns(architectures).map((pattern) => pattern.slice(1)), "**/.git/**"],
      followSymbolicLinks: false,
      dot: true,
    })
    .filter((path) => isSource(path) && belongs(path))
    .sort();
}

/** `6.1.192`, `3.1.0-rc4`: the version that the tree's own Makefile gives it; undefined when it has none. */
export function makefileVersion(root: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(join(root, "Makefile"), "latin1").slice(0, 4000);
  } catch {
    return undefined;
  }
  const value = (name: string): string =>
    new RegExp(`^${name} *= *([\\w.-]{1,40})?`, "m").exec(text)?.[1] ?? "";
  const version = value("VERSION");
  if (!/^\d+$/.test(version)) return undefined;
  const numbers = [version, value("PATCHLEVEL"), value("SUBLEVEL")].filter((part) => /^\d+$/.test(part));
  const extra = value("EXTRAVERSION");
  return numbers.join(".") + (/^[.-]/.test(extra) ? extra : "");
}
