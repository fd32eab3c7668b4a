import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PAGE, withTable } from "./distribution-table.ts";

test("docs/versions.md shows the table of distributions as it is", () => {
  const page = readFileSync(PAGE, "utf8");
  expect(page).toBe(withTable(page));
});
