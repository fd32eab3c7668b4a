import { existsSync } from "node:fs";
import { hasChecksum, renewChecksum, verifyDatabase } from "../cache/checksum.ts";
import { readCveSource } from "../cache/cve-index.ts";
import { isSound, REBUILD } from "../cache/database.ts";
import type { CacheFolders } from "../cache/folders.ts";
import { HistoryReader } from "../cache/history-reader.ts";
import { historyFile } from "../cache/index-file.ts";
import { readChangelogPlaces, restoreChangelogPlaces } from "../cache/package-index.ts";
import { readSourceList, writeSourceList } from "../cache/source-list.ts";
import { ReleaseTree } from "../finder/release-tree.ts";
import { KfixError } from "../kernel/error.ts";
import { indexesIn } from "./index-list.ts";

/** Something that is looked at closely, and how it can be mended. */
export interface DeepCheck {
  readonly what: string;
  /** What was found, for a person. Throws what is wrong. */
  readonly look: () => string | Promise<string>;
  /** Makes it anew; undefined: nothing of ours. */
  readonly repair?: () => Promise<void>;
}

/** The checks that `kfix doctor --deep` makes beside the others. */
export function deepChecks(folders: CacheFolders): DeepCheck[] {
  const history = existsSync(historyFile(folders));
  return [
    {
      what: "lists of sources",
      look: () => {
        const cve = readCveSource(folders) ? 1 : 0;
        return `${readSourceList(folders).length + readChangelogPlaces(folders).length + cve} sources`;
      },
      repair: () => restoreLists(folders),
    },
    ...(history
      ? [
          {
            what: "rows of the history",
            look: () => rowsOfHistory(folders),
            repair: () => rebuild(folders, "git"),
          },
          {
            what: "history and git",
            look: () => historyAndGit(folders),
            repair: () => rebuild(folders, "git"),
          },
        ]
      : []),
    ...indexesIn(folders).map(({ what, file, kind, name }) => ({
      what,
      look: () => wholeDatabase(file),
      repair: async () => {
        if (!hasChecksum(file) && isSound(file)) renewChecksum(file);
        else await rebuild(folders, kind, name);
      },
    })),
  ];
}

function wholeDatabase(file: string): string {
  verifyDatabase(file, { always: true, hint: REBUILD });
  if (!isSound(file)) throw new KfixError("unusable-cache", `${file} is damaged`, { hint: REBUILD });
  if (hasChecksum(file)) return "as it was written";
  throw new KfixError("unusable-cache", `${file} has no checksum: damage to it may stay unseen`, {
    hint: "check it and note its checksum with: kfix doctor --deep --repair",
  });
}

function rowsOfHistory(folders: CacheFolders): string {
  const history = HistoryReader.open(historyFile(folders));
  try {
    const found = history.inconsistencies();
    if (found.length === 0) return "no row leads nowhere, no range is missing";
    const said = found.map(({ what, count }) => `${count} ${what}`).join("; ");
    throw new KfixError("unusable-cache", said, { hint: REBUILD });
  } finally {
    history.close();
  }
}

async function historyAndGit(folders: CacheFolders): Promise<string> {
  const { compareWithGit } = await import("../indexer/agreement.ts");
  const history = HistoryReader.open(historyFile(folders));
  try {
    const tree = new ReleaseTree(history);
    const named = new Map(tree.all.map((release) => [release.name, release]));
    const ours = {
      tagsWith: (id: number): string[] => {
        const commit = history.commit(id);
        if (!commit) return [];
        return tree.all.filter((release) => tree.contains(release, commit)).map((release) => release.name);
      },
      commitsOf: (tag: string): number => {
        const release = named.get(tag);
        return release ? tree.commitsOf(release) : 0;
      },
    };
    const sources = readSourceList(folders).filter((source) => existsSync(source.path));
    const { commits, tags, differences } = await compareWithGit(history, ours, sources, SAMPLE);
    if (differences.length > 0) {
      const said = `${differences.length} answers differ from git's: ${differences.slice(0, 3).join("; ")}`;
      throw new KfixError("unusable-cache", said, {
        hint: "if the repository has changed: kfix source update; else: kfix source update --rebuild",
      });
    }
    return `git agrees on the releases of ${commits} commits and the commits of ${tags} tags`;
  } finally {
    history.close();
  }
}

/** Restores the lists that cannot be read. Where CVE records came from, nothing else knows: the hint says what to do. */
async function restoreLists(folders: CacheFolders): Promise<void> {
  if (!canBeRead(() => readSourceList(folders))) await restoreSourceList(folders);
  if (!canBeRead(() => readChangelogPlaces(folders))) restoreChangelogPlaces(folders);
}

function canBeRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof KfixError) return false;
    throw error;
  }
}

/** The history's own index knows its sources, too. */
async function restoreSourceList(folders: CacheFolders): Promise<void> {
  const { SourceTable } = await import("../cache/source-table.ts");
  const { openForReading } = await import("../cache/database.ts");
  const db = openForReading(historyFile(folders));
  try {
    writeSourceList(folders, new SourceTable(db).listed());
  } finally {
    db.close();
  }
}

async function rebuild(folders: CacheFolders, kind: string, name?: string): Promise<void> {
  const { SOURCE_KINDS } = await import("../indexer/source-kinds.ts");
  const { SILENT } = await import("../indexer/progress.ts");
  const sources = SOURCE_KINDS.find((one) => one.kind === kind);
  if (!sources) return;
  const names = name === undefined ? sources.list(folders).map((one) => one.name) : [name];
  await sources.update(folders, { names: new Set(names), rebuild: true }, SILENT);
}

/** Commits and tags that are compared. */
const SAMPLE = 20;
