import { type CommitFacts, readFacts } from "./commit-facts.ts";
import { CommitSet } from "./commit-set.ts";
import { CommitTable } from "./commit-table.ts";
import { type Db, openForReading } from "./database.ts";
import { eachFirstRelease, FirstReleases } from "./first-releases.ts";
import { findInconsistencies, type Inconsistency } from "./history-check.ts";
import {
  type Commit,
  type QuotedCrash,
  type Reference,
  type ReferenceRow,
  type ReleaseRow,
  toReference,
} from "./history-rows.ts";
import { Postings } from "./inverted-list.ts";
import { InvertedReader } from "./inverted-table.ts";
import { commitCount } from "./meta.ts";
import { addPossibleFixes } from "./possible-fixes.ts";
import { remembered } from "./remembered.ts";
import { NO_RELEASE, SEGMENT_SIZE } from "./schema.ts";
import { shaRange } from "./sha-range.ts";
import { type TouchedIds, unpackTouched } from "./touched-list.ts";
import { whenAsked } from "./when-asked.ts";
import { WordList } from "./word-list.ts";

/** What lies directly in a folder. */
export interface Folder {
  readonly files: number;
  /** The commits that touch one of them, once for each that they touch. */
  readonly touches: Uint32Array;
}

/** Every question that is asked of a finished history index. One open file; any number of readers. */
export class HistoryReader {
  readonly #db: Db;
  readonly #statements;
  readonly #commits: CommitTable;
  readonly #firstReleases: FirstReleases;
  readonly #byWord;
  readonly #bySymbol;
  #lengths: Uint8Array | undefined;
  /** The segments whose lengths are read. */
  readonly #lengthsRead = new Set<number>();
  #textPlaces: number | undefined;
  readonly #postings = new Postings();
  readonly #wordLists = new Map<string, WordList>();
  #facts: CommitFacts | undefined;
  readonly #pathNames = new Map<number, string>();
  readonly #symbolNames = new Map<number, string>();
  readonly #subjects = new Map<number, string>();
  readonly #persons = new Map<number, string>();
  readonly #touched = new Map<number, readonly TouchedIds[]>();
  #knowsSymbols: boolean | undefined;
  readonly #folders = new Map<string, Folder>();

  private constructor(db: Db) {
    this.#db = db;
    this.#statements = prepareQuestions(db);
    this.#commits = new CommitTable(db);
    this.#firstReleases = new FirstReleases(db);
    this.#byWord = new InvertedReader(db, "word");
    this.#bySymbol = new InvertedReader(db, "touch");
  }

  /** Throws `not-indexed` or `unusable-cache`, see `openForReading`. */
  static open(file: string): HistoryReader {
    return HistoryReader.of(openForReading(file));
  }

  /** Of a database that has more than a history in it. */
  static of(db: Db): HistoryReader {
    return new HistoryReader(db);
  }

  close(): void {
    this.#db.close();
  }

  commit(id: number): Commit | undefined {
    const found = this.#commits.find(id);
    if (!found) return undefined;
    const { page, place } = found;
    const release = this.#firstReleases.of(id);
    return {
      id,
      sha: page.sha(place).toString("hex"),
      authorTime: page.authorTime(place),
      author: this.#personName(page.author(place)),
      subject: page.subject(place),
      release: release === NO_RELEASE ? undefined : release,
    };
  }

