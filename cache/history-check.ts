import { readFacts } from "./commit-facts.ts";
import type { Db } from "./database.ts";
import { allLists, numberOfKey } from "./inverted-table.ts";
import { NO_RELEASE, SEGMENT_SIZE } from "./schema.ts";

/** Something in an index that cannot be. */
export interface Inconsistency {
  readonly what: string;
  /** How often, where it can be counted. */
  readonly count: number;
}

/** Questions that a sound index answers with none, each with what an answer would mean. */
const ORPHANS: readonly { readonly what: string; readonly count: string }[] = [
  {
    what: "commits of a release that is not there",
    count: `select count(*) from commits where release <> ${NO_RELEASE} and release not in (select id from release)`,
  },
  {
    what: "commits of an author who is not there",
    count: "select count(*) from commits where author not in (select id from person)",
  },
  {
    what: "releases below one that is not there",
    count: "select count(*) from release where parent is not null and parent not in (select id from release)",
  },
  {
    what: "releases whose commit is not there",
    count: "select count(*) from release where tip not in (select id from commits)",
  },
  {
    what: "references of or to commits that are not there",
    count:
      "select count(*) from reference where commit_id not in (select id from commits) or (target is not null and target not in (select id from commits))",
  },
  {
    what: "changes of commits that are not there",
    count: "select count(*) from diff where commit_id not in (select id from commits)",
  },
  {
    what: "quoted crashes of commits that are not there",
    count: "select count(*) from quoted_crash where commit_id not in (select id from commits)",
  },
  {
    what: "lists of files that are not there",
    count: "select count(*) from path_touch where path not in (select id from path)",
  },
  {
    what: "modules of files that are not there",
    count: "select count(*) from module where path not in (select id from path)",
  },
  {
    what: "the same commit twice",
    count: "select count(*) - count(distinct sha) from commits",
  },
  {
    what: "commits whose number is missing from the middle",
    count: "select coalesce(max(id), 0) - count(*) from commits",
  },
];

/** What in a history's index cannot be: rows that lead nowhere, ranges that are missing. */
export function findInconsistencies(db: Db): Inconsistency[] {
  const found = ORPHANS.map(({ what, count }) => ({
    what,
    count: db.prepare<[], number>(count).pluck().get() ?? 0,
  }));
  return [...found, unnamedFunctions(db), missingSegments(db)].filter(({ count }) => count > 0);
}

function unnamedFunctions(db: Db): Inconsistency {
  const symbols = new Set(db.prepare<[], number>("select id from symbol").pluck().iterate());
  let count = 0;
  for (const { key } of allLists(db, "touch")) if (!symbols.has(numberOfKey(key))) count++;
  return { what: "lists of functions that are not there", count };
}

/** Every segment of commits has the lengths of its texts and its possible fixes, and all commits have facts. */
function missingSegments(db: Db): Inconsistency {
  const last = db.prepare<[], number | null>("select max(id) from commits").pluck().get() ?? 0;
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
