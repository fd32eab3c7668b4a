/** What kfix answers from, as the command and a program change it. The indexer is loaded when it is needed. */
import type { CacheFolders } from "../cache/folders.ts";
import { type Progress, SILENT } from "../indexer/progress.ts";
import type { SourceChange, SourceSummary } from "../indexer/source-kind.ts";

/** What to make of a new source. */
export interface SourceOptions {
  /** What to call it; from the location unless said. */
  readonly name?: string | undefined;
  /** False: of a git history, messages and releases only. */
  readonly hunks?: boolean;
  /** Of a tree, the architectures to keep, commas between them; this machine's unless said. */
  readonly architectures?: string | undefined;
}

/**
 * Indexes a source: a repository, a source tree, CVE records, a package's changelog, as `kfix source add` does; what
 * was added before is brought up to date.
 *
 * @param words a location, perhaps its kind in front: `["cve", "/srv/vulns"]`
 * @throws KfixError `bad-input` for what is no source, `busy` while another process writes the same index
 */
export async function addSource(
  folders: CacheFolders,
  words: readonly string[],
  options: SourceOptions = {},
  progress: Progress = SILENT,
): Promise<SourceChange> {
  const { kindOfLocation } = await import("../indexer/source-kinds.ts");
  const { name, hunks = true, architectures } = options;
  return kindOfLocation(words).add(folders, { words, name, hunks, architectures }, progress);
}

/**
 * Fetches what kfix cloned and indexes what is new, in the sources named, or in all; one change a kind of source.
 *
 * @throws KfixError `not-found` for a name that no source has
 */
export async function updateSources(
  folders: CacheFolders,
  request: { readonly names?: readonly string[]; readonly rebuild?: boolean } = {},
  progress: Progress = SILENT,
): Promise<SourceChange[]> {
  const { kindOfSource, SOURCE_KINDS } = await import("../indexer/source-kinds.ts");
  const { names = [], rebuild = false } = request;
  for (const name of names) kindOfSource(folders, name);
  const changes: SourceChange[] = [];
  for (const kind of SOURCE_KINDS) {
    const own = kind.list(folders).map((one) => one.name);
    const chosen = new Set(own.filter((name) => names.length === 0 || names.includes(name)));
    if (chosen.size === 0) continue;
    changes.push(await kind.update(folders, { names: chosen, rebuild }, progress));
  }
  return changes;
}

/** Forgets a source and makes its index anew from the others; what is the user's stays. */
export async function removeSource(
  folders: CacheFolders,
  name: string,
  progress: Progress = SILENT,
): Promise<void> {
  const { kindOfSource } = await import("../indexer/source-kinds.ts");
  await kindOfSource(folders, name).remove(folders, name, progress);
}

/** All sources, those that are not finished yet too. */
export async function listSources(folders: CacheFolders): Promise<SourceSummary[]> {
  const kinds = await import("../indexer/source-kinds.ts");
  return kinds.listSources(folders);
}
