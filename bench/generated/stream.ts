import { createHash } from "node:crypto";
import { Dice, type GeneratedMessage, messageOfNumber } from "./message.ts";
import type { HistoryPlan, PlannedRelease, PlannedSeries } from "./plan.ts";

/**
 * The history as pieces of the stream that `git fast-import` reads. The names of commits are worked out on the way
 * (gitformat-pack(5)), as messages name other commits; what is kept of a commit is its name, so that the size of the
 * history does not matter.
 */
export function* historyStream(plan: HistoryPlan): Generator<string> {
  const total = plan.releases
    .flatMap((release) => release.steps)
    .reduce((sum, step) => sum + step.commits, 0);
  yield* new HistoryWriter(total).write(plan);
}

/** Where a branch stands. */
interface Place {
  mark: number;
  sha: string;
  time: number;
  /** Which text each file has. */
  readonly files: Uint8Array;
}

class HistoryWriter {
  /** The names of mainline's commits, by their number, 20 bytes each. */
  readonly #names: Buffer;
  readonly #step: number;
  #written = 0;
  #mark = TEXTS.length;
  /** How many commits mainline had at each release, and where it stood. */
  readonly #releases: { readonly count: number; readonly place: Place }[] = [];

  constructor(total: number) {
    this.#names = Buffer.alloc(20 * (total + 1));
    this.#step = (LAST_TIME - FIRST_TIME) / (total + 1);
  }

  *write(plan: HistoryPlan): Generator<string> {
    for (const [at, text] of TEXTS.entries()) yield `blob\nmark :${at + 1}\ndata ${text.length}\n${text}\n`;
    const mainline: Place = { mark: 0, sha: "", time: FIRST_TIME, files: new Uint8Array(FILES.length) };
    yield this.#commit("refs/heads/master", mainline, {
      text: "Begin\n",
      author: RELEASER,
      files: FILES.map((_, at) => at),
    });
    for (const release of plan.releases) yield* this.#release(mainline, release);
    for (const series of plan.series) yield* this.#series(series);
    yield `reset refs/heads/topic\nfrom ${"0".repeat(40)}\n\ndone\n`;
  }

  *#release(mainline: Place, release: PlannedRelease): Generator<string> {
    let base = copyOf(mainline);
    for (const { tag, commits } of release.steps) {
      for (let left = commits - 1; left > 0; ) {
        const dice = new Dice(this.#written + 0x5eed);
        const size = Math.min(left, 1 + Math.floor(-9 * Math.log(1 - dice.next())));
        const direct = size === left || dice.below(4) === 0;
        yield* direct ? this.#commits(mainline, size) : this.#topic(mainline, base, size);
        left -= direct ? size : size + 1;
      }
      yield* this.#tagged("refs/heads/master", mainline, tag);
      base = copyOf(mainline);
    }
    this.#releases.push({ count: this.#written, place: base });
  }

  *#commits(mainline: Place, size: number): Generator<string> {
    for (let at = 0; at < size; at++) yield this.#mainlineCommit("refs/heads/master", mainline);
  }

  /** A branch that begins at the last tag and is merged. */
  *#topic(mainline: Place, base: Place, size: number): Generator<string> {
    const topic = { ...copyOf(base), time: mainline.time };
    for (let at = 0; at < size; at++) yield this.#mainlineCommit("refs/heads/topic", topic, at === 0);
    const changed = FILES.flatMap((_, file) => (topic.files[file] === base.files[file] ? [] : [file]));
    for (const file of changed) mainline.files[file] = topic.files[file] ?? 0;
    const area = messageOfNumber(this.#written).subject.split(":")[0];
    mainline.time = topic.time;
    yield this.#commit("refs/heads/master", mainline, {
      text: `Merge branch '${area}-next' of git://git.kernel.example/${area}\n\n* ${area}-next:\n  ${size} changes\n`,
      author: RELEASER,
      files: changed,
      merged: topic,
    });
  }

  #mainlineCommit(ref: string, place: Place, from = false): string {
    const number = this.#written++;
    const dice = new Dice(number + 0xf17e);
    const message = messageOfNumber(number);
    const files = changeFile(place.files, dice);
    place.time += this.#step;
    const text = `${message.subject}\n\n${message.body}\n${this.#trailers(message, number, dice)}`;
    const stream = this.#commit(ref, place, { text, author: message.author, files, from });
    this.#names.write(place.sha, 20 * number, "hex");
    return stream;
  }

  #trailers({ author, isFix }: GeneratedMessage, number: number, dice: Dice): string {
    const lines: string[] = [];
    if (isFix && number > 100 && dice.below(2) === 0) {
      const culprit = number - 1 - Math.floor((number - 1) * dice.next() ** 3);
      lines.push(`Fixes: ${this.#name(culprit).slice(0, 12)} ("${messageOfNumber(culprit).subject}")`);
    }
    if (isFix && dice.below(3) === 0) lines.push(`Reported-by: ${messageOfNumber(number + 7).author}`);
    if (isFix && dice.below(2) === 0) lines.push("Cc: stable@vger.kernel.example");
    lines.push(`Signed-off-by: ${author}`, `Signed-off-by: ${messageOfNumber(number + 3).author}`);
    return `${lines.join("\n")}\n`;
  }

  /** Backports of what mainline got later, and a tag for each update. */
  *#series({ version, release, updates, commitsEach }: PlannedSeries): Generator<string> {
    const begin = this.#releases[release];
    if (begin === undefined) return;
    const place = copyOf(begin.place);
    const ref = `refs/heads/linux-${version}.y`;
    const span = Math.min(this.#written - begin.count, SERIES_SPAN * updates * commitsEach);
    for (let update = 1; update <= updates; update++) {
      for (let at = 1; at < commitsEach; at++) {
        const part = ((update - 1) * commitsEach + at) / (updates * commitsEach);
        const number = Math.min(this.#written - 1, begin.count + Math.floor(part * span));
        yield this.#backport(ref, place, number, update === 1 && at === 1);
      }
      yield* this.#tagged(ref, place, `v${version}.${update}`, update === 1 && commitsEach === 1);
    }
  }

  #backport(ref: string, place: Place, number: number, from: boolean): string {
    const message = messageOfNumber(number);
    const sha = this.#name(number);
    const mark = number % 3 === 0 ? `[ Upstream commit ${sha} ]` : `commit ${sha} upstream.`;
    const files = changeFile(place.files, new Dice(number + 0xbac));
    place.time += this.#step;
    return this.#commit(ref, place, {
      text: `${message.subject}\n\n${mark}\n\n${message.body}\nSigned-off-by: ${message.author}\nSigned-off-by: ${RELEASER}\n`,
      author: message.author,
      files,
      from,
    });
  }

  *#tagged(ref: string, place: Place, tag: string, from = false): Generator<string> {
    const version = `Linux ${tag.slice(1)}`;
    yield this.#commit(ref, place, { text: `${version}\n`, author: RELEASER, files: [], from });
    yield `tag ${tag}\nfrom :${place.mark}\ntagger ${RELEASER} ${Math.floor(place.time)} +0000\ndata ${version.length + 1}\n${version}\n\n`;
  }

  #commit(ref: string, place: Place, commit: NewCommit): string {
    const time = Math.floor(place.time);
    const [author, committer] = [`${commit.author} ${time} +0000`, `${RELEASER} ${time} +0000`];
    const parents = [...(place.mark === 0 ? [] : [place]), ...(commit.merged ? [commit.merged] : [])];
    const head = [`tree ${treeOf(place.files)}`, ...parents.map((parent) => `parent ${parent.sha}`)];
    const object = `${head.join("\n")}\nauthor ${author}\ncommitter ${committer}\n\n${commit.text}`;
    const from = commit.from ? `from :${place.mark}\n` : "";
    place.mark = ++this.#mark;
    place.sha = nameOf("commit", object);
    const merge = commit.merged ? `merge :${commit.merged.mark}\n` : "";
    const changes = commit.files.map((file) => `M 100644 :${(place.files[file] ?? 0) + 1} ${FILES[file]}\n`);
    return `commit ${ref}\nmark :${place.mark}\nauthor ${author}\ncommitter ${committer}\ndata ${commit.text.length}\n${commit.text}\n${from}${merge}${changes.join("")}\n`;
  }

  #name(number: number): string {
    return this.#names.toString("hex", 20 * number, 20 * number + 20);
  }
}

