import type { Db } from "../cache/database.ts";
import { InvertedBatch } from "../cache/inverted-batch.ts";
import { appendLists, numberOfKey, textOf } from "../cache/inverted-table.ts";
import { readMeta, writeMeta } from "../cache/meta.ts";
import { SEGMENT_SIZE } from "../cache/schema.ts";
import { unpackTouched } from "../cache/touched-list.ts";

/** Turns "commit touches symbols" round: which commits touched a symbol, and a path. */
export class TouchInverter {
  readonly #db: Db;
  readonly #symbols = new InvertedBatch();
  readonly #paths = new InvertedBatch();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Does what is new, up to the commit `last`: of all that are recorded, unless told. */
  invert(last = this.#lastRecorded()): void {
    for (let start = Number(readMeta(this.#db, DONE) ?? 0) + 1; start <= last; ) {
      const end = Math.min(last, lastOfSegment(start));
      this.#invertWithinSegment(start, end);
      start = end + 1;
    }
  }

  #invertWithinSegment(start: number, end: number): void {
    const rows = this.#db
      .prepare<[number, number], [number, Buffer]>(
        "select commit_id, touched from diff where commit_id between ? and ? order by commit_id",
      )
      .raw();
    for (const [commit, touched] of rows.iterate(start, end)) {
      const files = unpackTouched(touched);
      for (const { path, symbols } of files) {
        this.#paths.add(path, commit);
        for (const symbol of symbols) this.#symbols.add(symbol, commit);
      }
    }
    const segment = Math.floor(start / SEGMENT_SIZE);
    this.#db.transaction(() => {
      appendLists(this.#db, "touch", segment, this.#symbols);
      this.#writePaths(segment);
      writeMeta(this.#db, DONE, String(end));
    })();
  }

  #writePaths(segment: number): void {
    const before = this.#db
      .prepare<[number], { path: number; list: Buffer }>(
        "select path, commits as list from path_touch where segment = ? order by path",
      )
      .all(segment)
      .map(({ path, list }) => ({ key: textOf(path), list }));
    const written = new Set<Uint8Array>(before.map(({ list }) => list));
    const insert = this.#db.prepare("insert or replace into path_touch values (?, ?, ?)");
    this.#paths.take(before, (path, bytes, length) => {
      if (!written.has(bytes)) insert.run(numberOfKey(path), segment, bytes.subarray(0, length));
    });
  }

  #lastRecorded(): number {
    return this.#db.prepare<[], number | null>("select max(commit_id) from diff").pluck().get() ?? 0;
  }
}

function lastOfSegment(commit: number): number {
  return (Math.floor(commit / SEGMENT_SIZE) + 1) * SEGMENT_SIZE - 1;
}

const DONE = "touches inverted up to";
