import { FirstKeys, packFirstKeys } from "./first-keys.ts";
import type { VisitList } from "./list-batch.ts";
import { type KeyedList, type ListRow, listIn, listsOf, RowPacker, visitLists } from "./list-page.ts";
import type { Db, Statement } from "./sqlite.ts";
import { countVarints } from "./varint.ts";

/**
 * The inverted tables: which commits have a word, touch a symbol (by its id). Within a segment their rows are in the
 * order of the keys; `first` is the first key of a page (cache/list-page.ts). A long list has a row of its own,
 * which is that list and nothing else; `alone` says of how many commits. `first_keys` has all first keys of a segment
 * in one row (cache/first-keys.ts), and the number of its first page.
 *
 * As the segment comes first, an index grows at the end of each table, however large it is. (`path_touch` has a row for
 * each list: there are few, and those of a whole folder are asked for at once.)
 */
export type InvertedTable = "word" | "touch";

/** Letters, digits and `_` of ASCII, or an unsigned number of 32 bits. */
export type InvertedKey = string | number;

/** A key as the tables have it. Numbers stay in their order. */
export function textOf(key: InvertedKey): string {
  return typeof key === "string" ? key : key.toString(36).padStart(NUMBER_DIGITS, "0");
}

/** The number that a key of `touch` stands for. */
export function numberOfKey(key: string): number {
  return Number.parseInt(key, 36);
}

/** Of 32 bits, at the most. */
const NUMBER_DIGITS = 7;

/** What a table has of a segment, in order. */
function readSegment(db: Db, table: InvertedTable, segment: number): ListRow[] {
  return db
    .prepare<[number], ListRow>(`select first, alone, page from ${table} where segment = ? order by first`)
    .all(segment);
}

/** Puts rows in the place of what a table has of a segment. Their numbers follow each other: the table is empty behind. */
function writeSegment(db: Db, table: InvertedTable, segment: number, rows: readonly ListRow[]): void {
  db.prepare(`delete from ${table} where segment = ?`).run(segment);
  const insert = db.prepare(`insert into ${table} (segment, first, alone, page) values (?, ?, ?, ?)`);
  let last = 0;
  for (const { first, alone, page } of rows)
    last = Number(insert.run(segment, first, alone, page).lastInsertRowid);
  db.prepare(
    "insert or replace into first_keys (inverted, segment, page, pages, keys) values (?, ?, ?, ?, ?)",
  ).run(table, segment, last - rows.length + 1, rows.length, packFirstKeys(rows.map(({ first }) => first)));
}

/** Has gathered lists of one segment: see `ListBatch`. */
export interface GatheredLists {
  take(before: readonly KeyedList[], visit: VisitList): void;
}

/** Writes what was gathered of a segment behind what a table has of it. */
export function appendLists(db: Db, table: InvertedTable, segment: number, lists: GatheredLists): void {
  const rows = new RowPacker();
  lists.take(listsOf(readSegment(db, table, segment)), (key, bytes, length) => rows.add(key, bytes, length));
  writeSegment(db, table, segment, rows.take());
}

/** All lists of a table, segment after segment. */
export function* allLists(db: Db, table: InvertedTable): Generator<KeyedList> {
  const segments = db.prepare<[], number>(`select distinct segment from ${table} order by segment`).pluck();
  for (const segment of segments.all()) yield* listsOf(readSegment(db, table, segment));
}

/** A list of one segment. Of a long one, the commits are read when they are asked for, and their number is known. */
export class StoredList {
  readonly segment: number;
  /** In bytes. */
  readonly length: number;
  readonly #read: () => Uint8Array;
  #commits: Uint8Array | undefined;
  #count: number | undefined;

  /** `count`: how many commits there are, where that is known. */
  constructor(segment: number, list: { length: number; read: () => Uint8Array; count?: number }) {
    this.segment = segment;
    this.length = list.length;
    this.#read = list.read;
    this.#count = list.count;
  }

  get count(): number {
    this.#count ??= countVarints(this.commits);
    return this.#count;
  }

  /** As the list holds them. */
  get commits(): Uint8Array {
    this.#commits ??= this.#read();
    return this.#commits;
  }
}

