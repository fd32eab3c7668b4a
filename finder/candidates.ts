import type { HistoryReader } from "../cache/history-reader.ts";
import type { Crash } from "../kernel/crash/crash.ts";
import { wordsOf } from "../kernel/words.ts";
import { SYMPTOM_WORDS } from "./symptoms.ts";
import { searchText } from "./text-search.ts";

/** The trace as the history knows it: the crashing function first, each once. */
export interface TraceFunction {
  readonly name: string;
  /** 0 is the crashing function. */
  readonly position: number;
  readonly reliable: boolean;
  /** Commits that touched it, oldest first. */
  readonly commits: readonly number[];
  /** The file where history last changed it. */
  readonly path: number | undefined;
}

/** What was found of the crash in the history, before anything is judged. */
export interface Gathered {
  readonly trace: readonly TraceFunction[];
  /** Commits to rank. */
  readonly commits: ReadonlySet<number>;
  /** BM25 score of those found by text, the best being 1. */
  readonly text: ReadonlyMap<number, number>;
}

/** Collects the commits that may fix the crash, from every kind of evidence. */
export function gatherCandidates(history: HistoryReader, crash: Crash): Gathered {
  const trace = traceOf(history, crash);
  const hits = searchText(history, crashWords(crash), TEXT_CANDIDATES);
  const top = hits[0]?.score ?? 1;
  const commits = new Set<number>(hits.map((hit) => hit.commit));
  for (const commit of history.commitsQuotingSignature(crash.signature)) commits.add(commit);
  for (const place of trace.slice(0, 4)) {
    for (const commit of history.commitsQuotingFrame(place.name).slice(-QUOTING_CANDIDATES))
      commits.add(commit);
  }
  for (const place of trace) {
    for (const commit of place.commits.slice(-TOUCHING_CANDIDATES)) commits.add(commit);
  }
  for (const path of new Set(trace.slice(0, 5).flatMap((place) => place.path ?? []))) {
    for (const commit of history.commitsTouching("path_touch", path).slice(-FILE_CANDIDATES))
      commits.add(commit);
  }
  return { trace, commits, text: new Map(hits.map((hit) => [hit.commit, hit.score / top])) };
}

function traceOf(history: HistoryReader, crash: Crash): TraceFunction[] {
  const names = new Map<string, boolean>();
  if (crash.function !== undefined) names.set(crash.function, true);
  for (const frame of crash.frames) if (!names.has(frame.function)) names.set(frame.function, frame.reliable);
  return [...names].slice(0, TRACE_DEPTH).map(([name, reliable], position) => {
    const symbol = history.symbolId(name);
    const commits = symbol === undefined ? [] : history.commitsTouching("touch", symbol);
    return {
      name,
      position,
      reliable,
      commits,
      path: symbol === undefined ? undefined : homeOf(history, symbol, commits),
    };
  });
}

/** Where a symbol lives: the file in which the last commit that touched it changed it. */
function homeOf(history: HistoryReader, symbol: number, commits: readonly number[]): number | undefined {
  for (const commit of commits.slice(-3).reverse()) {
    const file = history.touched(commit).find((touched) => touched.symbols.includes(symbol));
    if (file) return file.path;
  }
  return undefined;
}

/** What a commit message about this crash would say: the trace, the module and the symptom. */
export function crashWords(crash: Crash): Map<string, number> {
  const words = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text))
      words.set(word, Math.max(words.get(word) ?? 0, word === text ? weight : weight / 2));
  };
  if (crash.function !== undefined) add(crash.function, 2);
  crash.frames.slice(0, TRACE_DEPTH).forEach((frame, position) => {
    add(frame.function, (frame.reliable ? 1.2 : 0.6) / (1 + position / 6));
  });
  for (const module of [crash.module, ...crash.frames.map((frame) => frame.module)])
    if (module) add(module, 1);
  add(crash.title, 0.5);
  for (const word of SYMPTOM_WORDS[crash.kind]) add(word, 0.5);
  return words;
}

const TRACE_DEPTH = 16;
const TEXT_CANDIDATES = 200;
const QUOTING_CANDIDATES = 100;
const TOUCHING_CANDIDATES = 60;
const FILE_CANDIDATES = 150;
