import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFullHome } from "../cli/full-home.ts";
import { type Finished, Workplace } from "../cli/run-kfix.ts";
import { makeRepository } from "../fixtures/make-repository.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";
import { write } from "../fixtures/source-edit.ts";
import { commit, tag } from "../fixtures/steps.ts";
import { contentsOfHome } from "./contents.ts";
import { askEverything, sameAnswers } from "./damage.ts";
import { BUG, expectTold, MOUNTS, onSmallDisk, shell } from "./told.ts";

/*
 * What the system refuses: room, files, memory, permissions. What is done is done whole or not at all, and kfix says which
 * limit it met and how to raise it.
 */

const SUBJECT = "sched: Fix race between task_group and sched_task_group";

let full: Workplace;
let clean: Record<string, readonly string[]>;
let right: Finished[];

beforeAll(async () => {
  full = await makeFullHome();
  clean = contentsOfHome(full.home);
  right = await askEverything(full);
  writeFileSync(full.path("log"), SEED_LOG);
  spawnSync("tar", ["-C", full.folder, "-czf", full.path("vendor.tar.gz"), "vendor"]);
});
afterAll(() => full.remove());

describe("a disk that is full: said so, and gone on with when there is room", () => {
  test.each([
    ["a history", "$REPO", "300k", ["history.db commits", "history.db touch"]],
    ["a clone", "file://$REPO", "120k", ["history.db commits"]],
    ["CVE records", 'cve "$PLACE/vulns"', "60k", ["cve.db cve", "cve.db fix"]],
    ["a changelog", 'changelog "$PLACE/changelog"', "60k", ["packages.db item"]],
    ["a folder's index", '"$PLACE/vendor" --arch x86_64 --name vendor', "60k", ["vendor.db definition"]],
    ["an archive", '"$PLACE/vendor.tar.gz" --arch x86_64 --name vendor', "60k", ["vendor.db definition"]],
    ["a tag's tree", '"$REPO@v3.18" --arch all --name tag', "60k", []],
  ] as const)("%s", (_what, words, size, tables) => {
    const place = new Workplace();
    mkdirSync(place.home);
    const env = { KFIX_HOME: place.home, PLACE: full.folder, REPO: full.repository, OUT: place.path("out") };
    const { stdout, stderr } = onSmallDisk(`source add ${words}`, size, env);
    expect(stderr).toMatch(/the disk is full|No space left|Out of diskspace|could not be (?:read|fetched)/);
    if (MOUNTS) expect(stderr).toMatch(/free some space/);
    expect(stderr).not.toMatch(BUG);
    expect(stdout).toMatch(/^status 2\n.* indexed\n$/s);
    const found = contentsOfHome(place.path("out"));
    expect(Object.keys(found).filter((name) => /^left over: .*\./.test(name))).toEqual([]);
    for (const table of tables) {
      const [name = ""] = Object.keys(clean).filter((one) => one.endsWith(table));
      expect(found[name]?.length, table).toBe(clean[name]?.length);
    }
    place.remove();
  });
});

describe("an answer that nothing takes", () => {
  const takesNothing = "/dev/full"; // full(4)
  test.each([
    'fix "$SUBJECT"',
    'fix --json "$SUBJECT"',
    'crash "$PLACE/log"',
    'crash --group "$PLACE/log"',
    "symbol pick_next_task_fair",
    "grep pick_next_task_fair",
    "status",
    "--version",
    "--help",
  ])("%s: said so, and no status that means an answer", (words) => {
    const env = { KFIX_HOME: full.home, PLACE: full.folder, SUBJECT };
    expectTold(shell(`$KFIX ${words} > ${takesNothing}`, env), {
      status: 2,
      says: /the answer could not be written whole: the disk is full/,
      hint: /free some space/,
    });
  });

  test("of a batch, too", () => {
    const script = `echo '{"id":1,"query":"x"}' | $KFIX fix --batch > ${takesNothing}`;
    const told = { status: 2, says: /could not be written whole/, hint: /free some space/ };
    expectTold(shell(script, { KFIX_HOME: full.home }), told);
  });
});

describe("few open files", () => {
  const env = (): Record<string, string> => ({
    KFIX_HOME: full.home,
    NEW: full.path("few"),
    PLACE: full.folder,
    REPO: full.repository,
    SUBJECT,
  });
  /** Node itself starts with 19; with that, not even kfix's own files can be opened. */
  test.each([
    ["a look-up", 'fix "$SUBJECT"', [19, 20, 21, 22, 23]],
    ["a look-up that asks git", 'check --tree "$PLACE/vendor" "$SUBJECT"', [24, 27, 30, 40]],
    ["the journal", "crash --journal", [22, 24]],
    ["what is read by a program", 'crash "$PLACE/log"', [19, 20, 22, 24]],
    ["the making of an index", '--cache-dir "$NEW/$N" source add "$REPO"', [26, 42, 43, 44, 45, 46, 47, 49]],
    ["the index of a tree", '--cache-dir "$NEW/$N" source add "$PLACE/vendor"', [38, 40, 42, 44]],
  ] as const)("%s says so or succeeds, however few", (_what, words, limits) => {
    const outcomes = limits.map((limit) => {
      const { status, stderr } = shell(`N=${limit}; ulimit -n ${limit}; $KFIX ${words}`, env());
      if (status === 2 && /too many open files/.test(stderr) && /ulimit -n 1024/.test(stderr)) return "told";
      return (status === 0 || status === 1) && stderr === "" ? "done" : `${limit}: ${status} ${stderr}`;
    });
    expect(outcomes.filter((one) => one !== "told" && one !== "done")).toEqual([]);
    expect(outcomes).toContain("told");
  });
});