/** A commit on a branch; all of it is ASCII, so that its length is its size. */
interface NewCommit {
  readonly text: string;
  readonly author: string;
  /** Which files the branch has changed. */
  readonly files: readonly number[];
  /** The branch begins here, and not where its ref stands. */
  readonly from?: boolean;
  readonly merged?: Place;
}

function copyOf(place: Place): Place {
  return { ...place, files: place.files.slice() };
}

/** Gives one file another text; says which. */
function changeFile(files: Uint8Array, dice: Dice): number[] {
  const file = Math.floor(FILES.length * dice.next() ** 2);
  files[file] = ((files[file] ?? 0) + 1 + dice.below(TEXTS.length - 1)) % TEXTS.length;
  return [file];
}

function nameOf(type: string, body: string | Buffer): string {
  return createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex");
}

const FILES: readonly string[] = Array.from(
  { length: 40 },
  (_, at) => `file${String(at).padStart(2, "0")}.c`,
);
const TEXTS: readonly string[] = Array.from(
  { length: 8 },
  (_, at) => `/* Text ${at}. */\nint value(void)\n{\n\treturn ${at};\n}\n`,
);
const TEXT_NAMES = TEXTS.map((text) => Buffer.from(nameOf("blob", text), "hex"));

/** The tree object of the files; only the names of the texts change in it. */
const TREE = Buffer.concat(FILES.map((file) => Buffer.from(`100644 ${file}\0${"\0".repeat(20)}`)));
const ENTRY = TREE.length / FILES.length;

function treeOf(files: Uint8Array): string {
  files.forEach((text, at) => {
    TEXT_NAMES[text]?.copy(TREE, (at + 1) * ENTRY - 20);
  });
  return nameOf("tree", TREE);
}

const RELEASER = "Tove Halvorsen <tove@mainline.example>";
/** June 2005 and August 2026. */
const FIRST_TIME = 1_118_966_400;
const LAST_TIME = 1_785_542_400;
/** Of so many commits in mainline one is backported. */
const SERIES_SPAN = 8;
