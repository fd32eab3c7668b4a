import { expect, test } from "vitest";
import { mainlineCount } from "../../kernel/mainline-count.ts";

test.each([
  ["2.6.12", 12],
  ["2.6.39", 39],
  ["3.0", 40],
  ["3.19", 59],
  ["4.0", 60],
  ["4.20", 80],
  ["5.0", 81],
  ["5.19", 100],
  ["6.0", 101],
  ["7.0", 121],
  ["2.4", undefined],
])("%s is the mainline release number %s since 2.6.0", (series, count) => {
  expect(mainlineCount(series)).toBe(count);
});
