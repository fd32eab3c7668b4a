import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PAGE, withTable } from "./distribution-table.ts";

test("docs/versions.md shows the table of distributions as it is", () => {
  const page = readFileSync(PAGE, "utf8");
  expect(squeeze(page)).toBe(squeeze(withTable(page)));
});

/** Without what a formatter adds to a table. */
function squeeze(page: string): string {
  return page
    .replace(/ +/g, " ")
    .replace(/-{3,}/g, "---")
    .replace(/\| (---) (?=\|)/g, "|$1");
}
