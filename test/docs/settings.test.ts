import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingsPage } from "../../docs/settings.ts";

test("the committed page is what the table gives (npm run docs makes it)", () => {
  const committed = readFileSync(new URL("../../docs/settings.md", import.meta.url), "utf8");
  expect(committed).toBe(settingsPage());
});
