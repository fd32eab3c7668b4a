import type { Db } from "./database.ts";
import { NO_RELEASE } from "./schema.ts";
import { readVarints } from "./varint.ts";

/** Parents and first releases of all commits, by id, in flat arrays: a walk down from a tag asks for each of them. */
export class CommitTree {
  #releases: Uint16Array;
  /** As the table of commits has them. */
  #stored: Uint16Array;
  #last = 0;
  /** How far before a commit its first parent is; 0: it has none here. */
  #firstParent: Uint32Array;
  readonly #otherParents = new Map<number, readonly number[]>();

  /** Of those that the index has already. */
  constructor(db: Db) {
    const last = db.prepare<[], number | null>("select max(id) from commits").pluck().get() ?? 0;
    this.#releases = new Uint16Array(Math.max(SMALLEST, last + 1)).fill(NO_RELEASE);
    this.#firstParent = new Uint32Array(this.#releases.length);
    const rows = db
      .prepare<[], [number, Buffer, number]>("select id, parents, release from commits")
      .raw()
      .iterate();
    for (const [id, parents, release] of rows) {
      this.add(id, readVarints(parents));
      this.#releases[id] = release;
    }
    this.#stored = this.#releases.slice();
  }

  /** Takes the distances to the parents' ids; 0 for one that is not here. */
  add(id: number, parents: readonly number[]): void {
    if (id >= this.#releases.length) this.#grow();
    this.#last = Math.max(this.#last, id);
    if (parents.length === 1) {
      this.#firstParent[id] = parents[0] ?? 0;
      return;
    }
    const [first, ...others] = parents.filter((distance) => distance > 0);
    this.#firstParent[id] = first ?? 0;
    if (others.length > 0) this.#otherParents.set(id, others);
  }

  parentsOf(id: number): number[] {
    const first = this.#firstParent[id] ?? 0;
    if (first === 0) return [];
    const parents = [id - first];
    for (const distance of this.#otherParents.get(id) ?? []) parents.push(id - distance);
    return parents;
  }

  /** The first that has the commit; NO_RELEASE: none. */
  releaseOf(id: number): number {
    return this.#releases[id] ?? NO_RELEASE;
  }

  setRelease(id: number, release: number): void {
    this.#releases[id] = release;
  }

  clearReleases(): void {
    this.#releases.fill(NO_RELEASE);
  }

  /**
   * Tells the releases that the table of commits does not have yet: of each row of commits that have the same, the first
   * and the last. In topological order, what came with a release stands in few rows, mostly in one.
   */
  storeReleases(store: (first: number, last: number, release: number) => void): void {
    for (let first = 1; first <= this.#last; ) {
      const release = this.releaseOf(first);
      let last = first;
      if (release !== this.#stored[first]) {
        while (
          this.#releases[last + 1] === release &&
          this.#stored[last + 1] !== release &&
          last < this.#last
        )
          last++;
        store(first, last, release);
      }
      first = last + 1;
    }
    this.#stored = this.#releases.slice();
  }

  #grow(): void {
    this.#releases = grown(this.#releases);
    this.#stored = grown(this.#stored);
    const firstParent = new Uint32Array(this.#releases.length);
    firstParent.set(this.#firstParent);
    this.#firstParent = firstParent;
  }
}

function grown(releases: Uint16Array): Uint16Array {
  const more = new Uint16Array(releases.length * 2).fill(NO_RELEASE);
  more.set(releases);
  return more;
}

const SMALLEST = 1 << 16;
