import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFullHome } from "../cli/full-home.ts";
import { type Finished, Workplace } from "../cli/run-kfix.ts";
import { makeKernelHistory } from "../fixtures/make-history.ts";
import { git } from "../fixtures/make-repository.ts";
import { contentsOfHome } from "./contents.ts";
import { askEverything, flipByte, sameAnswers } from "./damage.ts";
import { KillHarness, WORKS } from "./kill.ts";
import { expectTold, shell } from "./told.ts";

const SUBJECT = "sched: Fix race between task_group and sched_task_group";

let full: Workplace;
let right: Finished[];
let pristine: string;

beforeAll(async () => {
  full = await makeFullHome();
  pristine = full.path("pristine");
  right = await askEverything(full);
  cpSync(full.home, pristine, { recursive: true });
});
afterAll(() => full.remove());

/** The home as it was made, whatever the last test did to it. */
function restored(): string {
  rmSync(full.home, { recursive: true, force: true });
  cpSync(pristine, full.home, { recursive: true });
  return full.home;
}

describe("killed at any moment", () => {
  let harness: KillHarness;
  beforeAll(async () => {
    harness = await KillHarness.make(full.path("inputs"), () => new Workplace());
  });

  test.each(WORKS.map((work, at) => ({ name: work.name, work, at })))(
    "$name is gone on with, to what one run makes",
    async ({ name, work, at }) => {
      const clean = await harness.clean(work);
      const moments = name === "clone" || name === "unpack" ? [0.4, 0.7, 0.9] : [0.3 + at / 10];
      for (const moment of moments) {
        const survived = await harness.kill(clean, moment);
        expect([moment, survived.stderr]).toEqual([moment, ""]);
        expect(survived.contents).toEqual(clean.contents);
      }
    },
  );

  test("a clone whose making was stopped at once, and one that left git's lock files", async () => {
    const place = new Workplace();
    await makeKernelHistory(place.repository);
    const clone = join(place.home, "repos/linux.git");
    mkdirSync(join(clone, "objects/pack"), { recursive: true }); // no HEAD, no refs yet
    mkdirSync(join(clone, "refs/tags"), { recursive: true });
    for (const name of ["HEAD.lock", "refs/tags/v3.18.lock"]) {
      writeFileSync(join(clone, name), "");
      utimesSync(join(clone, name), 1, 1);
    }
    const added = await place.kfix(["source", "add", `file://${place.repository}`]);
    expect(added.stderr).toBe("");
    expect((await place.kfix(["fix", SUBJECT])).status).toBe(0);
    place.remove();
  });
});

describe("a damaged index", () => {
  const PLACES: readonly (readonly [file: string, share: number])[] = [
    ["history.db", 0.03],
    ["history.db", 0.61],
    ["cve.db", 0.42],
    ["packages.db", 0.77],
    ["trees/vendor.db", 0.35],
  ];
  test.each(PLACES)(
    "one byte of %s, at %f of its length, is told and never answered from",
    async (name, share) => {
      flipByte(join(restored(), "index", name), share);
      const outcome = sameAnswers(right, await askEverything(full));
      expect(outcome).toEqual({ kind: "told", detail: "" });
    },
  );

  test("cut short, and mended by the remedy that is named", async () => {
    truncateSync(join(restored(), "index/history.db"), 100_000);
    expectTold(await full.kfix(["fix", SUBJECT]), {
      status: 3,
      says: /history\.db is damaged/,
      hint: /kfix source update --rebuild/,
    });
    expect((await full.kfix(["source", "update", "--rebuild"])).status).toBe(0);
    expect((await full.kfix(["fix", SUBJECT])).status).toBe(0);
  });

  test.each([
    ["a week later", 8 * 86_400_000],
    ["by a clock that went back", -86_400_000],
  ])("that a disk brought without a new time is told %s", async (_when, shift) => {
    const place = await Workplace.withHistory();
    const file = join(place.home, "index/history.db");
    await flipAsDisk(place, file);
    expect((await place.kfix(["fix", SUBJECT])).stderr).toBe(""); // not looked for each time (docs/security.md, "Damage")
    expectTold(await place.kfix(["fix", SUBJECT], { env: clockMoved(place, shift) }), {
      status: 3,
      says: /history\.db is damaged/,
      hint: /--rebuild/,
    });
    place.remove();
  });

  test("an update does not carry the damage over", async () => {
    const place = await Workplace.withHistory();
    await git(place.repository, ["tag", "v3.19.200", "v3.19"]);
    const file = join(place.home, "index/history.db");
    await flipAsDisk(place, file);
    for (const words of [
      ["source", "update"],
      ["source", "add", place.repository],
    ]) {
      expectTold(await place.kfix(words), { status: 3, says: /history\.db is damaged/, hint: /--rebuild/ });
    }
    place.remove();
  });

  test.each([
    ["cve.db", () => ["source", "update", "cve"]],
    ["packages.db", () => ["source", "add", "changelog", full.path("other.changelog")]],
  ])("what is added to %s does not carry its damage over", async (name, words) => {
    appendFileSync(full.path("vulns/cve/published/2031/CVE-2031-20001.mbox"), "\n");
    const text = readFileSync(full.path("changelog"), "utf8");
    writeFileSync(full.path("other.changelog"), text.replaceAll("3.16", "3.17"));
    restored();
    await flipAsDisk(full, join(full.home, "index", name));
    expectTold(await full.kfix(words()), { status: 3, says: /is damaged/, hint: /--rebuild/ });
  });

  test("what a stopped update left damaged is begun again", async () => {
    const place = await Workplace.withHistory();
    await git(place.repository, ["tag", "v3.19.200", "v3.19"]);
    const next = join(place.home, "index/history.next.db");
    cpSync(join(place.home, "index/history.db"), next);
    truncateSync(next, 200_000);
    expect(await place.kfix(["source", "update"])).toMatchObject({ status: 0, stderr: "" });
    expect((await place.kfix(["doctor"])).status).toBe(0);
    place.remove();
  });

  test.each([
    ["sources.json", /doctor --deep --repair/],
    ["changelogs.json", /doctor --deep --repair/],
    ["cve-source.json", /kfix source add cve PLACE/],
    ["lifecycle.json", /kfix source add lifecycle FILE/],
  ])("the list %s is told, not taken for empty", async (name, hint) => {
    writeFileSync(join(restored(), "index", name), '[{"name": "li');
    expectTold(await full.kfix(["source", "list"]), {
      status: 3,
      says: new RegExp(`${name} is damaged`),
      hint,
    });
  });
});

