import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";
import { AS_BEFORE, Terminal } from "./terminal.ts";

/** What goes wrong, in a real terminal: it is said, with the remedy, and the terminal is as it was before. */
let place: Workplace;
let terminal: Terminal | undefined;

beforeAll(async () => {
  place = await Workplace.withHistory();
  writeFileSync(place.path("oops.txt"), SEED_LOG);
});
afterEach(() => terminal?.close());
afterAll(() => place.remove());

function start(words: readonly string[], home = place.home): Terminal {
  terminal = new Terminal({ words, columns: 100, rows: 30, env: { KFIX_HOME: home }, cwd: place.folder });
  return terminal;
}

describe("the terminal is as before", () => {
  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ])("after %s", async (signal, status) => {
    const screen = start([]);
    await screen.shows("Paste a kernel log here");
    screen.signal(signal);
    await screen.shows(`ended with ${status}`);
    expect(screen.modes()).toBe(AS_BEFORE);
    expect(screen.screen()).not.toContain("Paste a kernel log");
  });

  test("after Ctrl-C", async () => {
    const screen = start([]);
    await screen.shows("Paste a kernel log here");
    screen.keys("C-c");
    await screen.shows("ended with 130");
    expect(screen.modes()).toBe(AS_BEFORE);
  });

  test("while it is stopped, and ours again when it goes on", async () => {
    const screen = start([], place.home);
    await screen.shows("Paste a kernel log here");
    screen.signal("SIGTSTP");
    await expect.poll(() => screen.modes(), { timeout: 10_000 }).toBe(AS_BEFORE);
    screen.signal("SIGCONT");
    await screen.shows("Paste a kernel log here");
    screen.keys("q");
    await screen.shows("ended with 0");
    expect(screen.modes()).toBe(AS_BEFORE);
  });
});

describe("what is missing is said, with the remedy", () => {
  test("no index at all: the crash is shown all the same", async () => {
    const screen = start(
      [place.path("oops.txt"), "--kernel", SEED_KERNEL].toSpliced(0, 0, "tui"),
      place.path("nothing"),
    );
    await screen.shows("no history is indexed yet", "kfix source add", "pick_next_task_fair");
    screen.keys("4");
    await screen.shows("▸  pick_next_task_fair+0x6b8/0x820");
  });

  test("a damaged index", async () => {
    const home = place.path("damaged");
    cpSync(place.home, home, { recursive: true });
    writeFileSync(join(home, "index/history.db"), "this is no database");
    const screen = start([], home);
    await screen.shows("history.db", "kfix source update --rebuild");
  });

  test("a repository that is gone: its commits are known, and what they changed is not", async () => {
    const home = place.path("moved");
    cpSync(place.home, home, { recursive: true });
    const sources = join(home, "index/sources.json");
    writeFileSync(sources, "[]");
    const screen = start(["tui", "--kernel", SEED_KERNEL, place.path("oops.txt")], home);
    await screen.shows("likely", "sched: Fix race");
    screen.keys("2");
    await screen.shows("No indexed repository has the commit", "kfix source add PATH-OR-URL");
  });

  test("an index that another program writes: the job says who, and may be tried again", async () => {
    const home = place.path("busy");
    cpSync(place.home, home, { recursive: true });
    const { takeWriterLock } = await import("../../cache/lock.ts");
    mkdirSync(join(home, "locks"), { recursive: true });
    const lock = takeWriterLock(join(home, "locks"), "history");
    try {
      const screen = start([], home);
      await screen.shows("commits up to");
      screen.keys("I");
      await screen.shows("Indexed", "git");
      screen.keys("R");
      await screen.shows("another kfix is writing the history index", "wait until it ends");
    } finally {
      lock.release();
    }
  });

  test("a log without a crash, and a file that is not there", async () => {
    writeFileSync(place.path("quiet.txt"), "[    1.0] all is well\n");
    const screen = start(["tui", "quiet.txt"]);
    await screen.shows("no kernel crash was found in", "Call Trace:");
    screen.paste("nothing\nof interest\nin here\n");
    await screen.shows("no kernel crash was found in what was pasted");
  });
});

describe("an index is made beside everything else", () => {
  test("added, brought up to date; meanwhile one looks around", async () => {
    const home = place.path("new");
    const screen = start([], home);
    await screen.shows("no history is indexed yet");
    screen.keys("I");
    await screen.shows("nothing yet");
    screen.keys("a");
    await screen.shows("What is to be indexed?");
    screen.type(place.repository);
    screen.keys("Enter");
    await screen.shows("add ", "done", "commits");
    screen.keys("q");
    await screen.shows("170 commits up to v3.19");
    screen.keys("I");
    screen.keys("u");
    await screen.shows("update", "nothing new");
    rmSync(home, { recursive: true });
  });
});

describe("where there is no terminal", () => {
  test("kfix tui says so, and names the commands", async () => {
    const { status, stderr } = await place.kfix(["tui"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/needs a terminal.*\n.*kfix crash/);
  });

  test("kfix alone says so, and shows the commands", async () => {
    const { status, stderr, stdout } = await place.kfix([]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/crash .*which kernel fixes this crash/);
    expect(stderr).toMatch(/no terminal/);
  });
});

describe("the screen follows the terminal", () => {
  test("from small to large and back, and too small to show anything", async () => {
    const screen = start(["tui", "--kernel", SEED_KERNEL, "oops.txt"]);
    await screen.shows("likely", "Evidence");
    screen.resize(200, 50);
    await screen.shows("│", "Evidence");
    screen.resize(40, 12);
    await screen.shows("1 Why", "sched: Fix race");
    screen.resize(18, 5);
    await screen.shows("too small");
    screen.resize(80, 24);
    await screen.shows("likely", "Evidence");
  });
});
