import type { CommitFacts } from "../cache/commit-facts.ts";
import { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { type Changes, scoreChanges } from "./changes.ts";
import type { CrashQuery } from "./crash-query.ts";
import { scoreFixWords } from "./fix-words.ts";
import type { LearnedWords } from "./learned-words.ts";
import { scoreNames } from "./naming.ts";
import { scoreWords } from "./scored-words.ts";
import { scoreText } from "./text-search.ts";
import type { Timeline } from "./timeline.ts";

/** One number for each commit, by its id here; of commits that are judged, by place. */
export type Scores = Float32Array;

/** `text` is all words of the crash, `trace` those of its functions and modules. */
export type SignalName = "text" | "trace" | "names" | "touch" | "file" | "folder";

export interface SieveOptions {
  /** What the kernel that crashed has already cannot be the answer. */
  readonly timeline: Timeline;
  readonly limit: number;
  readonly learned: LearnedWords;
  /** Commits to judge whether or not they are promising. */
  readonly also: readonly number[];
}

/** What passed. */
export interface Sieved {
  /** The most promising first. */
  readonly commits: readonly number[];
  /** The largest of each signal among commits that are candidates at all. */
  readonly best: Readonly<Record<SignalName, number>>;
  /** By id: what words of a fix count in the message of one of the commits, or of those to judge anyway. */
  readonly fixWords: Scores;
}

/**
 * The commits for which all kinds of evidence together speak loudest. The weights are a logistic regression's on the
 * open cases: no more than a sieve before the model (docs/ranking.md).
 *
 * A history may have millions of commits. What the kernel has already is not weighed at all, and words of a fix, which
 * are many and common, are looked for only where they can still turn the scale.
 */
export function sieve(
  history: HistoryReader,
  query: CrashQuery,
  changes: Changes,
  { timeline, limit, learned, also }: SieveOptions,
): Sieved {
  const facts = history.facts();
  const open = history.possibleFixes(timeline.had);
  const { touch, file, folder } = scoreChanges(changes, open);
  const { text, trace } = weighText(history, query, open);
  const names = scoreNames(history, open, query.functions);
  const signals = { text, trace, names, touch, file, folder };
  const eligible = eligibleCommits(open, signals);
  const best = {
    text: largest(eligible, text),
    trace: largest(eligible, trace),
    names: largest(eligible, names),
    touch: largest(eligible, touch),
    file: largest(eligible, file),
    folder: largest(eligible, folder),
  };
  const symptoms = scoreWords(history, open, learned.ofKind(query.crash.kind));
  const view = { signals, best, symptoms, facts, timeline };
  const contenders = contendersOf(eligible, limit, view);
  const fixWords = scoreFixWords(history, setOf(facts.size, contenders, also), learned.fix);
  const promises = promisesOf(contenders, hopesOf(contenders, view, fixWords), view);
  return { commits: mostPromising(contenders, promises, limit), best, fixWords };
}

/**
 * What words of a fix count before they are looked for, the same for all. Not a whole number: V8 would compile for those
 * alone, and again for all others.
 */
const SOME_FIX = 0.5;
/** By how much promises can differ in words of a fix (none counts less than nothing), and in rounding. */
const MOST_OF_FIX = 1.3 * 2 + 0.001;

function weighText(
  history: HistoryReader,
  query: CrashQuery,
  open: CommitSet,
): Record<"text" | "trace", Scores> {
  const text = new Float32Array(open.size);
  const trace = new Float32Array(open.size);
  scoreText(history, open, [
    { words: query.words, scores: text },
    { words: wordsOfTrace(query), scores: trace },
  ]);
  return { text, trace };
}

/** The words of the crash that are of its functions and modules. */
export function wordsOfTrace({ words, traceWords }: CrashQuery): Map<string, number> {
  return new Map([...words].filter(([word]) => traceWords.has(word)));
}

/** `Math.log1p` of what a byte holds: asked of every commit that has anything of the crash. */
const LOG1P = Float64Array.from({ length: 256 }, (_, count) => Math.log1p(count));

function setOf(count: number, ...lists: readonly ArrayLike<number>[]): CommitSet {
  const set = new CommitSet(count);
  for (const list of lists) for (let at = 0; at < list.length; at++) set.add(list[at] ?? 0);
  return set;
}

/** What the promises of commits are reckoned from. */
interface SieveView {
  readonly signals: Readonly<Record<SignalName, Scores>>;
  readonly best: Readonly<Record<SignalName, number>>;
  readonly symptoms: Scores;
  readonly facts: CommitFacts;
  readonly timeline: Timeline;
}

/** The commits that can be among the `limit` most promising, whatever words of a fix they have. */
function contendersOf(commits: Uint32Array, limit: number, view: SieveView): Uint32Array {
  const promises = promisesOf(commits, hopesOf(commits, view), view);
  const least = leastOfLargest(promises, limit) - MOST_OF_FIX;
  const found = new Uint32Array(commits.length);
  let count = 0;
  for (let at = 0; at < commits.length; at++)
    if ((promises[at] ?? 0) >= least) found[count++] = commits[at] ?? 0;
  return found.subarray(0, count);
}

/** How much speaks for each of some commits; where words of a fix are not looked for yet, they count the same for all. */
function hopesOf(commits: Uint32Array, view: SieveView, fixWords?: Scores): Float64Array {
  const { text, names, touch, file, folder } = view.signals;
  const { best, symptoms } = view;
  const hopes = new Float64Array(commits.length);
  for (let at = 0; at < hopes.length; at++) {
    const id = commits[at] ?? 0;
    const ofText = share(text[id], best.text);
    const ofFile = share(file[id], best.file);
    const ofTouch = share(touch[id], best.touch);
    const ofFolder = share(folder[id], best.folder);
    const ofFix = fixWords ? (fixWords[id] ?? 0) : SOME_FIX;
    hopes[at] =
      3.4 * ofText +
      4.1 * Math.sqrt(ofText) -
      0.8 * share(names[id], best.names) +
      1.2 * ofTouch +
      1.3 * ofFile +
      1.3 * ofFolder +
      (ofTouch > 0 ? 1 : 0) +
      (ofFile > 0 ? 1.2 : 0) +
      (ofFolder > 0 ? 0.7 : 0) +
      1.3 * Math.min(2, ofFix / 10) +
      1.5 * Math.min(2, (symptoms[id] ?? 0) / 5);
  }
  return hopes;
}

/** What is left of that: less for a commit that changes much, and for one that came long after the kernel. */
function promisesOf(commits: Uint32Array, hopes: Float64Array, { facts, timeline }: SieveView): Float32Array {
  const promises = new Float32Array(commits.length);
  for (let at = 0; at < promises.length; at++) {
    const id = commits[at] ?? 0;
    const hope = hopes[at] ?? 0;
    const size = LOG1P[facts.symbols(id)] ?? 0;
    const after = timeline.releasesAfter(facts.release(id));
    promises[at] = hope - 0.45 * size - 0.074 * Math.min(20, Math.max(0, after));
  }
  return promises;
}

function share(value: number | undefined, of: number): number {
  return of > 0 ? (value ?? 0) / of : 0;
}

/** The open commits that have anything of the crash. The scores of others, which may be a million, are not looked at. */
function eligibleCommits(
  { members, size }: CommitSet,
  { text, touch, file, folder }: Readonly<Record<SignalName, Scores>>,
): Uint32Array {
  const eligible = new Uint32Array(size);
  let count = 0;
  for (let id = 1; id < size; id++) {
    if (members[id] === 0) continue;
    const all = (text[id] ?? 0) + (touch[id] ?? 0) + (folder[id] ?? 0) + (file[id] ?? 0); // none is less than 0
    if (all > 0) eligible[count++] = id;
  }
  return eligible.subarray(0, count);
}

/** Of what these commits have, by id. */
export function largest(commits: ArrayLike<number>, scores: Scores): number {
  let most = 0;
  for (let at = 0; at < commits.length; at++) {
    const score = scores[commits[at] ?? 0] ?? 0;
    if (score > most) most = score;
  }
  return most;
}

/** The `limit` commits with the largest values, those first. */
function mostPromising(commits: Uint32Array, values: Float32Array, limit: number): number[] {
  const least = leastOfLargest(values, limit);
  const chosen: number[] = [];
  for (let at = 0; at < values.length; at++) if ((values[at] ?? 0) >= least) chosen.push(at);
  return chosen
    .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || b - a)
    .slice(0, limit)
    .map((at) => commits[at] ?? 0);
}

/**
 * The smallest of the `limit` largest values; of fewer, less than any. They lie in a heap, the smallest at its root (each
 * value's children are at twice its place, plus 1 and 2): of a hundred thousand values, nearly all are compared with that
 * one alone.
 */
function leastOfLargest(values: Float32Array, limit: number): number {
  if (values.length <= limit) return Number.NEGATIVE_INFINITY;
  const heap = values.slice(0, limit).sort();
  for (let next = limit; next < values.length; next++) {
    const value = values[next] ?? 0;
    if (value <= (heap[0] ?? 0)) continue;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= limit) break;
      if (child + 1 < limit && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
      if ((heap[child] ?? 0) >= value) break;
      heap[place] = heap[child] ?? 0;
      place = child;
    }
    heap[place] = value;
  }
  return heap[0] ?? Number.NEGATIVE_INFINITY;
}
