import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { HOSTILE_TAG, makeHostileRepository } from "../fixtures/hostile-repository.ts";
import { makeKernelHistory } from "../fixtures/make-history.ts";
import { git } from "../fixtures/make-repository.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";

const FIX = "sched: Fix race between task_group and sched_task_group";

let place: Workplace;
let marks: string;

beforeAll(async () => {
  place = new Workplace();
  marks = place.path("marks");
  await makeHostileRepository(place.repository, marks);
});
afterAll(() => place.remove());

/** Nothing that the repository names was run. */
function expectNoMarks(): void {
  expect(readdirSync(marks)).toEqual([]);
}

describe("a repository that sets traps", () => {
  const STEPS: readonly (readonly [what: string, words: () => readonly string[], status: number])[] = [
    ["is indexed in place", () => ["source", "add", place.repository], 0],
    ["is cloned", () => ["source", "add", `file://${place.repository}`, "--name", "clone"], 0],
    ["is updated", () => ["source", "update"], 0],
    ["is indexed anew", () => ["source", "update", "--rebuild"], 0],
    ["answers for a fix", () => ["fix", FIX], 0],
    ["answers for a function", () => ["symbol", "pick_next_task_fair"], 0],
    ["answers for a kernel", () => ["check", "--kernel", "3.16.7", FIX], 1],
    ["gives a tree of a tag", () => ["source", "add", `linux@${HOSTILE_TAG}`, "--arch", "x86_64"], 0],
    ["gives a tree by its path", () => ["source", "add", `${place.repository}@v3.18`, "--arch", "all"], 0],
    ["answers for a message", () => ["message", "BUG: unable to handle kernel NULL pointer dereference"], 0],
    ["answers for a text", () => ["grep", "pick_next_task_fair"], 0],
    ["is compared with a tree", () => ["check", "--tree", join(place.home, "trees/linux-3.18"), FIX], 0],
    ["is examined", () => ["doctor"], 0],
    ["is listed", () => ["status"], 0],
    ["is forgotten", () => ["source", "remove", "clone"], 0],
  ];

  test.each(STEPS)("%s, and nothing of it runs", async (_what, words, status) => {
    // started inside of it, as whoever looks into what he was sent would
    const finished = await place.kfix(words(), { cwd: place.repository });
    expect(finished.stderr).toBe("");
    expect(finished.status).toBe(status);
    expectNoMarks();
  });

  test("finds the fix for a crash, and nothing of it runs", async () => {
    const finished = await place.kfix(["crash"], { input: SEED_LOG, cwd: place.repository });
    expect(finished.stdout).toContain(FIX);
    expectNoMarks();
  });
});

test("the traps are real: git itself walks into them", async () => {
  const other = new Workplace();
  const sprung = other.path("marks");
  await makeHostileRepository(other.repository, sprung);
  await git(other.repository, ["archive", "--format=tar", "-o", "/dev/null", HOSTILE_TAG]).catch(() => "");
  await git(other.repository, ["show", "--ext-diff", "v3.19"]).catch(() => "");
  await git(other.repository, ["ls-remote", `file://${other.repository}`]).catch(() => "");
  expect(readdirSync(sprung)).toEqual(expect.arrayContaining(["filter.evil.smudge", "diff.external"]));
  other.remove();
});

test("a partial clone fetches nothing, and says how to complete it", async () => {
  const other = new Workplace();
  const partial = other.path("partial.git");
  const plain = new Workplace();
  await makeKernelHistory(plain.repository);
  await git(plain.repository, ["config", "uploadpack.allowFilter", "true"]);
  const args = ["clone", "-q", "--bare", "--filter=blob:none", `file://${plain.repository}`, partial];
  await git(other.folder, args);
  const script = other.path("trap");
  mkdirSync(other.path("marks"));
  writeFileSync(script, `#!/bin/sh\n: > '${other.path("marks")}/uploadpack'\n`);
  chmodSync(script, 0o755);
  await git(partial, ["config", "remote.origin.uploadpack", script]);
  const finished = await other.kfix(["source", "add", partial]);
  expect(finished.stderr).toMatch(/lacks objects: it is a partial clone/);
  expect(finished.stderr).toMatch(/git fetch --refetch --no-filter/);
  expect(finished.status).toBe(2);
  expect(readdirSync(other.path("marks"))).toEqual([]);
  // the repository's own refs are read with its configuration: this one leads to what only a fetch could bring
  writeFileSync(join(partial, "refs/tags/v9.9"), `${"1".repeat(40)}\n`);
  expect((await other.kfix(["source", "add", "--no-hunks", partial])).status).toBe(2);
  expect(readdirSync(other.path("marks"))).toEqual([]);
  await git(partial, ["cat-file", "-p", "v3.19:Makefile"]).catch(() => "");
  expect(readdirSync(other.path("marks"))).toEqual(["uploadpack"]); // git itself would have run it
  plain.remove();
  other.remove();
});

describe("a place to fetch from", () => {
  test.each([
    ["by a helper", "evil://host/linux.git"],
    ["with an option for ssh as its host", "ssh://-oProxyCommand=touch%20marks%2Fssh/linux.git"],
    ["with an option for ssh as its user", "-oProxyCommand=x@host:linux.git"],
  ])("%s starts nothing", async (_what, url) => {
    const tools = place.path("tools");
    mkdirSync(tools, { recursive: true });
    for (const tool of ["git-remote-evil", "ssh"]) {
      writeFileSync(join(tools, tool), `#!/bin/sh\n: > '${join(marks, tool)}'\n`);
      chmodSync(join(tools, tool), 0o755);
    }
    const env = { PATH: `${tools}:${process.env.PATH}` };
    const finished = await place.kfix(["source", "add", "--name", "evil", "--", url], { env });
    expect(finished.status).toBe(2);
    expectNoMarks();
  });
});

test("a repository of another user is refused with the remedy, and taken once it is trusted", async () => {
  const other = new Workplace();
  await makeHostileRepository(other.repository, other.path("marks"));
  // GIT_TEST_ASSUME_DIFFERENT_OWNER (git's own tests): the repository belongs to somebody else, also for root
  const tools = other.path("tools");
  mkdirSync(tools);
  const real = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
  writeFileSync(join(tools, "git"), `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec '${real}' "$@"\n`);
  chmodSync(join(tools, "git"), 0o755);
  const env = { PATH: `${tools}:${process.env.PATH}`, GIT_CONFIG_GLOBAL: other.path("gitconfig") };
  const refused = await other.kfix(["source", "add", other.repository], { env });
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain("belongs to another user");
  expect(refused.stderr).toContain(`git config --global --add safe.directory ${other.repository}`);
  writeFileSync(other.path("gitconfig"), `[safe]\n\tdirectory = ${other.repository}\n`);
  expect((await other.kfix(["source", "add", other.repository], { env })).status).toBe(0);
  expect(readdirSync(other.path("marks"))).toEqual([]);
  other.remove();
});
