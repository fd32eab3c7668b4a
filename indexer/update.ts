import { existsSync } from "node:fs";
import { type FactTable, writeFacts } from "../cache/commit-facts.ts";
import { CommitTable } from "../cache/commit-table.ts";
import type { Db } from "../cache/database.ts";
import { explainSqlite, openForReading } from "../cache/database.ts";
import type { CacheFolders } from "../cache/folders.ts";
import { beginHistoryBuild, hasUnfinishedUpdate, historyFile } from "../cache/index-file.ts";
import { commitCount } from "../cache/meta.ts";
import { writeModules } from "../cache/module-table.ts";
import { writePossibleFixes } from "../cache/possible-fixes.ts";
import { HISTORY_INDEXES, TOUCH_INDEXES } from "../cache/schema.ts";
import { type ListedSource, readSourceList, writeSourceList } from "../cache/source-list.ts";
import { type KnownRef, type Source, SourceTable } from "../cache/source-table.ts";
import { KfixError } from "../kernel/error.ts";
import { CommitFeed } from "./commit-feed.ts";
import { findNewCommits, indexCommits, STOPPED } from "./history.ts";
import { indexHunks } from "./hunks.ts";
import { TouchInverter } from "./inverted.ts";
import type { Progress } from "./progress.ts";
import { indexReferences } from "./references.ts";
import { readRefs } from "./refs.ts";
import { indexReleases, taggedReleases } from "./releases.ts";
import { spareCores } from "./spare-cores.ts";

/** What an update did. */
export interface UpdateResult {
  /** False: there was nothing new. */
  readonly changed: boolean;
  /** That readers did not have before: also what stopped runs had added, which this one finished. */
  readonly commits: number;
}

/**
 * Brings the index up to date with the sources that `choose` names (all, unless told), doing only what is new.
 * `register` may add a source first. A stopped update is finished first, with the refs that it began with.
 *
 * Throws `busy` while another process updates, `environment` when a repository cannot be read.
 */
export async function updateIndex(
  folders: CacheFolders,
  options: {
    readonly progress: Progress;
    readonly register?: (sources: SourceTable) => void;
    readonly choose?: (source: Source) => boolean;
    readonly rebuild?: boolean;
    /** With `rebuild`: which sources to take over; all, unless told. */
    readonly keep?: (source: ListedSource) => boolean;
  },
): Promise<UpdateResult> {
  if (!options.register && !options.rebuild && (await isUpToDate(folders, options.choose))) {
    return { changed: false, commits: 0 };
  }
  const kept = options.rebuild ? readSourceList(folders).filter(options.keep ?? (() => true)) : [];
  const before = options.rebuild ? 0 : publishedCommits(folders);
  const build = beginHistoryBuild(folders, { rebuild: options.rebuild ?? false });
  try {
    const sources = new SourceTable(build.db);
    for (const source of kept) sources.add({ ...source, url: source.url ?? undefined });
    options.register?.(sources);
    writeSourceList(folders, sources.listed());
    let worked = false;
    for (const source of sources.all()) {
      const begun = source.pending_from !== null;
      const wanted = source.indexed_at === null || (options.choose?.(source) ?? true);
      if (begun || wanted)
        worked = (await updateSource(build.db, sources, source, options.progress)) || worked;
    }
    const commits = commitCount(build.db) - before;
    const listed = sources.listed();
    build.publish();
    writeSourceList(folders, listed);
    // A stopped run may have left nothing to do but to publish, or not even that.
    return { changed: worked || commits > 0, commits };
  } catch (error) {
    const explained = explainSqlite(build.db.name, error);
    build.close();
    throw explained;
  }
}

/** True when every chosen source has the refs that the finished index knows, and no stopped update waits. */
async function isUpToDate(
  folders: CacheFolders,
  choose: ((source: Source) => boolean) | undefined,
): Promise<boolean> {
  if (!existsSync(historyFile(folders)) || hasUnfinishedUpdate(folders)) return false;
  const db = openForReading(historyFile(folders));
  try {
    const sources = new SourceTable(db);
    for (const source of sources.all().filter(choose ?? (() => true))) {
      refuseGone(source);
      if (!sameRefs(sources.refs(source.id), await readRefs(source.path))) return false;
    }
    return true;
  } finally {
    db.close();
  }
}

/** False when there was nothing to do. */
async function updateSource(
  db: Db,
  sources: SourceTable,
  source: Source,
  progress: Progress,
): Promise<boolean> {
  refuseGone(source);
  if (source.pending_from === null) {
    const refs = await readRefs(source.path);
    if (source.indexed_at !== null && sameRefs(sources.refs(source.id), refs)) return false;
    sources.begin(source.id, refs);
  }
  const refs = sources.pendingRefs(source.id);
  const from = sources.pendingFrom(source.id);
  const commits = await findNewCommits(source.path, { wanted: tips(refs), known: knownTips(sources) });
  spareCores();
  const feed = new CommitFeed(new CommitTable(db).last());
  const messages = async (): Promise<FactTable> => {
    const { tree, shas, facts } = await indexCommits(db, source.path, { commits, feed }, progress);
    db.exec(HISTORY_INDEXES);
    indexReleases(db, tree, taggedReleases(allRefs(sources, source)), progress);
    indexReferences(db, shas, progress); // a guessed backport is one whose release is a stable one
    return facts;
  };
  const hunks = async (): Promise<void> => {
    if (!source.hunks) return;
    const inverter = new TouchInverter(db);
    const work = { source: source.id, from, count: commits.count, feed, inverter };
    try {
      await indexHunks(db, source.path, work, progress);
    } catch (error) {
      feed.fail(); // SQLite may have taken back what the other one wrote: a full disk ends the whole transaction
      throw error;
    }
    db.exec(TOUCH_INDEXES);
    writeModules(db);
    inverter.invert();
  };
  const reading = messages();
  await allOf([reading, hunks()]);
  writeFacts(db, await reading);
  writePossibleFixes(db);
  db.exec("analyze");
  sources.finish(source.id);
  return true;
}

function refuseGone({ name, path }: Source): void {
  if (existsSync(path)) return;
  throw new KfixError("environment", `${path} is gone`, {
    hint: `answers still come from the index; to forget it: kfix source remove ${name}`,
  });
}

/** Waits for all, also when one fails: none may go on with a database that is closed. */
async function allOf(works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).flatMap((result) =>
    result.status === "rejected" ? [result.reason] : [],
  );
  const [first] = failed.filter((reason) => reason !== STOPPED);
  if (first !== undefined) throw first;
}

/** Of all sources; of `current` those that the running update brings in. */
function allRefs(sources: SourceTable, current: Source): KnownRef[] {
  return sources
    .all()
    .flatMap((source) =>
      source.id === current.id ? sources.pendingRefs(source.id) : sources.refs(source.id),
    );
}

function tips(refs: readonly KnownRef[]): string[] {
  return [...new Set(refs.flatMap((ref) => ref.commit ?? []))];
}

/** What the index has completely: the refs of every finished update. */
function knownTips(sources: SourceTable): string[] {
  return tips(sources.all().flatMap((source) => sources.refs(source.id)));
}

function sameRefs(known: readonly KnownRef[], now: readonly KnownRef[]): boolean {
  const shas = new Map(known.map((ref) => [ref.name, ref.sha]));
  return known.length === now.length && now.every((ref) => shas.get(ref.name) === ref.sha);
}

function publishedCommits(folders: CacheFolders): number {
  const file = historyFile(folders);
  if (!existsSync(file)) return 0;
  const db = openForReading(file);
  try {
    return commitCount(db);
  } finally {
    db.close();
  }
}
