import { beginsWith } from "./begins.ts";
import type { CommitMentions } from "./history-writer.ts";
import { packSha, SHA_BYTES } from "./sha-table.ts";
import { MAX_TEXT } from "./word-counter.ts";

/**
 * Some commits on their way from the thread that reads them to the one that writes them. To hand over a few arrays
 * costs next to nothing, where an object a commit is taken apart, copied and put together again.
 */
export interface PackedCommits {
  readonly count: number;
  /** Of each commit NUMBERS of them: when it was written, its subject's key, its parents, the bytes of its texts. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** Of each commit its sha and its parents', then author, subject and prose in UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What few messages have, with the commit's place among these. */
  readonly mentions: readonly (readonly [place: number, mentions: CommitMentions])[];
}

const NUMBERS = 6;

/** What is packed of a commit's message. */
export interface PackedMessage extends CommitMentions {
  readonly subject: string;
  readonly subjectKey: number;
  readonly prose: string;
}

/** Gathers commits until they are taken. */
export class CommitPacker {
  #numbers: number[] = [];
  #bytes = Buffer.allocUnsafeSlow(1 << 20);
  #end = 0;
  #mentions: [number, CommitMentions][] = [];

  get count(): number {
    return this.#numbers.length / NUMBERS;
  }

  /** `shas`: the commit's own and its parents', 40 hexadecimal digits each, a byte between. */
  add(shas: Uint8Array, authorTime: number, author: string, message: PackedMessage): void {
    const { subject, references, stableHints, reports, quotes } = message;
    const prose = message.prose.length > MAX_TEXT ? message.prose.slice(0, MAX_TEXT) : message.prose;
    this.#reserve(shas.length + 3 * (author.length + subject.length + prose.length));
    if (references.length + stableHints.length + reports.length + quotes.length > 0)
      this.#mentions.push([this.count, { references, stableHints, reports, quotes }]);
    for (let from = 0; from < shas.length; from += 2 * SHA_BYTES + 1) this.#writeSha(shas, from);
    const parents = Math.floor(shas.length / (2 * SHA_BYTES + 1));
    const lengths = [this.#write(author), this.#write(subject), this.#write(prose)] as const;
    this.#numbers.push(authorTime, message.subjectKey, parents, ...lengths);
  }

  /** What was added since the last call. */
  take(): PackedCommits {
    const taken = {
      count: this.count,
      numbers: Float64Array.from(this.#numbers),
      bytes: new Uint8Array(this.#bytes.subarray(0, this.#end)),
      mentions: this.#mentions,
    };
    this.#numbers = [];
    this.#end = 0;
    this.#mentions = [];
    return taken;
  }

  #writeSha(hex: Uint8Array, from: number): void {
    packSha(hex, from, this.#bytes, this.#end);
    this.#end += SHA_BYTES;
  }

  #write(text: string): number {
    const length = this.#bytes.write(text, this.#end, "utf8");
    this.#end += length;
    return length;
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow((this.#end + more) * 2);
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

/** One commit of a batch after the other: where in `bytes` its parts stand, one behind the other. */
export class CommitCursor {
  readonly bytes: Buffer;
  readonly #numbers: Float64Array;
  readonly #mentions: ReadonlyMap<number, CommitMentions>;
  readonly #count: number;
  #place = -1;
  /** Of its sha; its parents' follow, one behind the other. */
  sha = 0;
  parents = 0;
  author = 0;
  subject = 0;
  prose = 0;
  end = 0;

  constructor({ count, numbers, bytes, mentions }: PackedCommits) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#numbers = numbers;
    this.#mentions = new Map(mentions);
    this.#count = count;
  }

  /** Goes on to the next commit, from the start to the first; false: there is none. */
  next(): boolean {
    if (this.#place + 1 >= this.#count) return false;
    this.#place++;
    this.sha = this.end;
    this.parents = this.sha + SHA_BYTES;
    this.author = this.parents + this.#number(2) * SHA_BYTES;
    this.subject = this.author + this.#number(3);
    this.prose = this.subject + this.#number(4);
    this.end = this.prose + this.#number(5);
    return true;
  }

  /** Seconds since 1970. */
  get authorTime(): number {
    return this.#number(0);
  }

  /** See cache/subject-key.ts. */
  get subjectKey(): number {
    return this.#number(1);
  }

  /** `text` is of ASCII. */
  subjectBegins(text: string): boolean {
    return beginsWith(this.bytes, this.subject, this.prose, text);
  }

  get mentions(): CommitMentions | undefined {
    return this.#mentions.get(this.#place);
  }

  #number(at: number): number {
    return this.#numbers[this.#place * NUMBERS + at] ?? 0;
  }
}
