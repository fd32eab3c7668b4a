import type { HistoryReader } from "../cache/history-reader.ts";
import type { Crash } from "../kernel/crash/crash.ts";
import { isHelper } from "../kernel/crash/culprit.ts";
import { canonicalName, nameParts } from "../kernel/crash/symbol.ts";
import { wordsOf } from "../kernel/words.ts";
import { SYMPTOM_WORDS } from "./symptoms.ts";
import { rarityOf } from "./text-search.ts";

/** A function of the trace and what it counts, between 0 and 1. */
export interface TraceFunction {
  readonly name: string;
  /** Of its name, in lower case. */
  readonly parts: readonly string[];
  /** Place among the trustworthy frames; 0 is where it crashed. */
  readonly position: number;
  readonly reliable: boolean;
  /** Near the top, trustworthy, and seldom in other traces. */
  readonly weight: number;
  readonly module: string | undefined;
  readonly symbol: number | undefined;
  /** Commits that touched it, oldest first. */
  readonly commits: readonly number[];
  /** Commits whose messages quote a trace with it. */
  readonly quotedBy: readonly number[];
}

/** A crash as questions to the index. */
export interface CrashQuery {
  readonly crash: Crash;
  readonly functions: readonly TraceFunction[];
  /** Words that a message about this crash would have. */
  readonly words: ReadonlyMap<string, number>;
  /** Those of them that are of the trace's functions and modules, not of the report. */
  readonly traceWords: ReadonlySet<string>;
  /** Each of the words times its rarity in messages (the BM25 weight of a word), which is looked up when it is asked for. */
  readonly rarities: Pick<ReadonlyMap<string, number>, "get">;
  /** Modules of the trace, the innermost first, with `-` as `_`. */
  readonly modules: readonly string[];
  /** Source files that the log names: `fs/inode.c`. */
  readonly sources: readonly string[];
  /** Identifiers of the log outside its trace: locks, structures, work functions. */
  readonly identifiers: ReadonlySet<string>;
}

export function queryOf(history: HistoryReader, crash: Crash): CrashQuery {
  const functions = traceOf(history, crash);
  const lines = tellingLines(crash);
  const identifiers = new Set(
    lines.flatMap((line) => line.match(IDENTIFIER) ?? []).filter((name) => !isHelper(name)),
  );
  const modules = modulesOf(crash);
  const { words, traceWords } = wordsAbout(crash, { functions, modules, lines });
  return {
    crash,
    functions,
    modules,
    identifiers,
    traceWords,
    sources: sourcesOf(crash, lines),
    words,
    rarities: raritiesOf(history, words),
  };
}

function raritiesOf(history: HistoryReader, words: CrashQuery["words"]): CrashQuery["rarities"] {
  const known = new Map<string, number>();
  return {
    get: (word) => {
      const weight = words.get(word);
      if (weight === undefined) return undefined;
      let rarity = known.get(word);
      if (rarity === undefined) {
        rarity = weight * rarityOf(history, word);
        known.set(word, rarity);
      }
      return rarity;
    },
  };
}

function traceOf(history: HistoryReader, crash: Crash): TraceFunction[] {
  const frames = new Map<string, { reliable: boolean; module: string | undefined }>();
  const add = (name: string | undefined, reliable: boolean, module: string | undefined): void => {
    if (name === undefined) return;
    const canonical = canonicalName(name);
    if (!frames.has(canonical)) frames.set(canonical, { reliable, module });
  };
  add(crash.function, true, crash.module);
  for (const frame of crash.frames) add(frame.function, frame.reliable, frame.module);
  add(crash.culprit, true, undefined);
  let position = 0;
  return [...frames].slice(0, TRACE_DEPTH).map(([name, { reliable, module }]) => {
    const helper = isHelper(name);
    const place = position;
    if (reliable && !helper) position++;
    const symbol = history.symbolId(name);
    const commits = symbol === undefined ? [] : history.commitsTouching("touch", symbol);
    const quotedBy = history.commitsQuotingFrame(name);
    const common = Math.log(1 + quotedBy.length) / COMMON;
    return {
      name,
      parts: nameParts(name.toLowerCase()),
      position: place,
      reliable,
      module,
      symbol,
      commits,
      quotedBy,
      weight:
        (reliable ? 1 : 0.4) *
        (helper ? 0.3 : 1) *
        Math.max(0.1, 1 - common) *
        (1 / (1 + place / POSITION_HALF)),
    };
  });
}

/** What the report says that may name what broke: no registers, code or lists of modules. */
function tellingLines(crash: Crash): string[] {
  const lines = crash.messages.map((line) => line.slice(0, MAX_LINE));
  return [crash.title, ...lines.filter((line) => !NOISE.test(line))];
}

const NOISE =
  /Modules linked in|^\W*(?:Code|Stack|Hardware name|CPU|PGD|R[A-D0-9S][XIP0-9]|E[A-D]X|ESI|[DE]S|FS|CR\d|DR\d|Call Trace|Process|Backtrace|raw)\b|Linux version|Command line|(?:[0-9a-f]{8,16}[ :]+){3}/i;
const IDENTIFIER = /\b[a-z_][a-z0-9]*_[a-z0-9_]{2,40}\b/gi;

function modulesOf(crash: Crash): string[] {
  const modules = [crash.module, ...crash.frames.map((frame) => frame.module)];
  return [...new Set(modules.flatMap((module) => module?.toLowerCase().replace(/-/g, "_") ?? []))];
}

function sourcesOf(crash: Crash, lines: readonly string[]): string[] {
  const named = lines.flatMap((line) => line.match(SOURCE) ?? []);
  const ofFrames = crash.frames.slice(0, 8).flatMap((frame) => frame.file ?? []);
  return [...new Set([...named, ...ofFrames].map((path) => path.replace(/^(?:\.\.?\/)+/, "")))];
}

const SOURCE = /\b[\w./-]{1,120}\/[\w.-]{1,60}\.[chS]\b/g;

function wordsAbout(
  crash: Crash,
  { functions, modules, lines }: Pick<CrashQuery, "functions" | "modules"> & { lines: readonly string[] },
): Pick<CrashQuery, "words" | "traceWords"> {
  const words = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) {
      const counted = word.includes("_") || !text.includes("_") ? weight : weight * PART;
      words.set(word, Math.max(words.get(word) ?? 0, counted));
    }
  };
  for (const place of functions) add(place.name, 1.5 * place.weight);
  for (const module of modules.slice(0, 4)) add(module, 0.8);
  const traceWords = new Set(words.keys());
  for (const line of lines.slice(0, 40)) add(line, 0.25);
  for (const word of SYMPTOM_WORDS[crash.kind]) add(word, 0.3);
  return { words, traceWords };
}

const TRACE_DEPTH = 24;
const MAX_LINE = 400;
const POSITION_HALF = 5;
const COMMON = Math.log(400);
const PART = 0.4;
