import type { Db } from "./database.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { readVarints, VarintWriter } from "./varint.ts";

/**
 * Gathers "key -> ascending numbers" for one segment and adds it to an inverted table: a new row for a key, or
 * the end of the row that an earlier run began.
 *
 * A number is a commit's distance from the first id of the segment, times `scale`, plus what the list says of
 * that commit (how often a word stands there): less than `scale`. The bytes hold the gaps between numbers, each
 * gap split so that adding to a list needs only its last number.
 */
export class InvertedBatch<Key extends string | number> {
  readonly #lists = new Map<Key, { out: VarintWriter; last: number }>();
  readonly #segment: number;
  readonly #scale: number;

  constructor(segment: number, scale = 1) {
    this.#segment = segment;
    this.#scale = scale;
  }

  /** Commits must come in ascending order, each at most once a key. */
  add(key: Key, commit: number, note = 0): void {
    let list = this.#lists.get(key);
    if (!list) {
      list = { out: new VarintWriter(), last: 0 };
      this.#lists.set(key, list);
    }
    const position = commit - this.#segment * SEGMENT_SIZE;
    list.out.push((position - list.last) * this.#scale + note);
    list.last = position;
  }

  /**
   * Writes into `table (column, segment, commits)`, in key order so that the b-tree grows in order.
   * `appending`: the segment may have rows already, from an earlier run.
   */
  flush(db: Db, table: InvertedTable, appending: boolean): void {
    const column = INVERTED[table];
    const segment = this.#segment;
    const find = db
      .prepare<[Key, number], Buffer>(`select commits from ${table} where ${column} = ? and segment = ?`)
      .pluck();
    const put = db.prepare(`insert or replace into ${table} (${column}, segment, commits) values (?, ?, ?)`);
    const keys = [...this.#lists.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    for (const key of keys) {
      const list = this.#lists.get(key);
      if (!list) continue;
      const before = appending ? find.get(key, segment) : undefined;
      put.run(key, segment, before ? this.#join(before, list.out.bytes()) : list.out.bytes());
    }
    this.#lists.clear();
  }

  /** The first gap of what is added was counted from the segment's start: count it from the old list's end. */
  #join(before: Buffer, added: Buffer): Buffer {
    let last = 0;
    for (const value of readVarints(before)) last += Math.floor(value / this.#scale);
    const out = new VarintWriter();
    let first = true;
    for (const value of readVarints(added)) {
      out.push(first ? value - last * this.#scale : value);
      first = false;
    }
    return Buffer.concat([before, out.bytes()]);
  }
}

/** Walks one row of an inverted table: commit ids ascending, with what was noted of each. */
export function walkInverted(
  segment: number,
  commits: Uint8Array,
  scale: number,
  visit: (commit: number, note: number) => void,
): void {
  let id = segment * SEGMENT_SIZE;
  let value = 0;
  let unit = 1;
  for (let at = 0; at < commits.length; at++) {
    const byte = commits[at] ?? 0;
    value += (byte & 0x7f) * unit;
    if (byte & 0x80) {
      unit *= 128;
      continue;
    }
    const note = value % scale;
    id += (value - note) / scale;
    visit(id, note);
    value = 0;
    unit = 1;
  }
}

export type InvertedTable = keyof typeof INVERTED;

const INVERTED = { word: "word", touch: "symbol", path_touch: "path" } as const;

/** In the lists of `word`: four steps of frequency, times two for "also in the subject". */
export const WORD_SCALE = 8;
