import { existsSync } from "node:fs";
import { cveFile } from "../cache/cve-index.ts";
import { CveReader } from "../cache/cve-reader.ts";
import { cacheFolders } from "../cache/folders.ts";
import { HistoryReader } from "../cache/history-reader.ts";
import { hasUnfinishedUpdate, historyFile } from "../cache/index-file.ts";
import { readLifecycle } from "../cache/lifecycle-file.ts";
import { packageFile } from "../cache/package-index.ts";
import { PackageReader } from "../cache/package-reader.ts";
import type { Library } from "../finder/library.ts";
import { ReleaseTree } from "../finder/release-tree.ts";
import { KfixError } from "../kernel/error.ts";
import { type Invocation, textOption } from "./definition.ts";

/**
 * The finished indexes of the user's cache, open for questions.
 *
 * Throws `not-indexed` when there is none, with the command that makes one (or goes on making it).
 */
export function openLibrary(input: Invocation): Library {
  return openIndex(foldersOf(input));
}

export function foldersOf(input: Invocation): ReturnType<typeof cacheFolders> {
  return cacheFolders({ cacheDir: textOption(input, "cacheDir"), env: input.io.env });
}

/** Opens the indexes in these folders; the way in for a program, too. */
export function openIndex(folders: ReturnType<typeof cacheFolders>): Library {
  const cve = existsSync(cveFile(folders)) ? CveReader.open(cveFile(folders)) : undefined;
  const packages = existsSync(packageFile(folders)) ? PackageReader.open(packageFile(folders)) : undefined;
  const needed = existsSync(historyFile(folders)) || !(cve || packages);
  const history = needed ? openHistory(folders) : undefined;
  const lifecycle = readLifecycle(folders);
  return { history, releases: new ReleaseTree(history), cve, packages, lifecycle };
}

function openHistory(folders: ReturnType<typeof cacheFolders>): HistoryReader {
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
