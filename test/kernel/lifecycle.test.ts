import { expect, test } from "vitest";
import { isSupported, LIFECYCLE, parseLifecycle } from "../../kernel/lifecycle.ts";

test("a long-term series is kept up to the month of its end", () => {
  const day = (text: string): number => Date.parse(text) / 1000;
  expect(isSupported("4.19", day("2024-12-31"))).toBe(true);
  expect(isSupported("4.19", day("2025-01-01"))).toBe(false);
  expect(isSupported("4.18", day("2018-09-01"))).toBe(false);
});

test("a table is read from text, in order, or not at all", () => {
  expect(parseLifecycle("# read on 2026-08-01\n6.12 2028-12\n\n6.6 2027-12\n")).toEqual({
    readOn: "2026-08-01",
    longterm: [
      { series: "6.6", endOfLife: "2027-12" },
      { series: "6.12", endOfLife: "2028-12" },
    ],
  });
  for (const text of [
    "6.12 2028-12\n",
    "# read on 2026-08-01\n",
    "# read on 2026-08-01\n6.12 soon\n",
    "# read on 2026-08-01\n6.12 2028-13\n",
  ]) {
    expect(parseLifecycle(text)).toBeUndefined();
  }
});

test("the table that kfix comes with names each series once, in order", () => {
  const series = LIFECYCLE.longterm.map((row) => row.series);
  expect(new Set(series).size).toBe(series.length);
  expect(series).toEqual([...series].sort((a, b) => Number(a.split(".")[0]) - Number(b.split(".")[0]) || 0));
});
