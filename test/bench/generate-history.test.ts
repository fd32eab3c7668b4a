import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateHistory } from "../../bench/generate-history.ts";
import { git } from "../fixtures/make-repository.ts";

const place = mkdtempSync(join(tmpdir(), "kfix-generated-"));
const repository = join(place, "linux.git");
const SIZE = { commits: 2000, tags: 80, series: 3 };

beforeAll(() => generateHistory(repository, SIZE));
afterAll(() => rmSync(place, { recursive: true }));

test("has the size that was asked for, near enough", async () => {
  const count = async (...args: string[]) => (await git(repository, args)).trim().split("\n").length;
  expect(await count("rev-list", "--all")).toBeGreaterThan(0.9 * SIZE.commits);
  expect(await count("rev-list", "--all", "--merges")).toBeGreaterThan(0.02 * SIZE.commits);
  expect(await count("tag")).toBeGreaterThan(0.8 * SIZE.tags);
  expect(await count("for-each-ref", "refs/heads")).toBe(SIZE.series + 1);
});

test("git finds nothing wrong with it", async () => {
  expect(await git(repository, ["fsck", "--strict"])).toBe("");
});

test("what a message names is there: the names were worked out before git had them", async () => {
  const messages = await git(repository, ["log", "--all", "--format=%B"]);
  const named = [...messages.matchAll(/(?:commit |^Fixes: )([0-9a-f]{12,40})/gm)].map((found) => found[1]);
  expect(named.length).toBeGreaterThan(SIZE.commits / 5);
  const missing = await Promise.all(
    named.slice(0, 40).map((sha) => git(repository, ["cat-file", "-t", sha ?? ""])),
  );
  expect(new Set(missing)).toEqual(new Set(["commit\n"]));
});

test("the same numbers give the same history", async () => {
  const again = join(place, "again.git");
  await generateHistory(again, SIZE);
  expect(await git(again, ["for-each-ref"])).toBe(await git(repository, ["for-each-ref"]));
});
