import { existsSync } from "node:fs";
import { cacheFolders } from "../cache/folders.ts";
import { HistoryReader } from "../cache/history-reader.ts";
import { hasUnfinishedUpdate, historyFile } from "../cache/index-file.ts";
import type { Library } from "../finder/fix.ts";
import { ReleaseTree } from "../finder/release-tree.ts";
import { KfixError } from "../kernel/error.ts";
import { type Invocation, textOption } from "./definition.ts";

/**
 * The finished index of the user's cache, open for questions.
 *
 * Throws `not-indexed` when there is none, with the command that makes it (or goes on making it).
 */
export function openLibrary(input: Invocation): Library {
  return openIndex(foldersOf(input));
}

export function foldersOf(input: Invocation): ReturnType<typeof cacheFolders> {
  return cacheFolders({ cacheDir: textOption(input, "cacheDir"), env: input.io.env });
}

/** Opens the index in these folders; the way in for a program, too. */
export function openIndex(folders: ReturnType<typeof cacheFolders>): Library {
  if (!existsSync(historyFile(folders)) && hasUnfinishedUpdate(folders)) {
    throw new KfixError(
      "not-indexed",
      "the index is not finished: its making was interrupted, or still runs",
      {
        hint: "go on with: kfix source update",
      },
    );
  }
  const history = HistoryReader.open(historyFile(folders));
  return { history, releases: new ReleaseTree(history) };
}
