import type { HistoryReader } from "../cache/history-reader.ts";
import { architectureFilter } from "../kernel/source/architectures.ts";
import type { CrashQuery } from "./crash-query.ts";
import { type FolderName, fileNames, partsOfKernel } from "./file-names.ts";
import type { Home } from "./homes.ts";
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
  /** What the words of its name count together. */
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
  const nameOf = fileNames(history);
  const folderSight = folderSights(query, [...homes.values()]);
  return (path) => {
    const before = known.get(path);
    if (before) return before;
    const name = nameOf(path);
    const folder = folderSight(name.folder);
    const sight = {
      subsystem: folder.subsystem,
      foreign: folder.foreign,
      isHeader: name.isHeader,
      home: homes.get(path),
      words: sumOf(name.own, query.rarities, folder.weight),
      nameWords: sumOf(name.stem, query.rarities),
      module: module(name.whole),
      similarFile: similar.files.get(path) ?? 0,
      similarFolder: similar.folders.get(name.place) ?? 0,
      spokenFile: spoken.files.get(path) ?? 0,
      spokenFolder: spoken.folders.get(name.place) ?? 0,
    };
    known.set(path, sight);
    return sight;
  };
}

function folderSights(query: CrashQuery, homes: readonly Home[]): (folder: FolderName) => FolderSight {
  const { arch } = query.crash.kernel;
  const builds = architectureFilter(arch === undefined ? [] : [arch]);
  const subsystem = subsystemOf(homes);
  const known = new Map<FolderName, FolderSight>();
  return (folder) => {
    let sight = known.get(folder);
    if (!sight) {
      sight = {
        subsystem: subsystem(folder),
        foreign: !builds(folder.whole),
        weight: sumOf(folder.words, query.rarities),
      };
      known.set(folder, sight);
    }
    return sight;
  };
}

function subsystemOf(homes: readonly Home[]): (folder: FolderName) => number {
  const weights = new Map<string, number>();
  for (const home of homes) {
    for (const part of partsOfKernel(home.name))
      weights.set(part, Math.max(weights.get(part) ?? 0, home.weight * (part.split("/").length / 4)));
  }
  return ({ parts }) => {
    let nearest = 0;
    for (const part of parts) nearest = Math.max(nearest, weights.get(part) ?? 0);
    return nearest;
  };
}
