import { expect, test } from "vitest";
import type { Machine } from "../../bench/measure/machine.ts";
import { type PartResult, withTable } from "../../bench/measure/results.ts";
import { spreadOf } from "../../bench/measure/samples.ts";

const MACHINE: Machine = {
  date: "2026-01-02T03:04:05.000Z",
  cpu: "a processor",
  cores: 2,
  memory: 24,
  freeMemory: 20,
  load: 0.25,
  node: "v20.19.0",
  git: "2.47.0",
  ripgrep: "15.0.0",
  ctags: "6.1.0",
};

const RESULT: PartResult = {
  part: "startup",
  machine: MACHINE,
  inputs: "something",
  measurements: [
    { what: "node -e 0", unit: "ms", samples: [60, 62, 80] },
    { what: "kfix fix", unit: "ms", samples: [93, 200, 80], against: "node -e 0" },
    { what: "a peer", unit: "s", samples: [20] },
    { what: "kfix", unit: "s", samples: [1], against: "a peer", note: "of all" },
    { what: "what could not be run", unit: "s", samples: [] },
  ],
};

const PAGE = `# Page

Before.

<!-- bench: startup -->
an old table
<!-- end -->

Between, by hand.

<!-- bench: other -->
another
<!-- end -->
`;

test("a part's table takes the place of its last one, and leaves all else", () => {
  const page = withTable(PAGE, RESULT);
  expect(page).not.toContain("an old table");
  for (const kept of ["Before.", "Between, by hand.", "<!-- bench: other -->\nanother\n<!-- end -->"])
    expect(page).toContain(kept);
  expect(withTable(page, RESULT)).toBe(page);
});

test("medians, scatter and ratios", () => {
  const lines = withTable(PAGE, RESULT).split("\n");
  const cells = lines
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  expect(cells.slice(2)).toEqual([
    ["", "node -e 0", "62.0 ms", "60.0 ms to 80.0 ms, 3 runs", "", ""],
    ["", "kfix fix", "93.0 ms", "80.0 ms to 200 ms, 3 runs", "1.50 times node -e 0", ""],
    ["", "a peer", "20.0 s", "", "", ""],
    ["", "kfix (of all)", "1.00 s", "", "20 times faster than a peer", ""],
  ]);
});

test("a part without a place in the page gets one at its end", () => {
  expect(withTable("# Page\n", RESULT)).toMatch(
    /^# Page\n\n## startup\n\n<!-- bench: startup -->\n\| Measured/,
  );
});

test("the median of an even number of runs lies between the middle two", () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ count: 4, min: 1, median: 2.5, max: 4 });
});
