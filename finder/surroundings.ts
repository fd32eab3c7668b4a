import type { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { firstNamePart, nameParts } from "../kernel/crash/symbol.ts";
import type { Gathered } from "./candidates.ts";
import type { CrashQuery } from "./crash-query.ts";
import { type FileSight, fileSights } from "./file-sight.ts";
import type { Home } from "./homes.ts";
import { type Lessons, namingCommits, similarCrashes } from "./lessons.ts";
import { seldomNamed } from "./naming.ts";
import { scoreWords } from "./scored-words.ts";
import { sumOf } from "./text-search.ts";

/** What lies around the trace: gathered once for a crash, asked of every candidate. */
export interface Surroundings {
  readonly homes: ReadonlyMap<number, Home>;
  /** Of the commits that are judged, those whose message names the function where it crashed. */
  readonly namesCrash: ReadonlySet<number>;
  /** What a file tells by its path. */
  file(path: number): FileSight;
  /** How much one of these symbols is, by its name, of the family of the trace's functions, at the most. */
  family(symbols: Iterable<number>): number;
  /** Symbols that history changed together with functions of the trace, before the crash. */
  readonly together: ReadonlyMap<number, number>;
  /** Subject prefixes (`net: sctp`) of the commits that changed the trace's files, before the crash. */
  readonly prefixes: ReadonlyMap<string, number>;
  /** The place among the trace's modules of the first that a text names, `NO_MODULE` where it names none. */
  module(text: string): number;
  /** By the places of the commits that are judged: identifiers of the log that a message names. */
  readonly identifiers: Float32Array;
  symptomsIn(words: readonly string[]): number;
  fixIn(words: readonly string[]): number;
  /** Where crashes like this one were fixed. */
  readonly similar: Lessons;
  /** Where the functions of the trace are spoken of. */
  readonly spoken: Lessons;
}

export function surroundingsOf(
  history: HistoryReader,
  { query, homes, judged, learned }: Gathered,
  victimTip: number | undefined,
): Surroundings {
  const kindWords = learned.ofKind(query.crash.kind);
  const places = new Map(homes.map((home) => [home.path, home]));
  const module = moduleIn(query.modules.slice(0, 4));
  const similar = similarCrashes(history, query);
  const spoken = namingCommits(history, seldomNamed(history, query.functions));
  return {
    homes: places,
    namesCrash: commitsNaming(history, judged, query.functions[0]?.name),
    file: fileSights(history, query, { homes: places, module, similar, spoken }),
    family: familyOf(history, query),
    together: changedTogether(history, query, victimTip),
    prefixes: prefixesOf(history, homes, victimTip),
    module,
    identifiers: scoreIdentifiers(history, judged, query),
    symptomsIn: (words) => sumOf(words, kindWords),
    fixIn: (words) => sumOf(words, learned.fix),
    similar,
    spoken,
  };
}

/** `net: sctp: fix ...` is `net: sctp`; `[SCSI] fcoe: fix ...` is `scsi fcoe`; empty without one. */
export function subjectPrefix(subject: string): string {
  const found = /^(?:\[([^\]]{1,30})\]\s*)?((?:[\w./+, -]{1,40}:\s+){0,3})/.exec(subject);
  return `${found?.[1] ?? ""} ${found?.[2] ?? ""}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

function commitsNaming(history: HistoryReader, judged: CommitSet, name: string | undefined): Set<number> {
  if (name === undefined) return new Set();
  const { ids, length } = history.wordList(name.toLowerCase()).among(judged);
  return new Set(ids.subarray(0, length));
}

function familyOf(history: HistoryReader, query: CrashQuery): Surroundings["family"] {
  const prefixes = new Map<string, number>();
  for (const place of query.functions) {
    const words = nameParts(place.name);
    for (let keep = 1; keep < Math.min(words.length, 4); keep++) {
      const prefix = words.slice(0, keep).join("_");
      if (prefix.length < 3 || COMMON_BEGINNINGS.has(prefix)) continue;
      prefixes.set(prefix, Math.max(prefixes.get(prefix) ?? 0, place.weight * (keep === 1 ? 0.6 : 1)));
    }
  }
  const beginnings = new Set([...prefixes.keys()].map(firstNamePart));
  const kinshipOf = (symbol: string): number => {
    const name = symbol.replace(/^struct /, "");
    if (!beginnings.has(firstNamePart(name))) return 0; // most of them
    let score = 0;
    const words = nameParts(name);
    for (let keep = 1; keep <= Math.min(words.length, 3); keep++)
      score = Math.max(score, prefixes.get(words.slice(0, keep).join("_")) ?? 0);
    return score;
  };
  const known = new Map<number, number>();
  const kinship = (symbol: number): number => {
    let score = known.get(symbol);
    if (score === undefined) {
      score = kinshipOf(history.symbolName(symbol));
      known.set(symbol, score);
    }
    return score;
  };
  const nearest = Math.max(0, ...prefixes.values());
  return (symbols) => {
    let most = 0;
    for (const symbol of symbols) {
      if (most === nearest) break; // the names of the others need not be looked up
      most = Math.max(most, kinship(symbol));
    }
    return most;
  };
}

const COMMON_BEGINNINGS = new Set(
  "get set put add del do init free alloc read write find test check show store update create remove kernel handle process open close start stop enable disable register unregister release request list spin mutex kmem page irq raw sys vfs device driver bus".split(
    " ",
  ),
);

function changedTogether(
  history: HistoryReader,
  query: CrashQuery,
  victimTip: number | undefined,
): Map<number, number> {
  const weights = new Map<number, number>();
  const facts = history.facts();
  for (const place of query.functions.slice(0, 10)) {
    const before =
      victimTip === undefined ? place.commits : place.commits.filter((commit) => commit <= victimTip);
    const look = before
      .slice(-TOGETHER_COMMITS)
      .filter((commit) => facts.symbols(commit) <= TOGETHER_SYMBOLS);
    for (const commit of look) {
      const symbols = history.touched(commit).flatMap((file) => file.symbols);
      for (const symbol of symbols) {
        if (symbol === place.symbol) continue;
        weights.set(
          symbol,
          (weights.get(symbol) ?? 0) + place.weight / (Math.sqrt(look.length) * Math.sqrt(symbols.length)),
        );
      }
    }
  }
  return weights;
}

const TOGETHER_COMMITS = 25;
const TOGETHER_SYMBOLS = 16;

function prefixesOf(
  history: HistoryReader,
  homes: readonly Home[],
  victimTip: number | undefined,
): Map<string, number> {
  const weights = new Map<string, number>();
  for (const home of homes.slice(0, 8)) {
    const all = history.commitsTouching("path_touch", home.path);
    const before = victimTip === undefined ? all : all.filter((commit) => commit <= victimTip);
    const look = (before.length > 0 ? before : all).slice(-PREFIX_COMMITS);
    for (const commit of look) {
      const prefix = subjectPrefix(history.subject(commit));
      if (prefix !== "") weights.set(prefix, (weights.get(prefix) ?? 0) + home.weight / look.length);
    }
  }
  return weights;
}

const PREFIX_COMMITS = 25;

function scoreIdentifiers(history: HistoryReader, judged: CommitSet, query: CrashQuery): Float32Array {
  const ofTrace = new Set(query.functions.map((place) => place.name.toLowerCase()));
  const words = [...query.identifiers].map((name) => name.toLowerCase()).filter((name) => !ofTrace.has(name));
  return scoreWords(history, judged, new Map(words.slice(0, 30).map((word) => [word, 1])), {
    rare: true,
  });
}

/** Which of the modules a text names, however it spells them. */
function moduleIn(modules: readonly string[]): Surroundings["module"] {
  return (text) => {
    const plain = modules.length === 0 ? "" : text.toLowerCase().replace(/-/g, "_");
    const at = modules.findIndex((module) => plain.includes(module));
    return at === -1 ? NO_MODULE : at;
  };
}

/** Behind all of them. */
export const NO_MODULE = Number.POSITIVE_INFINITY;
