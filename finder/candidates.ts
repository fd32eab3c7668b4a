import type { CommitFacts } from "../cache/commit-facts.ts";
import { FACT } from "../cache/commit-facts.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import type { CrashQuery, TraceFunction } from "./crash-query.ts";
import { type Home, homesOf } from "./homes.ts";
import type { LearnedWords } from "./learned-words.ts";
import { type Naming, namingOf } from "./naming.ts";
import { fixWordsOf, scoreWords } from "./scored-words.ts";
import { type Standings, standingsOf } from "./standings.ts";
import { type SubjectSight, sightOfSubject } from "./subject-words.ts";
import { scoreText } from "./text-search.ts";
import { ofEachWording, WORDINGS, type Wording, wordingsOf } from "./wordings.ts";

/** One number for every commit, by id. */
export type Scores = Float32Array;

/** What was found of the crash in the history, before anything is judged. */
export interface Gathered {
  readonly query: CrashQuery;
  readonly homes: readonly Home[];
  /** Commits to rank. */
  readonly commits: readonly number[];
  readonly signals: Readonly<Record<SignalName, Scores>>;
  /** The largest of each signal among commits that are candidates at all. */
  readonly best: Readonly<Record<SignalName, number>>;
  /** Words of this kind of crash, and of a fix, in each commit's message. */
  readonly symptoms: Scores;
  readonly fixWords: Scores;
  readonly naming: Naming;
  /** By commit: how much its message speaks of the crash, weighed in other ways. */
  readonly wordings: Readonly<Record<Wording, Scores>>;
  /** The largest of each among `commits`, and of what their subjects say. */
  readonly bestWording: Readonly<Record<Wording | "subject", number>>;
  /** Of each of `commits`. */
  readonly subjects: ReadonlyMap<number, SubjectSight>;
  readonly learned: LearnedWords;
  readonly standings: Standings;
}

/** `text` is all words of the crash, `trace` those of its functions and modules. */
export type SignalName = "text" | "trace" | "names" | "touch" | "file" | "folder";

export interface GatherOptions {
  /** False: the commit cannot be the answer. */
  readonly admits: (commit: number) => boolean;
  readonly limit: number;
  readonly victimTip: number | undefined;
  /** Mainline releases between the kernel and the commit's first one. */
  readonly releasesAfter: (commit: number) => number;
  readonly learned: LearnedWords;
}

/**
 * Collects the commits that may fix the crash: those for which all kinds of evidence together speak loudest. The
 * weights are a logistic regression's on the open cases: no more than a sieve before the model (docs/ranking.md).
 */
export function gatherCandidates(
  history: HistoryReader,
  query: CrashQuery,
  options: GatherOptions,
): Gathered {
  const facts = history.facts();
  const size = facts.size;
  const homes = homesOf(history, query, options.victimTip);
  const naming = namingOf(history, query.functions);
  const { text, trace, ...wordings } = weighText(history, query);
  const signals = {
    text,
    trace,
    names: naming.scores,
    touch: scoreTouch(query.functions, size),
    file: scoreFiles(history, homes, size),
    folder: scoreFolders(history, homes, size),
  };
  const best = { text: 0, trace: 0, names: 0, touch: 0, file: 0, folder: 0 };
  const eligible = eligibleCommits(facts, signals, options);
  for (const name of SIGNALS) best[name] = largest(eligible, signals[name]);
  const symptoms = scoreWords(history, options.learned.ofKind(query.crash.kind));
  const fixWords = fixWordsOf(history, options.learned);
  const promise = (id: number): number => {
    const text = share(signals.text[id], best.text);
    const file = share(signals.file[id], best.file);
    const touch = share(signals.touch[id], best.touch);
    const folder = share(signals.folder[id], best.folder);
    return (
      3.4 * text +
      4.1 * Math.sqrt(text) -
      0.8 * share(signals.names[id], best.names) +
      1.2 * touch +
      1.3 * file +
      1.3 * folder +
      (touch > 0 ? 1 : 0) +
      (file > 0 ? 1.2 : 0) +
      (folder > 0 ? 0.7 : 0) +
      1.3 * Math.min(2, (fixWords[id] ?? 0) / 10) +
      1.5 * Math.min(2, (symptoms[id] ?? 0) / 5) -
      0.45 * (LOG1P[facts.symbols(id)] ?? 0) -
      0.074 * Math.min(20, Math.max(0, options.releasesAfter(id)))
    );
  };
  const commits = mostPromising(eligible, promise, options.limit);
  const subjects = new Map(commits.map((id) => [id, sightOfSubject(history.subject(id), query)]));
  const subject = new Float32Array(size);
  for (const [id, sight] of subjects) subject[id] = sight.text;
  const standings = standingsOf(commits, { ...signals, ...wordings, subject, symptoms, fixWords });
  return {
    query,
    homes,
    commits,
    signals,
    best,
    symptoms,
    fixWords,
    naming,
    wordings,
    bestWording: {
      subject: largest(commits, subject),
      ...ofEachWording((name) => largest(commits, wordings[name])),
    },
    subjects,
    standings,
    learned: options.learned,
  };
}

