import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { jsonPages } from "../../docs/json.ts";

const DOCS = new URL("../../docs/", import.meta.url);

const pages = await jsonPages();

test.each([...pages])("docs/%s is what the shapes give (npm run docs makes it)", (name, text) => {
  expect(readFileSync(new URL(name, DOCS), "utf8")).toBe(text);
});

test("docs/schema has no schema that nothing answers by", () => {
  const made = [...pages.keys()].filter((name) => name.startsWith("schema/"));
  expect(
    readdirSync(new URL("schema", DOCS))
      .map((name) => `schema/${name}`)
      .sort(),
  ).toEqual(made.sort());
});
