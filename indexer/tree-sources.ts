import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { removeDatabase } from "../cache/database.ts";
import type { CacheFolders } from "../cache/folders.ts";
import { takeWriterLock } from "../cache/lock.ts";
import { treeFile, treeFolder, treeNames } from "../cache/tree-files.ts";
import { readTreeFacts, type TreeFacts, TreeReader } from "../cache/tree-reader.ts";
import { KfixError } from "../kernel/error.ts";
import { canonicalArchitecture } from "../kernel/source/architectures.ts";
import { explainArchive } from "./archive-stream.ts";
import type { Progress } from "./progress.ts";
import type { AddRequest, SourceChange, SourceKind, SourceSummary, UpdateRequest } from "./source-kind.ts";
import { indexTree } from "./tree-index.ts";
import { clearUnfinished, isKernelSource, materialise, treeNameOf } from "./tree-materialise.ts";
import { downloadPackage, isArchiveName, tarSources } from "./tree-package.ts";
import { readTagLocation, tarOfTag } from "./tree-tag.ts";

/** Source trees: folders of the user's, and archives, packages and tags that are unpacked into the cache. */
export const TREE_SOURCES: SourceKind = { kind: "tree", recognises, add, list, update, remove };

/** A folder with a repository is a history unless `tree` stands before it. */
function recognises([first = "", second]: readonly string[]): boolean {
  if (second !== undefined) return first === "tree";
  if (first.startsWith("debian:") || readTagLocation(first) !== undefined) return true;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(first)) return false;
  if (isArchiveName(first)) return true;
  return isKernelSource(first) ? !existsSync(join(first, ".git")) : dscIn(first) !== undefined;
}

async function add(folders: CacheFolders, request: AddRequest, progress: Progress): Promise<SourceChange> {
  const words = request.words[0] === "tree" ? request.words.slice(1) : request.words;
  const location = words.join(" ");
  const name = request.name ?? treeNameOf(resolveName(location));
  if (!/^[\w][\w.-]{0,63}$/.test(name)) {
    throw new KfixError("usage", `"${name}" cannot name a tree`, {
      hint: "use letters, digits, dots, - and _: --name linux-6.1",
    });
  }
  const architectures = readArchitectures(request.architectures);
  const lock = takeWriterLock(folders.locks, `tree-${name}`);
  try {
    const facts = await addTree(folders, { name, location, architectures }, progress);
    return changeOf(facts);
  } finally {
    lock.release();
  }
}

async function addTree(
  folders: CacheFolders,
  tree: { name: string; location: string; architectures: readonly string[] },
  progress: Progress,
): Promise<TreeFacts> {
  const { name, location, architectures } = tree;
  const unpack = async (sources: Parameters<typeof materialise>[2], from: string): Promise<TreeFacts> => {
    const root = await materialise(folders, name, sources, architectures, progress);
    return indexTree(folders, { name, root, location: from, architectures, inPlace: false }, progress);
  };
  if (location.startsWith("debian:")) {
    const stage = progress.stage(`fetching ${location.slice(7)}`, undefined);
    const download = downloadPackage(location.slice(7));
    stage.end();
    try {
      return await unpack(tarSources(download.file), location);
    } finally {
      download.remove();
    }
  }
  const tag = existsSync(location) ? undefined : readTagLocation(location);
  if (tag !== undefined) return unpack([await tarOfTag(folders, tag, architectures)], location);
  const path = resolve(location);
  if (!existsSync(path)) {
    throw new KfixError("bad-input", `${location} does not exist`, {
      hint: "give a folder with a kernel's source, an archive, debian:linux-source-6.1, or REPOSITORY@TAG",
    });
  }
  if (!statSync(path).isDirectory()) {
    if (!isArchiveName(path))
      throw new KfixError("bad-input", `${location} is no archive that kfix knows`, {
        hint: "it reads .tar, .tar.gz, .tar.xz, .tar.bz2, .tar.zst, .deb and .dsc",
      });
    return explainArchive(location, () => unpack(tarSources(path), path));
  }
  const dsc = isKernelSource(path) ? undefined : dscIn(path);
  if (dsc !== undefined) return explainArchive(dsc, () => unpack(tarSources(dsc), dsc));
  if (!isKernelSource(path)) {
    throw new KfixError(
      "bad-input",
      `${location} holds no kernel source: no Makefile, kernel/ and include/`,
      {
        hint: "give the top folder of a source tree",
      },
    );
  }
  return indexTree(folders, { name, root: path, location: path, architectures, inPlace: true }, progress);
}

