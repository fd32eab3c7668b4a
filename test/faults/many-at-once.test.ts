import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { heldGit } from "../cli/held-git.ts";
import { type Finished, KFIX, Workplace } from "../cli/run-kfix.ts";
import { makeKernelHistory } from "../fixtures/make-history.ts";
import { contentsOfHome } from "./contents.ts";

/** In v3.18-rc3: an index up to v3.17 does not know it. */
const SUBJECT = "sched: Fix race between task_group and sched_task_group";
const READERS = 20;

let place: Workplace;

beforeAll(async () => {
  place = new Workplace();
  await makeKernelHistory(place.repository, { upTo: "v3.17" });
  await place.kfix(["source", "add", place.repository]);
});
afterAll(() => place.remove());

/** What one of the two indexes answers: status and text. */
function answerOf({ status, stdout }: Finished): string {
  return `${status}\n${stdout}`;
}

test(`${READERS} readers during an update: each gets the old answer or the new one`, async () => {
  const old = answerOf(await place.kfix(["fix", SUBJECT]));
  await makeKernelHistory(place.repository);
  const update = place.kfix(["source", "update"]);
  const readers: Promise<Finished>[] = [];
  for (let at = 0; at < READERS; at++) {
    readers.push(place.kfix(["fix", SUBJECT]));
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  const answers = await Promise.all(readers);
  expect((await update).status).toBe(0);
  const now = answerOf(await place.kfix(["fix", SUBJECT]));
  expect(now).not.toBe(old);
  for (const answer of answers) {
    expect([old, now]).toContain(answerOf(answer));
    expect(answer.stderr).not.toMatch(/busy|locked|damaged|bug in kfix/);
  }
});

test("readers that keep an index open through an update go on with what they opened", async () => {
  const other = new Workplace();
  await makeKernelHistory(other.repository, { upTo: "v3.17" });
  await other.kfix(["source", "add", other.repository]);
  const child = spawn(process.execPath, [KFIX, "fix", "--batch"], {
    env: { ...process.env, KFIX_HOME: other.home },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const lines: string[] = [];
  child.stdout.on("data", (text: Buffer) => lines.push(...text.toString("utf8").trim().split("\n")));
  const ask = async (id: number): Promise<string> => {
    child.stdin.write(`${JSON.stringify({ id, query: SUBJECT })}\n`);
    while (lines.length < id) await new Promise((resolve) => setTimeout(resolve, 10));
    return lines[id - 1] ?? "";
  };
  const first = await ask(1);
  await makeKernelHistory(other.repository);
  await other.kfix(["source", "update"]);
  const second = await ask(2);
  child.stdin.end();
  expect(second.replace('"id":2', '"id":1')).toBe(first);
  other.remove();
});

describe("writers", () => {
  test("four at once on an empty home: one writes, the others are told who, and the index is whole", async () => {
    const other = new Workplace();
    await makeKernelHistory(other.repository);
    const add = ["source", "add", other.repository];
    const all = await Promise.all([other.kfix(add), other.kfix(add), other.kfix(add), other.kfix(add)]);
    expect(all.filter(({ status }) => status === 0).length).toBeGreaterThan(0);
    for (const { status, stderr } of all) {
      if (status === 0) continue;
      expect(stderr).toMatch(/another kfix is writing the history index/);
      expect(stderr).toMatch(/wait until it ends/);
      expect(status).toBe(2);
    }
    const clean = await Workplace.withHistory();
    const commits = (home: string): unknown => contentsOfHome(home)["history.db commits"];
    expect(commits(other.home)).toEqual(commits(clean.home));
    for (const one of [other, clean]) one.remove();
  });

  test("who would clone the same meanwhile is told who does", async () => {
    const other = new Workplace();
    await makeKernelHistory(other.repository);
    const add = ["source", "add", `file://${other.repository}`];
    const { env, release } = heldGit(other, "fetch");
    const first = other.kfix(add, { env });
    while (!existsSync(join(other.home, "repos/linux.git/HEAD")))
      await new Promise((go) => setTimeout(go, 5));
    const second = await other.kfix(add);
    release();
    expect(second.stderr).toMatch(/another kfix is writing the clone-linux index \(process \d+/);
    expect(second.status).toBe(2);
    expect(await first).toMatchObject({ status: 0, stderr: "" });
    other.remove();
  });

  test("the place of a writer that was killed is free at once", async () => {
    const other = new Workplace();
    await makeKernelHistory(other.repository);
    const owner = join(other.home, "locks/history.owner");
    const child = spawn(process.execPath, [KFIX, "source", "add", other.repository], {
      env: { ...process.env, KFIX_HOME: other.home },
      stdio: "ignore",
      detached: true,
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    while (!existsSync(owner) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 2));
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    await ended;
    expect(await other.kfix(["source", "add", other.repository])).toMatchObject({ status: 0, stderr: "" });
    other.remove();
  });
});