/** The pages of one segment: their numbers rise by one. */
class SegmentPages {
  readonly segment: number;
  /** The number of the first. */
  readonly #first: number;
  readonly #read: () => FirstKeys;
  #keys: FirstKeys | undefined;

  constructor(segment: number, first: number, read: () => FirstKeys) {
    this.segment = segment;
    this.#first = first;
    this.#read = read;
  }

  /** Of each page the first, read when they are asked for. */
  get keys(): FirstKeys {
    this.#keys ??= this.#read();
    return this.#keys;
  }

  idOf(place: number): number {
    return this.#first + place;
  }
}

/** Looks up lists. The first keys of a segment's pages are read once: a crash has hundreds of words. */
export class InvertedReader {
  readonly #db: Db;
  readonly #table: InvertedTable;
  #segments: readonly SegmentPages[] | undefined;
  /** A page, or no bytes of a long list, but how many. */
  #row: Statement<[id: number], [alone: number, length: number, page: Buffer | null]> | undefined;
  #long: Statement<[id: number], Buffer> | undefined;

  constructor(db: Db, table: InvertedTable) {
    this.#db = db;
    this.#table = table;
  }

  /** The lists of a key in the segments from the first to the last, in order: in all, unless told. */
  lists(key: InvertedKey, first = 0, last = Number.POSITIVE_INFINITY): StoredList[] {
    const text = textOf(key);
    const lists: StoredList[] = [];
    for (const pages of this.#pages()) {
      const list = pages.segment >= first && pages.segment <= last ? this.#listIn(pages, text) : undefined;
      if (list) lists.push(list);
    }
    return lists;
  }

  /** The keys that begin so, with the bytes of all their lists. */
  beginning(prefix: string): Map<string, number> {
    const sizes = new Map<string, number>();
    const add = (key: string, size: number): void => {
      if (key.startsWith(prefix)) sizes.set(key, (sizes.get(key) ?? 0) + size);
    };
    for (const pages of this.#pages()) {
      const { keys } = pages;
      for (let at = Math.max(0, keys.placeOf(prefix)); at < keys.length; at++) {
        const first = keys.at(at);
        if (first > prefix && !first.startsWith(prefix)) break;
        const [, length = 0, page] = this.#readRow(pages.idOf(at)) ?? [];
        if (page) visitLists(page, (key, start, end) => add(key, end - start));
        else add(first, length);
      }
    }
    return sizes;
  }

  #listIn(pages: SegmentPages, key: string): StoredList | undefined {
    const { segment, keys } = pages;
    const at = keys.placeOf(key);
    if (at < 0) return undefined;
    const id = pages.idOf(at);
    const row = this.#readRow(id);
    if (!row) return undefined;
    const [count, length, page] = row;
    if (page) {
      const found = listIn(page, key);
      const list = found && Uint8Array.from(found); // who keeps it does not keep the page
      return list && new StoredList(segment, { length: list.length, read: () => list });
    }
    if (keys.compare(at, key) !== 0) return undefined;
    return new StoredList(segment, { length, count, read: () => this.#readLong(id) });
  }

  #readRow(id: number): [alone: number, length: number, page: Buffer | null] | undefined {
    this.#row ??= this.#db
      .prepare<[number], [number, number, Buffer | null]>(
        `select alone, length(page), case alone when 0 then page end from ${this.#table} where id = ?`,
      )
      .raw();
    return this.#row.get(id);
  }

  #readLong(id: number): Uint8Array {
    this.#long ??= this.#db.prepare<[number], Buffer>(`select page from ${this.#table} where id = ?`).pluck();
    return this.#long.get(id) ?? new Uint8Array();
  }

  #pages(): readonly SegmentPages[] {
    if (!this.#segments) {
      const keys = this.#db
        .prepare<[string, number], Buffer>("select keys from first_keys where inverted = ? and segment = ?")
        .pluck();
      this.#segments = this.#db
        .prepare<[string], [segment: number, page: number, pages: number]>(
          "select segment, page, pages from first_keys where inverted = ? order by segment",
        )
        .raw()
        .all(this.#table)
        .map(([segment, page, pages]) => {
          const read = () => new FirstKeys(keys.get(this.#table, segment) ?? new Uint8Array(), pages);
          return new SegmentPages(segment, page, read);
        });
    }
    return this.#segments;
  }
}
