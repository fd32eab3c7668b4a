import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";
import { Workplace } from "./run-kfix.ts";

const FIXTURE = new URL("../fixtures/tree", import.meta.url).pathname;
const FIX = "sched: Fix race between task_group and sched_task_group";

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.withHistory();
  const tree = place.path("vendor");
  cpSync(FIXTURE, tree, { recursive: true });
  writeFileSync(join(tree, "MAINTAINERS"), "SCHEDULER\nM:\tAda Light <ada@example.org>\nF:\tkernel/sched/\n");
  mkdirSync(join(tree, "debian/patches"), { recursive: true });
  writeFileSync(join(tree, "debian/patches/series"), "sched.patch\n");
  writeFileSync(
    join(tree, "debian/patches/sched.patch"),
    `Subject: [PATCH] ${FIX}\n\n--- a/kernel/sched/core.c\n`,
  );
  const added = await place.kfix(["source", "add", tree, "--arch", "x86_64", "--name", "vendor"]);
  expect(added.status, added.stderr).toBe(0);
});
afterAll(() => place.remove());

describe("a crash", () => {
  test("with nothing but a tree: where it is, what is missing, and the command that adds it", async () => {
    const bare = new Workplace();
    const added = await bare.kfix([
      "source",
      "add",
      place.path("vendor"),
      "--arch",
      "x86_64",
      "--name",
      "vendor",
    ]);
    expect(added.status, added.stderr).toBe(0);
    const run = await bare.kfix(["crash", "--kernel", SEED_KERNEL], { input: SEED_LOG });
    expect(run.stdout).toContain("kernel/sched/fair.c:");
    expect(run.stderr).toContain("kfix source add");
    expect(run.status).toBe(3);
    const json = await bare.kfix(["crash", "--json"], { input: SEED_LOG });
    expect(JSON.parse(json.stdout)).toMatchObject({
      crashes: [{ location: { path: "kernel/sched/fair.c" }, candidates: [], answer: null }],
    });
    const [batch] = await bare.batch(["crash"], [{ id: 1, log: SEED_LOG }]);
    expect(batch).toMatchObject({ id: 1, crashes: [{ location: { tree: "vendor" }, answer: null }] });
    bare.remove();
  });

  test("is shown in the source of the nearest tree, with whom to write to", async () => {
    writeFileSync(place.path("oops"), SEED_LOG);
    const answer = await place.json(["crash", place.path("oops"), "--kernel", SEED_KERNEL]);
    expect(answer).toMatchObject({
      crashes: [
        {
          location: {
            path: "kernel/sched/fair.c",
            tree: "vendor",
            version: "3.13.0",
            exact: false,
            excerpt: { lines: expect.arrayContaining([expect.stringContaining("pick_next_task_fair")]) },
            maintainers: [{ title: "SCHEDULER", people: [{ who: "Ada Light <ada@example.org>" }] }],
          },
        },
      ],
    });
    const { stdout } = await place.kfix(["crash", place.path("oops"), "--kernel", SEED_KERNEL]);
    expect(stdout).toMatch(
      /In the source\n {2}kernel\/sched\/fair\.c:\d+-\d+ pick_next_task_fair {2}tree vendor/,
    );
  });
});

describe("a fix that a patch queue carries", () => {
  test("kfix fix names the patch", async () => {
    expect(await place.json(["fix", FIX])).toMatchObject({
      fixes: [{ carriedBy: [{ tree: "vendor", patch: "debian/patches/sched.patch", named: false }] }],
    });
    expect((await place.kfix(["fix", FIX])).stdout).toMatch(
      /Carried by the tree vendor: debian\/patches\/sched/,
    );
  });

  test("kfix check names it, too", async () => {
    expect(await place.json(["check", "--kernel", "3.16.1", FIX])).toMatchObject({
      checks: [{ carriedBy: [{ tree: "vendor" }] }],
    });
  });
});

test("a tree whose index is damaged does not stop other answers", async () => {
  writeFileSync(
    join(place.home, "index/trees/broken.db"),
    "no database at all, but long enough to be one".repeat(40),
  );
  expect((await place.kfix(["fix", FIX])).status).toBe(0);
  const { status, stderr } = await place.kfix(["message", "anything", "--tree", "broken"]);
  expect(status).toBe(3);
  expect(stderr).toMatch(/damaged|not the index/);
});
