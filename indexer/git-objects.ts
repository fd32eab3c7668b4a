import { KfixError } from "../kernel/error.ts";
import { startGit } from "./git.ts";

/**
 * The contents of objects, in the order of their ids.
 *
 * Throws `environment` when one is missing: the repository is damaged, or a partial clone; `bad-input` for one that is
 * too large for a record.
 */
export async function* readObjects(gitDir: string, ids: readonly string[]): AsyncGenerator<Buffer> {
  let complete: Buffer[] = [];
  const place = (size: number, header: string): Buffer => {
    if (size > LARGEST) {
      throw new KfixError("bad-input", `${header} is no record: it is too large`, {
        hint: "the kernel's CVE records have some kilobytes: do not trust where these came from",
      });
    }
    return Buffer.allocUnsafe(size);
  };
  const take = (content: Buffer | undefined): void => {
    if (content) complete.push(content);
  };
  const missing = (header: string): KfixError =>
    new KfixError("environment", `the repository lacks an object: ${header}`, {
      hint: "check it with: git fsck; a partial clone must be completed first",
    });
  for await (const _ of receiveObjects(gitDir, ids, { place, take, missing })) {
    yield* complete;
    complete = [];
  }
}

/** Where the contents of objects go. */
export interface ObjectReceiver {
  /** Room for exactly so many bytes; undefined: they are not wanted. `header` is what git says of the object. */
  place(size: number, header: string): Buffer | undefined;
  /** The next object, which fills the room it was given. */
  take(content: Buffer | undefined): void;
  /** What to throw when an object is not there. */
  missing(header: string): KfixError;
}

/**
 * Reads objects in the order of their ids by one `git cat-file --batch` (git-cat-file(1), "BATCH OUTPUT"). A turn is
 * over when some were received.
 *
 * Throws what the receiver says when one is missing.
 */
export async function* receiveObjects(
  gitDir: string,
  ids: readonly string[],
  receiver: ObjectReceiver,
): AsyncGenerator<void> {
  if (ids.length === 0) return;
  const git = startGit(gitDir, ["cat-file", "--batch", "--buffer"]);
  const asking = ask(git, ids);
  try {
    const batch = new BatchOutput(receiver);
    for await (const chunk of git.output) {
      batch.push(chunk);
      yield;
    }
    await git.close();
  } finally {
    await git.close();
    await asking;
  }
}

async function ask(git: ReturnType<typeof startGit>, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += 1000) await git.write(`${ids.slice(at, at + 1000).join("\n")}\n`);
  git.endInput();
}

/** Takes apart what `git cat-file --batch` prints: `<sha> <type> <size>`, the content and a newline for each object. */
class BatchOutput {
  readonly #receiver: ObjectReceiver;
  #header = "";
  #content: Buffer | undefined;
  /** Bytes of the content, and its newline, that are still to come; 0 while a header is read. */
  #left = 0;

  constructor(receiver: ObjectReceiver) {
    this.#receiver = receiver;
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; )
      at = this.#left > 0 ? this.#readContent(chunk, at) : this.#readHeader(chunk, at);
  }

  #readHeader(chunk: Buffer, from: number): number {
    const newline = chunk.indexOf(NEWLINE, from);
    const to = newline === -1 ? chunk.length : newline;
    this.#header += chunk.toString("latin1", from, to);
    if (newline === -1) return to;
    const header = this.#header;
    const size = sizeOf(header);
    if (size === undefined) throw this.#receiver.missing(header);
    this.#header = "";
    this.#left = size + 1;
    this.#content = this.#receiver.place(size, header);
    return newline + 1;
  }

  #readContent(chunk: Buffer, from: number): number {
    const to = Math.min(chunk.length, from + this.#left);
    const content = this.#content;
    if (content) chunk.copy(content, content.length + 1 - this.#left, from, to);
    this.#left -= to - from;
    if (this.#left === 0) this.#receiver.take(content);
    return to;
  }
}

/** Of `<sha> <type> <size>`; it says `<sha> missing` of one that is not there. */
function sizeOf(header: string): number | undefined {
  const size = /^\S+ \S+ (\d+)$/.exec(header)?.[1];
  return size === undefined ? undefined : Number(size);
}

/** The largest of the kernel's records has 200 kB. */
const LARGEST = 16 << 20;
const NEWLINE = 10;
