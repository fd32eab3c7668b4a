import type { HistoryReader } from "../cache/history-reader.ts";
import type { Commit, ReleaseRow } from "../cache/history-rows.ts";
import { compareSeries, compareVersions, releaseOfTag, type Version } from "../kernel/version.ts";

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
  readonly #rows = new Map<number, ReleaseRow>();
  /** By id. */
  readonly #places: readonly (Place | undefined)[];
  readonly #known = new Map<number, IndexedRelease | undefined>();
  readonly #bySeries = new Map<string, ReleaseRow[]>();
  readonly #series = new Map<string, readonly IndexedRelease[]>();
  #all: readonly IndexedRelease[] | undefined;
  readonly #others = new WeakMap<Commit, readonly number[]>();

  constructor(history: HistoryReader | undefined) {
    this.#history = history;
    const rows = history?.releases() ?? [];
    this.#places = placesOf(rows);
    for (const row of rows) {
      this.#rows.set(row.id, row);
      const others = this.#bySeries.get(row.series);
      if (others) others.push(row);
      else this.#bySeries.set(row.series, [row]);
    }
  }

  /** All releases in version order. */
  get all(): readonly IndexedRelease[] {
    this.#all ??= this.#inOrder([...this.#rows.values()]);
    return this.#all;
  }

  get(id: number | undefined): IndexedRelease | undefined {
    if (id === undefined) return undefined;
    if (!this.#known.has(id)) {
      const row = this.#rows.get(id);
      const version = row && releaseOfTag(row.name)?.version;
      this.#known.set(id, version && row && { ...row, version, number: row.name.replace(/^v/, "") });
    }
    return this.#known.get(id);
  }

  seriesOf(id: number): string | undefined {
    return this.#rows.get(id)?.series;
  }

  /** A release and all that it descends from. */
  lineOf(release: IndexedRelease): readonly number[] {
    const line: number[] = [];
    for (let row: ReleaseRow | undefined = release; row; row = this.#rows.get(row.parent ?? -1))
      line.push(row.id);
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
    return this.#newestOf([...this.#bySeries.keys()], ({ kind }) => kind !== "rc");
  }

  /**
   * The newest mainline release before a series, or the newest candidate of one: a kernel of that series descends from it, as
   * mainline is one line (Documentation/process/2.Process.rst). Undefined where none is indexed.
   */
  mainlineBefore(series: string): IndexedRelease | undefined {
    const before = [...this.#bySeries.keys()].filter((other) => compareSeries(other, series) < 0);
    return this.#newestOf(before, ({ kind }) => kind === "mainline" || kind === "rc");
  }

  #newestOf(series: string[], wanted: (release: IndexedRelease) => boolean): IndexedRelease | undefined {
    for (const one of series.sort(compareSeries).reverse()) {
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

  #inOrder(rows: readonly ReleaseRow[]): IndexedRelease[] {
    return rows
      .flatMap((row) => this.get(row.id) ?? [])
      .sort((a, b) => compareVersions(a.version, b.version));
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
    const own = this.#places[release];
    const other = this.#places[ancestor];
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
function placesOf(rows: readonly ReleaseRow[]): (Place | undefined)[] {
  const sizes: number[] = [];
  for (const { id } of rows) sizes[id] = 1;
  for (let at = rows.length - 1; at >= 0; at--) {
    const { id = 0, parent } = rows[at] ?? {};
    if (parent !== undefined) sizes[parent] = (sizes[parent] ?? 1) + (sizes[id] ?? 1);
  }
  const places: (Place | undefined)[] = [];
  let root = 0;
  for (const { id, parent } of rows) {
    const size = sizes[id] ?? 1;
    const above = parent === undefined ? undefined : places[parent];
    const at = above?.next ?? root;
    if (above) above.next += size;
    else root += size;
    places[id] = { at, end: at + size, next: at + 1 };
  }
  return places;
}
