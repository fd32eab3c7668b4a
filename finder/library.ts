import type { CveReader } from "../cache/cve-reader.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { PackageReader } from "../cache/package-reader.ts";
import { KfixError } from "../kernel/error.ts";
import type { Lifecycle } from "../kernel/lifecycle.ts";
import type { ReleaseTree } from "./release-tree.ts";

/** What answers come from; each part may be absent, and at least one is there. */
export interface Library {
  readonly history: HistoryReader | undefined;
  /** The releases of the history; empty without one. */
  readonly releases: ReleaseTree;
  readonly cve: CveReader | undefined;
  /** Changelogs of distributions' packages. */
  readonly packages: PackageReader | undefined;
  /** The series that are kept up; what kfix came with, unless told. */
  readonly lifecycle?: Lifecycle;
}

/** A library with a history. */
export interface HistoryLibrary extends Library {
  readonly history: HistoryReader;
}

export function hasHistory(library: Library): library is HistoryLibrary {
  return library.history !== undefined;
}

/** Throws `not-indexed` when no history is indexed. */
export function needHistory(library: Library): HistoryLibrary {
  if (hasHistory(library)) return library;
  throw new KfixError("not-indexed", "this needs a history, and none is indexed", {
    hint: "index a kernel repository with: kfix source add PATH-OR-URL",
  });
}
