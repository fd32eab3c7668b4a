import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tuiPage } from "../../docs/tui.ts";

test("the page shows the screens and the keys as they are (npm run docs makes it)", async () => {
  const committed = readFileSync(new URL("../../docs/tui.md", import.meta.url), "utf8");
  expect(committed).toBe(await tuiPage());
});