describe("little memory", () => {
  test.each([400_000, 1_000_000])(
    "an address space of %d kB: nothing is half done, nothing is lost",
    async (kilobytes) => {
      const home = full.path(`home-${kilobytes}`);
      cpSync(full.home, home, { recursive: true, preserveTimestamps: true });
      const env = { KFIX_HOME: home };
      const finished = shell(`ulimit -v ${kilobytes}; $KFIX source update --rebuild`, env);
      expect(finished.status).not.toBe(0);
      expect(finished.stdout).toBe("");
      const asked = await askEverything(Object.assign(new Workplace(), { home }));
      expect(sameAnswers(right, asked).kind).toBe("harmless");
      expect(shell("$KFIX source update --rebuild", env)).toMatchObject({ status: 0, stderr: "" });
    },
  );

  test.each([6, 8])("a heap of %d MB: it is told or ends like a killed run, and is gone on with", (heap) => {
    const env = { KFIX_HOME: full.path(`heap-${heap}`), REPO: full.repository };
    const { status, stderr } = shell(
      `NODE_OPTIONS=--max-old-space-size=${heap} $KFIX source add "$REPO"`,
      env,
    );
    expect(stderr).not.toMatch(/bug in kfix/);
    if (status === 2) expect(stderr).toMatch(/memory ran out\n.*--max-old-space-size/);
    expect(shell('$KFIX source add "$REPO"', env)).toMatchObject({ status: 0, stderr: "" });
    expect(contentsOfHome(env.KFIX_HOME)["history.db commits"]).toEqual(clean["history.db commits"]);
  });
});

describe("a tree of which not all may be read is not answered from as if it were whole", () => {
  test.each(["kernel/sched/fair.c", "kernel/sched", "debian/patches/sched.patch"])("%s", (secret) => {
    const tree = full.path(`without-${basename(secret)}`);
    cpSync(full.path("vendor"), tree, { recursive: true });
    chmodSync(join(tree, secret), 0);
    const env = { KFIX_HOME: full.home, TREE: tree, SUBJECT };
    const told = { status: 2, says: /permission denied/i, hint: /permissions|may read/ };
    expectTold(shell('$KFIX source add "$TREE" --arch x86_64', env), told);
    if (!secret.startsWith("kernel")) return;
    expectTold(shell('$KFIX symbol --tree "$TREE" pick_next_task_fair', env), told);
    expectTold(shell('$KFIX message --tree "$TREE" "unable to handle kernel paging request"', env), told);
    expectTold(shell('$KFIX check --tree "$TREE" "$SUBJECT"', env), told);
  });
});

test("an answer that never comes is no silence, and no answer", () => {
  const never = full.path("never.mjs");
  writeFileSync(
    never,
    "process.stdin[Symbol.asyncIterator] = () => ({ next: () => new Promise(() => {}) });\n",
  );
  expectTold(shell(`$KFIX crash < /dev/null`, { KFIX_HOME: full.home, NODE_OPTIONS: `--import=${never}` }), {
    status: 2,
    says: /ended before it had an answer/,
    hint: /please report it/,
  });
});

test.each([
  ["reads messages", "revisions !== undefined"],
  ["compares files", "gitDir !== undefined && workerData.revisions === undefined"],
])("a thread that is gone is told, and what was done is kept: one that %s", async (what, has) => {
  const place = new Workplace();
  const functions = Array.from({ length: 600 }, (_, at) =>
    write(`lib/f${at}.c`, `int f${at}(void)\n{\n\treturn ${at};\n}\n`),
  );
  await makeRepository(place.repository, [
    commit("master", { subject: "begin" }),
    commit("master", { subject: "add so many files that a thread compares them", edits: functions }),
    tag("master", "v3.18"),
  ]);
  const gone = place.path("gone.mjs");
  const text = `import { isMainThread, workerData } from "node:worker_threads";\nif (!isMainThread && workerData?.${has}) process.exit(1);\n`;
  writeFileSync(gone, text);
  const env = { KFIX_HOME: place.home, REPO: place.repository };
  const ended = shell('$KFIX source add "$REPO"', { ...env, NODE_OPTIONS: `--import=${gone}` });
  expect(ended.stderr).toMatch(
    what === "reads messages" ? /that reads git log ended early/ : /that compares files ended early/,
  );
  expect(ended.status).toBe(2);
  expect(shell('$KFIX source add "$REPO"', env)).toMatchObject({ status: 0, stderr: "" });
  expect(shell("$KFIX symbol f599 --json", env).stdout).toContain("add so many files");
  place.remove();
});
