import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKernelHistory } from "../fixtures/make-history.ts";
import { git } from "../fixtures/make-repository.ts";
import { heldGit } from "./held-git.ts";
import { KFIX, Workplace } from "./run-kfix.ts";

/** Every row of every table, but for the times at which it was made. */
function contentsOf(home: string): Record<string, string[]> {
  const db = new Database(join(home, "index/history.db"), { readonly: true });
  const tables = db
    .prepare<[], string>("select name from sqlite_master where type = 'table' order by name")
    .pluck()
    .all();
  const contents = tables.map((table) => {
    const rows = db.prepare<[], Record<string, unknown>>(`select * from "${table}"`).all();
    const lines = rows.map(({ added_at: _added, indexed_at: _indexed, ...row }) => JSON.stringify(row));
    return [table, lines.sort()] as const;
  });
  db.close();
  return Object.fromEntries(contents);
}

/** Starts the command and kills it, as the power does, after so many milliseconds. */
function killed(place: Workplace, words: readonly string[], after: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [KFIX, ...words], {
      env: { ...process.env, KFIX_HOME: place.home },
      stdio: "ignore",
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), after);
    child.on("error", reject);
    child.on("close", (_status, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL");
    });
  });
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const MOMENTS = 10;
let clean: Workplace;
let duration: number;
let contents: Record<string, string[]>;
let told: string;

beforeAll(async () => {
  clean = new Workplace();
  await makeKernelHistory(clean.repository);
  duration = await secondsOf(async () => {
    told = (await clean.kfix(["source", "add", clean.repository])).stdout;
  });
  contents = contentsOf(clean.home);
});
afterAll(() => clean.remove());

describe("a run that is killed", () => {
  test.each(Array.from({ length: MOMENTS }, (_, at) => (at + 0.5) / MOMENTS))(
    "at %f of its time is resumed to the index that one run makes",
    async (moment) => {
      const place = new Workplace();
      await killed(place, ["source", "add", clean.repository], duration * 1000 * moment);
      const before = await place.kfix(["fix", "0123456789ab"]);
      expect([1, 3]).toContain(before.status); // whole or not there, never damaged
      const again = await place.kfix(["source", "add", clean.repository]);
      expect(again.stderr).toBe("");
      expect(again.status).toBe(0);
      expect([told, "linux: nothing new\n"]).toContain(again.stdout);
      expect(contentsOf(place.home)).toEqual(contents);
      expect(readdirSync(join(place.home, "index")).filter((name) => !/\.(?:sum|seen)$/.test(name))).toEqual([
        "history.db",
        "sources.json",
      ]);
      place.remove();
    },
  );
  test("again and again still comes to an end", async () => {
    const place = new Workplace();
    for (const moment of [0.4, 0.6, 0.8])
      await killed(place, ["source", "add", clean.repository], duration * 1000 * moment);
    expect((await place.kfix(["source", "add", clean.repository])).status).toBe(0);
    expect(contentsOf(place.home)).toEqual(contents);
    place.remove();
  });
});

describe("an update", () => {
  test("in steps, one of them killed, comes to the index of one run", async () => {
    const place = new Workplace();
    await makeKernelHistory(place.repository, { upTo: "v3.17" });
    await place.kfix(["source", "add", place.repository]);
    expect(
      (await place.kfix(["fix", "sched: Fix race between task_group and sched_task_group"])).status,
    ).toBe(1);
    await makeKernelHistory(place.repository);
    await killed(place, ["source", "update"], duration * 500);
    const updated = await place.kfix(["source", "update"]);
    expect(updated.status).toBe(0);
    const wanted = ["release", "also_in", "reference", "report", "stable_hint"];
    const answers = contentsOf(place.home);
    expect(wanted.map((table) => answers[table]?.length)).toEqual(
      wanted.map((table) => contents[table]?.length),
    );
    expect((await place.kfix(["source", "update"])).stdout).toBe("linux: nothing new\n");
    place.remove();
  });
  test("notices a tag that was moved", async () => {
    const place = await Workplace.withHistory();
    const query = ["fix", "cgroup: Fix a NULL pointer dereference in cgroup_show_path"];
    expect((await place.kfix(query)).stdout).toContain("v3.19 (first in v3.19-rc7)");
    await git(place.repository, ["tag", "-f", "v3.19-rc7", "v3.19-rc5^{commit}"]);
    await place.kfix(["source", "update"]);
    expect((await place.kfix(query)).stdout).toMatch(/Mainline {2}v3\.19\n/);
    place.remove();
  });
});

test("a file that was made and not filled is no damage", async () => {
  const place = new Workplace();
  mkdirSync(join(place.home, "index"), { recursive: true });
  writeFileSync(join(place.home, "index/history.next.db"), "");
  expect((await place.kfix(["source", "add", clean.repository])).stderr).toBe("");
  expect(contentsOf(place.home)).toEqual(contents);
  place.remove();
});

test("two writers: the second is told who has the index, and the first one's is whole", async () => {
  const place = new Workplace();
  const { env, release } = heldGit(place, "log");
  const first = place.kfix(["source", "add", clean.repository], { env });
  while (!existsSync(join(place.home, "locks/history.owner"))) await new Promise((go) => setTimeout(go, 5));
  const second = await place.kfix(["source", "add", clean.repository]);
  release();
  expect(second.stderr).toMatch(/another kfix is writing the history index \(process \d+ on \S+, since 20/);
  expect(second.status).toBe(2);
  expect(await first).toMatchObject({ status: 0, stderr: "" });
  expect(contentsOf(place.home)).toEqual(contents);
  place.remove();
});
