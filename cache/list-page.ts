import { countVarints } from "./varint.ts";

/**
 * Many short lists of an inverted table in one row: a row for each would take more bytes than most lists, and longer to
 * write and to find. A page holds the lists of neighbouring keys in order, one behind the other:
 *
 * | bytes | what |
 * |---|---|
 * | 1 | 16 times how many characters the key has in common with the one before it (15 at most), plus how many more it has |
 * | 0 or 1 | how many more it has, where that is 15 or more |
 * | n | those characters |
 * | 1 to 3 | how long the list is (LEB128) |
 * | n | the list |
 *
 * Keys are ASCII.
 */
class ListPage {
  readonly #bytes = Buffer.alloc(PAGE_BYTES);
  #end = 0;
  #last = "";

  get isEmpty(): boolean {
    return this.#end === 0;
  }

  /** Is there room for another list? An empty page has it for every list that is no longer than LONGEST_IN_PAGE. */
  hasRoom(key: string, length: number): boolean {
    return this.#end + MOST_BEFORE_LIST + key.length + length <= PAGE_BYTES;
  }

  /** Adds the list of a key, the first `length` of some bytes, behind that of the key added last; there must be room. */
  add(key: string, list: Uint8Array, length: number): void {
    const bytes = this.#bytes;
    let end = this.#end;
    const shared = inCommon(this.#last, key);
    const more = key.length - shared;
    bytes[end++] = (shared << 4) | Math.min(more, MORE);
    if (more >= MORE) bytes[end++] = more;
    for (let at = shared; at < key.length; at++) bytes[end++] = key.charCodeAt(at);
    let rest = length;
    for (; rest > 127; rest >>= 7) bytes[end++] = (rest & 127) | 128;
    bytes[end++] = rest;
    for (let at = 0; at < length; at++) bytes[end++] = list[at] ?? 0;
    this.#end = end;
    this.#last = key;
  }

  /** The page's bytes; it is empty afterwards. */
  take(): Uint8Array {
    const taken = Uint8Array.from(this.#bytes.subarray(0, this.#end));
    this.#end = 0;
    this.#last = "";
    return taken;
  }
}

/** One row of an inverted table: a page, or a list that is too long for one. */
export interface ListRow {
  /** The first key of the page, or the list's. */
  readonly first: string;
  /** Of how many numbers a list is that has the row for itself; 0: a page of several. */
  readonly alone: number;
  readonly page: Uint8Array;
}

/** Shares out lists, key after key in order, to rows. */
export class RowPacker {
  readonly #rows: ListRow[] = [];
  readonly #page = new ListPage();
  /** Of the page. */
  #first = "";

  /** The list is the first `length` of some bytes, of which nothing is kept. */
  add(key: string, bytes: Uint8Array, length: number): void {
    if (length > LONGEST_IN_PAGE) {
      this.#endPage();
      const page = bytes.slice(0, length);
      this.#rows.push({ first: key, alone: countVarints(page), page });
      return;
    }
    if (!this.#page.hasRoom(key, length)) this.#endPage();
    if (this.#page.isEmpty) this.#first = key;
    this.#page.add(key, bytes, length);
  }

  /** All rows; nothing is added afterwards. */
  take(): ListRow[] {
    this.#endPage();
    return this.#rows;
  }

  #endPage(): void {
    if (this.#page.isEmpty) return;
    this.#rows.push({ first: this.#first, alone: 0, page: this.#page.take() });
  }
}

/** The lists of some rows, in order. */
export function listsOf(rows: Iterable<ListRow>): KeyedList[] {
  const lists: KeyedList[] = [];
  for (const { first, alone, page } of rows) {
    const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
    if (alone > 0) lists.push({ key: first, list: bytes });
    else visitLists(bytes, (key, start, end) => lists.push({ key, list: bytes.subarray(start, end) }));
  }
  return lists;
}

/** One list of a page after the other: where its parts stand. */
class PageCursor {
  readonly #page: Uint8Array;
  /** How many characters the key has in common with the one before it, and how many more, which begin at `characters`. */
  shared = 0;
  more = 0;
  characters = 0;
  /** Of the list. */
  start = 0;
  end = 0;

  constructor(page: Uint8Array) {
    this.#page = page;
  }

  /** Goes on to the next list, from the start to the first; false: there is none. */
  next(): boolean {
    const page = this.#page;
    let at = this.end;
    if (at >= page.length) return false;
    const head = page[at++] ?? 0;
    this.shared = head >> 4;
    this.more = (head & MORE) === MORE ? (page[at++] ?? 0) : head & MORE;
    this.characters = at;
    at += this.more;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = page[at++] ?? 0;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    this.start = at;
    this.end = at + length;
    return true;
  }
}

/** The list of a key in a page; undefined: it has none. */
export function listIn(page: Uint8Array, key: string): Uint8Array | undefined {
  const cursor = new PageCursor(page);
  /** How many characters the key has in common with the one before the cursor's. */
  let known = 0;
  while (cursor.next()) {
    const { shared, more, characters } = cursor;
    if (shared > known) continue;
    let place = 0;
    while (place < more && page[characters + place] === key.charCodeAt(shared + place)) place++;
    known = shared + place;
    if (place === more && known === key.length) return page.subarray(cursor.start, cursor.end);
    if (place < more && (page[characters + place] ?? 0) > (key.charCodeAt(known) || 0)) return undefined;
  }
  return undefined;
}

/** A list with its key as pages have it. */
export interface KeyedList {
  readonly key: string;
  readonly list: Buffer;
}

/** Visits the lists of a page in order, each with where it stands in it. */
export function visitLists(page: Buffer, visit: (key: string, start: number, end: number) => void): void {
  const cursor = new PageCursor(page);
  let key = "";
  while (cursor.next()) {
    const { shared, more, characters } = cursor;
    key = key.slice(0, shared) + page.toString("latin1", characters, characters + more);
    visit(key, cursor.start, cursor.end);
  }
}

function inCommon(before: string, key: string): number {
  const most = Math.min(before.length, key.length, MOST_SHARED);
  let shared = 0;
  while (shared < most && before.charCodeAt(shared) === key.charCodeAt(shared)) shared++;
  return shared;
}

/** Four rows of SQLite's to one of its pages: of more bytes it would take some out of the row. */
const PAGE_BYTES = 1_950;
/** Of a key of up to 64 characters. */
const LONGEST_IN_PAGE = 1_800;
const MOST_BEFORE_LIST = 5;
const MOST_SHARED = 15;
const MORE = 15;
