import { createHash } from "node:crypto";
import { writeCveFacts } from "../cache/cve-facts.ts";
import { beginCveBuild, type CveBuild, type CveSource, writeCveSource } from "../cache/cve-index.ts";
import { CveWriter } from "../cache/cve-writer.ts";
import type { Db } from "../cache/database.ts";
import type { CacheFolders } from "../cache/folders.ts";
import { CommitWriter, TouchWriter } from "../cache/history-writer.ts";
import { writeMeta } from "../cache/meta.ts";
import { writeModules } from "../cache/module-table.ts";
import { CommitPacker } from "../cache/packed-commits.ts";
import { writePossibleFixes } from "../cache/possible-fixes.ts";
import { HISTORY_INDEXES, TOUCH_INDEXES } from "../cache/schema.ts";
import type { ShaTable } from "../cache/sha-table.ts";
import { type Announcement, parseAnnouncement } from "../kernel/cve/announcement.ts";
import { parseDyad, parseFixShas } from "../kernel/cve/dyad.ts";
import { mainFixOf } from "../kernel/cve/main-fix.ts";
import type { CveWindow } from "../kernel/cve/window.ts";
import { compareVersions, parseVersion } from "../kernel/version.ts";
import type { CveFiles, CveStore } from "./cve-files.ts";
import { TouchInverter } from "./inverted.ts";
import { readMessage } from "./message-record.ts";
import type { Progress } from "./progress.ts";
import { indexReferences } from "./references.ts";

/**
 * Brings the index of CVE records up to date with a store, reading only records whose files changed.
 * Gives the number of records that were written, or undefined when nothing changed.
 *
 * Throws `busy` while another process writes, `environment` when the store cannot be read.
 */
export async function indexCveRecords(
  folders: CacheFolders,
  store: CveStore,
  source: Omit<CveSource, "records" | "indexedAt">,
  options: { readonly fresh: boolean; readonly progress: Progress },
): Promise<number | undefined> {
  const state = await store.state();
  if (!options.fresh && source.state === state) return undefined;
  const build = beginCveBuild(folders, { fresh: options.fresh });
  try {
    const written = await bringUpToDate(build, store, options.progress);
    const records = new CveWriter(build.db).count();
    writeMeta(build.db, "cve date", String(Math.floor(await store.date())));
    build.publish();
    writeCveSource(folders, { ...source, state, records, indexedAt: new Date().toISOString() });
    return written;
  } catch (error) {
    build.close();
    throw error;
  }
}

async function bringUpToDate({ db }: CveBuild, store: CveStore, progress: Progress): Promise<number> {
  const writer = new CveWriter(db);
  const known = new Map(writer.known().map((record) => [record.cve, record]));
  const { published, rejected } = await store.list();
  const changed = published.filter((files) => known.get(files.cve)?.state !== stateOf(files));
  const names = new Set(published.map((files) => files.cve));
  const stage = progress.stage("CVE records", changed.length);
  const records = await readRecords(store, changed, () => stage.advance(1));
  const isNewText = (record: ReadRecord) => known.get(record.cve)?.textState !== record.textState;
  db.transaction(() => {
    for (const record of known.values()) if (!names.has(record.cve)) writer.remove(record.cve);
    for (const record of records) if (isNewText(record)) writer.remove(record.cve);
  })();
  const shas = addTexts(db, records.filter(isNewText));
  db.exec(HISTORY_INDEXES);
  db.exec(TOUCH_INDEXES);
  writeModules(db);
  db.transaction(() => {
    for (const record of records) writer.put(record);
    writer.noteRejected(rejected);
    writer.noteNewest();
  })();
  indexReferences(db, shas, progress);
  new TouchInverter(db).invert();
  writeCveFacts(db);
  writePossibleFixes(db);
  db.exec("analyze");
  stage.end();
  return records.length;
}

