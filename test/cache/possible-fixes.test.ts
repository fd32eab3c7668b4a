import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FACT, FACT_BYTES, readFacts, storeFacts } from "../../cache/commit-facts.ts";
import { CommitSet } from "../../cache/commit-set.ts";
import { addPossibleFixes, writePossibleFixes } from "../../cache/possible-fixes.ts";
import { HISTORY_SCHEMA, SEGMENT_SIZE } from "../../cache/schema.ts";

const COMMITS = SEGMENT_SIZE + 3000;

/** A commit of an index; its text has so many words. */
interface Written {
  readonly id: number;
  readonly release: number;
  readonly flags: number;
  readonly files: number;
  readonly words: number;
}

const commit: fc.Arbitrary<Written> = fc.record({
  id: fc.integer({ min: 1, max: COMMITS - 1 }),
  release: fc.constantFrom(0, 1, 2, 127, 128, 3000),
  flags: fc.constantFrom(0, 0, FACT.merge, FACT.copy, FACT.namesCulprit | FACT.backported),
  files: fc.constantFrom(0, 1, 255),
  words: fc.constantFrom(0, 1, 255),
});

function index(commits: readonly Written[]): Database.Database {
  const db = new Database(":memory:");
  db.exec(HISTORY_SCHEMA);
  const bytes = new Uint8Array(COMMITS * FACT_BYTES);
  const lengths = [new Uint8Array(SEGMENT_SIZE), new Uint8Array(COMMITS - SEGMENT_SIZE)];
  for (const { id, release, flags, files, words } of commits) {
    bytes.set([release & 255, release >> 8, 0, 0, flags, 0, files], id * FACT_BYTES);
    lengths[id < SEGMENT_SIZE ? 0 : 1]?.set([words], id % SEGMENT_SIZE);
  }
  for (const [segment, row] of lengths.entries())
    db.prepare("insert into segment values (?, ?)").run(segment, row);
  storeFacts(db, bytes);
  writePossibleFixes(db);
  return db;
}

test("what a kernel lacks is found by releases, without merges, copies and what is empty", () => {
  const several = fc.uniqueArray(commit, { selector: ({ id }) => id, maxLength: 60 });
  fc.assert(
    fc.property(several, fc.subarray([0, 1, 2, 127, 128, 3000]), (commits, had) => {
      const db = index(commits);
      const set = new CommitSet(COMMITS);
      const without = new Uint8Array(4000);
      for (const release of had) without[release] = 1;
      for (const { segment, commits: row } of db
        .prepare<[], { segment: number; commits: Buffer }>("select segment, commits from possible_fix")
        .all())
        addPossibleFixes(set, segment, row, without);
      db.close();
      const wanted = commits.filter(
        ({ release, flags, files, words }) =>
          !had.includes(release) && (flags & (FACT.merge | FACT.copy)) === 0 && files + words > 0,
      );
      expect([...set.members.keys()].filter((id) => set.members[id] === 1)).toEqual(
        wanted.map(({ id }) => id).toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 30 },
  );
});

test("facts are read again as they were written, page by page", () => {
  const commits = [1, 1023, 1024, SEGMENT_SIZE, COMMITS - 1].map((id, at) => ({
    id,
    release: 1000 + at,
    flags: FACT.reverted,
    files: at,
    words: 1,
  }));
  const db = index(commits);
  const facts = readFacts(db);
  expect(facts.size).toBe(COMMITS);
  for (const { id, release, files } of commits) {
    expect([facts.release(id), facts.files(id), facts.flags(id)]).toEqual([release, files, FACT.reverted]);
    expect(facts.release(id + 1 < COMMITS && id !== 1023 ? id + 1 : 2)).toBe(0);
  }
  db.close();
  const none = new Database(":memory:");
  none.exec(HISTORY_SCHEMA);
  expect(readFacts(none).size).toBe(0);
  none.close();
});
