import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { writeCveRecords } from "../fixtures/cve-records.ts";
import { historyShas, makeKernelHistory } from "../fixtures/make-history.ts";
import { git } from "../fixtures/make-repository.ts";

/*
 * What git is started with: no word from outside stands where git looks for options, and nothing of the user's
 * surroundings points git elsewhere.
 */

const FIX = "sched: Fix race between task_group and sched_task_group";

let place: Workplace;
let env: Record<string, string>;

beforeAll(async () => {
  place = new Workplace();
  await makeKernelHistory(place.repository);
  mkdirSync(place.path("tools"));
  const real = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
  const spy = `#!/bin/sh\nfor word; do printf '%s\\037' "$word"; done >> '${place.path("told")}'\nprintf '\\n' >> '${place.path("told")}'\nexec '${real}' "$@"\n`;
  writeFileSync(place.path("tools/git"), spy);
  chmodSync(place.path("tools/git"), 0o755);
  env = { PATH: `${place.path("tools")}:${process.env.PATH}` };
  const shas = historyShas();
  const dyad = [`3.17:${shas.ringBug}:3.18:${shas.ringFix}`];
  const record = {
    cve: "CVE-2031-20001",
    message: "net: x\n\ny",
    dyad,
    sha1: [shas.ringFix],
    files: ["a.c"],
  };
  writeCveRecords(place.path("vulns"), [record]);
  for (const args of [
    ["init", "-q", "-b", "master", "."],
    ["add", "."],
    ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "x"],
  ])
    await git(place.path("vulns"), args);
});
afterAll(() => place.remove());
beforeEach(() => rmSync(place.path("told"), { force: true }));

/** The words of each git that was started, without kfix's own settings in front. */
function started(): string[][] {
  const lines = existsSync(place.path("told")) ? readFileSync(place.path("told"), "utf8").split("\n") : [];
  return lines.filter((line) => line !== "").map((line) => line.split("\x1f").slice(0, -1));
}

describe("a word from outside stands behind the end of options", () => {
  const STEPS: readonly (readonly [
    what: string,
    words: () => readonly string[],
    outside: RegExp,
    times: number,
  ])[] = [
    [
      "the tag of a tree",
      () => ["source", "add", `${place.repository}@v3.18`, "--arch", "all"],
      /^v3\.18\^/,
      1,
    ],
    ["a URL", () => ["source", "add", `file://${place.repository}`, "--name", "clone"], /^file:/, 2],
    ["the branch of CVE records", () => ["source", "add", "cve", place.path("vulns")], /^refs\/heads\//, 1],
    ["a tag that is held against git", () => ["doctor", "--deep"], /^refs\/tags\/v/, 10],
  ];

  test.each(STEPS)("%s", async (_what, words, outside, times) => {
    expect(await place.kfix(words(), { env })).toMatchObject({ status: 0 });
    const found = started().flatMap((all) =>
      all.flatMap((word, at) => (outside.test(word) ? [all.slice(0, at)] : [])),
    );
    expect(found.length).toBeGreaterThanOrEqual(times);
    for (const before of found)
      expect(before).toEqual(expect.arrayContaining([expect.stringMatching(/^--(?:end-of-options)?$/)]));
  });
});

test("a URL that is an option in git's eyes is none", async () => {
  const finished = await place.kfix(["source", "add", "--name", "x", "--", "-x@host:linux.git"], { env });
  expect(finished.status).toBe(2);
  expect(finished.stderr).not.toMatch(/unknown (?:switch|option)|usage: git/);
});

test("what the user's surroundings tell git has no say in what is read", async () => {
  const trap = place.path("trap");
  writeFileSync(trap, `#!/bin/sh\n: > '${place.path("sprung")}'\n`);
  chmodSync(trap, 0o755);
  const surroundings = {
    GIT_DIR: place.path("nowhere"),
    GIT_WORK_TREE: place.path("nowhere"),
    GIT_OBJECT_DIRECTORY: place.path("nowhere"),
    GIT_INDEX_FILE: place.path("nowhere"),
    GIT_NAMESPACE: "other",
    GIT_EXTERNAL_DIFF: trap,
    GIT_PAGER: trap,
    GIT_EDITOR: trap,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.fsmonitor",
    GIT_CONFIG_VALUE_0: trap,
    GIT_TRACE: place.path("sprung"),
  };
  const other = new Workplace();
  const added = await other.kfix(["source", "add", place.repository], { env: surroundings });
  expect(added).toMatchObject({ status: 0, stderr: "" });
  expect((await other.kfix(["fix", FIX], { env: surroundings })).stdout).toContain("v3.18-rc3");
  const url = `file://${place.repository}`;
  expect(await other.kfix(["source", "add", url, "--name", "clone"], { env: surroundings })).toMatchObject({
    status: 0,
  });
  expect(existsSync(place.path("sprung"))).toBe(false);
  other.remove();
});

test("a clone has none of the user's hooks, and fetches no submodule", async () => {
  const hooks = place.path("template/hooks");
  mkdirSync(hooks, { recursive: true });
  writeFileSync(join(hooks, "reference-transaction"), `#!/bin/sh\n: > '${place.path("hooked")}'\n`);
  chmodSync(join(hooks, "reference-transaction"), 0o755);
  const config = `[init]\n\ttemplateDir = ${place.path("template")}\n[core]\n\thooksPath = ${hooks}\n[fetch]\n\trecurseSubmodules = true\n`;
  writeFileSync(place.path("gitconfig"), config);
  const other = new Workplace();
  const words = ["source", "add", `file://${place.repository}`, "--name", "clone"];
  const added = await other.kfix(words, { env: { ...env, GIT_CONFIG_GLOBAL: place.path("gitconfig") } });
  expect(added).toMatchObject({ status: 0, stderr: "" });
  expect(existsSync(place.path("hooked"))).toBe(false);
  expect(existsSync(join(other.home, "repos/clone.git/hooks"))).toBe(false);
  const fetches = started().filter((all) => all.includes("fetch"));
  expect(fetches.length).toBeGreaterThan(0);
  for (const words of fetches) expect(words).toContain("--no-recurse-submodules");
  other.remove();
});
