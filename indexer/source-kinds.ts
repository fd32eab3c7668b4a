import type { CacheFolders } from "../cache/folders.ts";
import { KfixError } from "../kernel/error.ts";
import { CHANGELOG_SOURCES } from "./changelog-sources.ts";
import { CVE_SOURCES } from "./cve-sources.ts";
import { GIT_SOURCES } from "./git-sources.ts";
import { LIFECYCLE_SOURCES } from "./lifecycle-sources.ts";
import type { SourceKind, SourceSummary } from "./source-kind.ts";
import { TREE_SOURCES } from "./tree-sources.ts";

/** Every kind of source. The first that recognises a location takes it, and the last takes any. */
export const SOURCE_KINDS: readonly SourceKind[] = [
  CVE_SOURCES,
  CHANGELOG_SOURCES,
  LIFECYCLE_SOURCES,
  TREE_SOURCES,
  GIT_SOURCES,
];

/** The kind that `kfix source add WORDS` means. */
export function kindOfLocation(words: readonly string[]): SourceKind {
  return SOURCE_KINDS.find((kind) => kind.recognises(words)) ?? GIT_SOURCES;
}

/** All sources of all kinds. */
export function listSources(folders: CacheFolders): SourceSummary[] {
  return SOURCE_KINDS.flatMap((kind) => kind.list(folders));
}

/** The kind of the source with this name. Throws `not-found` when there is none. */
export function kindOfSource(folders: CacheFolders, name: string): SourceKind {
  const kind = SOURCE_KINDS.find((one) => one.list(folders).some((source) => source.name === name));
  if (kind) return kind;
  const names = listSources(folders).map((source) => source.name);
  throw new KfixError("not-found", `there is no source named ${name}`, {
    hint:
      names.length > 0 ? `the sources are: ${names.join(", ")}` : "add one with: kfix source add PATH-OR-URL",
  });
}
