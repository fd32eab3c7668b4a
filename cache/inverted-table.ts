import type { InvertedBatch } from "./inverted-batch.ts";
import { type KeyedList, type ListRow, listIn, listsOf, RowPacker, visitLists } from "./list-page.ts";
import type { Db, Statement } from "./sqlite.ts";
import { countVarints } from "./varint.ts";

/**
 * The inverted tables: which commits have a word, touch a symbol (by its id). Within a segment their rows are in the
 * order of the keys; `first` is the first key of a page (cache/list-page.ts). A long list has a row of its own,
 * which is that list and nothing else; `alone` says of how many commits.
 *
 * As the segment comes first, an index grows at the end of each table, however large it is. (`path_touch` has a row for
 * each list: there are few, and those of a whole folder are asked for at once.)
 */
export type InvertedTable = "word" | "touch";

/** Of ASCII characters, or an unsigned number of 32 bits. */
export type InvertedKey = string | number;

/** A key as pages have it: a character a byte. Numbers stay in their order. */
export function bytesOf(key: InvertedKey): string {
  return typeof key === "string"
    ? key
    : String.fromCharCode(key >>> 24, (key >>> 16) & 255, (key >>> 8) & 255, key & 255);
}

/** The number that a key of `touch` stands for. */
export function numberOfKey(key: string): number {
  return Buffer.from(key, "latin1").readUInt32BE();
}

/** What a table has of a segment, in order. */
function readSegment(db: Db, table: InvertedTable, segment: number): ListRow[] {
  return db
    .prepare<[number], ListRow>(`select first, alone, page from ${table} where segment = ? order by first`)
    .all(segment);
}

/** Puts rows in the place of what a table has of a segment. */
function writeSegment(db: Db, table: InvertedTable, segment: number, rows: readonly ListRow[]): void {
  db.prepare(`delete from ${table} where segment = ?`).run(segment);
  const insert = db.prepare(`insert into ${table} (segment, first, alone, page) values (?, ?, ?, ?)`);
  for (const { first, alone, page } of rows) insert.run(segment, first, alone, page);
}

/** Writes what a batch gathered of a segment behind what a table has of it. */
export function appendLists(
  db: Db,
  table: InvertedTable,
  segment: number,
  batch: InvertedBatch<InvertedKey>,
): void {
  const rows = new RowPacker();
  batch.take(listsOf(readSegment(db, table, segment)), (key, list) => rows.add(key, list));
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
  readonly #count: number;
  readonly #read: () => Uint8Array;
  #commits: Uint8Array | undefined;

  constructor(segment: number, list: Uint8Array | { length: number; count: number; read: () => Uint8Array }) {
    this.segment = segment;
    this.length = list.length;
    if (list instanceof Uint8Array) {
      this.#commits = list;
      this.#count = 0;
      this.#read = () => list;
    } else {
      this.#count = list.count;
      this.#read = list.read;
    }
  }

  /** How many commits there are. */
  get count(): number {
    return this.#count || countVarints(this.commits);
  }

  /** As the list holds them. */
  get commits(): Uint8Array {
    this.#commits ??= this.#read();
    return this.#commits;
  }
}

/** Looks up lists. What is asked of SQLite is prepared when it is asked first: most look-ups ask for nothing here. */
export class InvertedReader {
  readonly #db: Db;
  readonly #table: InvertedTable;
  #lists:
    | Statement<[Asked], [segment: number, alone: number, length: number, page: Buffer | null]>
    | undefined;
  #row: Statement<[segment: number, first: Buffer], [first: Buffer, alone: number, page: Buffer]> | undefined;
  #beginning: Statement<[Asked & { end: Buffer }], [Buffer, length: number, page: Buffer | null]> | undefined;

  constructor(db: Db, table: InvertedTable) {
    this.#db = db;
    this.#table = table;
  }

  /** The lists of a key in all segments, in order. */
  lists(key: InvertedKey): StoredList[] {
    const bytes = bytesOf(key);
    this.#lists ??= this.#db
      .prepare<[Asked], [number, number, number, Buffer | null]>(
        `select s.id, alone, length(page), case alone when 0 then page end
         from segment s join ${this.#table} p on p.id = ${pageOf(this.#table, "id")}
         where alone = 0 or first = @key`,
      )
      .raw();
    const lists: StoredList[] = [];
    for (const [segment, count, length, page] of this.#lists.all({ key: Buffer.from(bytes, "latin1") })) {
      const list = page ? listIn(page, bytes) : undefined;
      if (list)
        lists.push(new StoredList(segment, Uint8Array.from(list))); // who keeps it does not keep the page
      else if (!page) {
        const read = (): Uint8Array => this.list(key, segment) ?? NO_COMMITS;
        lists.push(new StoredList(segment, { length, count, read }));
      }
    }
    return lists;
  }

  /** The list of a key in one segment. */
  list(key: InvertedKey, segment: number): Uint8Array | undefined {
    const bytes = bytesOf(key);
    this.#row ??= this.#db
      .prepare<[number, Buffer], [Buffer, number, Buffer]>(
        `select first, alone, page from ${this.#table} where segment = ? and first <= ?
         order by first desc limit 1`,
      )
      .raw();
    const row = this.#row.get(segment, Buffer.from(bytes, "latin1"));
    if (!row) return undefined;
    const [first, alone, page] = row;
    if (alone === 0) return listIn(page, bytes);
    return first.toString("latin1") === bytes ? page : undefined;
  }

  /** The keys that begin so, with the bytes of all their lists. */
  beginning(prefix: string): Map<string, number> {
    this.#beginning ??= this.#db
      .prepare<[Asked & { end: Buffer }], [Buffer, number, Buffer | null]>(
        `select first, length(page), case alone when 0 then page end
         from segment s join ${this.#table} p on p.segment = s.id and p.first < @end
           and p.first >= coalesce(${pageOf(this.#table, "first")}, @key)`,
      )
      .raw();
    const sizes = new Map<string, number>();
    const add = (key: string, size: number): void => {
      if (key.startsWith(prefix)) sizes.set(key, (sizes.get(key) ?? 0) + size);
    };
    const key = Buffer.from(prefix, "latin1");
    for (const [first, length, page] of this.#beginning.all({ key, end: Buffer.concat([key, BEHIND_ALL]) })) {
      if (page === null) add(first.toString("latin1"), length);
      else visitLists(page, (word, start, end) => add(word, end - start));
    }
    return sizes;
  }
}

interface Asked {
  readonly key: Buffer;
}

/** Of the page on which @key stands in the segment `s`, if it is there. */
function pageOf(table: InvertedTable, column: "id" | "first"): string {
  return `(select ${column} from ${table} where segment = s.id and first <= @key order by first desc limit 1)`;
}

/** Behind every character of a word. */
const BEHIND_ALL = Buffer.of(255);
const NO_COMMITS = new Uint8Array();
