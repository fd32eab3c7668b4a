import { beginsWith } from "./begins.ts";
import { SHA_BYTES } from "./sha-table.ts";
import { readVarints, VarintWriter } from "./varint.ts";

/*
 * Commits lie in pages of sixteen in the order of their ids: a row for each would take longer to write than all that
 * is read of it.
 *
 * | bytes | what |
 * |---|---|
 * | 34 for each of sixteen | its head |
 * | n | the subjects in UTF-8, one behind the other |
 *
 * A head, numbers with the lowest byte first:
 *
 * | bytes | what |
 * |---|---|
 * | 0-19 | sha |
 * | 20-25 | when it was written, seconds since 1970 |
 * | 26-29 | its author, in the table of persons; 0: there is no commit, or none any more |
 * | 30-33 | where in the page its subject ends |
 *
 * The parents stand beside a page, as only the writer asks for them: of each commit how many, and how far before it each
 * is, 0 for one that is not here (LEB128).
 */

export const PAGE_BITS = 4;
/** Commits in a page. */
export const PAGE_SIZE = 1 << PAGE_BITS;

const TIME = SHA_BYTES;
const AUTHOR = TIME + 6;
const END = AUTHOR + 4;
const HEAD = END + 4;
const HEADS = PAGE_SIZE * HEAD;
const LATEST = 2 ** 48 - 1;

/** One page as it is stored; a commit is asked for by its place, 0 to 15. */
export class CommitPage {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  has(place: number): boolean {
    return this.author(place) !== 0;
  }

  /** A view. */
  sha(place: number): Buffer {
    return this.#bytes.subarray(place * HEAD, place * HEAD + SHA_BYTES);
  }

  /** Seconds since 1970. */
  authorTime(place: number): number {
    return this.#bytes.readUIntLE(place * HEAD + TIME, 6);
  }

  author(place: number): number {
    return this.#bytes.readUInt32LE(place * HEAD + AUTHOR);
  }

  subject(place: number): string {
    return this.#bytes.toString("utf8", this.#end(place - 1), this.#end(place));
  }

  /** `text` is of ASCII. */
  subjectBegins(place: number, text: string): boolean {
    return beginsWith(this.#bytes, this.#end(place - 1), this.#end(place), text);
  }

  /** The place of the last that is, or was, there; -1: of none. */
  get last(): number {
    let place = PAGE_SIZE - 1;
    while (place >= 0 && this.#bytes.readUInt32LE(place * HEAD + END) === 0) place--;
    return place;
  }

  /** The page without a commit. The others stay where they are. */
  without(place: number): Buffer {
    const bytes = Buffer.from(this.#bytes);
    bytes.fill(0, place * HEAD, place * HEAD + END);
    return bytes;
  }

  /** Where its subject ends; before the first commit, also before that of id 1, whose place is 1, they begin. */
  #end(place: number): number {
    return place < 0 ? HEADS : Math.max(HEADS, this.#bytes.readUInt32LE(place * HEAD + END));
  }
}

/** Of each commit of a page how far before it its parents are, by what stands beside the page. */
export function* parentsIn(bytes: Uint8Array): Generator<number[]> {
  const numbers = readVarints(bytes);
  for (let at = 0; at < numbers.length; ) {
    const from = at + 1;
    at = from + (numbers[at] ?? 0);
    yield numbers.slice(from, at);
  }
}

/** Fills one page after the other. */
export class CommitPageBuilder {
  #bytes = Buffer.alloc(HEADS + (1 << 12));
  #end = HEADS;
  readonly #parents = new VarintWriter();

  /** Begins a page, or goes on with one that is not full. */
  begin(stored: { readonly commits: Buffer; readonly parents: Buffer } | undefined): void {
    this.#parents.clear();
    this.#end = HEADS;
    this.#bytes.fill(0, 0, HEADS);
    if (!stored) return;
    this.#end = stored.commits.length;
    this.#reserve(0);
    stored.commits.copy(this.#bytes);
    this.#parents.pushBytes(stored.parents);
  }

  /** Adds a commit behind the others: where in `bytes` its sha and its subject stand. */
  add(
    place: number,
    commit: { bytes: Buffer; sha: number; authorTime: number; subject: number; prose: number },
    author: number,
    parents: readonly number[],
  ): void {
    const { bytes, sha, authorTime, subject, prose } = commit;
    this.#reserve(prose - subject);
    const page = this.#bytes;
    const head = place * HEAD;
    // Some ten bytes: Buffer.copy takes longer to begin than this does.
    for (let at = 0; at < SHA_BYTES; at++) page[head + at] = bytes[sha + at] ?? 0;
    for (let at = subject; at < prose; at++) page[this.#end++] = bytes[at] ?? 0;
    page.writeUIntLE(Math.min(LATEST, Math.max(0, Math.floor(authorTime))), head + TIME, 6);
    page.writeUInt32LE(author, head + AUTHOR);
    page.writeUInt32LE(this.#end, head + END);
    this.#parents.push(parents.length);
    for (const distance of parents) this.#parents.push(distance);
  }

  /** Views, valid until the next change. */
  get page(): { commits: Buffer; parents: Buffer } {
    return { commits: this.#bytes.subarray(0, this.#end), parents: this.#parents.bytes() };
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#bytes.length) return;
    const larger = Buffer.alloc((this.#end + more) * 2);
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}