interface ReadRecord extends Announcement {
  readonly cve: string;
  /** The sha of the fix that the text is about. */
  readonly commit: string;
  readonly windows: readonly CveWindow[];
  readonly fixShas: readonly string[];
  readonly textState: string;
  readonly state: string;
}

/** Reads what changed, oldest fix first: ids then follow time, as far as releases tell it. */
async function readRecords(
  store: CveStore,
  changed: readonly CveFiles[],
  done: () => void,
): Promise<ReadRecord[]> {
  const wanted = changed.flatMap((files) => READ.flatMap((end) => files.ids.get(end) ?? []));
  const contents = store.read(wanted);
  const records: ReadRecord[] = [];
  for (const files of changed) {
    const texts = new Map<string, string>();
    for (const end of READ) {
      if (!files.ids.has(end)) continue;
      const next = await contents.next();
      if (!next.done) texts.set(end, next.value.toString("utf8"));
    }
    const record = readRecord(files, texts);
    if (record) records.push(record);
    done();
  }
  return records.sort(byFixVersion);
}

const READ = ["dyad", "sha1", "mbox"] as const;

/** Undefined for a record that names no fix: there is nothing to answer with. */
function readRecord(files: CveFiles, texts: ReadonlyMap<string, string>): ReadRecord | undefined {
  const windows = parseDyad(texts.get("dyad") ?? "");
  const fixShas = parseFixShas(texts.get("sha1") ?? "");
  const commit = mainFixOf(windows, fixShas);
  const announcement = parseAnnouncement(texts.get("mbox") ?? "");
  if (commit === undefined || !announcement) return undefined;
  const culprits = culpritsOf(windows);
  return {
    cve: files.cve,
    commit,
    windows,
    fixShas,
    ...announcement,
    textState: hash([commit, announcement.message, ...announcement.files, ...culprits]),
    state: stateOf(files),
  };
}

function culpritsOf(windows: readonly CveWindow[]): string[] {
  return [...new Set(windows.flatMap((window) => window.introduced?.sha ?? []))];
}

function stateOf(files: CveFiles): string {
  return hash(READ.map((end) => files.ids.get(end) ?? ""));
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}

function byFixVersion(a: ReadRecord, b: ReadRecord): number {
  const order = (record: ReadRecord) =>
    record.windows
      .flatMap((window) => (window.fixed ? (parseVersion(window.fixed.version) ?? []) : []))
      .sort(compareVersions)
      .at(-1);
  const [left, right] = [order(a), order(b)];
  const versions =
    left && right ? compareVersions(left, right) : Number(Boolean(left)) - Number(Boolean(right));
  return versions || a.cve.localeCompare(b.cve, "en", { numeric: true });
}

/** Writes each fix's text as a history keeps a commit's; the commits that brought the bug are what it "Fixes:". Returns the ids of all by sha. */
function addTexts(db: Db, records: readonly ReadRecord[]): ShaTable {
  const commits = new CommitWriter(db);
  const packer = new CommitPacker();
  const touched: { id: number; files: { path: string; symbols: string[] }[] }[] = [];
  for (const record of records) {
    const sha = Buffer.from(record.commit, "hex");
    if (commits.has(sha)) continue;
    const message = readMessage(record.message);
    const culprits = culpritsOf(record.windows);
    const named = message.references.filter(
      ({ kind, sha }) =>
        kind !== "fixes" || sha === undefined || !culprits.some((full) => full.startsWith(sha)),
    );
    touched.push({
      id: commits.nextId,
      files: record.files.map((path) => ({ path, symbols: [] })),
    });
    const blamed = culprits.map((sha) => ({ kind: "fixes" as const, how: "cve", sha, subject: undefined }));
    packer.add(Buffer.from(record.commit), 0, "", { ...message, references: [...named, ...blamed] });
    commits.add(packer.take());
  }
  commits.end();
  const last = commits.nextId - 1;
  new TouchWriter(db).addBatch(touched, { source: 1, upTo: last });
  return commits.shas;
}
