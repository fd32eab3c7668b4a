import type { HistoryReader } from "../cache/history-reader.ts";
import { architectureFilter } from "../kernel/source/architectures.ts";
import type { CrashQuery } from "./crash-query.ts";
import type { Home } from "./homes.ts";
import { folderOf } from "./lessons.ts";
import type { Surroundings } from "./surroundings.ts";
import { sumOf } from "./text-search.ts";

/** What a file tells by where it lies and how it is named. */
export interface FileSight extends Pick<FolderSight, "subsystem" | "foreign"> {
  readonly isHeader: boolean;
  /** Where it is a file of the trace. */
  readonly home: Home | undefined;
  /** How much its name is words of the crash. */
  readonly words: number;
  /** The same of its last part alone: `associola` of `net/sctp/associola.c`. */
  readonly nameWords: number;
  /** The place of the first module of the trace that is in its name. */
  readonly module: number;
  /** How much crashes like this one speak for it, and commits that speak of the trace's functions. */
  readonly similarFile: number;
  readonly similarFolder: number;
  readonly spokenFile: number;
  readonly spokenFolder: number;
}

/** What the files of a folder have in common. */
interface FolderSight {
  /** How near the part of the kernel is in which it lies. */
  readonly subsystem: number;
  /** The architecture that the log names does not build it. */
  readonly foreign: boolean;
  readonly words: ReadonlySet<string>;
  /** What these count together. */
  readonly weight: number;
}

/**
 * Candidates change the same files again and again, in the same folders, and one that goes through the whole tree
 * changes thousands: each file and each folder is looked at once, for everything that is asked of it.
 */
export function fileSights(
  history: HistoryReader,
  query: CrashQuery,
  { homes, module, similar, spoken }: Pick<Surroundings, "homes" | "module" | "similar" | "spoken">,
): (path: number) => FileSight {
  const known = new Map<number, FileSight>();
  const folderSight = folderSights(query, [...homes.values()]);
  return (path) => {
    const before = known.get(path);
    if (before) return before;
    const name = history.pathName(path);
    const end = name.lastIndexOf("/") + 1;
    const folder = folderSight(name.slice(0, end));
    const file = name.slice(end);
    const taught = folderOf(name);
    const sight = {
      subsystem: folder.subsystem,
      foreign: folder.foreign,
      isHeader: name.endsWith(".h"),
      home: homes.get(path),
      words: sumOf(
        [...wordsOfPath(file)].filter((word) => !folder.words.has(word)),
        query.rarities,
        folder.weight,
      ),
      nameWords: sumOf(wordsOfPath(file.replace(/\.\w+$/, "")), query.rarities),
      module: module(name),
      similarFile: similar.files.get(path) ?? 0,
      similarFolder: similar.folders.get(taught) ?? 0,
      spokenFile: spoken.files.get(path) ?? 0,
      spokenFolder: spoken.folders.get(taught) ?? 0,
    };
    known.set(path, sight);
    return sight;
  };
}

function folderSights(query: CrashQuery, homes: readonly Home[]): (folder: string) => FolderSight {
  const { arch } = query.crash.kernel;
  const builds = architectureFilter(arch === undefined ? [] : [arch]);
  const subsystem = subsystemOf(homes);
  const known = new Map<string, FolderSight>();
  return (folder) => {
    let sight = known.get(folder);
    if (!sight) {
      const words = wordsOfPath(folder);
      sight = {
        subsystem: subsystem(folder),
        foreign: !builds(folder),
        words,
        weight: sumOf(words, query.rarities),
      };
      known.set(folder, sight);
    }
    return sight;
  };
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

/** `net/sctp/associola.c` for a trace of `sctp_` functions. */
function wordsOfPath(path: string): Set<string> {
  return new Set(path.toLowerCase().split(/[^a-z0-9]+/));
}