/** What each message says of the crash, its words weighed in every way. */
function weighText(history: HistoryReader, query: CrashQuery): Record<"text" | "trace" | Wording, Scores> {
  const size = history.facts().size;
  const scores = {
    text: new Float32Array(size),
    trace: new Float32Array(size),
    ...ofEachWording(() => new Float32Array(size)),
  };
  const wordings = wordingsOf(query);
  const ofTrace = new Map([...query.words].filter(([word]) => query.traceWords.has(word)));
  scoreText(history, [
    { words: query.words, scores: scores.text },
    { words: ofTrace, scores: scores.trace },
    ...WORDINGS.map((name) => ({ words: wordings[name], scores: scores[name] })),
  ]);
  return scores;
}

/** `Math.log1p` of what a byte holds: asked of every commit that has anything of the crash. */
const LOG1P: readonly number[] = Array.from({ length: 256 }, (_, count) => Math.log1p(count));

function largest(commits: ArrayLike<number>, scores: Scores): number {
  let most = 0;
  for (let at = 0; at < commits.length; at++) {
    const score = scores[commits[at] ?? 0] ?? 0;
    if (score > most) most = score;
  }
  return most;
}

function share(value: number | undefined, of: number): number {
  return of > 0 ? (value ?? 0) / of : 0;
}

function eligibleCommits(
  facts: CommitFacts,
  { text, touch, file, folder }: Gathered["signals"],
  { admits }: GatherOptions,
): Uint32Array {
  const eligible = new Uint32Array(facts.size);
  let count = 0;
  for (let id = 1; id < facts.size; id++) {
    if (text[id] === 0 && touch[id] === 0 && folder[id] === 0 && file[id] === 0) continue;
    if (isCandidate(facts, id) && admits(id)) eligible[count++] = id;
  }
  return eligible.subarray(0, count);
}

/** The `limit` commits with the largest values, those first. */
function mostPromising(commits: Uint32Array, value: (id: number) => number, limit: number): number[] {
  const values = new Float32Array(commits.length);
  for (let at = 0; at < values.length; at++) values[at] = value(commits[at] ?? 0);
  const least = values.length <= limit ? Number.NEGATIVE_INFINITY : leastOfLargest(values, limit);
  const chosen: number[] = [];
  for (let at = 0; at < values.length; at++) if ((values[at] ?? 0) >= least) chosen.push(at);
  return chosen
    .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || b - a)
    .slice(0, limit)
    .map((at) => commits[at] ?? 0);
}

/**
 * The smallest of the `limit` largest values. They lie in a heap, the smallest at its root (each value's children are at
 * twice its place, plus 1 and 2): of a hundred thousand values, nearly all are compared with that one alone.
 */
function leastOfLargest(values: Float32Array, limit: number): number {
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

function isCandidate(facts: CommitFacts, id: number): boolean {
  return !facts.has(id, FACT.merge | FACT.copy);
}

const SIGNALS = ["text", "trace", "names", "touch", "file", "folder"] as const;

/** Commits that change functions of the trace; a seldom changed one says more. */
function scoreTouch(functions: readonly TraceFunction[], size: number): Scores {
  const scores = new Float32Array(size);
  for (const place of functions) {
    const weight = place.weight / (1 + Math.log10(1 + place.commits.length / 10));
    for (const commit of place.commits) scores[commit] = (scores[commit] ?? 0) + weight;
  }
  return scores;
}

function scoreFiles(history: HistoryReader, homes: readonly Home[], size: number): Scores {
  const scores = new Float32Array(size);
  for (const home of homes) {
    const commits = history.commitsTouching("path_touch", home.path);
    const weight = home.weight / (1 + Math.log10(1 + commits.length / 50));
    for (const commit of commits) scores[commit] = (scores[commit] ?? 0) + weight;
  }
  return scores;
}

function scoreFolders(history: HistoryReader, homes: readonly Home[], size: number): Scores {
  const folders = new Map<string, number>();
  for (const home of homes) folders.set(home.folder, Math.max(folders.get(home.folder) ?? 0, home.weight));
  const scores = new Float32Array(size);
  for (const [folder, weight] of [...folders].sort((a, b) => b[1] - a[1]).slice(0, MAX_FOLDERS)) {
    const rare = weight / (1 + Math.log10(1 + history.pathsIn(folder).length / 20));
    for (const commit of history.commitsIn(folder)) {
      if ((scores[commit] ?? 0) < rare) scores[commit] = rare;
    }
  }
  return scores;
}

const MAX_FOLDERS = 6;
