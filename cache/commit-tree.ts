import type { Db } from "./database.ts";
import { readFirstReleases, storeFirstReleases } from "./first-releases.ts";
import { NO_RELEASE } from "./schema.ts";

/** Parents and first releases of all commits, by id, in flat arrays: a walk down from a tag asks for each of them. */
export class CommitTree {
  readonly #db: Db;
  #releases: Uint16Array;
  /** As they are stored. */
  #stored: Uint16Array;
  #end: number;
  /** How far before a commit its first parent is; 0: it has none here. */
  #firstParent: Uint32Array;
  readonly #otherParents = new Map<number, readonly number[]>();

  /** With the releases of the commits that the index has already, whose ids are smaller than `end`. */
  constructor(db: Db, end: number) {
    this.#db = db;
    this.#end = end;
    this.#releases = readFirstReleases(db, Math.max(SMALLEST, end));
    this.#stored = this.#releases.slice();
    this.#firstParent = new Uint32Array(this.#releases.length);
  }

  /** Takes the distances to the parents' ids; 0 for one that is not here. */
  add(id: number, parents: readonly number[]): void {
    if (id >= this.#releases.length) this.#grow();
    this.#end = Math.max(this.#end, id + 1);
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

  /** Writes the releases that are not stored yet. */
  storeReleases(): void {
    storeFirstReleases(this.#db, this.#releases.subarray(0, this.#end), this.#stored);
    this.#stored = this.#releases.slice();
  }

  #grow(): void {
    const size = this.#releases.length * 2;
    const [releases, stored, firstParent] = [this.#releases, this.#stored, this.#firstParent];
    this.#releases = new Uint16Array(size);
    this.#releases.set(releases);
    this.#stored = new Uint16Array(size);
    this.#stored.set(stored);
    this.#firstParent = new Uint32Array(size);
    this.#firstParent.set(firstParent);
  }
}

const SMALLEST = 1 << 16;
