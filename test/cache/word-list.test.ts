import fc from "fast-check";
import { expect, test } from "vitest";
import { CommitSet } from "../../cache/commit-set.ts";
import { Postings, WORD_SCALE } from "../../cache/inverted-list.ts";
import { StoredList } from "../../cache/inverted-table.ts";
import { SEGMENT_SIZE } from "../../cache/schema.ts";
import { VarintWriter } from "../../cache/varint.ts";
import { WordList } from "../../cache/word-list.ts";

const COUNT = 5 * SEGMENT_SIZE;

/** Lists of the segments 1 to 3: some close commits, some far ones, in numbers of one to three bytes. */
const LISTS = [1, 2, 3].map((segment) => {
  const out = new VarintWriter();
  for (let at = 0; at < 200; at++) {
    const gap = at % 31 === 30 ? 3_000 : at % 7 === 0 ? 290 : 1;
    out.push(gap * WORD_SCALE + (at % WORD_SCALE));
  }
  return [segment, Uint8Array.from(out.bytes())] as const;
});

/** Those of some segments are long, and read when they are asked for. */
const listOf = (read = (list: Uint8Array) => list) =>
  new WordList((first, last) =>
    LISTS.filter(([segment]) => segment >= first && segment <= last).map(([segment, list]) =>
      segment === 2
        ? new StoredList(segment, { length: list.length, read: () => list })
        : new StoredList(segment, { length: list.length, count: 200, read: () => read(list) }),
    ),
  );

const everything = LISTS.reduce(
  (all, [segment, list]) => all.append(segment, list, WORD_SCALE),
  new Postings(),
);
const all = Array.from(everything.commits, (id, at) => [id, everything.notes[at] ?? 0] as const);

test("the wanted commits are found with their notes, in whatever order lists are asked", () => {
  const wanted = fc.array(fc.oneof(fc.constantFrom(...all.map(([id]) => id)), fc.nat(COUNT - 1)));
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 4 }), (questions) => {
      const list = listOf();
      for (const ids of questions) {
        const set = new CommitSet(COUNT);
        for (const id of ids) set.add(id);
        const found = list.among(set);
        expect(Array.from({ length: found.length }, (_, at) => [found.ids[at], found.notes[at]])).toEqual(
          all.filter(([id]) => ids.includes(id)),
        );
      }
      expect(list.count).toBe(all.length);
    }),
  );
});

test("a commit is found in its segment alone, and all are found", () => {
  const list = listOf();
  const wanted = fc.oneof(fc.constantFrom(...all.map(([id]) => id)), fc.nat(COUNT - 1));
  const ids = new Set(all.map(([id]) => id));
  fc.assert(fc.property(wanted, (id) => list.has(id) === ids.has(id)));
  expect(Array.from(list.appendTo(new Postings()).commits)).toEqual([...ids]);
  expect(list.size).toBe(LISTS.reduce((sum, [, { length }]) => sum + length, 0));
});

test("no long list is read for nothing", () => {
  const list = listOf(() => expect.fail("was read"));
  const second = new CommitSet(COUNT);
  second.addRange(2 * SEGMENT_SIZE, 3 * SEGMENT_SIZE);
  expect([list.count, list.among(new CommitSet(COUNT)).length, list.among(second).length]).toEqual([
    600, 0, 200,
  ]);
});

test("commits of a picked set stand where they were picked, the others at their ids", () => {
  const [one = 0, two = 0] = [all[9]?.[0], all[3]?.[0]];
  const picked = CommitSet.of(COUNT, [one, two, one]);
  expect([picked.size, picked.placeOf(one), picked.placeOf(two)]).toEqual([2, 0, 1]);
  const { ids, length } = listOf().among(picked);
  picked.toPlaces(ids, length);
  expect(Array.from(ids.subarray(0, length))).toEqual([1, 0]);
  const range = new CommitSet(COUNT);
  range.addRange(two, one + 1);
  expect([range.size, range.placeOf(one), listOf().among(range).length]).toEqual([one + 1, one, 7]);
});
