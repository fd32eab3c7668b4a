import { existsSync } from "node:fs";
import { cveFile } from "../cache/cve-index.ts";
import { CveReader } from "../cache/cve-reader.ts";
import { type CacheFolders, cacheFolders } from "../cache/folders.ts";
import { HistoryReader } from "../cache/history-reader.ts";
import { hasUnfinishedUpdate, historyFile } from "../cache/index-file.ts";
import { readLifecycle } from "../cache/lifecycle-file.ts";
import { packageFile } from "../cache/package-index.ts";
import { PackageReader } from "../cache/package-reader.ts";
import type { Library } from "../finder/library.ts";
import { ReleaseTree } from "../finder/release-tree.ts";
import { KfixError } from "../kernel/error.ts";

/**
 * Opens the finished indexes of a cache for questions; several programs may, and one may update them meanwhile.
 *
 * @throws KfixError `not-indexed` when there is none, `unusable-cache` when one is damaged or of another version
 */
export function openIndex(folders: CacheFolders = cacheFolders()): Library {
  const cve = existsSync(cveFile(folders)) ? new CveReader(cveFile(folders)) : undefined;
  const packages = existsSync(packageFile(folders)) ? PackageReader.open(packageFile(folders)) : undefined;
  const needed = existsSync(historyFile(folders)) || !(cve || packages);
  const history = needed ? openHistory(folders) : undefined;
  const lifecycle = readLifecycle(folders);
  return { history, releases: new ReleaseTree(history), cve, packages, lifecycle };
}

/** Closes what `openIndex` opened. */
export function closeIndex({ history, cve, packages }: Library): void {
  history?.close();
  cve?.close();
  packages?.close();
}

function openHistory(folders: CacheFolders): HistoryReader {
  if (!existsSync(historyFile(folders)) && hasUnfinishedUpdate(folders)) {
    throw new KfixError(
      "not-indexed",
      "the index is not finished: its making was interrupted, or still runs",
      {
        hint: "go on with: kfix source update",
      },
    );
  }
  return HistoryReader.open(historyFile(folders));
}
