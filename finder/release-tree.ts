import type { Commit, HistoryReader, ReleaseRow } from "../cache/history-reader.ts";
import { compareVersions, releaseOfTag, type Version } from "../kernel/version.ts";

/** A release of the index with its parsed version. */
export interface IndexedRelease extends ReleaseRow {
  readonly version: Version;
  /** `3.18.1`, without the tag's `v`. */
  readonly number: string;
}

/** The releases as a tree, read once: which release has which commit. */
export class ReleaseTree {
  readonly #history: HistoryReader | undefined;
  readonly #byId = new Map<number, IndexedRelease>();
  readonly #lines = new Map<number, ReadonlySet<number>>();
  /** All releases in version order. */
  readonly all: readonly IndexedRelease[];

  constructor(history: HistoryReader | undefined) {
    this.#history = history;
    for (const row of history?.releases() ?? []) {
      const version = releaseOfTag(row.name)?.version;
      if (!version) continue;
      this.#byId.set(row.id, { ...row, version, number: row.name.replace(/^v/, "") });
      const above = row.parent === undefined ? undefined : this.#lines.get(row.parent);
      this.#lines.set(row.id, new Set([row.id, ...(above ?? [])]));
    }
    this.all = [...this.#byId.values()].sort((a, b) => compareVersions(a.version, b.version));
  }

  get(id: number | undefined): IndexedRelease | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** Releases of a series, oldest first, its release candidates among them. */
  ofSeries(series: string): IndexedRelease[] {
    return this.all.filter((release) => release.series === series);
  }

  /** The newest release that is no release candidate. */
  newest(): IndexedRelease | undefined {
    return this.all.filter((release) => release.kind !== "rc").at(-1);
  }

  /** Whether the release has the commit: exactly git's own answer (`git merge-base --is-ancestor`). */
  contains(release: IndexedRelease, commit: Commit): boolean {
    const line = this.#lines.get(release.id);
    if (!line || commit.release === undefined) return false;
    if (line.has(commit.release)) return true;
    return this.#history?.alsoIn(commit.id).some((other) => line.has(other)) ?? false;
  }

  /** The release without `-rc` that follows a release candidate; undefined while it is not out. */
  finalOf(release: IndexedRelease): IndexedRelease | undefined {
    if (release.kind !== "rc") return release;
    return this.all.find((other) => other.kind === "mainline" && other.series === release.series);
  }
}
