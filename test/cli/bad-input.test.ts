import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeSha, writeCveRecords } from "../fixtures/cve-records.ts";
import { git } from "../fixtures/make-repository.ts";
import { type Finished, Workplace } from "./run-kfix.ts";

let place: Workplace;
let empty: Workplace;

beforeAll(async () => {
  [place, empty] = [await Workplace.withHistory(), new Workplace()];
});
afterAll(() => {
  place.remove();
  empty.remove();
});

/** A person's mistake: the status, what is wrong and where, what to do next; never a stack trace. */
function expectRemedy(finished: Finished, expected: { status: number; says: RegExp; hint: RegExp }): void {
  expect(finished.stderr).toMatch(expected.says);
  expect(finished.stderr).toMatch(expected.hint);
  expect(finished.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(finished.stdout).toBe("");
  expect(finished.status).toBe(expected.status);
}

describe("questions without an answer", () => {
  test("a sha that no commit has", async () => {
    expectRemedy(await place.kfix(["fix", "0123456789ab"]), {
      status: 1,
      says: /no commit 0123456789ab is indexed/,
      hint: /kfix source update/,
    });
  });
  test("a subject that no commit has", async () => {
    expectRemedy(await place.kfix(["fix", "sched: Do what was never done"]), {
      status: 1,
      says: /no commit has the subject/,
      hint: /kfix status/,
    });
  });
  test("a part of a subject", async () => {
    expectRemedy(await place.kfix(["fix", "race between task_group and sched_tas"]), {
      status: 1,
      says: /no commit has the subject/,
      hint: /[0-9a-f]{12} \("sched: Fix race between task_group and sched_task_group"\)/,
    });
  });
  test("a function that no commit touches", async () => {
    expectRemedy(await place.kfix(["symbol", "no_such_function"]), {
      status: 1,
      says: /no indexed commit touches no_such_function/,
      hint: /spelling/,
    });
  });
  test("a log without a crash", async () => {
    const input = "[    1.000000] usb 1-1: new high-speed USB device number 2 using xhci_hcd\n";
    expectRemedy(await place.kfix(["crash"], { input }), {
      status: 1,
      says: /no kernel crash was found in standard input/,
      hint: /journalctl -k -b -1/,
    });
  });
});

describe("input that cannot be used", () => {
  test("an empty log", async () => {
    expectRemedy(await place.kfix(["crash"], { input: "\n" }), {
      status: 2,
      says: /standard input is empty/,
      hint: /dmesg \| kfix crash/,
    });
  });
  test("a log that is not there", async () => {
    expectRemedy(await place.kfix(["crash", place.path("none.log")]), {
      status: 2,
      says: /none\.log.*no such file/,
      hint: /standard input/,
    });
  });
  test("a check without a kernel", async () => {
    expectRemedy(await place.kfix(["check", "0123456789ab"]), {
      status: 2,
      says: /which kernel/,
      hint: /--kernel/,
    });
  });
  test("an option that does not exist", async () => {
    const finished = await place.kfix(["fix", "--frobnicate"]);
    expect(finished.stderr).toMatch(/unknown option '--frobnicate'[\s\S]*kfix fix --help/);
    expect(finished.status).toBe(2);
  });
  test("a line of a log that looks like an option", async () => {
    const finished = await place.kfix(["message", "------------[ cut here ]------------"]);
    expect(finished.stderr).toMatch(/goes behind --\)/);
    expect(finished.status).toBe(2);
  });
  test("a number of candidates that is none", async () => {
    const finished = await place.kfix(["crash", "--limit", "many"], { input: "x" });
    expect(finished.stderr).toMatch(/--limit takes a number from 1 to 1000/);
    expect(finished.status).toBe(2);
  });
});

