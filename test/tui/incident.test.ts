import { chmodSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { oopsIn, SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";
import { AS_BEFORE, Terminal } from "./terminal.ts";

/** An incident from beginning to end, as an engineer goes through it, in a real terminal. */
let place: Workplace;
let terminal: Terminal | undefined;
const FIX = "sched: Fix race between task_group and sched_task_group";

beforeAll(async () => {
  place = await Workplace.withHistory();
  cpSync(new URL("../fixtures/tree", import.meta.url).pathname, place.path("linux-3.16"), {
    recursive: true,
  });
  const added = await place.kfix(["source", "add", place.path("linux-3.16"), "--arch", "all"]);
  expect(added.status, added.stderr).toBe(0);
  writeFileSync(place.path("editor"), `#!/bin/sh\necho "$@" >> '${place.path("edited")}'\n`);
  chmodSync(place.path("editor"), 0o755);
});
afterEach(() => terminal?.close());
afterAll(() => place.remove());

function start(
  words: readonly string[],
  {
    columns = 80,
    rows = 24,
    env = {},
  }: { columns?: number; rows?: number; env?: Record<string, string> } = {},
): Terminal {
  const all = { KFIX_HOME: place.home, EDITOR: place.path("editor"), ...env };
  terminal = new Terminal({ words, columns, rows, env: all, cwd: place.folder });
  return terminal;
}

describe.each([
  { columns: 80, rows: 24, env: {} },
  { columns: 200, rows: 50, env: {} },
  { columns: 80, rows: 24, env: { NO_COLOR: "1" } },
])("$columns x $rows, $env", ({ columns, rows, env }) => {
  test("from a pasted log to the fix, its diff, its releases, a symbol, the editor", async () => {
    const screen = start([], { columns, rows, env });
    await screen.shows("Paste a kernel log here", "commits up to");
    screen.keys("K");
    await screen.shows("Which kernel runs?");
    screen.type(SEED_KERNEL);
    screen.keys("Enter");
    await screen.shows("Paste a kernel log here", SEED_KERNEL);

    screen.paste(SEED_LOG);
    await screen.shows(`${FIX.slice(0, 30)}`, "likely", "missing", "MISSING", "Evidence");
    expectColours(screen, env);

    screen.keys("2");
    await screen.shows(/commit [0-9a-f]{40}/, FIX);
    screen.keys("n");
    await screen.shows("◆");
    screen.keys("d");
    await screen.shows("diff --git a/kernel/sched/core.c", "@@", "+");
    expectColours(screen, env);

    screen.keys("3");
    const releases = await screen.shows("Release map", "mainline", "3.17.y", "┫", "Releases with the fix");
    expect(releases).toContain("3.17.3");

    screen.keys("y");
    const copied = /copied ([0-9a-f]{40})/.exec(await screen.shows(/copied [0-9a-f]{40}/))?.[1];
    expect(screen.clipboard()).toBe(copied);

    screen.keys("4");
    await screen.shows("▸  pick_next_task_fair+0x6b8/0x820");

    screen.keys("/");
    await screen.shows("Search");
    screen.type("show_fault");
    await screen.shows("Nothing has show_fault");
    screen.keys("C-u");
    screen.type("pick_next_task_f");
    await screen.shows("symbol", "pick_next_task_fair", "commits");
    screen.keys("Enter");
    await screen.shows("kfix › pick_next_task_fair", /\d+ commits/, "v3.18-rc1");
    screen.keys("4");
    await screen.shows(/kernel\/sched\/fair\.c:1\d\d/, "struct rq *rq");
    screen.keys("o");
    await expect.poll(() => edited()).toMatch(/\+1\d\d .*linux-3\.16\/kernel\/sched\/fair\.c/);

    screen.keys("q");
    await screen.shows("Search");
    screen.keys("Escape");
    await screen.shows("[4 Call trace]");
    screen.keys("q", "q"); // out of the pane, out of the crash
    await screen.shows("Looked at before", "BUG: unable to handle kernel NULL");
    screen.keys("q");
    await screen.shows("ended with 0");
    expect(screen.modes()).toBe(AS_BEFORE);
  });

  test("two crashes of one log, walked through; a report of one", async () => {
    const two = [oopsIn("pick_next_task_fair"), oopsIn("push_rt_task")].join("");
    writeFileSync(place.path("two.txt"), two);
    const screen = start(["tui", "--kernel", SEED_KERNEL, "two.txt"], { columns, rows, env });
    await screen.shows("2 crashes in", "pick_next_task_fair", "push_rt_task");
    screen.keys("Enter");
    await screen.shows("1/2", FIX.slice(0, 30));
    screen.keys("]");
    await screen.shows("2/2", "sched/rt: Fix NULL");
    rmSync(place.path("kfix-push_rt_task.md"), { force: true });
    screen.keys("e");
    await screen.shows("Write a report", "kfix-push_rt_task.md");
    screen.keys("Enter");
    await screen.shows("written:");
    expect(readFileSync(place.path("kfix-push_rt_task.md"), "utf8")).toContain("push_rt_task");
    screen.keys("Q");
    await screen.shows("ended with 0");
  });

  test("who prints a line, and its place in the editor", async () => {
    const screen = start([], { columns, rows, env });
    await screen.shows("Paste a kernel log here", "commits up to");
    screen.keys("/");
    await screen.shows("Search");
    screen.type("BUG: unable to handle kernel NULL pointer");
    await screen.shows("printed", "arch/x86/mm/fault.c:6");
    screen.keys("Enter");
    await screen.shows("▸     6 ", "arch/x86/mm/fault.c:6");
    screen.keys("o");
    await screen.shows("▸     6 ");
    await expect.poll(() => edited()).toContain(`+6 ${place.path("linux-3.16")}/arch/x86/mm/fault.c`);
    screen.keys("Q");
    await screen.shows("ended with 0");
    expect(screen.modes()).toBe(AS_BEFORE);
  });
});

/** What the editor was called with. */
function edited(): string {
  return existsSync(place.path("edited")) ? readFileSync(place.path("edited"), "utf8") : "";
}

/** The sixteen colours of the palette, or none. */
function expectColours(screen: Terminal, env: Readonly<Record<string, string>>): void {
  const sequences = screen.styledScreen().match(SEQUENCE) ?? [];
  const codes = sequences.flatMap((sequence) => sequence.slice(2, -1).split(/[;:]/).map(Number));
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => [38, 48].includes(code))).toEqual([]);
  const coloured = codes.filter((code) => (code >= 30 && code <= 37) || (code >= 90 && code <= 97));
  if ("NO_COLOR" in env) expect(coloured).toEqual([]);
  else expect(coloured.length).toBeGreaterThan(0);
}

const ESCAPE = String.fromCharCode(27);
const SEQUENCE = new RegExp(`${ESCAPE}\\[[\\d;:]*m`, "g");
