import { expect, test } from "vitest";
import { CommitSet } from "../../cache/commit-set.ts";
import { scoreFixWords } from "../../finder/fix-words.ts";
import { LEARNED_WORDS } from "../../finder/learned-words.ts";
import { needHistory } from "../../finder/library.ts";
import { scoreWords } from "../../finder/scored-words.ts";
import { openHistory } from "./open-history.ts";

const library = openHistory();

const OTHER_WORDS = new Map([["fix", 1]]);

test.each([
  ["words of a fix", LEARNED_WORDS.fix],
  ["the same for a second crash", LEARNED_WORDS.fix],
  ["the same again", LEARNED_WORDS.fix],
  ["other words", OTHER_WORDS],
  ["the first again", LEARNED_WORDS.fix],
])("what is kept of a message is what is counted in it: %s", (_name, words) => {
  const { history } = needHistory(library());
  const { size } = history.facts();
  const every = new CommitSet(size);
  every.addRange(1, size);
  const counted = scoreWords(history, every, words);
  expect(counted.some((score) => score > 0)).toBe(true);
  for (const commit of [size - 1, 1]) {
    const one = new CommitSet(size);
    one.add(commit);
    const kept = scoreFixWords(history, one, words);
    expect(kept[commit]).toBe(counted[commit]);
  }
  const among = new CommitSet(size);
  among.addRange(1, size);
  expect([...scoreFixWords(history, among, words)]).toEqual([...counted]);
});
