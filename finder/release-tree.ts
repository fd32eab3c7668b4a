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
  readonly #places: ReadonlyMap<number, Place>;
  /** All releases in version order. */
  readonly all: readonly IndexedRelease[];

  constructor(history: HistoryReader | undefined) {
    this.#history = history;
    const rows = history?.releases() ?? [];
    this.#places = placesOf(rows);
    for (const row of rows) {
      const version = releaseOfTag(row.name)?.version;
      if (version) this.#byId.set(row.id, { ...row, version, number: row.name.replace(/^v/, "") });
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
    if (commit.release === undefined) return false;
    if (this.#descends(release.id, commit.release)) return true;
    return this.#history?.alsoIn(commit.id).some((other) => this.#descends(release.id, other)) ?? false;
  }

  /** The first release, `release` or an ancestor of it, that has the commit; undefined: `release` lacks it. */
  firstWith(release: IndexedRelease, commit: Commit): IndexedRelease | undefined {
    if (commit.release === undefined) return undefined;
    const firsts = [commit.release, ...(this.#history?.alsoIn(commit.id) ?? [])];
    return this.get(firsts.find((first) => this.#descends(release.id, first)));
  }

  /** How many commits a release has: those of the releases that it descends from, and what came into it by itself. */
  commitsOf(release: IndexedRelease): number {
    const counts = this.#history?.commitsByRelease();
    if (!counts) return 0;
    const above = (id: number): boolean => this.#descends(release.id, id);
    let total = 0;
    for (const [id, count] of counts.own) if (above(id)) total += count;
    const also = new Set(
      counts.also.filter(({ first, other }) => !above(first) && above(other)).map((one) => one.commit),
    );
    return total + also.size;
  }

  /** The release without `-rc` that follows a release candidate; undefined while it is not out. */
  finalOf(release: IndexedRelease): IndexedRelease | undefined {
    if (release.kind !== "rc") return release;
    return this.all.find((other) => other.kind === "mainline" && other.series === release.series);
  }
  /** Whether a release is another or one of its descendants. */
  #descends(release: number, ancestor: number): boolean {
    const own = this.#places.get(release);
    const other = this.#places.get(ancestor);
    return own !== undefined && other !== undefined && own.at >= other.at && own.at < other.end;
  }
}

/** Where a release stands when the tree is walked from the top, and where its last descendant ends. */
interface Place {
  readonly at: number;
  readonly end: number;
  /** The place of the next child. */
  next: number;
}

/**
 * The place of each release in the tree; `rows` have parents before their children. Descent is then two comparisons:
 * linux-stable has thousands of releases, and a line of ancestors for each would take longer than any answer.
 */
function placesOf(rows: readonly ReleaseRow[]): Map<number, Place> {
  const sizes = new Map(rows.map((row) => [row.id, 1]));
  for (const { id, parent } of [...rows].reverse()) {
    if (parent !== undefined) sizes.set(parent, (sizes.get(parent) ?? 1) + (sizes.get(id) ?? 1));
  }
  const places = new Map<number, Place>();
  let root = 0;
  for (const { id, parent } of rows) {
    const size = sizes.get(id) ?? 1;
    const above = parent === undefined ? undefined : places.get(parent);
    const at = above?.next ?? root;
    if (above) above.next += size;
    else root += size;
    places.set(id, { at, end: at + size, next: at + 1 });
  }
  return places;
}
