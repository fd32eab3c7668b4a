import { normaliseSubject } from "../kernel/commit/subject.ts";
import { revertedSubject, spellingsOf } from "../kernel/distro/changelog.ts";
import { type Db, openForReading } from "./database.ts";
import { PACKAGE_LAYOUT } from "./package-schema.ts";
import { subjectKey } from "./subject-key.ts";
import { whenAsked } from "./when-asked.ts";

/** A package's changelog as it is stored. */
export interface IndexedChangelog {
  readonly id: number;
  readonly name: string;
  readonly location: string;
  readonly state: string;
  readonly distro: string;
  readonly package: string;
  readonly packaging: "deb" | "rpm";
  readonly indexedAt: string;
}

/** A change that one version of a package brought, or took out. */
export interface PackageChange {
  readonly changelog: number;
  /** Place of the version among those of its changelog; 0 is the oldest. */
  readonly position: number;
  readonly version: string;
  /** Seconds since 1970. */
  readonly date: number | undefined;
  readonly subject: string;
  /** The version took the change out. */
  readonly reverts: boolean;
}

/** Every question that is asked of the index of package changelogs. */
export class PackageReader {
  readonly #db: Db;
  readonly #statements;

  private constructor(db: Db) {
    this.#db = db;
    this.#statements = whenAsked({
      changelogs: () =>
        db.prepare<[], IndexedChangelog>(
          "select id, name, location, state, distro, package, packaging, indexed_at as indexedAt from changelog order by id",
        ),
      versions: () =>
        db
          .prepare<[number], string>("select version from entry where changelog = ? order by position")
          .pluck(),
      bySubject: () =>
        db.prepare<[number], ChangeRow>(
          `${CHANGE} where i.id in (select item from item_subject where subject_key = ?) ${ORDER}`,
        ),
      byCve: () =>
        db.prepare<[string], ChangeRow>(
          `${CHANGE} where i.id in (select item from item_cve where cve = ?) ${ORDER}`,
        ),
      bySha: () =>
        db.prepare<[string, string, string], ChangeRow>(
          `${CHANGE} where i.id in (select item from item_sha where sha >= substr(?, 1, 12) and sha <= ? and ? like sha || '%') ${ORDER}`,
        ),
    });
  }

  /** Throws `not-indexed` or `unusable-cache`, see `openForReading`. */
  static open(file: string): PackageReader {
    return new PackageReader(openForReading(file, PACKAGE_LAYOUT));
  }

  close(): void {
    this.#db.close();
  }

  changelogs(): IndexedChangelog[] {
    return this.#statements.changelogs.all();
  }

  /** The versions of a changelog, oldest first. */
  versions(changelog: number): string[] {
    return this.#statements.versions.all(changelog);
  }

  /** Changes with this subject, oldest first in each changelog. */
  changesBySubject(subject: string): PackageChange[] {
    const wanted = normaliseSubject(subject);
    const is = (spelling: string | undefined) =>
      spelling !== undefined && normaliseSubject(spelling) === wanted;
    return this.#statements.bySubject.all(subjectKey(subject)).flatMap((row) => {
      const spellings = spellingsOf(row.subject);
      const reverts = !spellings.some(is);
      if (reverts && !spellings.some((spelling) => is(revertedSubject(spelling)))) return [];
      return [{ ...toChange(row), reverts }];
    });
  }

  changesByCve(cve: string): PackageChange[] {
    return this.#statements.byCve.all(cve.toUpperCase()).map(toChange);
  }

  /** Changes that name this sha, whole or by its first twelve digits or more. */
  changesBySha(sha: string): PackageChange[] {
    return this.#statements.bySha.all(sha, sha, sha).map(toChange);
  }
}

type ChangeRow = Omit<PackageChange, "date" | "reverts"> & { date: number | null };

const CHANGE =
  "select e.changelog, e.position, e.version, e.date, i.subject from item i join entry e on e.id = i.entry";
const ORDER = "order by e.changelog, e.position, i.id";

function toChange(row: ChangeRow): PackageChange {
  return { ...row, date: row.date ?? undefined, reverts: false };
}
