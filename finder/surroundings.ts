import type { CommitSet } from "../cache/commit-set.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { nameParts } from "../kernel/crash/symbol.ts";
import { architectureFilter } from "../kernel/source/architectures.ts";
import type { Gathered } from "./candidates.ts";
import type { CrashQuery } from "./crash-query.ts";
import type { Home } from "./homes.ts";
import { type Lessons, namingCommits, similarCrashes } from "./lessons.ts";
import { seldomNamed } from "./naming.ts";
import { scoreWords } from "./scored-words.ts";

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
  /** How well a module of the trace is named by a commit's subject or paths. */
  module(subject: string, paths: readonly string[]): number;
  /** By the places of the commits that are judged: identifiers of the log that a message names. */
  readonly identifiers: Float32Array;
  symptomsIn(words: ReadonlySet<string>): number;
  fixIn(words: ReadonlySet<string>): number;
  /** Where crashes like this one were fixed. */
  readonly similar: Lessons;
  /** Where the functions of the trace are spoken of. */
  readonly spoken: Lessons;
}

export interface FileSight {
  readonly name: string;
  /** How near the part of the kernel is in which it lies. */
  readonly subsystem: number;
  /** How much its name is words of the crash. */
  readonly words: number;
  /** The same of its last part alone: `associola` of `net/sctp/associola.c`. */
  readonly nameWords: number;
  /** The architecture that the log names does not build it. */
  readonly foreign: boolean;
}

export function surroundingsOf(
  history: HistoryReader,
  { query, homes, judged, learned }: Gathered,
  victimTip: number | undefined,
): Surroundings {
  const kindWords = learned.ofKind(query.crash.kind);
  return {
    homes: new Map(homes.map((home) => [home.path, home])),
    namesCrash: commitsNaming(history, judged, query.functions[0]?.name),
    file: fileSights(history, query, homes),
    family: familyOf(history, query),
    together: changedTogether(history, query, victimTip),
    prefixes: prefixesOf(history, homes, victimTip),
    module: moduleIn(query.modules.slice(0, 4)),
    identifiers: scoreIdentifiers(history, judged, query),
    symptomsIn: (words) => sumOf(words, kindWords),
    fixIn: (words) => sumOf(words, learned.fix),
    similar: similarCrashes(history, query),
    spoken: namingCommits(history, seldomNamed(history, query.functions)),
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

/** Candidates change the same files again and again, in the same folders: each is looked at once. */
function fileSights(
  history: HistoryReader,
  query: CrashQuery,
  homes: readonly Home[],
): (path: number) => FileSight {
  const { arch } = query.crash.kernel;
  const builds = architectureFilter(arch === undefined ? [] : [arch]);
  const subsystem = subsystemOf(homes);
  const known = new Map<number, FileSight>();
  const folders = new Map<string, FolderSight>();
  const folderSight = (folder: string): FolderSight => {
    let sight = folders.get(folder);
    if (!sight) {
      const words = wordsOfPath(folder);
      const weight = sumOf(words, query.rarities);
      sight = { subsystem: subsystem(folder), foreign: !builds(folder), words, weight };
      folders.set(folder, sight);
    }
    return sight;
  };
  return (path) => {
    let sight = known.get(path);
    if (!sight) {
      const name = history.pathName(path);
      const end = name.lastIndexOf("/") + 1;
      const folder = folderSight(name.slice(0, end));
      const file = name.slice(end);
      sight = {
        name,
        subsystem: folder.subsystem,
        foreign: folder.foreign,
        words: sumOf(
          [...wordsOfPath(file)].filter((word) => !folder.words.has(word)),
          query.rarities,
          folder.weight,
        ),
        nameWords: sumOf(wordsOfPath(file.replace(/\.\w+$/, "")), query.rarities),
      };
      known.set(path, sight);
    }
    return sight;
  };
}

/** What the files of a folder have in common. */
interface FolderSight extends Pick<FileSight, "subsystem" | "foreign"> {
  readonly words: ReadonlySet<string>;
  /** What these count together. */
  readonly weight: number;
}

function subsystemOf(homes: readonly Home[]): (folder: string) => number {
  const weights = new Map<string, number>();
  for (const home of homes) {
    for (const part of partsOfKernel(home.name))
      weights.set(part, Math.max(weights.get(part) ?? 0, home.weight * (part.split("/").length / 4)));
  }
  return (folder) => Math.max(0, ...partsOfKernel(folder).map((part) => weights.get(part) ?? 0));
}

/** `drivers/net/wireless/ath/ath9k/` and what is there are in `drivers/net`, `drivers/net/wireless`, and so on. */
function partsOfKernel(path: string): string[] {
  const folders = path
    .replace(/^arch\/\w+\/include\/|^include\//, "")
    .split("/")
    .slice(0, -1);
  return folders.flatMap((_, at) =>
    at === 0 && folders[0] === "drivers" ? [] : [folders.slice(0, at + 1).join("/")],
  );
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
  const known = new Map<number, number>();
  const kinship = (symbol: number): number => {
    let score = known.get(symbol);
    if (score === undefined) {
      score = 0;
      const words = nameParts(history.symbolName(symbol).replace(/^struct /, ""));
      for (let keep = 1; keep <= Math.min(words.length, 3); keep++)
        score = Math.max(score, prefixes.get(words.slice(0, keep).join("_")) ?? 0);
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

function moduleIn(modules: readonly string[]): Surroundings["module"] {
  if (modules.length === 0) return () => 0;
  const known = new Map<string, string>();
  const plain = (text: string): string => {
    let name = known.get(text);
    if (name === undefined) {
      name = text.toLowerCase().replace(/-/g, "_");
      known.set(text, name);
    }
    return name;
  };
  return (subject, paths) => {
    const where = [plain(subject), ...paths.map(plain)];
    const at = modules.findIndex((module) => where.some((text) => text.includes(module)));
    return at === -1 ? 0 : 1 / (1 + at);
  };
}

function scoreIdentifiers(history: HistoryReader, judged: CommitSet, query: CrashQuery): Float32Array {
  const ofTrace = new Set(query.functions.map((place) => place.name.toLowerCase()));
  const words = [...query.identifiers].map((name) => name.toLowerCase()).filter((name) => !ofTrace.has(name));
  return scoreWords(history, judged, new Map(words.slice(0, 30).map((word) => [word, 1])), true);
}

/** What these words count together, added to `sum`. */
export function sumOf(
  words: Iterable<string>,
  weights: Pick<ReadonlyMap<string, number>, "get">,
  sum = 0,
): number {
  let all = sum;
  for (const word of words) all += weights.get(word) ?? 0;
  return all;
}

/** `net/sctp/associola.c` for a trace of `sctp_` functions. */
function wordsOfPath(path: string): Set<string> {
  return new Set(path.toLowerCase().split(/[^a-z0-9]+/));
}
