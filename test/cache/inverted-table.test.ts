import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { Postings, WORD_SCALE } from "../../cache/inverted-list.ts";
import {
  allLists,
  appendLists,
  type InvertedKey,
  InvertedReader,
  numberOfKey,
} from "../../cache/inverted-table.ts";
import { HISTORY_SCHEMA, SEGMENT_SIZE } from "../../cache/schema.ts";
import { gather } from "./gather.ts";

let db: Database.Database | undefined;

afterEach(() => db?.close());

function emptyIndex(): Database.Database {
  db?.close();
  db = new Database(":memory:");
  db.exec(HISTORY_SCHEMA);
  return db;
}

/** Words as messages have them: some alike for more than fifteen characters, some as long as a word may be. */
const word = fc.oneof(
  fc.stringMatching(/^[a-z0-9_]{2,6}$/),
  fc.stringMatching(/^ieee80211_(rx_handlers_)?[a-c]{1,4}$/),
  fc.stringMatching(/^a_very_long_name_of_a_function_[a-b]{30,33}$/),
);
/** Commits of a key: few, or so many that their list stands in a row of its own. */
const commits = fc.oneof(
  { weight: 5, arbitrary: fc.uniqueArray(fc.nat(2 * SEGMENT_SIZE - 1), { minLength: 1, maxLength: 9 }) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 500, max: 2_500 })
      .map((count) => Array.from({ length: count }, (_, at) => 1 + at * 50)),
  },
);

test("each key has its commits, whatever stands beside it and in how many runs they came", () => {
  const written = fc.uniqueArray(fc.tuple(word, commits), { selector: ([key]) => key, maxLength: 60 });
  fc.assert(
    fc.property(written, fc.nat(2 * SEGMENT_SIZE), word, (lists, cut, other) => {
      const index = emptyIndex();
      write(index, "word", lists, cut);
      const reader = new InvertedReader(index, "word");
      for (const [key, ids] of lists) expect(commitsOf(reader, key)).toEqual(ids.toSorted((a, b) => a - b));
      if (!lists.some(([key]) => key === other)) expect(commitsOf(reader, other)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("numbers are keys as well, in their order", () => {
  const ids = [1, 2, 255, 256, 65_535, 65_536, 16_777_216, 4_294_967_295];
  const index = emptyIndex();
  write(
    index,
    "touch",
    ids.map((id) => [id, [id % 1000]] as const),
    500,
  );
  const reader = new InvertedReader(index, "touch");
  for (const id of ids) expect(commitsOf(reader, id)).toEqual([id % 1000]);
  for (const id of [0, 3, 257, 4_294_967_294]) expect(commitsOf(reader, id)).toEqual([]);
  expect([...allLists(index, "touch")].map(({ key }) => numberOfKey(key))).toEqual(ids);
});

test("words that begin alike are found on all their pages, with the size of their lists", () => {
  const many = Array.from({ length: 700 }, (_, at) => `drm_${at.toString(36).padStart(3, "0")}`);
  const index = emptyIndex();
  write(
    index,
    "word",
    ["abc", "dr", ...many, "drn", "zz"].map((key) => [key, [7, SEGMENT_SIZE + 9]] as const),
    SEGMENT_SIZE,
  );
  const reader = new InvertedReader(index, "word");
  expect([...reader.beginning("drm_").keys()].toSorted()).toEqual(many);
  expect([...reader.beginning("a")]).toEqual([["abc", 2]]);
  expect([...reader.beginning("zzz")]).toEqual([]);
  expect([...reader.beginning("0")]).toEqual([]);
});

test("a name with letters that are no ASCII is not taken for another", () => {
  const index = emptyIndex();
  write(
    index,
    "word",
    [
      ["bug", [1]],
      ["cup", Array.from({ length: 2_000 }, (_, at) => at * 30)],
    ],
    0,
  );
  const reader = new InvertedReader(index, "word");
  // the low bytes of the first letters are those of "b" and "c"
  expect(commitsOf(reader, "\u0162ug")).toEqual([]);
  expect(commitsOf(reader, "\u0163up")).toEqual([]);
});

/** Writes lists in two runs, the first of which has the commits below `cut`. */
function write<Key extends InvertedKey>(
  index: Database.Database,
  table: "word" | "touch",
  lists: readonly (readonly [Key, readonly number[]])[],
  cut: number,
): void {
  const pairs = lists
    .flatMap(([key, ids]) => ids.map((commit) => ({ key, commit })))
    .toSorted((a, b) => a.commit - b.commit);
  for (const segment of [0, 1]) {
    index.prepare("insert into segment values (?, ?)").run(segment, Buffer.alloc(0));
    for (const run of [
      pairs.filter(({ commit }) => commit < cut),
      pairs.filter(({ commit }) => commit >= cut),
    ]) {
      const entries = run.filter(({ commit }) => Math.floor(commit / SEGMENT_SIZE) === segment);
      appendLists(index, table, segment, gather(table, entries));
    }
  }
}

function commitsOf(reader: InvertedReader, key: InvertedKey): number[] {
  const found = reader.lists(key);
  for (const { segment, commits, length } of found) {
    expect(reader.lists(key, segment, segment)[0]?.commits).toEqual(commits);
    expect(commits.length).toBe(length);
  }
  const scale = typeof key === "string" ? WORD_SCALE : 1;
  const commits = found.map(({ segment, commits }) => [
    ...new Postings().append(segment, commits, scale).commits,
  ]);
  expect(found.map(({ count }) => count)).toEqual(commits.map(({ length }) => length));
  return commits.flat();
}
