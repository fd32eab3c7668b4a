import { expect, test } from "vitest";
import { standingsOf } from "../../finder/standings.ts";

test("the best stands at 0, and equals share the better place", () => {
  const { text } = standingsOf(4, { text: Float32Array.of(0, 5, 9, 5) });
  expect([...(text ?? [])]).toEqual([2, 1, 0, 1]);
});

test("only candidates are compared", () => {
  const { text } = standingsOf(1, { text: Float32Array.of(1, 7) });
  expect([...(text ?? [])]).toEqual([0]);
});
