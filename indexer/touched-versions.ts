import { SHA_BYTES } from "../cache/sha-table.ts";
import type { TouchFinder } from "../kernel/diff/touched.ts";
import { VERSIONS } from "./changed-files.ts";
import { lacksObjects } from "./git.ts";
import { receiveObjects } from "./git-objects.ts";
import { NumberList } from "./number-list.ts";

/** What changed between two versions of each of some files. */
export interface TouchedLists {
  /** Symbols, each once. */
  readonly names: readonly string[];
  /** For each pair of versions a number: 0: nothing, or nothing that is text; n: n - 1 symbols, whose places follow. */
  readonly lists: Int32Array<ArrayBuffer>;
}

/**
 * Reads versions of files and tells which symbols changed from one to the other. `versions` has pairs of ids, as
 * `ChangedFiles` has them. A version that several pairs near each other have is read once: the pairs of one path
 * together, in the order of their commits, are read ten times as fast as commit by commit, as git packs the versions of
 * a file together, each as what is different in it.
 *
 * Throws `environment` when a version is missing.
 */
export async function touchedBetween(
  gitDir: string,
  versions: Buffer,
  finder: TouchFinder,
): Promise<TouchedLists> {
  const lists = new ListWriter();
  const plan = planReading(versions);
  const contents = Array.from({ length: SLOTS }, () => new Slot());
  const count = versions.length / VERSIONS;
  let pair = 0;
  let reads = 0;
  const compareComplete = (): void => {
    for (; pair < count && (plan.readsBefore[pair] ?? 0) <= reads; pair++) {
      const old = contents[plan.oldSlots[pair] ?? 0]?.content;
      const now = contents[plan.newSlots[pair] ?? 0]?.content;
      lists.add(old && now ? finder.symbols(old, now) : undefined);
    }
  };
  const place = (size: number): Buffer | undefined => contents[plan.readSlots[reads] ?? 0]?.place(size);
  const take = (): void => {
    reads++;
    compareComplete();
  };
  for await (const _ of receiveObjects(gitDir, plan.ids, { place, take, missing: lacksObjects }));
  if (pair < count) throw new Error("git cat-file ended early");
  return lists.end();
}

interface ReadingPlan {
  /** What to read, and where to keep it. */
  readonly ids: readonly string[];
  readonly readSlots: readonly number[];
  /** Of each pair: how much must have been read, and where its versions are then; slot 0: no file. */
  readonly readsBefore: Int32Array;
  readonly oldSlots: Uint8Array;
  readonly newSlots: Uint8Array;
}

/** Keeps what was needed last. */
function planReading(versions: Buffer): ReadingPlan {
  const count = versions.length / VERSIONS;
  const ids: string[] = [];
  const readSlots: number[] = [];
  const readsBefore = new Int32Array(count);
  const oldSlots = new Uint8Array(count);
  const newSlots = new Uint8Array(count);
  /** What is in each slot, and when it was needed last. */
  const held = Array.from({ length: SLOTS }, () => ({ id: "", needed: 0 }));
  let turn = 0;
  const slotOf = (id: string): number => {
    if (id === NO_FILE) return 0;
    let slot = held.findIndex((entry) => entry.id === id);
    if (slot === -1) {
      slot = 1;
      for (let other = 2; other < SLOTS; other++)
        if ((held[other]?.needed ?? 0) < (held[slot]?.needed ?? 0)) slot = other;
      ids.push(id);
      readSlots.push(slot);
    }
    held[slot] = { id, needed: ++turn };
    return slot;
  };
  for (let pair = 0; pair < count; pair++) {
    const at = pair * VERSIONS;
    oldSlots[pair] = slotOf(versions.toString("hex", at, at + SHA_BYTES));
    newSlots[pair] = slotOf(versions.toString("hex", at + SHA_BYTES, at + VERSIONS));
    readsBefore[pair] = ids.length;
  }
  return { ids, readSlots, readsBefore, oldSlots, newSlots };
}

/** Holds the content of a file, or nothing when it is too large to be source. */
class Slot {
  content: Buffer | undefined = Buffer.alloc(0);
  /** For every content that is not large. */
  readonly #room = Buffer.allocUnsafeSlow(ROOM);

  place(size: number): Buffer | undefined {
    if (size > LARGEST) this.content = undefined;
    else this.content = size > ROOM ? Buffer.allocUnsafeSlow(size) : this.#room.subarray(0, size);
    return this.content;
  }
}

class ListWriter {
  readonly #names = new Map<string, number>();
  readonly #lists = new NumberList();

  add(symbols: readonly string[] | undefined): void {
    this.#lists.push(symbols === undefined ? 0 : symbols.length + 1);
    for (const symbol of symbols ?? []) this.#lists.push(this.#placeOf(symbol));
  }

  end(): TouchedLists {
    return { names: [...this.#names.keys()], lists: this.#lists.toArray() };
  }

  #placeOf(symbol: string): number {
    let place = this.#names.get(symbol);
    if (place === undefined) {
      place = this.#names.size;
      this.#names.set(symbol, place);
    }
    return place;
  }
}

/** The first is for what is no file. Four versions are kept: branches that were merged change a file in turn. */
const SLOTS = 5;
const NO_FILE = "00".repeat(SHA_BYTES);
/** Larger files have no functions: the largest of the kernel's are tables of registers, some 20 MB. */
const LARGEST = 64 << 20;
const ROOM = 1 << 18;
