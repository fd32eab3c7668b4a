import { MAPPED, type Reading } from "../cache/database.ts";
import { type CacheFolders, cacheFolders } from "../cache/folders.ts";
import { type Library, needHistory } from "../finder/library.ts";
import { KfixError } from "../kernel/error.ts";
import { type Invocation, textOption } from "./definition.ts";
import { openIndex } from "./open-index.ts";
import { noteStaleSources } from "./stale-note.ts";

/**
 * The finished indexes of the user's cache, open for questions.
 *
 * Throws `not-indexed` when there is none, with the command that makes one (or goes on making it).
 */
export function openLibrary(input: Invocation, reading: Reading = MAPPED): Library {
  const folders = foldersOf(input);
  const library = openIndex(folders, reading);
  noteStaleSources(folders, input.io);
  return library;
}

/** The indexes that crashes are looked up in, or what to say of their absence. */
export function openForCrashes(input: Invocation, reading: Reading = MAPPED): OpenForCrashes {
  try {
    const library = openLibrary(input, reading);
    if (!library.cve) needHistory(library);
    return { library, missing: undefined };
  } catch (error) {
    if (error instanceof KfixError && error.code === "not-indexed")
      return { library: undefined, missing: error };
    throw error;
  }
}

type OpenForCrashes =
  | { readonly library: Library; readonly missing: undefined }
  | { readonly library: undefined; readonly missing: KfixError };

export function foldersOf(input: Invocation): CacheFolders {
  return cacheFolders({ cacheDir: textOption(input, "cacheDir"), env: input.io.env });
}
