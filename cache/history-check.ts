import { readFacts } from "./commit-facts.ts";
import { CommitTable, eachCommit } from "./commit-table.ts";
import type { Db } from "./database.ts";
import { eachFirstRelease } from "./first-releases.ts";
import { idsOf } from "./id-set.ts";
import { allLists, numberOfKey } from "./inverted-table.ts";
import { SEGMENT_SIZE } from "./schema.ts";
import { ShaTable } from "./sha-table.ts";

/** Something in an index that cannot be. */
export interface Inconsistency {
  readonly what: string;
  /** How often, where it can be counted. */
  readonly count: number;
}

/** Questions that a sound index answers with none, each with what an answer would mean. */
const ORPHANS: readonly { readonly what: string; readonly count: string }[] = [
  {
    what: "releases below one that is not there",
    count: "select count(*) from release where parent is not null and parent not in (select id from release)",
  },
  {
    what: "lists of files that are not there",
    count: "select count(*) from path_touch where path not in (select id from path)",
  },
  {
    what: "modules of files that are not there",
    count: "select count(*) from module where path not in (select id from path)",
  },
];

/** Questions for the ids of commits, each with what it means that there is no such commit. */
const COMMITS_NAMED: readonly { readonly what: string; readonly ids: string }[] = [
  { what: "releases whose commit is not there", ids: "select tip from release" },
  {
    what: "references of or to commits that are not there",
    ids: "select commit_id from reference union all select target from reference where target is not null",
  },
  { what: "changes of commits that are not there", ids: "select commit_id from diff" },
  { what: "quoted crashes of commits that are not there", ids: "select commit_id from quoted_crash" },
];

/** What in a history's index cannot be: rows that lead nowhere, ranges that are missing. */
export function findInconsistencies(db: Db): Inconsistency[] {
  const orphans = ORPHANS.map(({ what, count }) => ({
    what,
    count: db.prepare<[], number>(count).pluck().get() ?? 0,
  }));
  const found = [
    ...orphans,
    ...wrongCommits(db),
    releasesUnknown(db),
    unnamedFunctions(db),
    missingSegments(db),
  ];
  return found.filter(({ count }) => count > 0);
}

/** What is wrong with the commits themselves, and with what names them. */
function wrongCommits(db: Db): Inconsistency[] {
  const persons = idsOf(db, "select id from person");
  const isThere = new Uint8Array(new CommitTable(db).last() + 1);
  const shas = new ShaTable();
  let [count, unknown, twice] = [0, 0, 0];
  eachCommit(db, ({ id, page, place }) => {
    isThere[id] = 1;
    count++;
    if (!persons.has(page.author(place))) unknown++;
    const sha = page.sha(place);
    if (shas.get(sha) === undefined) shas.set(sha, id);
    else twice++;
  });
  return [
    { what: "commits of an author who is not there", count: unknown },
    { what: "the same commit twice", count: twice },
    {
      what: "commits whose number is missing from the middle",
      count: Math.max(0, isThere.length - 1 - count),
    },
    ...COMMITS_NAMED.map(({ what, ids }) => {
      let missing = 0;
      for (const id of db.prepare<[], number>(ids).pluck().iterate()) if (isThere[id] !== 1) missing++;
      return { what, count: missing };
    }),
  ];
}

function releasesUnknown(db: Db): Inconsistency {
  const releases = idsOf(db, "select id from release");
  let count = 0;
  eachFirstRelease(db, (_, release) => {
    if (!releases.has(release)) count++;
  });
  return { what: "commits of a release that is not there", count };
}

function unnamedFunctions(db: Db): Inconsistency {
  const symbols = idsOf(db, "select id from symbol");
  let count = 0;
  for (const { key } of allLists(db, "touch")) if (!symbols.has(numberOfKey(key))) count++;
  return { what: "lists of functions that are not there", count };
}

/** Every segment of commits has the lengths of its texts and its possible fixes, and all commits have facts. */
function missingSegments(db: Db): Inconsistency {
  const last = new CommitTable(db).last();
  const segments = last === 0 ? 0 : Math.floor(last / SEGMENT_SIZE) + 1;
  const there = ["segment where id", "possible_fix where segment"].map(
    (table) => db.prepare<[number], number>(`select count(*) from ${table} < ?`).pluck().get(segments) ?? 0,
  );
  const known = readFacts(db).size > last || segments === 0 ? 0 : 1;
  return {
    what: "segments of commits without words or facts",
    count: 2 * segments - (there[0] ?? 0) - (there[1] ?? 0) + known,
  };
}
