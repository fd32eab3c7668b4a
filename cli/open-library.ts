import { type CacheFolders, cacheFolders } from "../cache/folders.ts";
import { type Library, needHistory } from "../finder/library.ts";
import { KfixError } from "../kernel/error.ts";
import type { Invocation } from "./definition.ts";
import { openIndex } from "./open-index.ts";
import { tell, timed } from "./output/verbose.ts";
import { noteStaleSources } from "./stale-note.ts";

/**
 * The finished indexes of the user's cache, open for questions.
 *
 * Throws `not-indexed` when there is none, with the command that makes one (or goes on making it).
 */
export function openLibrary(input: Invocation): Library {
  const folders = foldersOf(input);
  const library = timed(input.io, `opened the index in ${folders.index}`, () => openIndex(folders));
  if (input.io.settings.verbose) for (const part of partsOf(library)) tell(input.io, part);
  if (!input.io.settings.quiet) noteStaleSources(folders, input.io);
  return library;
}

/** The indexes that crashes are looked up in, or what to say of their absence. */
export function openForCrashes(input: Invocation): MaybeOpen {
  return openIfIndexed(() => {
    const library = openLibrary(input);
    if (!library.cve) needHistory(library);
    return library;
  });
}

/** What `open` opens, or what it says where that is not indexed. */
export function openIfIndexed(open: () => Library): MaybeOpen {
  try {
    return { library: open(), missing: undefined };
  } catch (error) {
    if (error instanceof KfixError && error.code === "not-indexed")
      return { library: undefined, missing: error };
    throw error;
  }
}

type MaybeOpen =
  | { readonly library: Library; readonly missing: undefined }
  | { readonly library: undefined; readonly missing: KfixError };

export function foldersOf(input: Invocation): CacheFolders {
  const { cacheDir } = input.io.settings;
  return cacheFolders({ cacheDir, env: input.io.env });
}

/** What answers will come from. */
function partsOf({ history, releases, cve, packages }: Library): string[] {
  const count = (number: number) => number.toLocaleString("en");
  const newest = releases.newest()?.name ?? "none";
  return [
    ...(history
      ? [
          `  history: ${count(history.commitCount())} commits, ${releases.all.length} releases, the newest ${newest}`,
        ]
      : []),
    ...(cve ? [`  CVE records: ${count(cve.recordCount())}`] : []),
    ...(packages ? ["  changelogs of packages"] : []),
  ];
}