test.each(["{", '{"location": "/a", "text": "no table", "indexedAt": "2026-01-01T00:00:00Z"}'])(
  "a damaged table of series is told beside each answer, until it is mended: %s",
  async (text) => {
    const table = full.path("longterm");
    writeFileSync(table, "# read on 2099-01-01\n3.16 2020-06\n");
    const file = join(restored(), "index/lifecycle.json");
    writeFileSync(file, text);
    const told = { says: /lifecycle\.json is damaged/, hint: /kfix source add lifecycle FILE/ };
    expectTold(await full.kfix(["check", "-k", "3.19", SUBJECT]), { status: 0, ...told });
    const damaged = [{ message: expect.stringMatching(told.says), hint: expect.stringMatching(told.hint) }];
    expect(await full.json(["check", "-k", "3.19", SUBJECT])).toMatchObject({ damaged });
    const examined = await full.kfix(["doctor"]);
    expect(examined.stdout).toMatch(/bad ends of series: .*lifecycle\.json is damaged/);
    expect(examined.status).toBe(1);
    rmSync(file);
    expect((await full.kfix(["source", "add", "lifecycle", table])).status).toBe(0);
    expect(await full.kfix(["check", "-k", "3.19", SUBJECT])).toMatchObject({ status: 0, stderr: "" });
  },
);

describe("permissions", () => {
  test("a home that may not be written: questions are answered, changes refused", async () => {
    const home = restored();
    for (const folder of [home, `${home}/index`, `${home}/locks`]) chmodSync(folder, 0o555);
    const env = { KFIX_HOME: home, SUBJECT, REPO: full.repository };
    expect(shell('$KFIX fix "$SUBJECT"', env)).toMatchObject({ status: 0, stderr: "" });
    expectTold(shell("$KFIX source update --rebuild", env), {
      status: 2,
      says: /permission denied|cannot be (?:opened or )?written/,
      hint: /--cache-dir/,
    });
    for (const folder of [home, `${home}/index`, `${home}/locks`]) chmodSync(folder, 0o755);
  });

  test.each([false, true])("an index that may not be read; it was before: %s", async (readBefore) => {
    const file = join(restored(), "index/history.db");
    if (readBefore) expect((await full.kfix(["fix", SUBJECT])).status).toBe(0);
    chmodSync(file, 0);
    expectTold(shell('$KFIX fix "$SUBJECT"', { KFIX_HOME: full.home, SUBJECT }), {
      status: 2,
      says: /history\.db/,
      hint: /permissions/,
    });
    chmodSync(file, 0o644);
  });

  test("a home that cannot be made", async () => {
    const place = new Workplace();
    chmodSync(place.folder, 0o555);
    expectTold(shell('$KFIX source add "$REPO"', { KFIX_HOME: place.home, REPO: full.repository }), {
      status: 2,
      says: /permission denied/,
      hint: /--cache-dir/,
    });
    chmodSync(place.folder, 0o755);
    place.remove();
  });
});

