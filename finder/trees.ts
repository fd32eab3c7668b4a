import { existsSync, statSync } from "node:fs";
import type { CacheFolders } from "../cache/folders.ts";
import { treeNames } from "../cache/tree-files.ts";
import { type TreeFacts, TreeReader } from "../cache/tree-reader.ts";
import { KfixError } from "../kernel/error.ts";
import { shellWord } from "../kernel/shell-word.ts";
import {
  ALL_ARCHITECTURES,
  architectureFolders,
  canonicalArchitecture,
} from "../kernel/source/architectures.ts";
import { compareVersions, parseVersion } from "../kernel/version.ts";
import type { DefinitionStore } from "./definition.ts";
import type { MessageStore } from "./message.ts";

/** The indexed trees, opened as they are asked for and kept open. */
export class Trees {
  readonly #folders: CacheFolders;
  readonly #open = new Map<string, TreeReader>();

  readonly #leftOut = new Set<string>();
  readonly #onLeftOut: (error: KfixError) => void;

  /** `onLeftOut` is told, once, of each tree that an answer goes without because it cannot be read. */
  constructor(folders: CacheFolders, onLeftOut: (error: KfixError) => void = () => {}) {
    this.#folders = folders;
    this.#onLeftOut = onLeftOut;
  }

  names(): string[] {
    return treeNames(this.#folders);
  }

  /** The tree with this name; without one, the only tree, or that of the newest kernel. Throws `not-indexed`. */
  get(name: string | undefined): TreeReader {
    if (name !== undefined) return this.#reader(name);
    const names = this.names();
    if (names.length === 0) {
      throw new KfixError("not-indexed", "no source tree is indexed yet", {
        hint: "add one with: kfix source add DIRECTORY, ARCHIVE or debian:linux-source-6.1; or name a folder with --tree",
      });
    }
    const first = names[0];
    if (names.length === 1 || first === undefined) return this.#reader(first ?? "");
    return newest(names.map((one) => this.#reader(one)));
  }

  /** The trees that can be read: for answers to which a tree only adds, one that is damaged is no reason to fail. */
  usable(): TreeReader[] {
    return this.names().flatMap((name) => {
      try {
        return [this.#reader(name)];
      } catch (error) {
        if (!(error instanceof KfixError)) throw error;
        if (!this.#leftOut.has(name)) this.#onLeftOut(error);
        this.#leftOut.add(name);
        return [];
      }
    });
  }

  /** The tree whose version is nearest to a kernel's: the same series first; undefined when there are no trees. */
  nearest(version: string | undefined): TreeReader | undefined {
    const wanted = version === undefined ? undefined : parseVersion(version);
    const readers = this.usable();
    const [first] = readers;
    if (!wanted || first === undefined) return first && newest(readers);
    const distance = (tree: TreeReader): number => {
      const own = tree.facts.version === undefined ? undefined : parseVersion(tree.facts.version);
      return own ? Math.abs(rank(own.text) - rank(wanted.text)) : Number.POSITIVE_INFINITY;
    };
    return readers.reduce((a, b) => (distance(a) <= distance(b) ? a : b));
  }

  /** Where definitions are looked up: an indexed tree by its name, or a folder, which takes longer. */
  async definitionStore(asked: string | undefined): Promise<DefinitionStore & { readonly facts: TreeFacts }> {
    if (asked === undefined || !this.#isFolder(asked)) return this.get(asked);
    const { FolderDefinitions } = await import("./folder-store.ts");
    return new FolderDefinitions(asked);
  }

  /** Where the messages that may print `line` are looked up, as `definitionStore`. */
  async messageStore(
    asked: string | undefined,
    line: string,
  ): Promise<MessageStore & { readonly facts: TreeFacts }> {
    if (asked === undefined || !this.#isFolder(asked)) return this.get(asked);
    const { FolderMessages } = await import("./folder-store.ts");
    return new FolderMessages(asked, line);
  }

  #isFolder(asked: string): boolean {
    return !this.names().includes(asked) && existsSync(asked) && statSync(asked).isDirectory();
  }

  close(): void {
    for (const reader of this.#open.values()) reader.close();
    this.#open.clear();
  }

  #reader(name: string): TreeReader {
    let reader = this.#open.get(name);
    if (reader === undefined) {
      reader = TreeReader.open(this.#folders, name);
      this.#open.set(name, reader);
    }
    return reader;
  }
}

/**
 * The architectures to look at: the one that is asked for, else all that the tree has. Throws `usage` for a name
 * that no kernel has, `not-indexed` for an architecture that was left out of the tree: an empty answer would be false.
 */
export function architecturesFor(tree: TreeFacts, asked: string | undefined): readonly string[] {
  if (asked === undefined) return tree.architectures;
  const wanted = canonicalArchitecture(asked);
  if (wanted === undefined) {
    throw new KfixError("usage", `${asked} is no architecture of the kernel`, {
      hint: "use a name that uname -m gives: x86_64, aarch64, ppc64le, s390x, riscv64; or all",
    });
  }
  if (tree.architectures.includes(ALL_ARCHITECTURES)) return [wanted];
  const held = new Set(tree.architectures.flatMap((name) => architectureFolders(name) ?? []));
  const folders = architectureFolders(wanted);
  if (folders?.some((folder) => held.has(folder))) return [wanted];
  throw new KfixError(
    "not-indexed",
    `the tree ${tree.name} was added for ${tree.architectures.join(", ")} only: nothing is known of ${wanted} in it`,
    {
      hint: `add it again with: kfix source add --name ${tree.name} --arch ${shellWord(wanted)} ${shellWord(tree.location)}; or with --arch all`,
    },
  );
}

function newest(readers: readonly TreeReader[]): TreeReader {
  return readers.reduce((a, b) => (compareTreeVersions(a.facts, b.facts) >= 0 ? a : b));
}

function compareTreeVersions(a: TreeFacts, b: TreeFacts): number {
  const left = a.version === undefined ? undefined : parseVersion(a.version);
  const right = b.version === undefined ? undefined : parseVersion(b.version);
  if (left && right) return compareVersions(left, right);
  return left ? 1 : right ? -1 : 0;
}

/** A number that grows with the version: 3.16.7 is 3,016,007. */
function rank(version: string): number {
  const [major = 0, minor = 0, patch = 0, sub = 0] = (version.match(/\d+/g) ?? []).map(Number);
  return major === 2
    ? 2e6 + patch * 1e3 + Math.min(sub, 999)
    : major * 1e6 + minor * 1e3 + Math.min(patch, 999);
}
