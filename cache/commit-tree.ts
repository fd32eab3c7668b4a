import type { Db } from "./database.ts";
import { NO_RELEASE } from "./schema.ts";
import { readVarints } from "./varint.ts";

/** Parents and first releases of all commits, by id, in flat arrays: a walk down from a tag asks for each of them. */
export class CommitTree {
  readonly releases: Uint16Array;
  /** How far before a commit its first parent is; 0: it has none here. */
  readonly #firstParent: Uint32Array;
  readonly #otherParents = new Map<number, readonly number[]>();

  constructor(db: Db) {
    const last = db.prepare<[], number | null>("select max(id) from commits").pluck().get() ?? 0;
    this.releases = new Uint16Array(last + 1).fill(NO_RELEASE);
    this.#firstParent = new Uint32Array(last + 1);
    const rows = db
      .prepare<[], [number, Buffer, number]>("select id, parents, release from commits")
      .raw()
      .iterate();
    for (const [id, parents, release] of rows) {
      this.releases[id] = release;
      const only = parents.length === 1 ? (parents[0] ?? 0) : 0; // one parent, near: nine of ten commits
      if (only > 0) {
        this.#firstParent[id] = only;
        continue;
      }
      const [first, ...others] = readVarints(parents).filter((distance) => distance > 0);
      if (first !== undefined) this.#firstParent[id] = first;
      if (others.length > 0) this.#otherParents.set(id, others);
    }
  }

  parentsOf(id: number): number[] {
    const first = this.#firstParent[id] ?? 0;
    if (first === 0) return [];
    const parents = [id - first];
    for (const distance of this.#otherParents.get(id) ?? []) parents.push(id - distance);
    return parents;
  }
}
