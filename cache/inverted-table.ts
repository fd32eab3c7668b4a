import { type KeyedList, ListPage, LONGEST_IN_PAGE, listIn, listsIn } from "./list-page.ts";
import type { Db, Statement } from "./sqlite.ts";

/**
 * The inverted tables: which commits have a word, touch a symbol (by its id), touch a path. Within a segment their rows
 * are in the order of the keys; `first` is the first key of a page (cache/list-page.ts). A long list has a row of its
 * own, which is that list and nothing else (`alone`).
 *
 * As the segment comes first, an index grows at the end of each table, however large it is.
 */
export type InvertedTable = "word" | "touch" | "path_touch";

/** Of ASCII characters, or an unsigned number of 32 bits. */
export type InvertedKey = string | number;

/** A key as pages have it: a character a byte. Numbers stay in their order. */
export function bytesOf(key: InvertedKey): string {
  return typeof key === "string"
    ? key
    : String.fromCharCode(key >>> 24, (key >>> 16) & 255, (key >>> 8) & 255, key & 255);
}

/** The number that a key of `touch` or `path_touch` stands for. */
export function numberOfKey(key: string): number {
  return Buffer.from(key, "latin1").readUInt32BE();
}

/** Writes the lists of one segment, key after key in order. */
export class SegmentWriter {
  readonly #insert;
  readonly #segment: number;
  readonly #page = new ListPage();
  /** Of the page. */
  #first = "";

  constructor(db: Db, table: InvertedTable, segment: number) {
    this.#insert = db.prepare(`insert into ${table} (segment, first, alone, page) values (?, ?, ?, ?)`);
    this.#segment = segment;
  }

  /** `key` as pages have it. */
  add(key: string, list: Uint8Array): void {
    if (list.length > LONGEST_IN_PAGE) {
      this.end();
      this.#insert.run(this.#segment, Buffer.from(key, "latin1"), 1, list);
      return;
    }
    if (!this.#page.hasRoom(key, list)) this.end();
    if (this.#page.isEmpty) this.#first = key;
    this.#page.add(key, list);
  }

  /** Writes what is not written yet. */
  end(): void {
    if (this.#page.isEmpty) return;
    this.#insert.run(this.#segment, Buffer.from(this.#first, "latin1"), 0, this.#page.take());
  }
}

/** Takes all lists of a segment out of the table. */
export function takeSegment(db: Db, table: InvertedTable, segment: number): KeyedList[] {
  const lists = [...allLists(db, table, segment)];
  db.prepare(`delete from ${table} where segment = ?`).run(segment);
  return lists;
}

/** The lists of a table, or of one segment of it, in the order of their keys. */
export function* allLists(db: Db, table: InvertedTable, segment?: number): Generator<KeyedList> {
  const rows = db
    .prepare<[number | null], [Buffer, number, Buffer]>(
      `select first, alone, page from ${table} where segment = coalesce(?, segment) order by segment, first`,
    )
    .raw();
  for (const [first, alone, page] of rows.iterate(segment ?? null)) {
    if (alone === 1) yield { key: first.toString("latin1"), list: page };
    else yield* listsIn(page);
  }
}

/** Looks up lists. What is asked of SQLite is prepared when it is asked first: most look-ups ask for nothing here. */
export class InvertedReader {
  readonly #db: Db;
  readonly #table: InvertedTable;
  #lists: Statement<[{ key: Buffer }], [segment: number, alone: number, page: Buffer]> | undefined;
  #list: Statement<[{ key: Buffer; segment: number }], [alone: number, page: Buffer]> | undefined;
  #sizes: Statement<[{ key: Buffer }], [length: number, page: Buffer | null]> | undefined;
  #beginning:
    | Statement<[{ key: Buffer; end: Buffer }], [first: Buffer, length: number, page: Buffer | null]>
    | undefined;

  constructor(db: Db, table: InvertedTable) {
    this.#db = db;
    this.#table = table;
  }

  /** The lists of a key in all segments, in order. */
  lists(key: InvertedKey): { segment: number; list: Uint8Array }[] {
    const bytes = bytesOf(key);
    this.#lists ??= this.#db
      .prepare<[{ key: Buffer }], [number, number, Buffer]>(
        `select s.id, alone, page from segment s ${this.#page()}`,
      )
      .raw();
    const found: { segment: number; list: Uint8Array }[] = [];
    for (const [segment, alone, page] of this.#lists.all({ key: Buffer.from(bytes, "latin1") })) {
      const list = alone === 1 ? page : listIn(page, bytes);
      if (list) found.push({ segment, list });
    }
    return found;
  }

  /** The list of a key in one segment. */
  list(key: InvertedKey, segment: number): Uint8Array | undefined {
    const bytes = bytesOf(key);
    this.#list ??= this.#db
      .prepare<[{ key: Buffer; segment: number }], [number, Buffer]>(
        `select alone, page from (select @segment as id) s ${this.#page()}`,
      )
      .raw();
    const row = this.#list.get({ key: Buffer.from(bytes, "latin1"), segment });
    if (!row) return undefined;
    const [alone, page] = row;
    return alone === 1 ? page : listIn(page, bytes);
  }

  /** How many bytes all lists of a key have. Long ones are not read. */
  size(key: InvertedKey): number {
    const bytes = bytesOf(key);
    this.#sizes ??= this.#db
      .prepare<[{ key: Buffer }], [number, Buffer | null]>(
        `select length(page), case alone when 0 then page end from segment s ${this.#page()}`,
      )
      .raw();
    let size = 0;
    for (const [length, page] of this.#sizes.all({ key: Buffer.from(bytes, "latin1") }))
      size += page === null ? length : (listIn(page, bytes)?.length ?? 0);
    return size;
  }

  /** The keys that begin so, with the bytes of all their lists. */
  beginning(prefix: string): Map<string, number> {
    this.#beginning ??= this.#db
      .prepare<[{ key: Buffer; end: Buffer }], [Buffer, number, Buffer | null]>(
        `select first, length(page), case alone when 0 then page end from segment s
         join ${this.#table} p on p.segment = s.id and p.first < @end
           and p.first >= coalesce(${pageOf(this.#table, "first")}, @key)`,
      )
      .raw();
    const sizes = new Map<string, number>();
    const add = (key: string, size: number): void => {
      if (key.startsWith(prefix)) sizes.set(key, (sizes.get(key) ?? 0) + size);
    };
    const from = Buffer.from(prefix, "latin1");
    for (const [first, length, page] of this.#beginning.all({
      key: from,
      end: Buffer.concat([from, BEHIND_ALL]),
    })) {
      if (page === null) add(first.toString("latin1"), length);
      else for (const { key, list } of listsIn(page)) add(key, list.length);
    }
    return sizes;
  }

  /** Of each segment `s` the row where @key stands, if it is there. */
  #page(): string {
    return `join ${this.#table} p on p.id = ${pageOf(this.#table, "id")} where alone = 0 or first = @key`;
  }
}

/** Of the page on which @key stands, if it is there. */
function pageOf(table: InvertedTable, column: "id" | "first"): string {
  return `(select ${column} from ${table} where segment = s.id and first <= @key order by first desc limit 1)`;
}

/** Behind every character of a word. */
const BEHIND_ALL = Buffer.of(255);
