import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flipByte } from "../faults/damage.ts";
import { git } from "../fixtures/make-repository.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";
import { type Answer, expectValid } from "./answer-schemas.ts";
import { FULL_HOME, makeFullHome } from "./full-home.ts";
import { Workplace } from "./run-kfix.ts";

const SUBJECT = "sched: Fix race between task_group and sched_task_group";

let place: Workplace;

beforeAll(async () => {
  place = await makeFullHome();
});
afterAll(() => place.remove());

/** Changes the index behind kfix's back, and its checksum is gone as if an older kfix had made it. */
function tamper(home: string, sql: string): void {
  const file = join(home, "index/history.db");
  const db = new Database(file);
  db.pragma("foreign_keys = off");
  db.exec(sql);
  db.close();
  for (const end of [".sum", ".seen"]) rmSync(file + end, { force: true });
}

describe("doctor --deep", () => {
  test("finds a sound home sound, and git of the same mind", async () => {
    const { stdout, status } = await place.kfix(["doctor", "--deep"]);
    expect(stdout).toMatch(/git agrees on the releases of \d\d commits and the commits of \d\d tags/);
    expect(stdout).toMatch(/no row leads nowhere, no range is missing/);
    expect(stdout).toMatch(/tree vendor: as it was written/);
    expect(stdout).not.toMatch(/^bad/m);
    expect(status).toBe(0);
  });

  const WRONGS: readonly (readonly [what: string, sql: string, says: RegExp])[] = [
    [
      "commits under the wrong release",
      "update first_release set releases = unhex(replace(hex(zeroblob(length(releases) / 2)), '00', '0200'))",
      /answers differ from git's/,
    ],
    ["commits that are gone", "delete from commit_page where id = 1", /missing from the middle/],
    ["a segment that is gone", "delete from segment", /without words or facts/],
    ["authors who are gone", "delete from person where id < 5", /an author who is not there/],
    [
      "references to nowhere",
      "update reference set target = 99999 where target is not null",
      /references of or to/,
    ],
  ];
  test.each(WRONGS)("tells %s", async (_what, sql, says) => {
    const other = await Workplace.withHistory();
    tamper(other.home, sql);
    const found = await other.kfix(["doctor", "--deep"]);
    expect(found.stdout).toMatch(says);
    expect(found.stdout).toMatch(/--rebuild/);
    expect(found.status).toBe(1);
    other.remove();
  });

  test("mends an index and a list that are damaged", async () => {
    const other = await Workplace.withHistory();
    const right = (await other.kfix(["fix", SUBJECT])).stdout;
    flipByte(join(other.home, "index/history.db"), 0.5);
    expect((await other.kfix(["doctor", "--deep", "--repair"])).status).toBe(0);
    expect((await other.kfix(["fix", SUBJECT])).stdout).toBe(right);
    writeFileSync(join(other.home, "index/sources.json"), "[{");
    const mended = await other.kfix(["doctor", "--deep", "--repair"]);
    expect(mended.stdout).toMatch(/lists of sources: repaired/);
    expect((await other.kfix(["source", "list"])).stdout).toContain(other.repository);
    other.remove();
  });
});

test("doctor --deep --repair restores the list of changelogs, and says what mends that of CVE records", async () => {
  const file = join(place.home, "index/changelogs.json");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, "[{");
  expect((await place.kfix(["doctor", "--deep", "--repair"])).stdout).toMatch(/lists of sources: repaired/);
  expect(readFileSync(file, "utf8")).toBe(before);
  const records = join(place.home, "index/cve-source.json");
  const right = readFileSync(records, "utf8");
  writeFileSync(records, "{");
  const told = await place.kfix(["doctor", "--deep", "--repair"]);
  expect(told.stdout).toMatch(
    /cve-source\.json is damaged[\s\S]*rm .*cve-source\.json, then kfix source add cve/,
  );
  expect(told.status).toBe(1);
  writeFileSync(records, right);
});

test("an index without its checksum is told, and has one again after --repair", async () => {
  const other = await Workplace.withHistory();
  tamper(other.home, "select 1");
  const told = await other.kfix(["doctor", "--deep"]);
  expect(told.stdout).toMatch(/history\.db has no checksum/);
  expect(told.status).toBe(1);
  expect((await other.kfix(["doctor", "--deep", "--repair"])).stdout).toMatch(
    /has no checksum.*as it was written/,
  );
  flipByte(join(other.home, "index/history.db"), 0.5);
  expect((await other.kfix(["fix", SUBJECT])).stderr).toMatch(/history\.db is damaged/);
  other.remove();
});

