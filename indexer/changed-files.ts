import { packSha, SHA_BYTES } from "../cache/sha-table.ts";
import { NumberList } from "./number-list.ts";

/** What some commits change: of each C or assembly file two versions, a change after the other in the commits' order. */
export class ChangedFiles {
  count = 0;
  /** Each path once. */
  readonly paths: string[] = [];
  /** Of each change: its path and its commit, by their places in `paths` and among the commits. */
  readonly pathOf = new NumberList();
  readonly commitOf = new NumberList();
  /** Of each change `VERSIONS` bytes, some thousands of changes in each of these. */
  readonly #versions: Buffer[] = [];
  readonly #placeOfPath = new Map<string, number>();

  /** The ids of both versions stand in hex at these places of `bytes`. */
  add(commit: number, path: string, bytes: Buffer, old: number, now: number): void {
    const at = (this.count % PAGE) * VERSIONS;
    if (at === 0) this.#versions.push(Buffer.allocUnsafeSlow(PAGE * VERSIONS));
    const page = this.#versions.at(-1);
    if (page === undefined) return;
    this.pathOf.push(this.#placeOf(path));
    this.commitOf.push(commit);
    packSha(bytes, old, page, at);
    packSha(bytes, now, page, at + SHA_BYTES);
    this.count++;
  }

  /** Copies the ids of a change's blobs, before and after, to `to`; zeros: no file. */
  copyVersions(change: number, to: Buffer, at: number): void {
    const from = (change % PAGE) * VERSIONS;
    this.#versions[Math.floor(change / PAGE)]?.copy(to, at, from, from + VERSIONS);
  }

  /** The changes, all of one path together, in the commits' order. */
  byPath(): Int32Array {
    const { paths, pathOf, count } = this;
    const changesOf = new Int32Array(paths.length);
    for (let change = 0; change < count; change++) countUp(changesOf, pathOf.at(change));
    /** Where the next change of a path goes. */
    const next = new Int32Array(paths.length);
    let begin = 0;
    const order = Array.from(paths.keys()).sort((a, b) => ((paths[a] ?? "") < (paths[b] ?? "") ? -1 : 1));
    for (const path of order) {
      next[path] = begin;
      begin += changesOf[path] ?? 0;
    }
    const sorted = new Int32Array(count);
    for (let change = 0; change < count; change++) sorted[countUp(next, pathOf.at(change)) - 1] = change;
    return sorted;
  }

  #placeOf(path: string): number {
    let place = this.#placeOfPath.get(path);
    if (place === undefined) {
      place = this.paths.push(path) - 1;
      this.#placeOfPath.set(path, place);
    }
    return place;
  }
}

/** Adds one to a number, and returns it. */
function countUp(numbers: Int32Array, at: number): number {
  const count = (numbers[at] ?? 0) + 1;
  numbers[at] = count;
  return count;
}

/** Bytes of the ids of two versions. */
export const VERSIONS = 2 * SHA_BYTES;
const PAGE = 4096;
