import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { crashLogsPage } from "../../docs/crash-logs.ts";

test("the committed page is what the tables give (npm run docs makes it)", () => {
  const committed = readFileSync(new URL("../../docs/crash-logs.md", import.meta.url), "utf8");
  expect(committed).toBe(crashLogsPage());
});
