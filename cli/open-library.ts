import { type CacheFolders, cacheFolders } from "../cache/folders.ts";
import type { Library } from "../finder/library.ts";
import { type Invocation, textOption } from "./definition.ts";
import { openIndex } from "./open-index.ts";

/**
 * The finished indexes of the user's cache, open for questions.
 *
 * Throws `not-indexed` when there is none, with the command that makes one (or goes on making it).
 */
export function openLibrary(input: Invocation): Library {
  return openIndex(foldersOf(input));
}

export function foldersOf(input: Invocation): CacheFolders {
  return cacheFolders({ cacheDir: textOption(input, "cacheDir"), env: input.io.env });
}
