import type { HistoryReader, ReleaseLines } from "../cache/history-reader.ts";
import type { Commit, ReleaseRow } from "../cache/history-rows.ts";
import {
  compareSeries,
  compareVersions,
  inSeriesOrder,
  releaseOfTag,
  type Version,
} from "../kernel/version.ts";

/** A release of the index with its parsed version. */
export interface IndexedRelease extends ReleaseRow {
  readonly version: Version;
  /** `3.18.1`, without the tag's `v`. */
  readonly number: string;
}

/**
 * The releases as a tree: which release has which commit. linux-stable has thousands of releases and an answer is about a
 * few of them, so that each is understood when it is asked for.
 */
export class ReleaseTree {
  readonly #history: HistoryReader | undefined;
  readonly #lines: ReleaseLines;
  /** By id. */
  readonly #parents: (number | undefined)[] = [];
  readonly #seriesOf: string[] = [];
  readonly #bySeries = new Map<string, number[]>();
  #places: readonly (Place | undefined)[] | undefined;
  readonly #known = new Map<number, IndexedRelease | undefined>();
  readonly #series = new Map<string, readonly IndexedRelease[]>();
  #seriesInOrder: readonly string[] | undefined;
  #all: readonly IndexedRelease[] | undefined;
  readonly #others = new WeakMap<Commit, readonly number[]>();

  constructor(history: HistoryReader | undefined) {
    this.#history = history;
    this.#lines = history?.releaseLines() ?? { ids: [], series: [], parents: [] };
    this.#lines.ids.forEach((id, at) => {
      const series = this.#lines.series[at] ?? "";
      this.#parents[id] = this.#lines.parents[at] ?? undefined;
      this.#seriesOf[id] = series;
      const others = this.#bySeries.get(series);
      if (others) others.push(id);
      else this.#bySeries.set(series, [id]);
    });
  }

  /** All series, in order. */
  get series(): readonly string[] {
    this.#seriesInOrder ??= inSeriesOrder(this.#bySeries.keys());
    return this.#seriesInOrder;
  }

  /** All releases in version order. */
  get all(): readonly IndexedRelease[] {
    if (!this.#all) {
      for (const row of this.#history?.releases() ?? [])
        if (!this.#known.has(row.id)) this.#known.set(row.id, understood(row));
      this.#all = this.#inOrder(this.#lines.ids);
    }
    return this.#all;
  }

  get(id: number | undefined): IndexedRelease | undefined {
    if (id === undefined) return undefined;
    if (!this.#known.has(id)) this.#known.set(id, understood(this.#history?.release(id)));
    return this.#known.get(id);
  }

  seriesOf(id: number): string | undefined {
    return this.#seriesOf[id];
  }

  /** A release and all that it descends from. */
  lineOf(release: IndexedRelease): readonly number[] {
    const line: number[] = [];
    for (let id: number | undefined = release.id; id !== undefined; id = this.#parents[id]) line.push(id);
    return line;
  }

  /** Releases of a series, oldest first, its release candidates among them. */
  ofSeries(series: string): readonly IndexedRelease[] {
    let releases = this.#series.get(series);
    if (releases === undefined) {
      releases = this.#inOrder(this.#bySeries.get(series) ?? []);
      this.#series.set(series, releases);
    }
    return releases;
  }

  /** The newest release that is no release candidate. */
  newest(): IndexedRelease | undefined {
    return this.#newestOf(this.series, ({ kind }) => kind !== "rc");
  }

  /**
   * The newest mainline release before a series, or the newest candidate of one: a kernel of that series descends from it, as
   * mainline is one line (Documentation/process/2.Process.rst). Undefined where none is indexed.
   */
  mainlineBefore(series: string): IndexedRelease | undefined {
    const before = this.series.filter((other) => compareSeries(other, series) < 0);
    return this.#newestOf(before, ({ kind }) => kind === "mainline" || kind === "rc");
  }

  /** `series`: in order. */
  #newestOf(
    series: readonly string[],
    wanted: (release: IndexedRelease) => boolean,
  ): IndexedRelease | undefined {
    for (const one of series.toReversed()) {
      const newest = this.ofSeries(one).findLast(wanted);
      if (newest) return newest;
    }
    return undefined;
  }

  #alsoIn(commit: Commit): readonly number[] {
    let others = this.#others.get(commit);
    if (others === undefined) {
      others = this.#history?.alsoIn(commit.id) ?? [];
      this.#others.set(commit, others);
    }
    return others;
  }

  #inOrder(ids: readonly number[]): IndexedRelease[] {
    return ids.flatMap((id) => this.get(id) ?? []).sort((a, b) => compareVersions(a.version, b.version));
  }

  /** Whether the release has the commit: exactly git's own answer (`git merge-base --is-ancestor`). */
  contains(release: IndexedRelease, commit: Commit): boolean {
    if (commit.release === undefined) return false;
    if (this.#descends(release.id, commit.release)) return true;
    return this.#alsoIn(commit).some((other) => this.#descends(release.id, other));
  }

  /** The first release, `release` or an ancestor of it, that has the commit; undefined: `release` lacks it. */
  firstWith(release: IndexedRelease, commit: Commit): IndexedRelease | undefined {
    if (commit.release === undefined) return undefined;
    const firsts = [commit.release, ...this.#alsoIn(commit)];
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
    return this.ofSeries(release.series).find((other) => other.kind === "mainline");
  }

  /** Whether a release is another or one of its descendants. */
  #descends(release: number, ancestor: number): boolean {
    this.#places ??= placesOf(this.#lines);
    const own = this.#places[release];
    const other = this.#places[ancestor];
    return own !== undefined && other !== undefined && own.at >= other.at && own.at < other.end;
  }
}

/** undefined: its name is none of a kernel's release. */
function understood(row: ReleaseRow | undefined): IndexedRelease | undefined {
  const version = row && releaseOfTag(row.name)?.version;
  return version && { ...row, version, number: row.name.replace(/^v/, "") };
}

/** Where a release stands when the tree is walked from the top, and where its last descendant ends. */
interface Place {
  readonly at: number;
  readonly end: number;
  /** The place of the next child. */
  next: number;
}

/**
 * The place of each release in the tree; parents stand before their children. Descent is then two comparisons:
 * linux-stable has thousands of releases, and a line of ancestors for each would take longer than any answer.
 */
function placesOf({ ids, parents }: ReleaseLines): (Place | undefined)[] {
  const sizes: number[] = [];
  for (const id of ids) sizes[id] = 1;
  for (let at = ids.length - 1; at >= 0; at--) {
    const parent = parents[at];
    if (typeof parent === "number") sizes[parent] = (sizes[parent] ?? 1) + (sizes[ids[at] ?? 0] ?? 1);
  }
  const places: (Place | undefined)[] = [];
  let root = 0;
  ids.forEach((id, row) => {
    const size = sizes[id] ?? 1;
    const parent = parents[row];
    const above = typeof parent === "number" ? places[parent] : undefined;
    const at = above?.next ?? root;
    if (above) above.next += size;
    else root += size;
    places[id] = { at, end: at + size, next: at + 1 };
  });
  return places;
}
