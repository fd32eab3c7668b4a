import { FACT } from "../../../cache/commit-facts.ts";
import type { HistoryReader } from "../../../cache/history-reader.ts";
import type { Commit } from "../../../cache/history-rows.ts";
import { hasHistory, type Library } from "../../../finder/library.ts";
import { victimRelease } from "../../../finder/pool.ts";
import { isFixSubject } from "../../../finder/symbol.ts";
import { identifyKernel } from "../../../kernel/running-kernel.ts";
import { architectureFilter } from "../../../kernel/source/architectures.ts";
import type { Entry, Filters } from "./questions.ts";

export type PoolName = Entry["pool"];

/** The index that an entry's number belongs to. */
export function readerOf(library: Library, pool: PoolName): HistoryReader | undefined {
  return pool === "history" ? library.history : library.cve?.texts;
}

/** A commit as a row of a list. */
export function entryOf(library: Library, pool: PoolName, commit: Commit): Entry {
  return {
    sha: commit.sha,
    id: commit.id,
    pool,
    subject: commit.subject,
    author: commit.author.replace(/ <.*/, ""),
    date: pool === "history" ? commit.authorTime : undefined,
    release: pool === "history" ? library.releases.get(commit.release)?.name : undefined,
    isFix: pool === "records" || isFixQuickly(library, commit),
    candidate: undefined,
  };
}

/** As finder/symbol.ts has it, from the facts alone: a list may have ten thousand rows. */
function isFixQuickly(library: Library, commit: Commit): boolean {
  if (library.history?.facts().has(commit.id, FACT.merge)) return false;
  const told = FACT.namesCulprit | FACT.ccStable | FACT.backported;
  return library.history?.facts().has(commit.id, told) === true || isFixSubject(commit.subject);
}

/** Says of a commit whether the filters let it pass, a candidate's verdict aside. */
export function entryFilter(
  library: Library,
  filters: Filters,
  kernel: string | undefined,
): (entry: Pick<Entry, "id" | "pool">) => boolean {
  const tests = [
    filters.hideMerges ? isNoMerge(library) : undefined,
    filters.arch === undefined ? undefined : isForArchitecture(library, filters.arch),
    filters.series === undefined ? undefined : isInSeries(library, filters.series),
    filters.onlyMissing && kernel !== undefined ? isMissingIn(library, kernel) : undefined,
  ].filter((test) => test !== undefined);
  return (entry) => tests.every((test) => test(entry));
}

type Test = (entry: Pick<Entry, "id" | "pool">) => boolean;

function isNoMerge(library: Library): Test {
  return ({ id, pool }) => readerOf(library, pool)?.facts().has(id, FACT.merge) !== true;
}

/** A commit that touches no file is everyone's. */
function isForArchitecture(library: Library, arch: string): Test {
  const belongs = architectureFilter([arch]);
  return ({ id, pool }) => {
    const reader = readerOf(library, pool);
    const touched = reader?.touched(id) ?? [];
    return touched.length === 0 || touched.some(({ path }) => belongs(reader?.pathName(path) ?? ""));
  };
}

/** The releases that the commit or a backport of it came with. */
function releasesWith(library: Library, id: number): Commit[] {
  if (!hasHistory(library)) return [];
  const { history } = library;
  const copies = history.referencesTo(id, "backport").map((said) => said.commit);
  return [id, ...copies].flatMap((one) => history.commit(one) ?? []);
}

function isInSeries(library: Library, series: string): Test {
  return ({ id, pool }) =>
    pool === "records" ||
    releasesWith(library, id).some((commit) => library.releases.get(commit.release)?.series === series);
}

function isMissingIn(library: Library, kernel: string): Test {
  const release = victimRelease(library, identifyKernel(kernel));
  return ({ id, pool }) =>
    release === undefined ||
    pool === "records" ||
    !releasesWith(library, id).some((commit) => library.releases.contains(release, commit));
}
