import { FACT } from "../cache/commit-facts.ts";
import { CommitSet } from "../cache/commit-set.ts";
import type { CveRecord } from "../cache/cve-reader.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { Commit } from "../cache/history-rows.ts";
import { isInSubject } from "../cache/inverted-list.ts";
import type { Found } from "../cache/word-list.ts";
import { wordsOf } from "../kernel/words.ts";
import type { Library } from "./library.ts";

/** What an unfinished query may mean. */
export interface SearchHits {
  readonly cves: readonly CveRecord[];
  readonly symbols: readonly FoundSymbol[];
  readonly history: FoundCommits;
  /** Fixes of CVE records. */
  readonly records: FoundCommits;
}

export interface FoundSymbol {
  readonly name: string;
  /** How many commits touch it. */
  readonly commits: number;
}

export interface FoundCommits {
  /** Newest first; those with every word in the subject before the others. */
  readonly ids: readonly number[];
  /** How many there are; `ids` may hold fewer. */
  readonly total: number;
  /** So many of `ids` have every word in the subject. */
  readonly bySubject: number;
}

/**
 * Searches while a query is typed: names of CVEs and symbols that begin so, commits by the first digits of a sha, and
 * commits whose message has all the words, the last of which may be unfinished.
 */
export function searchAsTyped(library: Library, query: string, limit: number): SearchHits {
  const text = query.trim();
  return {
    cves: CVE.test(text) ? (library.cve?.recordsBeginning(cveName(text), limit) ?? []) : [],
    symbols: library.history ? symbolsLike(library.history, text) : [],
    history: library.history ? commitsLike(library.history, query, limit) : NONE,
    records: library.cve ? commitsLike(library.cve.texts, query, limit) : NONE,
  };
}

const CVE = /^(?:cve-?)?\d{4}-\d{0,10}$/i;
const NONE: FoundCommits = { ids: [], total: 0, bySubject: 0 };

function cveName(text: string): string {
  return `CVE-${text.replace(/^cve-?/i, "")}`;
}

function symbolsLike(history: HistoryReader, text: string): FoundSymbol[] {
  const name = text.replace(/\(.*$/, "");
  if (!/^(?:struct |union |enum )?\w{2,}$/.test(name)) return [];
  return history.symbolsBeginning(name, MOST_SYMBOLS).map((id) => ({
    name: history.symbolName(id),
    commits: history.commitsTouching("touch", id).length,
  }));
}

const MOST_SYMBOLS = 12;

/** Commits that a query names by sha or by words; a backport is represented by its origin. */
export function commitsLike(history: HistoryReader, query: string, limit: number): FoundCommits {
  const sha = query.trim();
  if (/^[0-9a-f]{6,40}$/i.test(sha)) {
    const ids = history.commitsBySha(sha).map((commit) => commit.id);
    if (ids.length > 0) return { ids, total: ids.length, bySubject: 0 };
  }
  const words = alternatives(history, query);
  return words.length === 0 ? NONE : commitsWithAll(history, words, limit);
}

/** Commits whose subject has all these words, the last of which may be unfinished: newest first, each subject once. */
export function subjectsWith(
  library: Library,
  words: string,
  limit: number,
): Pick<Commit, "sha" | "subject">[] {
  const found = [library.history, library.cve?.texts].flatMap((reader) => {
    if (!reader) return [];
    const { ids, bySubject } = commitsLike(reader, words, limit);
    return ids.slice(0, bySubject).flatMap((id) => reader.commit(id) ?? []);
  });
  return [...new Map(found.map((commit) => [commit.subject, commit])).values()].slice(0, limit);
}

/** For each word of the query, what it may stand for: itself, or for the last one all that begin so. */
function alternatives(history: HistoryReader, query: string): string[][] {
  const tokens = query.toLowerCase().match(/[a-z0-9_]+/g) ?? [];
  const unfinished = /\w$/.test(query) ? tokens.pop() : undefined;
  const whole = tokens.filter((token) => token.length > 1 && [...wordsOf(token)].length > 0);
  const last = unfinished === undefined || unfinished.length < 2 ? [] : beginning(history, unfinished);
  return [...whole.map((token) => [token]), ...(last.length > 0 ? [last] : [])];
}

/** A word nobody wrote is kept: it rightly finds nothing. One that is always left out of the index is passed over. */
function beginning(history: HistoryReader, token: string): string[] {
  const words = history.wordsBeginning(token, MOST_WORDS);
  if (words.length > 0) return words.includes(token) ? words : [token, ...words];
  return [...wordsOf(token)].length > 0 ? [token] : [];
}

const MOST_WORDS = 24;

/** The words that the fewest commits have come first: the others are looked for among these alone. */
function commitsWithAll(
  history: HistoryReader,
  words: readonly (readonly string[])[],
  limit: number,
): FoundCommits {
  const facts = history.facts();
  const anywhere = new Uint8Array(facts.size);
  const subject = new Uint8Array(facts.size);
  let left: CommitSet | undefined;
  let ids: number[] = [];
  for (const [at, choices] of rarestFirst(history, words).entries()) {
    ids = [];
    for (const word of choices) {
      const found: Found = left ? history.wordList(word).among(left) : history.withWord(word);
      for (let place = 0; place < found.length; place++) {
        const commit = found.ids[place] ?? 0;
        if (anywhere[commit] === at) {
          anywhere[commit] = at + 1;
          ids.push(commit);
        }
        if (isInSubject(found.notes[place] ?? 0) && subject[commit] === at) subject[commit] = at + 1;
      }
    }
    left = new CommitSet(facts.size);
    for (const id of ids) left.add(id);
  }
  const commits = ids.filter((id) => !facts.has(id, FACT.copy)).sort((a, b) => b - a);
  const inSubject = commits.filter((id) => subject[id] === words.length).slice(0, limit);
  const elsewhere = commits.filter((id) => subject[id] !== words.length).slice(0, limit - inSubject.length);
  return { ids: [...inSubject, ...elsewhere], total: commits.length, bySubject: inSubject.length };
}

function rarestFirst(history: HistoryReader, words: readonly (readonly string[])[]): (readonly string[])[] {
  return words
    .map((choices) => ({
      choices,
      count: choices.reduce((sum, word) => sum + history.wordList(word).count, 0),
    }))
    .sort((a, b) => a.count - b.count)
    .map(({ choices }) => choices);
}
