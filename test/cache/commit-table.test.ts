import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CommitTable, eachCommit, removeCommit } from "../../cache/commit-table.ts";
import { FirstReleases } from "../../cache/first-releases.ts";
import { CommitWriter } from "../../cache/history-writer.ts";
import { commitCount } from "../../cache/meta.ts";
import { CommitPacker } from "../../cache/packed-commits.ts";
import { ReferenceResolver } from "../../cache/reference-resolver.ts";
import { HISTORY_SCHEMA } from "../../cache/schema.ts";
import { ShaTable } from "../../cache/sha-table.ts";
import { subjectKey } from "../../cache/subject-key.ts";

interface Written {
  readonly sha: Buffer;
  readonly authorTime: number;
  readonly author: string;
  readonly subject: string;
  /** Places, in the list, of the parents, which stand before it. */
  readonly parents: readonly number[];
}

const COMMIT = fc.record({
  // few first bytes: shas share the key that they are found by
  sha: fc
    .tuple(fc.constantFrom(0, 1, 255), fc.uint8Array({ minLength: 16, maxLength: 16 }))
    .map(([first, rest]) => Buffer.from([first, first, first, first, ...rest])),
  authorTime: fc.oneof(fc.nat(2 ** 31 - 1), fc.nat(2 ** 40)),
  author: fc.constantFrom("A <a@example.org>", "Bø <b@example.org>", ""),
  subject: fc.oneof(
    fc.constantFrom("", "Merge branch 'lumen'", "lumen: Straße ✓", "x".repeat(9000)),
    fc.string({ maxLength: 40 }),
  ),
  before: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
});
const COMMITS: fc.Arbitrary<Written[]> = fc
  .uniqueArray(COMMIT, { minLength: 1, maxLength: 60, selector: ({ sha }) => sha.toString("hex") })
  .map((commits) =>
    commits.map(({ before, ...commit }, at) => ({
      ...commit,
      parents: [...new Set(before)].flatMap((distance) => (distance <= at ? [at - distance] : [])),
    })),
  );

/** An index of these commits, written in runs that begin at these places. */
function index(commits: readonly Written[], runs: readonly number[] = []): Database.Database {
  const db = new Database(":memory:");
  db.exec(HISTORY_SCHEMA);
  const bounds = [0, ...runs.filter((at) => at < commits.length).sort((a, b) => a - b), commits.length];
  for (const [at, from] of bounds.slice(0, -1).entries()) {
    const writer = new CommitWriter(db);
    const packer = new CommitPacker();
    for (const { sha, authorTime, author, subject, parents } of commits.slice(from, bounds[at + 1])) {
      const shas = [sha, ...parents.flatMap((place) => commits[place]?.sha ?? [])];
      packer.add(Buffer.from(shas.map((one) => one.toString("hex")).join(" ")), authorTime, author, {
        ...{ subject, subjectKey: subjectKey(subject), prose: "" },
        ...{ references: [], stableHints: [], reports: [], quotes: [] },
      });
    }
    writer.add(packer.take());
    writer.end();
  }
  return db;
}

const RUNS = fc.array(fc.integer({ min: 1, max: 59 }), { maxLength: 4 });

