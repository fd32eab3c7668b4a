import { existsSync } from "node:fs";
import { cveFile } from "../cache/cve-index.ts";
import { CveReader } from "../cache/cve-reader.ts";
import { checkDatabase } from "../cache/database.ts";
import type { CacheFolders } from "../cache/folders.ts";
import { HistoryReader } from "../cache/history-reader.ts";
import { historyFile } from "../cache/index-file.ts";
import { packageFile } from "../cache/package-index.ts";
import { PackageReader } from "../cache/package-reader.ts";
import { treeFile, treeNames } from "../cache/tree-files.ts";
import { TreeReader } from "../cache/tree-reader.ts";

/** An index that kfix made. */
export interface Index {
  /** What it holds, for a person. */
  readonly what: string;
  readonly file: string;
  /** Of its source: `kfix source` knows it by that, and a tree by its name as well. */
  readonly kind: "git" | "cve" | "changelog" | "tree";
  readonly name?: string;
  /** Opens it, and says how much it holds. Throws what is wrong. */
  readonly look: () => string;
}

/** Every index that there is, the history's first. */
export function indexesIn(folders: CacheFolders): Index[] {
  const cve = cveFile(folders);
  const packages = packageFile(folders);
  const all: Index[] = [
    historyIndex(folders),
    {
      what: "CVE records",
      file: cve,
      kind: "cve",
      look: () => closing(new CveReader(cve), (reader) => `${count(reader.recordCount())} records`),
    },
    {
      what: "changelogs",
      file: packages,
      kind: "changelog",
      look: () =>
        closing(PackageReader.open(packages), (reader) =>
          reader
            .changelogs()
            .map(({ name }) => name)
            .join(", "),
        ),
    },
    ...treeNames(folders).map(
      (name): Index => ({
        what: `tree ${name}`,
        file: treeFile(folders, name),
        kind: "tree",
        name,
        look: () =>
          closing(
            TreeReader.open(folders, name),
            ({ facts }) => `${count(facts.files)} files, ${count(facts.definitions)} definitions`,
          ),
      }),
    ),
  ];
  return all.filter(({ file }) => existsSync(file));
}

/** The history's, whether or not it is there. */
export function historyIndex(folders: CacheFolders): Index {
  const file = historyFile(folders);
  return {
    what: "history",
    file,
    kind: "git",
    look: () =>
      closing(HistoryReader.open(file), (history) => {
        checkDatabase(file);
        return `${count(history.commitCount())} commits, ${history.releases().length} releases`;
      }),
  };
}

function closing<Reader extends { close(): void }>(reader: Reader, look: (reader: Reader) => string): string {
  try {
    return look(reader);
  } finally {
    reader.close();
  }
}

function count(number: number): string {
  return number.toLocaleString("en");
}
