import type { HistoryReader } from "../cache/history-reader.ts";

/** A file's name taken apart. */
export interface FileName {
  readonly whole: string;
  readonly folder: FolderName;
  /** Where it lies: see `folderOf`. */
  readonly place: string;
  /** Words of its last part without the ending, each once: `associola` of `net/sctp/associola.c`. */
  readonly stem: readonly string[];
  /** Words of its last part that its folder's name does not have. */
  readonly own: readonly string[];
  readonly isHeader: boolean;
}

/** A folder's name taken apart. */
export interface FolderName {
  /** With its slash; empty: the top of the tree. */
  readonly whole: string;
  /** Each once. */
  readonly words: readonly string[];
  /** The parts of the kernel that it is in, see `partsOfKernel`. */
  readonly parts: readonly string[];
}

/** The names of a history's files. Those of one crash are in large part those of the next. */
export function fileNames(history: HistoryReader): (path: number) => FileName {
  let names = KNOWN.get(history);
  if (!names) {
    names = namesOf(history);
    KNOWN.set(history, names);
  }
  return names;
}

const KNOWN = new WeakMap<HistoryReader, (path: number) => FileName>();

function namesOf(history: HistoryReader): (path: number) => FileName {
  const files = new Map<number, FileName>();
  const folders = new Map<string, FolderName>();
  const folderName = (whole: string): FolderName => {
    let folder = folders.get(whole);
    if (!folder) {
      folder = { whole, words: wordsOfPath(whole), parts: partsOfKernel(whole) };
      folders.set(whole, folder);
    }
    return folder;
  };
  return (path) => {
    let file = files.get(path);
    if (!file) {
      if (files.size >= MOST_FILES) files.clear();
      const whole = history.pathName(path);
      const end = whole.lastIndexOf("/") + 1;
      file = fileName(whole, folderName(whole.slice(0, end)), whole.slice(end));
      files.set(path, file);
    }
    return file;
  };
}

function fileName(whole: string, folder: FolderName, last: string): FileName {
  return {
    whole,
    folder,
    place: folderOf(whole),
    stem: wordsOfPath(last.replace(/\.\w+$/, "")),
    own: wordsOfPath(last).filter((word) => !folder.words.includes(word)),
    isHeader: last.endsWith(".h"),
  };
}

/** With its slash; a file at the top of the tree is like no other there, and stands for itself. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1) || path;
}

/** `drivers/net/wireless/ath/ath9k/` and what is there are in `drivers/net`, `drivers/net/wireless`, and so on. */
export function partsOfKernel(path: string): string[] {
  const folders = path
    .replace(/^arch\/\w+\/include\/|^include\//, "")
    .split("/")
    .slice(0, -1);
  return folders.flatMap((_, at) =>
    at === 0 && folders[0] === "drivers" ? [] : [folders.slice(0, at + 1).join("/")],
  );
}

/** `net/sctp/associola.c` for a trace of `sctp_` functions. */
function wordsOfPath(path: string): string[] {
  return [...new Set(path.toLowerCase().split(/[^a-z0-9]+/))];
}

/** That are kept, some megabytes. */
const MOST_FILES = 20_000;
