import type { Db } from "./database.ts";
import { WORD_SCALE } from "./inverted-list.ts";
import { appendLists } from "./inverted-table.ts";
import { ListBatch } from "./list-batch.ts";
import type { CommitCursor } from "./packed-commits.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { WordCounter } from "./word-counter.ts";

/** Gathers the words of the commits of one segment after the other. */
export class SegmentWords {
  readonly #counter = new WordCounter();
  readonly #lists = new ListBatch(WORD_SCALE);
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
      this.#lists.add(word, id, Math.min(count, 4) - 1 + (inSubject ? 4 : 0));
    });
    const place = id % SEGMENT_SIZE;
    this.#lengths[place] = Math.min(length, 255);
    this.#end = place + 1;
  }

  /** Writes the words behind those that an earlier run wrote of the segment; then the next one may begin. */
  write(db: Db, segment: number): void {
    const { words } = this.#counter;
    const keys = {
      end: words.size + 1,
      order: words.inOrder(),
      textOf: (word: number) => words.textOf(word),
    };
    appendLists(db, "word", segment, { take: (before, visit) => this.#lists.take(keys, before, visit) });
    const lengths = this.#lengths.slice(0, this.#end);
    const before = db.prepare<[number], Buffer>("select lengths from segment where id = ?").pluck();
    lengths.set(before.get(segment) ?? []);
    db.prepare("insert or replace into segment values (?, ?)").run(segment, lengths);
    words.clear();
    this.#end = 0;
  }
}
