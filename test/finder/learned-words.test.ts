import { expect, test } from "vitest";
import { LEARNED_WORDS } from "../../finder/learned-words.ts";

test("a word of a fix always speaks for a commit: the sieve leaves out what none can lift", () => {
  expect(LEARNED_WORDS.fix.size).toBeGreaterThan(0);
  expect([...LEARNED_WORDS.fix].filter(([, weight]) => weight <= 0)).toEqual([]);
});