describe("sources that cannot be indexed", () => {
  test("a path that does not exist", async () => {
    expectRemedy(await empty.kfix(["source", "add", empty.path("nowhere")]), {
      status: 2,
      says: /nowhere does not exist/,
      hint: /git repository, or a URL/,
    });
  });
  test("a folder that is no repository", async () => {
    mkdirSync(empty.path("folder"));
    expectRemedy(await empty.kfix(["source", "add", empty.path("folder")]), {
      status: 2,
      says: /folder is not a git repository/,
      hint: /clone one first/,
    });
  });
  test("a URL that nobody answers", async () => {
    expectRemedy(await empty.kfix(["source", "add", `file://${empty.path("nowhere.git")}`]), {
      status: 2,
      says: /could not be fetched/,
      hint: /goes on where it stopped/,
    });
  });
  test("a URL that would run a program", async () => {
    const finished = await empty.kfix(["source", "add", "ext::sh -c 'touch owned'"], { cwd: empty.folder });
    expect(finished.status).toBe(2);
    expect(finished.stderr).toMatch(/does not exist/);
    expect(existsSync(empty.path("owned"))).toBe(false);
  });
  test("a shallow clone", async () => {
    const shallow = empty.path("shallow.git");
    await git(place.folder, ["clone", "-q", "--bare", "--depth=3", `file://${place.repository}`, shallow]);
    expectRemedy(await empty.kfix(["source", "add", shallow]), {
      status: 2,
      says: /shallow clone/,
      hint: /git fetch --unshallow/,
    });
  });
  test("a repository without release tags", async () => {
    const untagged = empty.path("untagged.git");
    await git(place.folder, ["clone", "-q", "--bare", "--no-tags", `file://${place.repository}`, untagged]);
    expectRemedy(await empty.kfix(["source", "add", untagged]), {
      status: 2,
      says: /has no release tags/,
      hint: /git fetch --tags/,
    });
  });
  test("CVE records that are taken for a history", async () => {
    const folder = empty.path("security records");
    const message = "lumen: free the ring\n\nIt was kept.";
    writeCveRecords(folder, [
      { cve: "CVE-2031-20001", message, dyad: [], sha1: [madeSha("1")], files: ["drivers/net/lumen.c"] },
    ]);
    await git(folder, ["init", "-q"]);
    await git(folder, ["add", "."]);
    await git(folder, ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "Add records"]);
    for (const workplace of [empty, place])
      expectRemedy(await workplace.kfix(["source", "add", join(folder, ".git")]), {
        status: 2,
        says: /has the kernel's CVE records/,
        hint: /kfix source add cve '.*security records\/\.git'/,
      });
  });
  test("no git on PATH", async () => {
    mkdirSync(empty.path("bin"), { recursive: true });
    symlinkSync(process.execPath, empty.path("bin/node"));
    const env = { PATH: empty.path("bin") };
    expectRemedy(await empty.kfix(["source", "add", place.repository], { env }), {
      status: 2,
      says: /git was not found/,
      hint: /install git/,
    });
  });
  test("nothing of all that left an index", async () => {
    expectRemedy(await empty.kfix(["fix", "0123456789ab"]), {
      status: 3,
      says: /no history is indexed yet/,
      hint: /kfix source add/,
    });
  });
});

describe("an index that cannot be used", () => {
  test("damaged, and rebuilt by the remedy that the error names", async () => {
    const other = await Workplace.withHistory();
    writeFileSync(`${other.home}/index/history.db`, "this is no database");
    expectRemedy(await other.kfix(["fix", "0123456789ab"]), {
      status: 3,
      says: /history\.db is (?:damaged|not an index)/,
      hint: /kfix source update --rebuild/,
    });
    const rebuilt = await other.kfix(["source", "update", "--rebuild"]);
    expect(rebuilt.stdout).toMatch(/^linux: \d+ commits indexed/);
    expect((await other.kfix(["symbol", "pick_next_task_fair"])).status).toBe(0);
    other.remove();
  });
  test("a home that cannot be one", async () => {
    writeFileSync(empty.path("a-file"), "");
    const words = ["source", "add", place.repository, "--cache-dir", empty.path("a-file")];
    expectRemedy(await empty.kfix(words), {
      status: 2,
      says: /a-file\/\w+: this cannot be a folder of kfix/,
      hint: /--cache-dir/,
    });
  });
});