describe("what changes underneath", () => {
  test("a repository that is gone: answers stay, an update says so", async () => {
    const place = await Workplace.withHistory();
    const answer = (await place.kfix(["fix", SUBJECT])).stdout;
    rmSync(place.repository, { recursive: true });
    expect((await place.kfix(["fix", SUBJECT])).stdout).toBe(answer);
    expectTold(await place.kfix(["source", "update"]), {
      status: 2,
      says: /linux\.git is gone/,
      hint: /kfix source remove linux/,
    });
    expect((await place.kfix(["doctor"])).stdout).toMatch(/bad .*linux\.git is gone/);
    place.remove();
  });

  test("a repository that is repacked: nothing is new, nothing is lost", async () => {
    const place = await Workplace.withHistory();
    await git(place.repository, ["repack", "-adq"]);
    await git(place.repository, ["pack-refs", "--all"]);
    expect((await place.kfix(["source", "update"])).stdout).toBe("linux: nothing new\n");
    place.remove();
  });

  test.each([0.3, 0.7])("while it is read: gone, or repacked, at %d of the time", async (moment) => {
    const clean = new Workplace();
    await makeKernelHistory(clean.repository);
    const began = performance.now();
    await clean.kfix(["source", "add", clean.repository]);
    const lasts = performance.now() - began;
    const wanted = contentsOfHome(clean.home)["history.db commits"];
    for (const harm of ["gone", "repacked"]) {
      const place = new Workplace();
      cpSync(clean.repository, place.repository, { recursive: true });
      const adding = place.kfix(["source", "add", place.repository]);
      await new Promise((resolve) => setTimeout(resolve, lasts * moment));
      if (harm === "gone") renameSync(place.repository, place.path("elsewhere"));
      else await git(place.repository, ["repack", "-adqF"]);
      const { status, stderr } = await adding;
      expect([0, 2]).toContain(status);
      expect(stderr).not.toMatch(/bug in kfix|\n\s+at /);
      if (harm === "repacked") expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      else renameSync(place.path("elsewhere"), place.repository);
      expect((await place.kfix(["source", "add", place.repository])).status).toBe(0);
      expect(contentsOfHome(place.home)["history.db commits"]).toEqual(wanted);
      place.remove();
    }
    clean.remove();
  });

  test.each(["log", "diff-tree", "cat-file", "for-each-ref"])(
    "a git %s that is killed: what it said is not taken for all",
    async (command) => {
      const place = new Workplace();
      await makeKernelHistory(place.repository);
      const real = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
      const script = `#!/bin/sh\ncase " $* " in *" ${command} "*) '${real}' "$@" | head -c 3000; kill -9 $$;; esac\nexec '${real}' "$@"\n`;
      mkdirSync(place.path("tools"));
      writeFileSync(place.path("tools/git"), script, { mode: 0o755 });
      const env = { PATH: `${place.path("tools")}:${process.env.PATH}` };
      const add = ["source", "add", place.repository];
      expectTold(await place.kfix(add, { env }), {
        status: 2,
        says: /git failed \(SIGKILL\)/,
        hint: /git fsck/,
      });
      expect((await place.kfix(["fix", SUBJECT])).status).toBe(3);
      expect(await place.kfix(add)).toMatchObject({ status: 0, stderr: "" });
      expect((await place.kfix(["doctor", "--deep"])).stdout).not.toMatch(/^bad/m);
      place.remove();
    },
  );

  test("a branch that was forced back: what it had stays known, what is new comes in", async () => {
    const place = await Workplace.withHistory();
    await git(place.repository, ["branch", "-f", "master", "v3.18"]);
    await git(place.repository, ["tag", "-d", "v3.19"]);
    expect((await place.kfix(["source", "update"])).status).toBe(0);
    const { stdout } = await place.kfix(["doctor", "--deep"]);
    expect(stdout).not.toMatch(/^bad/m);
    place.remove();
  });
});

/** Changes a byte of an index that was compared with its checksum, as a failing disk does: no time changes. */
async function flipAsDisk(place: Workplace, file: string): Promise<void> {
  const time = new Date(Math.floor(statSync(file).mtimeMs)); // no parts of a millisecond, which could not be set again
  utimesSync(file, time, time);
  expect(await place.kfix(["fix", SUBJECT])).toMatchObject({ status: 0, stderr: "" });
  flipByte(file, 0.999);
  utimesSync(file, time, time);
}

/** An environment in which a program takes it to be so many milliseconds later. */
function clockMoved(place: Workplace, shift: number): Record<string, string> {
  const clock = place.path(`clock${shift}.mjs`);
  writeFileSync(
    clock,
    `const Real = Date; const shift = ${shift};\nglobalThis.Date = class extends Real { constructor(...a) { super(...(a.length ? a : [Real.now() + shift])); } static now() { return Real.now() + shift; } };\n`,
  );
  return { NODE_OPTIONS: `--import=${clock}` };
}

test("a clock that went back ten years harms nothing, and is noticed", async () => {
  const place = await Workplace.withHistory();
  const env = clockMoved(place, -315_360_000_000);
  expect(await place.kfix(["fix", SUBJECT], { env })).toMatchObject({ status: 0, stderr: "" });
  expect((await place.kfix(["status"], { env })).stdout).toMatch(/yet to come: is the clock right\?/);
  await git(place.repository, ["tag", "v3.19.200", "v3.19"]);
  expect((await place.kfix(["source", "update"], { env })).status).toBe(0);
  expect((await place.kfix(["fix", SUBJECT])).status).toBe(0);
  place.remove();
});
