import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InvertedBatch } from "../../cache/inverted-batch.ts";
import { Postings, WORD_SCALE } from "../../cache/inverted-list.ts";
import { allLists, appendLists } from "../../cache/inverted-table.ts";
import { HISTORY_SCHEMA, SEGMENT_SIZE } from "../../cache/schema.ts";
import { packTouched, unpackTouched } from "../../cache/touched-list.ts";
import { readVarints, VarintWriter } from "../../cache/varint.ts";
import { gather } from "./gather.ts";

test("numbers of any size come back from their bytes", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(Number.MAX_SAFE_INTEGER)), (numbers) => {
      const out = new VarintWriter();
      for (const number of numbers) out.push(number);
      expect([...readVarints(out.bytes())]).toEqual(numbers);
    }),
  );
});

test("an inverted list that is added to in any number of runs is as if made in one", () => {
  const entries = fc.uniqueArray(fc.tuple(fc.nat(SEGMENT_SIZE - 1), fc.nat(WORD_SCALE - 1)), {
    selector: ([commit]) => commit,
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(entries, fc.array(fc.nat(60), { maxLength: 4 }), fc.nat(3), (unsorted, cuts, segment) => {
      const sorted = [...unsorted].sort(([a], [b]) => a - b);
      const places = [0, ...cuts.sort((a, b) => a - b), sorted.length];
      const db = new Database(":memory:");
      db.exec(HISTORY_SCHEMA);
      places.slice(1).forEach((to, at) => {
        const entries = sorted
          .slice(places[at], to)
          .map(([commit, note]) => ({ key: "word", commit: segment * SEGMENT_SIZE + commit, note }));
        appendLists(db, "word", segment, gather("word", entries));
      });
      const [{ list } = { list: Buffer.alloc(0) }] = [...allLists(db, "word")];
      const { ids, notes, length } = new Postings().append(segment, list, WORD_SCALE);
      const found = Array.from({ length }, (_, at) => [(ids[at] ?? 0) - segment * SEGMENT_SIZE, notes[at]]);
      expect(found).toEqual(sorted);
      db.close();
    }),
    { numRuns: 100 },
  );
});

test("lists without notes follow each other, and nothing is left of those before", () => {
  const commits = [0, 1, 127, 128, 129, 16_511, 16_512, SEGMENT_SIZE - 1].map((at) => 3 * SEGMENT_SIZE + at);
  const db = new Database(":memory:");
  db.exec(HISTORY_SCHEMA);
  const batch = new InvertedBatch();
  for (const commit of commits) batch.add(5, commit);
  appendLists(db, "touch", 3, batch);
  const [{ list } = { list: Buffer.alloc(0) }] = [...allLists(db, "touch")];
  const postings = new Postings();
  const found = () => Array.from(postings.ids.subarray(0, postings.length));
  for (let again = 0; again < 300; again++) postings.append(3, list, 1);
  expect(found()).toEqual(Array.from({ length: 300 }, () => commits).flat());
  postings.clear().append(0, list, 1);
  expect(found()).toEqual(commits.map((commit) => commit - 3 * SEGMENT_SIZE));
  db.close();
});

test("what a commit touches comes back from its bytes", () => {
  const files = [
    { path: 7, symbols: [1, 200, 3_000_000] },
    { path: 1_000_000, symbols: [] },
  ];
  expect(unpackTouched(packTouched(files))).toEqual(files);
});
