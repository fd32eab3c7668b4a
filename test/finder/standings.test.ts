import { expect, test } from "vitest";
import { standingsOf } from "../../finder/standings.ts";

test("the best stands at 0, and equals share the better place", () => {
  const { text } = standingsOf([3, 1, 2, 0], { text: Float32Array.of(0, 5, 9, 5) });
  expect([2, 1, 3, 0].map((commit) => text?.get(commit))).toEqual([0, 1, 1, 2]);
});

test("only candidates are compared", () => {
  const { text } = standingsOf([1], { text: Float32Array.of(7, 1) });
  expect([...(text ?? [])]).toEqual([[1, 0]]);
});
