import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandsFor } from "../../cli/commands/index.ts";
import { FULL_HOME, makeFullHome } from "../cli/full-home.ts";
import { KFIX, type Workplace } from "../cli/run-kfix.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";

const SUBJECT = "sched: Fix race between task_group and sched_task_group";

/** A namespace without interfaces, where the system allows one (unshare(1)). */
const ALONE = spawnSync("unshare", ["-rn", "true"]).status === 0 ? ["unshare", "-rn"] : ["env"];

let place: Workplace;
let watcher: string;

beforeAll(async () => {
  place = await makeFullHome();
  watcher = place.path("watcher.mjs");
  // what goes out by Node itself, also an attempt that is forgiven, leaves a mark
  writeFileSync(
    watcher,
    `import net from "node:net"; import dns from "node:dns"; import { writeFileSync } from "node:fs";
const mark = (what) => writeFileSync(${JSON.stringify(place.path("called"))}, what);
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...a) { mark("connect"); return connect.apply(this, a); };
for (const name of ["lookup", "resolve"]) { const real = dns[name]; dns[name] = (...a) => { mark(name); return real(...a); }; }
`,
  );
  writeFileSync(place.path("log"), SEED_LOG);
});
afterAll(() => place.remove());

describe("without any network", () => {
  const COMMANDS: readonly (readonly [words: () => readonly string[], status: number])[] = [
    [() => ["crash", place.path("log"), "-k", "3.16.7", "--json"], 0],
    [() => ["crash", place.path("log"), "--report", place.path("report.html")], 0],
    [() => ["crash", "--parse-only", place.path("log")], 0],
    [() => ["fix", SUBJECT, "--explain"], 0],
    [() => ["fix", FULL_HOME.cve], 0],
    [() => ["check", "-k", "3.19", SUBJECT], 0],
    [() => ["check", "--tree", place.path("vendor"), SUBJECT], 1],
    [() => ["symbol", "pick_next_task_fair"], 0],
    [() => ["message", "BUG: unable to handle kernel NULL pointer dereference"], 0],
    [() => ["grep", "pick_next_task_fair"], 0],
    [() => ["source", "list"], 0],
    [() => ["status"], 0],
    [() => ["doctor", "--deep"], 0],
    [() => ["source", "update"], 0],
    [() => ["source", "update", "--rebuild"], 0],
    [() => ["source", "add", "linux@v3.18", "--arch", "x86_64"], 0],
    [() => ["source", "remove", "linux-3.18"], 0],
    [() => ["crash", "--group", place.path("log")], 0],
    [() => ["completion", "bash"], 0],
    [() => ["mcp"], 0],
    [() => ["tui"], 2],
    [() => ["--help"], 0],
    [() => ["--version"], 0],
  ];

  test.each(COMMANDS.map(([words, status], at) => ({ at, words, status })))(
    "command $at answers, and calls nobody",
    ({ words, status }) => {
      const [command = "", ...args] = [...ALONE, process.execPath, KFIX, ...words()];
      const finished = spawnSync(command, args, {
        encoding: "utf8",
        env: { ...process.env, KFIX_HOME: place.home, NO_COLOR: "1", NODE_OPTIONS: `--import=${watcher}` },
      });
      expect(finished.stderr).not.toMatch(/network|ENETUNREACH|EAI_AGAIN|could not be fetched/);
      expect(finished.status).toBe(status);
      expect(existsSync(place.path("called"))).toBe(false);
    },
  );

  test("every command is among them", async () => {
    const tried = new Set(COMMANDS.map(([words]) => words()[0]));
    const all = (await commandsFor([])).map(({ name }) => name);
    expect(all.filter((name) => !tried.has(name))).toEqual([]);
  });
});
