import type { Db } from "./database.ts";
import { NO_RELEASE } from "./schema.ts";
import { readVarints } from "./varint.ts";

/** Parents and first releases of all commits, by id, in flat arrays: a walk down from a tag asks for each of them. */
export class CommitTree {
  #releases: Uint16Array;
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
  }

  /** Takes the distances to the parents' ids; 0 for one that is not here. */
  add(id: number, parents: readonly number[]): void {
    if (id >= this.#releases.length) this.#grow();
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

  #grow(): void {
    const releases = new Uint16Array(this.#releases.length * 2).fill(NO_RELEASE);
    releases.set(this.#releases);
    this.#releases = releases;
    const firstParent = new Uint32Array(releases.length);
    firstParent.set(this.#firstParent);
    this.#firstParent = firstParent;
  }
}

const SMALLEST = 1 << 16;
