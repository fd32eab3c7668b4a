import { FACT } from "../cache/commit-facts.ts";
import type { HistoryReader } from "../cache/history-reader.ts";
import { normaliseSubject } from "../kernel/commit/subject.ts";
import type { CrashQuery } from "./crash-query.ts";
import type { Named } from "./naming.ts";

/** What other commits teach of where a fix may be. */
export interface Lessons {
  /** How much they speak for a commit, by its normalised subject, that changes these files; it does not speak for itself. */
  score(subject: string, paths: readonly number[]): { file: number; folder: number };
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
    const quoting = history.commitsQuotingFrame(place.name);
    if (quoting.length > COMMON) continue;
    const gain = place.weight * Math.log(1 + COMMON / (1 + quoting.length));
    whole += gain;
    for (const commit of quoting)
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
  if (teachers.length === 0) return NO_LESSONS;
  const bySubject = new Map<string, number>();
  for (const { subject, share } of teachers) bySubject.set(subject, (bySubject.get(subject) ?? 0) + share);
  const files = new Map<number, number>();
  const folders = new Map<string, number>();
  const folderNames = new Map<number, string>();
  const folderOf = (path: number): string => {
    let folder = folderNames.get(path);
    if (folder === undefined) {
      const name = history.pathName(path);
      folder = name.slice(0, name.lastIndexOf("/"));
      folderNames.set(path, folder);
    }
    return folder;
  };
  for (const { paths, share } of teachers) {
    for (const path of paths) files.set(path, (files.get(path) ?? 0) + share);
    for (const folder of new Set(paths.map(folderOf)))
      folders.set(folder, (folders.get(folder) ?? 0) + share);
  }
  return {
    score: (subject, paths) => {
      const own = bySubject.get(subject) ?? 0;
      const most = { file: 0, folder: 0 };
      for (const path of paths) {
        most.file = Math.max(most.file, (files.get(path) ?? 0) - own);
        most.folder = Math.max(most.folder, (folders.get(folderOf(path)) ?? 0) - own);
      }
      return most;
    },
  };
}

const NO_LESSONS: Lessons = { score: () => ({ file: 0, folder: 0 }) };
const COMMON = 250;
const SAME = 0.7;
const TEACHERS = 80;