describe("--explain", () => {
  test("names the commit and the tag behind a fixed, and the command that shows it", async () => {
    const { stdout } = await place.kfix(["check", "--explain", "-k", "3.19", SUBJECT]);
    const sha = /is-ancestor ([0-9a-f]{40}) v3\.19/.exec(stdout)?.[1] ?? "";
    expect(stdout).toMatch(
      /because commit [0-9a-f]{12} is in v3\.18-rc3, and v3\.19 descends from v3\.18-rc3/,
    );
    expect(sha).toHaveLength(40);
    await git(place.repository, ["merge-base", "--is-ancestor", sha, "v3.19"]); // throws when it is not
  });
  test("every fixed verdict of an answer has its proof, and no other has one", async () => {
    const answer = JSON.stringify(await place.json(["crash", "-k", "3.19", "-n", "50"], { input: SEED_LOG }));
    const verdicts = [...answer.matchAll(/"verdict":\{"status":"([a-z-]+)".*?"proof":(null|\{)/g)];
    expect(verdicts.length).toBeGreaterThan(0);
    for (const [, status, proof] of verdicts) expect(proof === "{").toBe(status === "fixed");
  });
  test("of a fix, each release's commit", async () => {
    const { stdout } = await place.kfix(["fix", "--explain", SUBJECT]);
    expect(stdout).toMatch(/v3\.18-rc3 has it by commit [0-9a-f]{12} \(the commit itself\)/);
  });
  test("a changelog's entry and a source tree's code", async () => {
    const told = await place.kfix([
      ...[
        "check",
        "--explain",
        "-k",
        "3.16.0-4-amd64 #1 SMP Debian 3.16.7-2",
        "net: lumen: The fix of the ring",
      ],
    ]);
    expect(told.stdout + told.stderr).toMatch(/because .*(?:changelog of linux names it|says that|is in)/);
  });
});

describe("a fixed names what proves it", () => {
  let records: Workplace;
  beforeAll(async () => {
    records = new Workplace();
    await records.kfix(["source", "add", "cve", place.path("vulns")]);
    await place.kfix(["source", "add", "linux@v3.18", "--arch", "all", "--name", "tagged"]);
  });
  afterAll(() => records.remove());

  const DEBIAN = "3.16.0-4-amd64 #1 SMP Debian 3.16.7-2";
  test.each([
    ["ancestor", () => place, () => ["-k", "3.19", SUBJECT]],
    ["record", () => records, () => ["-k", "3.18", FULL_HOME.cve]],
    ["changelog", () => place, () => ["-k", DEBIAN, FULL_HOME.onlyInChangelog]],
    ["source", () => place, () => ["--tree", join(place.home, "trees/tagged"), SUBJECT]],
  ] as const)("%s", async (how, home, words) => {
    const answer = await home().json(["check", ...words()]);
    expect(answer).toMatchObject({ checks: [{ verdict: { status: "fixed", proof: { how } } }] });
    expect((await home().kfix(["check", "--explain", ...words()])).stdout).toMatch(/because \w/);
  });
});

test("answers from old data say how old it is", async () => {
  const other = await Workplace.withHistory();
  const file = join(other.home, "index/sources.json");
  const old = new Date(Date.now() - 40 * 86_400_000).toISOString();
  const fresh = readFileSync(file, "utf8");
  const text = fresh.replace(/("indexedAt": ")[^"]+/, `$1${old}`);
  writeFileSync(file, text);
  const finished = await other.kfix(["check", "-k", "3.16.7", SUBJECT]);
  expect(finished.stderr).toBe(
    "kfix: linux was indexed 40 days ago; bring it up to date with: kfix source update\n",
  );
  const stale = [{ source: "linux", indexedAt: old, days: 40 }];
  for (const [schema, ...words] of [
    ["check", "check", "-k", "3.16.7", SUBJECT],
    ["fix", "fix", SUBJECT],
    ["symbol", "symbol", "pick_next_task_fair"],
    ["crash", "crash", "-"],
    ["crash-group", "crash", "--group", "-"],
  ] as const) {
    const { stdout } = await other.kfix([...words, "--json"], { input: SEED_LOG });
    const answer: Answer = JSON.parse(stdout);
    expect(answer, words.join(" ")).toMatchObject({ stale });
    expectValid(answer, schema);
  }
  const [batched] = await other.batch(["fix"], [{ id: 1, query: SUBJECT }]);
  expect(batched).toMatchObject({ stale });
  writeFileSync(file, fresh);
  expect(await other.json(["fix", SUBJECT])).not.toHaveProperty("stale");
  other.remove();
});
