import { SEGMENT_SIZE } from "./schema.ts";

/**
 * Some of the commits of an index: lists are taken apart for these alone. Each has a place, at which arrays have what is
 * known of it: its id, or, where they were picked one by one, their number in that order.
 */
export class CommitSet {
  /** By id: 1 for those of the set. */
  readonly members: Uint8Array;
  readonly #places: ReadonlyMap<number, number> | undefined;
  /** Of ids: none is smaller, none larger. */
  #first = Number.POSITIVE_INFINITY;
  #last = 0;

  /** Of an index whose ids are smaller than `count`. Empty: to be filled by `add`, unless places are given. */
  constructor(count: number, places?: ReadonlyMap<number, number>) {
    this.members = new Uint8Array(count);
    this.#places = places;
    if (places) for (const id of places.keys()) this.add(id);
  }

  /** These commits, each once, with places of their own. */
  static of(count: number, commits: Iterable<number>): CommitSet {
    const places = new Map<number, number>();
    for (const id of commits) if (!places.has(id)) places.set(id, places.size);
    return new CommitSet(count, places);
  }

  add(id: number): void {
    this.members[id] = 1;
    if (id < this.#first) this.#first = id;
    if (id > this.#last) this.#last = id;
  }

  /** Adds all commits from one to before another. */
  addRange(from: number, to: number): void {
    this.members.fill(1, from, to);
    this.#first = Math.min(from, this.#first);
    this.#last = Math.max(to - 1, this.#last);
  }

  /** Places are smaller than this. */
  get size(): number {
    return this.#places?.size ?? this.#last + 1;
  }

  /** None of its commits is larger. */
  get last(): number {
    return this.#last;
  }

  /** The segments in which there may be commits of the set, the first and the last; undefined for an empty set. */
  get segments(): readonly [first: number, last: number] | undefined {
    if (this.#first > this.#last) return undefined;
    return [Math.floor(this.#first / SEGMENT_SIZE), Math.floor(this.#last / SEGMENT_SIZE)];
  }

  /** Of a commit of the set. */
  placeOf(commit: number): number {
    return this.#places?.get(commit) ?? commit;
  }

  /** The places of those of the commits that are in the set. */
  placesOf(commits: ArrayLike<number>): Uint32Array {
    const found = new Uint32Array(commits.length);
    let length = 0;
    for (let at = 0; at < commits.length; at++) {
      const id = commits[at] ?? 0;
      found[length] = id;
      length += this.members[id] ?? 0;
    }
    this.toPlaces(found, length);
    return found.subarray(0, length);
  }

  /** Puts places where commits of the set stand: in the first `length` numbers. */
  toPlaces(commits: Uint32Array, length: number): void {
    if (!this.#places) return;
    for (let at = 0; at < length; at++) commits[at] = this.#places.get(commits[at] ?? 0) ?? 0;
  }
}
