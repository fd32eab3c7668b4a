import type { HistoryReader } from "../cache/history-reader.ts";
import { nameParts } from "../kernel/crash/symbol.ts";
import type { CrashQuery, TraceFunction } from "./crash-query.ts";

/** A file in which functions of the trace live, or may live. */
export interface Home {
  readonly path: number;
  readonly name: string;
  /** `net/sctp/`. */
  readonly folder: string;
  /** What the functions that live here count together. */
  readonly weight: number;
  /** The innermost of them. */
  readonly resident: TraceFunction | undefined;
  /** The surest of what ties it to the crash. */
  readonly tie: Tie;
}

/** What ties a file to a crash. */
export interface Tie {
  /**
   * The surest first:
   *
   * - `holds`: history saw a function of the trace there;
   * - `logged`: the log names the file;
   * - `name`: functions named alike are there, or it bears the beginning of the function's name;
   * - `module`: it bears the module's name.
   */
  readonly how: (typeof TIES)[number];
  /** The name of the function, the file or the module. */
  readonly of: string;
}

const TIES = ["holds", "logged", "name", "module"] as const;

/** How the surest of some files is tied to the crash; undefined: there are none. */
export function surestTie(homes: readonly Home[]): Tie["how"] | undefined {
  return TIES.find((how) => homes.some((home) => home.tie.how === how));
}

/**
 * The files of the trace: where history last changed its functions, what the log names, where functions of the
 * same family live for those that history never changed, and the files and folders that bear a module's name.
 */
export function homesOf(history: HistoryReader, query: CrashQuery, victimTip: number | undefined): Home[] {
  const found = new Map<number, { weight: number; resident: TraceFunction | undefined; tie: Tie }>();
  const add = (path: number, weight: number, tie: Tie, resident?: TraceFunction): void => {
    const home = found.get(path);
    if (home) {
      home.weight = Math.max(home.weight, weight) + 0.3 * Math.min(home.weight, weight);
      if (TIES.indexOf(tie.how) < TIES.indexOf(home.tie.how)) home.tie = tie;
    } else found.set(path, { weight, resident, tie });
  };
  for (const place of query.functions) {
    const home = homeOf(history, place, victimTip);
    const named: Tie = { how: "name", of: place.name };
    if (home !== undefined) add(home, place.weight, { how: "holds", of: place.name }, place);
    else if (history.knowsSymbols()) {
      for (const [path, share] of familyHomes(history, place.name))
        add(path, FAMILY * share * place.weight, named, place);
    } else {
      for (const path of namesakes(history, place.name)) add(path, NAMESAKE * place.weight, named, place);
    }
  }
  query.modules.slice(0, 3).forEach((module, at) => {
    for (const path of history.pathsOfModule(module).slice(0, 4))
      add(path, MODULE / (1 + at), { how: "module", of: module });
  });
  for (const source of query.sources.slice(0, 6)) {
    const path = pathOfSource(history, source);
    if (path !== undefined) add(path, SOURCE, { how: "logged", of: source });
  }
  return [...found]
    .map(([path, { weight, resident, tie }]) => {
      const name = history.pathName(path);
      return { path, name, folder: name.slice(0, name.lastIndexOf("/") + 1), weight, resident, tie };
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_HOMES);
}

/** A log names a source as the compiler was given it: `/home/build/linux-2.6/net/mac80211/rx.c`. */
function pathOfSource(history: HistoryReader, source: string): number | undefined {
  const parts = source.split("/");
  for (let from = 0; from < Math.min(parts.length - 1, MAX_FOLDERS_ABOVE); from++) {
    const path = history.pathId(parts.slice(from).join("/"));
    if (path !== undefined) return path;
  }
  return undefined;
}

/** The file in which the last commit before the crash that touched it changed it; else the first one after. */
function homeOf(
  history: HistoryReader,
  place: TraceFunction,
  victimTip: number | undefined,
): number | undefined {
  const { symbol, commits } = place;
  if (symbol === undefined) return undefined;
  const before = victimTip === undefined ? commits : commits.filter((commit) => commit <= victimTip);
  const look = before.length > 0 ? before.slice(-3).reverse() : commits.slice(0, 3);
  for (const commit of look) {
    const file = history.touched(commit).find((touched) => touched.symbols.includes(symbol));
    if (file) return file.path;
  }
  return undefined;
}

/** Where functions live that share the longest beginning with this one: `ghash_setkey` for `ghash_update`. */
function familyHomes(history: HistoryReader, name: string): Map<number, number> {
  const homes = new Map<number, number>();
  const words = name.split("_");
  for (let keep = words.length - 1; keep >= 1 && homes.size === 0; keep--) {
    const prefix = `${words.slice(0, keep).join("_")}_`;
    if (prefix.replaceAll("_", "").length < 3) break;
    const relatives = history.symbolsBeginning(prefix, FAMILY_SIZE);
    for (const symbol of relatives) {
      const last = history.commitsTouching("touch", symbol).at(-1);
      const path =
        last === undefined
          ? undefined
          : history.touched(last).find((file) => file.symbols.includes(symbol))?.path;
      if (path !== undefined) homes.set(path, (homes.get(path) ?? 0) + 1 / relatives.length);
    }
  }
  return new Map([...homes].sort((a, b) => b[1] - a[1]).slice(0, 3));
}

/** Where no functions are known: files and folders that are named as the function begins. */
function namesakes(history: HistoryReader, name: string): readonly number[] {
  const words = nameParts(name);
  for (let keep = Math.min(3, words.length - 1); keep >= 1; keep--) {
    const beginning = words.slice(0, keep).join("_");
    const paths = beginning.length < 3 ? [] : history.pathsOfModule(beginning);
    if (paths.length > 0 && paths.length <= 40) return paths;
  }
  return [];
}

const NAMESAKE = 0.5;
const FAMILY = 0.7;
const FAMILY_SIZE = 16;
const MODULE = 0.5;
const SOURCE = 0.8;
const MAX_HOMES = 20;
const MAX_FOLDERS_ABOVE = 12;
