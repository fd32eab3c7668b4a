import { FACT } from "../cache/commit-facts.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { normaliseSubject } from "../kernel/commit/subject.ts";
import type { CrashQuery } from "./crash-query.ts";
import { folderOf } from "./file-names.ts";
import type { Named } from "./naming.ts";

/** What other commits teach of where a fix may be: how much they speak for changing a file, or one in a folder. */
export interface Lessons {
  readonly files: ReadonlyMap<number, number>;
  /** By `folderOf` their paths. */
  readonly folders: ReadonlyMap<string, number>;
  /** How much of that is the teaching of a commit itself, by its normalised subject: it does not speak for itself. */
  readonly own: ReadonlyMap<string, number>;
}

/**
 * Finds commits that quote a trace which shares functions with this one, and what files they change: a crash in
 * `tcp_fin` that was fixed in a driver teaches where the next one may be fixed. A quote of the very same crash
 * says nothing here: who quotes it is evidence of its own.
 */
export function similarCrashes(history: HistoryReader, query: CrashQuery): Lessons {
  const facts = history.facts();
  const likeness = new Map<number, number>();
  let whole = 0;
  for (const place of query.functions) {
    if (place.quotedBy.length > COMMON) continue;
    const gain = place.weight * Math.log(1 + COMMON / (1 + place.quotedBy.length));
    whole += gain;
    for (const commit of place.quotedBy)
      if (!facts.has(commit, FACT.copy)) likeness.set(commit, (likeness.get(commit) ?? 0) + gain);
  }
  return lessonsOf(history, new Map([...likeness].filter(([, like]) => like < SAME * whole)));
}

/** The files of commits whose messages name functions of the trace: where these are spoken of. */
export function namingCommits(history: HistoryReader, named: readonly Named[]): Lessons {
  const facts = history.facts();
  const weights = new Map<number, number>();
  for (const { place, commits } of named) {
    const gain = place.weight * Math.log(1 + COMMON / (1 + commits.length));
    for (const commit of commits)
      if (!facts.has(commit, FACT.copy | FACT.merge)) weights.set(commit, (weights.get(commit) ?? 0) + gain);
  }
  return lessonsOf(history, weights);
}

function lessonsOf(history: HistoryReader, weights: ReadonlyMap<number, number>): Lessons {
  const teachers = [...weights]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, TEACHERS)
    .map(([commit, like]) => {
      const paths = [...new Set(history.touched(commit).map((file) => file.path))];
      return {
        subject: normaliseSubject(history.subject(commit)),
        paths,
        share: like / Math.sqrt(1 + paths.length),
      };
    });
  const own = new Map<string, number>();
  const files = new Map<number, number>();
  const folders = new Map<string, number>();
  for (const { subject, paths, share } of teachers) {
    addTo(own, subject, share);
    for (const path of paths) addTo(files, path, share);
    for (const folder of new Set(paths.map((path) => folderOf(history.pathName(path)))))
      addTo(folders, folder, share);
  }
  return { files, folders, own };
}

function addTo<Key>(shares: Map<Key, number>, key: Key, share: number): void {
  shares.set(key, (shares.get(key) ?? 0) + share);
}

const COMMON = 250;
const SAME = 0.7;
const TEACHERS = 80;