function list(folders: CacheFolders): SourceSummary[] {
  return treeNames(folders).map((name) => {
    const facts = usableFacts(folders, name);
    const { location = "", indexedAt } = facts ?? readTreeFacts(folders, name) ?? {};
    return {
      kind: "tree",
      name,
      location,
      detail: facts
        ? `${facts.version ?? "some kernel"} for ${facts.architectures.join(", ")}, ${counts(facts)}`
        : "cannot be read: kfix source update --rebuild",
      indexedAt,
    };
  });
}

/** The facts of an index that answers; undefined when it is damaged or made by another kfix. */
function usableFacts(folders: CacheFolders, name: string): TreeFacts | undefined {
  try {
    const reader = TreeReader.open(folders, name);
    reader.close();
    return reader.facts;
  } catch (error) {
    if (error instanceof KfixError) return undefined;
    throw error;
  }
}

/** Folders of the user's are read again; what was unpacked does not change, and is read again with `rebuild`. */
async function update(
  folders: CacheFolders,
  { names, rebuild }: UpdateRequest,
  progress: Progress,
): Promise<SourceChange> {
  let read = 0;
  for (const name of names) {
    const known = readTreeFacts(folders, name);
    const root = known?.root ?? treeFolder(folders, name);
    if (!existsSync(root)) {
      throw new KfixError("bad-input", `the source of the tree ${name} is gone: ${root}`, {
        hint: `add it again, or forget it with: kfix source remove ${name}`,
      });
    }
    if (!known?.inPlace && !rebuild && usableFacts(folders, name)) continue;
    const lock = takeWriterLock(folders.locks, `tree-${name}`);
    try {
      const architectures = known?.architectures ?? ["all"];
      const { location = root, inPlace = false } = known ?? {};
      read += (await indexTree(folders, { name, root, location, architectures, inPlace }, progress)).files;
    } finally {
      lock.release();
    }
  }
  return { name: [...names].join(", "), changed: read > 0, added: `${read.toLocaleString("en")} files` };
}

async function remove(folders: CacheFolders, name: string): Promise<void> {
  const lock = takeWriterLock(folders.locks, `tree-${name}`);
  try {
    removeDatabase(treeFile(folders, name));
    clearUnfinished(folders, name);
    rmSync(treeFolder(folders, name), { recursive: true, force: true });
  } finally {
    lock.release();
  }
}

function changeOf(facts: TreeFacts): SourceChange {
  return { name: facts.name, changed: true, added: counts(facts) };
}

function counts(facts: TreeFacts): string {
  const number = (count: number): string => count.toLocaleString("en");
  return `${number(facts.files)} files, ${number(facts.definitions)} definitions, ${number(facts.messages)} messages`;
}

/** `x86_64`, `x86_64,arm64`, `all`; this machine's unless said. */
function readArchitectures(asked: string | undefined): string[] {
  const names = (asked ?? MACHINE[process.arch] ?? process.arch).split(",").map((name) => name.trim());
  return names.map((name) => {
    const known = canonicalArchitecture(name);
    if (known !== undefined) return known;
    throw new KfixError("usage", `${name} is no architecture of the kernel`, {
      hint: "use names that uname -m gives, commas between them: --arch x86_64,aarch64; or all",
    });
  });
}

/** Node's names that are not uname's. */
const MACHINE: Readonly<Record<string, string>> = {
  x64: "x86_64",
  ia32: "i686",
  ppc64: "ppc64le",
  loong64: "loongarch64",
};

/** The one .dsc of a folder. */
function dscIn(folder: string): string | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const found = readdirSync(folder).filter((name) => name.endsWith(".dsc"));
  return found.length === 1 ? join(resolve(folder), found[0] ?? "") : undefined;
}

function resolveName(location: string): string {
  return existsSync(location) ? resolve(location) : location;
}