  subject(id: number): string {
    return remembered(this.#subjects, id, () => this.#commits.subject(id));
  }

  /** Commits whose sha begins with these hexadecimal digits, at most 20; none for fewer than four digits. */
  commitsBySha(prefix: string): Commit[] {
    return this.#all(this.#commits.bySha(prefix).slice(0, MOST_BY_SHA));
  }

  /** Commits with this subject, by its normalised form; the caller compares, as two subjects may share a key. */
  commitsBySubject(subject: string): Commit[] {
    return this.#all(this.#commits.bySubject(subject).slice(0, MOST_BY_SUBJECT));
  }

  commitCount(): number {
    return commitCount(this.#db);
  }

  /** What the commit says of others. */
  referencesFrom(commit: number): Reference[] {
    return this.#statements.referencesFrom.all(commit).map(toReference);
  }

  /** What other commits say of this one. */
  referencesTo(target: number, kind: string): Reference[] {
    return this.#statements.referencesTo.all(target, kind).map(toReference);
  }

  /** Commits that name a sha which is not in the index: backports of an upstream commit newer than what is indexed. */
  referencesToUnknown(shaPrefix: string): Reference[] {
    const range = shaRange(shaPrefix);
    if (!range) return [];
    return this.#statements.referencesToUnknown
      .all(shaPrefix.toLowerCase(), `${shaPrefix.toLowerCase()}g`)
      .map(toReference);
  }

  /** All releases, parents before their children. */
  releases(): ReleaseRow[] {
    return this.#statements.releases.all().map(toRelease);
  }

  /** When the newest release was made, in seconds since 1970; 0 without any. */
  newestReleaseDate(): number {
    return this.#statements.newestReleaseDate.get() ?? 0;
  }

  release(id: number): ReleaseRow | undefined {
    const row = this.#statements.release.get(id);
    return row && toRelease(row);
  }

  /** Of all releases, in the same order, their numbers, their series and their parents: what a tree of them needs. */
  releaseLines(): ReleaseLines {
    // A value in a list takes a tenth of what a row takes, and linux-stable has thousands of releases.
    const [ids = [], series = [], parents = []] = (this.#statements.releaseLines.get() ?? []).map((list) =>
      JSON.parse(list),
    );
    return { ids, series, parents };
  }

  /** How many commits came first with each release, and which came into others, too. */
  commitsByRelease(): {
    own: readonly (readonly [release: number, count: number])[];
    also: readonly { commit: number; first: number; other: number }[];
  } {
    const own = new Map<number, number>();
    eachFirstRelease(this.#db, (_, release) => own.set(release, (own.get(release) ?? 0) + 1));
    const also = this.#db
      .prepare<[], [number, number]>("select commit_id, release from also_in")
      .raw()
      .all()
      .map(([commit, other]) => ({ commit, first: this.#firstReleases.of(commit), other }));
    return { own: [...own], also };
  }

  /** What cannot be in a sound index: rows that lead nowhere, ranges that are missing. */
  inconsistencies(): Inconsistency[] {
    return findInconsistencies(this.#db);
  }

  /** Releases, other than descendants of its first one, that have the commit. */
  alsoIn(commit: number): number[] {
    return this.#statements.alsoIn.all(commit);
  }

  symbolId(name: string): number | undefined {
    return this.#statements.symbolId.get(name);
  }

  /** What has a name: a function or a variable, and types. */
  symbolsNamed(name: string): number[] {
    return this.#statements.symbolsNamed.all(name, `struct ${name}`, `union ${name}`, `enum ${name}`);
  }

  symbolName(id: number): string {
    return remembered(this.#symbolNames, id, () => this.#statements.symbolName.get(id) ?? "");
  }

  pathName(id: number): string {
    return remembered(this.#pathNames, id, () => this.#statements.pathName.get(id) ?? "");
  }

  pathId(name: string): number | undefined {
    return this.#statements.pathId.get(name);
  }

  /** False for an index of messages and files alone. */
  knowsSymbols(): boolean {
    this.#knowsSymbols ??= this.#db.prepare("select 1 from symbol limit 1").get() !== undefined;
    return this.#knowsSymbols;
  }

  /** Symbols whose names begin so, in their order. */
  symbolsBeginning(prefix: string, limit: number): number[] {
    return this.#statements.symbolsBeginning.all(prefix, `${prefix}\uffff`, limit);
  }

  /** What lies directly in a folder, whose name ends in a slash. */
  folder(name: string): Folder {
    return remembered(this.#folders, name, () => {
      const postings = this.#postings.clear();
      const files = new Set<number>();
      for (const [path, segment, list] of this.#statements.folderTouch.all({ name, end: `${name}\uffff` })) {
        files.add(path);
        postings.append(segment, list, 1);
      }
      return { files: files.size, touches: postings.commits.slice() };
    });
  }

  /** C files that may be of this module, see `modulesOfFile`. */
  pathsOfModule(name: string): readonly number[] {
    return this.#statements.pathsOfModule.all(name);
  }

  /** Commits that touch the symbol, or the path, oldest first. */
  commitsTouching(table: "touch" | "path_touch", id: number): number[] {
    const postings = this.#postings.clear();
    if (table === "touch")
      for (const { segment, commits } of this.#bySymbol.lists(id)) postings.append(segment, commits, 1);
    else for (const [segment, list] of this.#statements.pathTouch.all(id)) postings.append(segment, list, 1);
    return Array.from(postings.commits);
  }

  /** The files and symbols that a commit touches. */
  touched(commit: number): readonly TouchedIds[] {
    return remembered(this.#touched, commit, () => {
      const blob = this.#statements.diff.get(commit);
      return blob ? unpackTouched(blob) : [];
    });
  }

  /** The commits with this word, with its notes (`timesOf`, `isInSubject`); until the next list is asked for. */
  withWord(word: string): Postings {
    return this.wordList(word).appendTo(this.#postings.clear());
  }

  /** Where the word stands, to be taken apart for the commits that matter. */
  wordList(word: string): WordList {
    return remembered(
      this.#wordLists,
      word,
      () => new WordList((first, last) => this.#byWord.lists(word, first, last)),
      MOST_WORD_LISTS,
    );
  }

  /** Whether the commit's text has the word. */
  hasWord(commit: number, word: string): boolean {
    return this.wordList(word).has(commit);
  }

  /** In how many commits the word stands, about: lists hold some 1.4 bytes a commit. */
  wordCount(word: string): number {
    return Math.ceil(this.wordList(word).size / 1.4);
  }

  /** Words of messages that begin so, the commonest first. */
  wordsBeginning(prefix: string, limit: number): string[] {
    return [...this.#byWord.beginning(prefix)]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([word]) => word);
  }

  /** Numbers of words of the texts of these commits (and of those near them), by id; 255 stands for more. */
  textLengths(of: CommitSet): Uint8Array {
    this.#lengths ??= new Uint8Array(this.textPlaces());
    const [first, last] = of.segments ?? [0, -1];
    for (let segment = first; segment <= last; segment++) {
      if (this.#lengthsRead.has(segment)) continue;
      this.#lengthsRead.add(segment);
      this.#lengths.set(this.#statements.lengths.get(segment) ?? [], segment * SEGMENT_SIZE);
    }
    return this.#lengths;
  }

  /** How many texts there can be in the segments that have any. */
  textPlaces(): number {
    this.#textPlaces ??= ((this.#statements.lastSegment.get() ?? -1) + 1) * SEGMENT_SIZE;
    return this.#textPlaces;
  }

  /** The commits that can be a fix, and came with none of these releases (by release: 1 for one of them). */
  possibleFixes(without: Uint8Array): CommitSet {
    const set = new CommitSet(this.facts().size);
    for (const [segment, row] of this.#statements.possibleFixes.iterate())
      addPossibleFixes(set, segment, row, without);
    return set;
  }

  /** What ranking asks of commits. */
  facts(): CommitFacts {
    this.#facts ??= readFacts(this.#db);
    return this.#facts;
  }

  /** Crashes that the commit's message quotes. */
  quotedCrashes(commit: number): QuotedCrash[] {
    return this.#statements.quotes.all(commit).map((row) => ({
      ...row,
      function: row.function ?? undefined,
      frames: row.frames === "" ? [] : row.frames.split(" "),
    }));
  }

  commitsQuotingSignature(signature: string): number[] {
    return this.#statements.quotesBySignature.all(signature);
  }

  commitsQuotingFrame(name: string): number[] {
    return this.#statements.quotesByFrame.all(name);
  }

  commitsWithReport(kind: string, id: string): number[] {
    return this.#statements.byReport.all(kind, id);
  }

  #all(ids: readonly number[]): Commit[] {
    return ids.flatMap((id) => this.commit(id) ?? []);
  }

  #personName(id: number): string {
    return remembered(this.#persons, id, () => this.#statements.person.get(id) ?? "");
  }

  /** Series named by `Cc: stable`; undefined for one that names none. */
  stableHints(commit: number): (string | undefined)[] {
    return this.#statements.stableHints.all(commit).map((series) => (series === "" ? undefined : series));
  }
}

/** Of words, whose lists may be long. */
const MOST_WORD_LISTS = 5_000;
const MOST_BY_SHA = 20;
const MOST_BY_SUBJECT = 200;

/** The same place in each list is the same release's. */
export interface ReleaseLines {
  readonly ids: readonly number[];
  readonly series: readonly string[];
  readonly parents: readonly (number | null)[];
}

type StoredRelease = Omit<ReleaseRow, "parent"> & { readonly parent: number | null };

function toRelease(row: StoredRelease): ReleaseRow {
  return { ...row, parent: row.parent ?? undefined };
}

function prepareQuestions(db: Db) {
  const release = "select id, name, series, kind, parent, date, tip from release";
  const reference = `select commit_id as "commit", kind, how, sha, subject, target from reference`;
  return whenAsked({
    person: () => db.prepare<[number], string>("select name from person where id = ?").pluck(),
    referencesFrom: () =>
      db.prepare<[number], ReferenceRow>(`${reference} where commit_id = ? order by kind, position`),
    referencesTo: () =>
      db.prepare<[number, string], ReferenceRow>(
        `${reference} where target = ? and kind = ? order by commit_id`,
      ),
    referencesToUnknown: () =>
      db.prepare<[string, string], ReferenceRow>(
        `${reference} where target is null and kind = 'backport' and sha >= ? and sha < ? order by commit_id limit 100`,
      ),
    releases: () => db.prepare<[], StoredRelease>(`${release} order by id`),
    release: () => db.prepare<[number], StoredRelease>(`${release} where id = ?`),
    releaseLines: () =>
      db
        .prepare<[], [string, string, string]>(
          `select json_group_array(id), json_group_array(series), json_group_array(parent)
         from (select id, series, parent from release order by id)`,
        )
        .raw(),
    newestReleaseDate: () => db.prepare<[], number | null>("select max(date) from release").pluck(),
    alsoIn: () => db.prepare<[number], number>("select release from also_in where commit_id = ?").pluck(),
    symbolId: () => db.prepare<[string], number>("select id from symbol where name = ?").pluck(),
    symbolsNamed: () =>
      db.prepare<string[], number>("select id from symbol where name in (?, ?, ?, ?)").pluck(),
    symbolName: () => db.prepare<[number], string>("select name from symbol where id = ?").pluck(),
    pathName: () => db.prepare<[number], string>("select name from path where id = ?").pluck(),
    symbolsBeginning: () =>
      db
        .prepare<[string, string, number], number>(
          "select id from symbol where name >= ? and name < ? order by name limit ?",
        )
        .pluck(),
    folderTouch: () =>
      db
        .prepare<{ name: string; end: string }, [number, number, Buffer]>(
          `select touch.path, segment, commits from path cross join path_touch touch on touch.path = path.id
         where name >= $name and name < $end and instr(substr(name, length($name) + 1), '/') = 0`,
        )
        .raw(),
    pathsOfModule: () =>
      db.prepare<[string], number>("select path from module where name = ? order by path").pluck(),
    pathId: () => db.prepare<[string], number>("select id from path where name = ?").pluck(),
    pathTouch: () =>
      db.prepare<[number], [number, Buffer]>("select segment, commits from path_touch where path = ?").raw(),
    diff: () => db.prepare<[number], Buffer>("select touched from diff where commit_id = ?").pluck(),
    lengths: () => db.prepare<[number], Buffer>("select lengths from segment where id = ?").pluck(),
    lastSegment: () => db.prepare<[], number | null>("select max(id) from segment").pluck(),
    possibleFixes: () =>
      db.prepare<[], [number, Buffer]>("select segment, commits from possible_fix order by segment").raw(),
    quotes: () =>
      db.prepare<
        [number],
        Omit<QuotedCrash, "function" | "frames"> & { function: string | null; frames: string }
      >(
        `select commit_id as "commit", kind, title, signature, function, frames from quoted_crash where commit_id = ?`,
      ),
    quotesBySignature: () =>
      db
        .prepare<[string], number>(
          "select distinct commit_id from quoted_crash where signature = ? limit 500",
        )
        .pluck(),
    quotesByFrame: () =>
      db.prepare<[string], number>("select commit_id from quoted_frame where name = ? limit 2000").pluck(),
    byReport: () =>
      db.prepare<[string, string], number>("select commit_id from report where kind = ? and id = ?").pluck(),
    stableHints: () =>
      db.prepare<[number], string>("select series from stable_hint where commit_id = ?").pluck(),
  });
}