describe("commits", () => {
  test("are read as they were written, in one run or in several", () => {
    fc.assert(
      fc.property(COMMITS, RUNS, (commits, runs) => {
        const db = index(commits, runs);
        const person = db.prepare<[number], string>("select name from person where id = ?").pluck();
        const read: unknown[] = [];
        eachCommit(db, ({ id, page, place, parents }) =>
          read.push({
            sha: page.sha(place).toString("hex"),
            authorTime: page.authorTime(place),
            author: person.get(page.author(place)),
            subject: page.subject(place),
            parents: parents.map((distance) => id - distance - 1),
          }),
        );
        expect(read).toEqual(
          commits.map(({ sha, subject, ...rest }) => ({
            ...rest,
            sha: sha.toString("hex"),
            subject: Buffer.from(subject).toString(),
          })),
        );
        const table = new CommitTable(db);
        expect(table.last()).toBe(commits.length);
        expect(commitCount(db)).toBe(commits.length);
        expect(commits.map((_, at) => table.subject(at + 1))).toEqual(
          commits.map(({ subject }) => Buffer.from(subject).toString()),
        );
        db.close();
      }),
    );
  });

  test("are found by sha, whole or short, and by subject", () => {
    fc.assert(
      fc.property(COMMITS, RUNS, fc.integer({ min: 4, max: 40 }), fc.nat(59), (commits, runs, digits, at) => {
        const db = index(commits, runs);
        const table = new CommitTable(db);
        const wanted = commits[at % commits.length];
        const prefix = wanted?.sha.toString("hex").slice(0, digits) ?? "";
        const ids = (like: (commit: Written) => boolean): number[] =>
          commits.flatMap((commit, place) => (like(commit) ? [place + 1] : []));
        expect(table.bySha(prefix)).toEqual(ids(({ sha }) => sha.toString("hex").startsWith(prefix)));
        const key = subjectKey(wanted?.subject ?? "");
        expect(table.bySubject(wanted?.subject ?? "")).toEqual(
          ids(({ subject }) => subjectKey(subject) === key),
        );
        db.close();
      }),
    );
  });

  test("are visited within any range of ids", () => {
    fc.assert(
      fc.property(COMMITS, fc.nat(70), fc.nat(70), (commits, from, to) => {
        const db = index(commits);
        const shas = commits.map(({ sha }, at) => [sha.toString("hex"), at + 1] as const);
        const visited: [string, number][] = [];
        eachCommit(db, ({ id, page, place }) => visited.push([page.sha(place).toString("hex"), id]), {
          from,
          to,
        });
        expect(visited).toEqual(shas.filter(([, id]) => id >= from && id <= to));
        db.close();
      }),
    );
  });

  test("that are taken out are found no more, and their ids are given to no others", () => {
    const commits = fc.sample(COMMITS, { numRuns: 1, seed: 7 })[0] ?? [];
    const db = index(commits);
    const last = commits.at(-1);
    removeCommit(db, commits.length);
    removeCommit(db, 4711);
    const table = new CommitTable(db);
    expect(table.has(commits.length)).toBe(false);
    expect(table.bySha(last?.sha.toString("hex") ?? "")).toEqual([]);
    expect(table.bySubject(last?.subject ?? "")).not.toContain(commits.length);
    expect(new CommitWriter(db).nextId).toBe(commits.length + 1);
  });

  test("are found among thousands, where hundreds have one subject", () => {
    const many = Array.from({ length: 3000 }, (_, at) => ({
      ...{ sha: Buffer.alloc(20), authorTime: at, author: "", parents: [] },
      subject: at % 3 === 0 ? "Merge branch 'for-linus'" : `lumen: change ${at % 500}`,
    }));
    for (const [at, { sha }] of many.entries()) sha.writeUInt32BE(Math.imul(at, 0x9e3779b1) >>> 0);
    const table = new CommitTable(index(many, [700]));
    const ids = (subject: string): number[] =>
      many.flatMap((commit, at) => (commit.subject === subject ? [at + 1] : []));
    expect(many.map(({ sha }) => table.bySha(sha.toString("hex")))).toEqual(many.map((_, at) => [at + 1]));
    for (const subject of new Set(many.map((commit) => commit.subject)))
      expect(table.bySubject(subject)).toEqual(ids(subject));
    expect(table.bySha("ffff".repeat(10))).toEqual([]);
  });
});

test("an unmarked commit of a stable series is taken for a copy of the one with its subject and author", () => {
  const SUBJECT = "lumen: free the ring when the probe fails";
  const named: readonly (readonly [
    release: "v3.1" | "v3.0.9" | undefined,
    author: string,
    subject: string,
  ])[] = [
    ["v3.1", "A", SUBJECT], // 1
    ["v3.0.9", "A", SUBJECT], // 2: its copy
    ["v3.0.9", "B", SUBJECT], // 3: another's
    ["v3.1", "A", "lumen: twice the very same subject"], // 4
    ["v3.1", "A", "lumen: twice the very same subject"], // 5
    ["v3.0.9", "A", "lumen: twice the very same subject"], // 6: of 4 or 5
    ["v3.1", "A", "Fix build"], // 7
    ["v3.0.9", "A", "Fix build"], // 8: says too little
    [undefined, "A", SUBJECT], // 9: of no release
  ];
  const db = index(
    named.map(([, author, subject], at) => ({
      ...{ sha: Buffer.alloc(20, at + 1), authorTime: 1, parents: [] },
      ...{ author, subject },
    })),
  );
  db.exec(`insert into release (id, name, series, kind, date, sha, tip) values
    (1, 'v3.1', '3.1', 'mainline', 1, x'01', 1), (2, 'v3.0.9', '3.0', 'stable', 1, x'02', 2)`);
  const tree = new CommitWriter(db).tree;
  named.forEach(([release], at) => {
    if (release) tree.setRelease(at + 1, release === "v3.1" ? 1 : 2);
  });
  tree.storeReleases();
  expect([1, 2, 9, 10, 5000].map((id) => new FirstReleases(db).of(id))).toEqual([1, 2, 0, 0, 0]);
  new ReferenceResolver(db, new ShaTable()).guessUnmarkedBackports();
  const found = db.prepare("select commit_id, kind, how, target from reference").raw().all();
  expect(found).toEqual([[2, "backport", "same-subject", 1]]);
});
