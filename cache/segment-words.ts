import type { Db } from "./database.ts";
import { InvertedBatch } from "./inverted-batch.ts";
import { WORD_SCALE } from "./inverted-list.ts";
import { appendLists } from "./inverted-table.ts";
import type { CommitCursor } from "./packed-commits.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { WordCounter } from "./word-counter.ts";

/** Gathers the words of the commits of one segment after the other. */
export class SegmentWords {
  readonly #words = new InvertedBatch<string>(WORD_SCALE);
  readonly #counter = new WordCounter((word) => this.#words.newNumber(word));
  readonly #lengths = new Uint8Array(SEGMENT_SIZE);
  /** Behind the last commit, within the segment. */
  #end = 0;

  /** Adds the words of a commit; all until `write` are of one segment. */
  add(id: number, { bytes, subject, prose, end }: CommitCursor): void {
    const counter = this.#counter;
    let length = 0;
    counter.add(bytes, subject, prose, true);
    counter.add(bytes, prose, end, false);
    counter.take((word, count, inSubject) => {
      length += count;
      this.#words.addNumbered(word, id, Math.min(count, 4) - 1 + (inSubject ? 4 : 0));
    });
    const place = id % SEGMENT_SIZE;
    this.#lengths[place] = Math.min(length, 255);
    this.#end = place + 1;
  }

  /** Writes the words behind those that an earlier run wrote of the segment; then the next one may begin. */
  write(db: Db, segment: number): void {
    appendLists(db, "word", segment, this.#words);
    const lengths = this.#lengths.slice(0, this.#end);
    const before = db.prepare<[number], Buffer>("select lengths from segment where id = ?").pluck();
    lengths.set(before.get(segment) ?? []);
    db.prepare("insert or replace into segment values (?, ?)").run(segment, lengths);
    this.#counter.clear();
    this.#end = 0;
  }
}
