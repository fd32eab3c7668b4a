import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { historyShas, makeKernelHistory } from "../fixtures/make-history.ts";
import { git } from "../fixtures/make-repository.ts";
import { KFIX, Workplace } from "./run-kfix.ts";

const SHAS = historyShas();
let place: Workplace;

beforeAll(async () => {
  place = new Workplace();
  await makeKernelHistory(place.repository);
});
afterAll(() => place.remove());

/** A home of its own, and the answer that tells a complete index. */
async function knows(home: string, sha: string): Promise<string> {
  const { stdout, stderr } = await place.kfix(["fix", sha], { env: { KFIX_HOME: home } });
  return stdout || stderr;
}

/** Every file of a folder with its size and time. */
function stateOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(`${folder}/${name}`);
      return `${name} ${size} ${mtimeMs}`;
    });
}

describe("a repository of the user's", () => {
  test("is read in place and never written to", async () => {
    const before = stateOf(place.repository);
    const home = place.path("in-place");
    await place.kfix(["source", "add", place.repository], { env: { KFIX_HOME: home } });
    expect(await knows(home, SHAS.taskGroupFix)).toContain("v3.18 (first in v3.18-rc3)");
    expect(stateOf(place.repository)).toEqual(before);
    expect(existsSync(`${home}/repos`)).toBe(false);
  });
  test("may be a work tree of another", async () => {
    const [clone, worktree] = [place.path("clone"), place.path("worktree")];
    await git(place.folder, ["clone", "-q", "--no-checkout", place.repository, clone]);
    await git(clone, ["worktree", "add", "-q", "--no-checkout", worktree, "v3.18"]);
    const home = place.path("from-worktree");
    const added = await place.kfix(["source", "add", worktree], { env: { KFIX_HOME: home } });
    expect(added.stdout).toMatch(/^worktree: \d+ commits indexed/);
    expect(await knows(home, SHAS.taskGroupFix)).toContain("v3.18-rc3");
  });
  test("may borrow its objects from another", async () => {
    const borrower = place.path("borrower.git");
    await git(place.folder, ["clone", "-q", "--bare", "--shared", place.repository, borrower]);
    const home = place.path("from-borrower");
    await place.kfix(["source", "add", borrower], { env: { KFIX_HOME: home } });
    expect(await knows(home, SHAS.taskGroupFix)).toContain("v3.18-rc3");
  });
});

describe("a URL", () => {
  test("is cloned into the cache, and fetched by an update", async () => {
    const upstream = new Workplace();
    await makeKernelHistory(upstream.repository, { upTo: "v3.17" });
    const url = `file://${upstream.repository}`;
    const env = {
      EDITOR: "vi",
      VISUAL: "vi",
      PAGER: "less",
      GIT_PAGER: "less",
      GIT_SSH_COMMAND: "ssh -v",
      GIT_ASKPASS: "true",
    };
    expect((await upstream.kfix(["source", "add", url], { env })).stdout).toMatch(
      /^linux: \d+ commits indexed/,
    );
    expect(existsSync(`${upstream.home}/repos/linux.git/HEAD`)).toBe(true);
    expect((await upstream.kfix(["source", "update"])).stdout).toBe("linux: nothing new\n");
    await makeKernelHistory(upstream.repository);
    expect((await upstream.kfix(["source", "update"])).stdout).toMatch(/^linux: \d+ commits indexed/);
    expect((await upstream.kfix(["fix", SHAS.taskGroupFix])).stdout).toContain("v3.18-rc3");
    await upstream.kfix(["source", "remove", "linux"]);
    expect(existsSync(`${upstream.home}/repos/linux.git`)).toBe(false);
    upstream.remove();
  });
});

describe("several sources", () => {
  test("make one history: mainline from one, the stable series from another", async () => {
    const two = new Workplace();
    const mainline = two.path("mainline.git");
    await git(two.folder, ["init", "-q", "--bare", mainline]);
    await git(mainline, [
      "fetch",
      "-q",
      "--no-tags",
      place.repository,
      "v3.19:refs/tags/v3.19",
      "master:refs/heads/master",
    ]);
    for (const tag of ["v3.18", "v3.18-rc3", "v3.18-rc2", "v3.17"])
      await git(mainline, ["fetch", "-q", "--no-tags", place.repository, `${tag}:refs/tags/${tag}`]);
    await two.kfix(["source", "add", mainline]);
    expect((await two.kfix(["fix", SHAS.taskGroupFix])).stdout).toContain("in no indexed stable series");
    await two.kfix(["source", "add", place.repository, "--name", "stable"]);
    const fix = await two.kfix(["fix", SHAS.taskGroupFix]);
    expect(fix.stdout).toContain("v3.18 (first in v3.18-rc3)");
    expect(fix.stdout).toMatch(/3\.17\.y +since 3\.17\.3|3\.17\.3/);
    const again = await two.kfix(["source", "add", place.repository, "--name", "mainline"]);
    expect(again.stderr).toMatch(/already a source mainline.*\n.*--name/);
    expect(again.status).toBe(2);
    two.remove();
  });
});

test("without hunks there are messages and releases, and no functions", async () => {
  const home = place.path("no-hunks");
  await place.kfix(["source", "add", place.repository, "--no-hunks"], { env: { KFIX_HOME: home } });
  expect(await knows(home, SHAS.taskGroupFix)).toContain("v3.18-rc3");
  const symbol = await place.kfix(["symbol", "pick_next_task_fair"], { env: { KFIX_HOME: home } });
  expect(symbol.status).toBe(1);
  expect(symbol.stderr).toMatch(/whether with hunks/);
});

test("Ctrl-C says so, and the next run goes on", async () => {
  const home = place.path("interrupted");
  const child = spawn(process.execPath, [KFIX, "source", "add", place.repository], {
    env: { ...process.env, KFIX_HOME: home },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString("utf8");
  });
  const status = new Promise((resolve) => child.on("close", resolve));
  while (!existsSync(`${home}/index/history.next.db`)) await new Promise((go) => setTimeout(go, 5));
  child.kill("SIGINT");
  expect(await status).toBe(130);
  expect(said).toBe("kfix: interrupted\n");
  await place.kfix(["source", "update"], { env: { KFIX_HOME: home } });
  expect(await knows(home, SHAS.taskGroupFix)).toContain("v3.18-rc3");
});
