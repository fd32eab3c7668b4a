import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Changelog,
  type ChangelogEntry,
  revertedSubject,
  spellingsOf,
} from "../kernel/distro/changelog.ts";
import { publishDatabase, verifyDatabase } from "./checksum.ts";
import {
  type Db,
  finishWriting,
  openForReading,
  openForWriting,
  REBUILD,
  removeDatabase,
} from "./database.ts";
import type { CacheFolders } from "./folders.ts";
import { readBeside } from "./list-file.ts";
import { takeWriterLock } from "./lock.ts";
import { PACKAGE_LAYOUT } from "./package-schema.ts";
import { subjectKey } from "./subject-key.ts";

/** The finished index of package changelogs, as readers open it. */
export function packageFile(folders: CacheFolders): string {
  return join(folders.index, "packages.db");
}

/** Where a changelog came from; beside the index, which can be made anew from it. */
export interface ChangelogPlace {
  readonly name: string;
  readonly location: string;
}

/** The places of all changelogs; none where there is no list. Throws `unusable-cache` when it is damaged. */
export function readChangelogPlaces(folders: CacheFolders): ChangelogPlace[] {
  return readBeside(placesFile(folders), isPlaceList) ?? [];
}

/** Writes the list anew from the index, which knows the places, too. Throws `unusable-cache` when that is damaged. */
export function restoreChangelogPlaces(folders: CacheFolders): void {
  const db = openForReading(packageFile(folders), PACKAGE_LAYOUT);
  try {
    const places = db.prepare<[], ChangelogPlace>("select name, location from changelog order by id").all();
    writeChangelogPlaces(folders, places);
  } finally {
    db.close();
  }
}

function writeChangelogPlaces(folders: CacheFolders, places: readonly ChangelogPlace[]): void {
  const partial = `${placesFile(folders)}.new`;
  writeFileSync(partial, `${JSON.stringify(places, undefined, 2)}\n`);
  renameSync(partial, placesFile(folders));
}

function placesFile(folders: CacheFolders): string {
  return join(folders.index, "changelogs.json");
}

function isPlaceList(value: unknown): value is ChangelogPlace[] {
  return Array.isArray(value) && value.every(isPlace);
}

function isPlace(value: unknown): value is ChangelogPlace {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return typeof fields.get("name") === "string" && typeof fields.get("location") === "string";
}

/** A changelog as it is to be stored. */
export interface StoredChangelog {
  readonly name: string;
  readonly location: string;
  readonly state: string;
  readonly distro: string;
  readonly package: string;
  readonly changelog: Changelog;
}

/**
 * Stores changelogs, each in place of what was stored under its name, and forgets those named in `remove`. Readers
 * see all of it at once.
 *
 * Throws `busy` while another process writes.
 */
export function storeChangelogs(
  folders: CacheFolders,
  change: {
    readonly put: readonly StoredChangelog[];
    readonly remove: readonly string[];
    /** Begins with an empty index. */
    readonly fresh?: boolean;
  },
): void {
  mkdirSync(folders.index, { recursive: true });
  const lock = takeWriterLock(folders.locks, "packages");
  const next = join(folders.index, "packages.next.db");
  try {
    removeDatabase(next);
    if (!change.fresh && existsSync(packageFile(folders))) {
      verifyDatabase(packageFile(folders), { always: true, hint: REBUILD });
      copyFileSync(packageFile(folders), next);
    }
    const db = openForWriting(next, PACKAGE_LAYOUT);
    db.transaction(() => {
      for (const name of [...change.remove, ...change.put.map((one) => one.name)]) forget(db, name);
      for (const one of change.put) put(db, one);
    })();
    db.exec("analyze");
    finishWriting(db);
    publishDatabase(next, packageFile(folders));
    const gone = new Set([...change.remove, ...change.put.map((one) => one.name)]);
    const kept = readChangelogPlaces(folders).filter((place) => !gone.has(place.name));
    writeChangelogPlaces(folders, [...kept, ...change.put.map(({ name, location }) => ({ name, location }))]);
  } finally {
    lock.release();
  }
}

function forget(db: Db, name: string): void {
  const id = db.prepare<[string], number>("select id from changelog where name = ?").pluck().get(name);
  if (id === undefined) return;
  const items = "select i.id from item i join entry e on e.id = i.entry where e.changelog = ?";
  for (const table of ["item_subject", "item_cve", "item_sha"]) {
    db.prepare(`delete from ${table} where item in (${items})`).run(id);
  }
  db.prepare("delete from item where entry in (select id from entry where changelog = ?)").run(id);
  db.prepare("delete from entry where changelog = ?").run(id);
  db.prepare("delete from changelog where id = ?").run(id);
}

function put(db: Db, one: StoredChangelog): void {
  const changelog = Number(
    db
      .prepare(
        "insert into changelog (name, location, state, distro, package, packaging, indexed_at) values (?, ?, ?, ?, ?, ?, ?)",
      )
      .run(
        one.name,
        one.location,
        one.state,
        one.distro,
        one.package,
        one.changelog.packaging,
        new Date().toISOString(),
      ).lastInsertRowid,
  );
  const oldestFirst = [...one.changelog.entries].reverse();
  for (const [position, entry] of oldestFirst.entries()) putEntry(db, changelog, position, entry);
}

function putEntry(db: Db, changelog: number, position: number, entry: ChangelogEntry): void {
  if (entry.version === undefined) return; // it cannot be said which version brought it
  const id = Number(
    db
      .prepare("insert into entry (changelog, position, version, distribution, date) values (?, ?, ?, ?, ?)")
      .run(changelog, position, entry.version, entry.distribution ?? null, entry.date ?? null)
      .lastInsertRowid,
  );
  const add = {
    item: db.prepare("insert into item (entry, subject) values (?, ?)"),
    subject: db.prepare("insert or ignore into item_subject values (?, ?)"),
    cve: db.prepare("insert or ignore into item_cve values (?, ?)"),
    sha: db.prepare("insert or ignore into item_sha values (?, ?)"),
  };
  for (const { subject, cves, shas } of entry.items) {
    const item = Number(add.item.run(id, subject).lastInsertRowid);
    for (const spelling of spellingsOf(subject)) {
      add.subject.run(subjectKey(spelling), item);
      const reverted = revertedSubject(spelling);
      if (reverted !== undefined) add.subject.run(subjectKey(reverted), item);
    }
    for (const cve of cves) add.cve.run(cve, item);
    for (const sha of shas) add.sha.run(sha, item);
  }
}
