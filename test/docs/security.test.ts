import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/security.md", root), "utf8");

/** Rows of "Where outside text goes out": where, guard, `FILE: WORDS OF A TEST`. */
const rows = page.split("\n").flatMap((line) => {
  const found = /^\| (.+) \| (.+) \| (test\/[\w./-]+\.test\.tsx?): (.+) \|$/.exec(line);
  return found ? [{ where: found[1] ?? "", file: found[3] ?? "", words: found[4] ?? "" }] : [];
});

describe("every place where outside text goes out", () => {
  test("is in the table", () => expect(rows.length).toBeGreaterThan(12));
  test.each(rows)("$where has the test that the table names", ({ file, words }) => {
    expect(readFileSync(new URL(file, root), "utf8")).toContain(words);
  });
});

const nouns = readFileSync(new URL("docs/reliability.md", root), "utf8")
  .split("\n")
  .flatMap((line) => {
    const found = /^\| (.+) \| (test\/[\w./-]+\.test\.tsx?): (.+) \|$/.exec(line);
    return found ? [{ what: found[1] ?? "", file: found[2] ?? "", words: found[3] ?? "" }] : [];
  });

describe("every fault and trick of docs/reliability.md", () => {
  test("is in the table", () => expect(nouns.length).toBeGreaterThan(30));
  test.each(nouns)("$what has the test that the table names", ({ file, words }) => {
    expect(readFileSync(new URL(file, root), "utf8")).toContain(words);
  });
});
