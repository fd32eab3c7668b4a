import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { historyShas } from "../fixtures/make-history.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";
import { makeFullHome } from "./full-home.ts";
import { KFIX, type Workplace } from "./run-kfix.ts";
import { inTerminal } from "./terminal.ts";

const shas = historyShas();
const ESCAPE = "\x1b[";
let place: Workplace;

beforeAll(async () => {
  place = await makeFullHome();
  writeFileSync(place.path("oops"), SEED_LOG);
});
afterAll(() => place.remove());

/** A configuration file with this text; gives the environment that names it. */
function config(text: string, name = "config.json"): Record<string, string> {
  writeFileSync(place.path(name), text);
  return { KFIX_CONFIG: place.path(name) };
}

describe("the command line goes before the environment, that before the file, that before what kfix does unless told", () => {
  const kernelOf = async (words: readonly string[], env: Record<string, string>) => {
    const { stdout, stderr } = await place.kfix(["check", ...words, shas.ringFix, "--json"], { env });
    return stdout === "" ? stderr : JSON.parse(stdout).kernel;
  };
  const file = '{"kernel": "3.16.1"}';

  test("kernel", async () => {
    expect(await kernelOf([], {})).toMatch(/say which kernel/);
    expect(await kernelOf([], config(file))).toBe("3.16.1");
    expect(await kernelOf([], { ...config(file), KFIX_KERNEL: "3.16.2" })).toBe("3.16.2");
    expect(await kernelOf(["--kernel", "3.16.3"], { ...config(file), KFIX_KERNEL: "3.16.2" })).toBe("3.16.3");
  });

  test("an empty variable says nothing", async () => {
    expect(await kernelOf([], { ...config(file), KFIX_KERNEL: "" })).toBe("3.16.1");
  });

  test("cache folder", async () => {
    const folderOf = async (words: readonly string[], env: Record<string, string>) =>
      (
        await place.kfix(["doctor", ...words, "--json"], {
          env: { KFIX_HOME: "", HOME: place.folder, ...env },
        })
      ).stdout;
    const told = config(JSON.stringify({ cacheDir: place.path("from-file") }));
    expect(await folderOf([], told)).toContain("from-file");
    expect(await folderOf([], config('{"cacheDir": "~/at-home"}'))).toContain(place.path("at-home"));
    expect(await folderOf([], { ...told, KFIX_HOME: place.path("from-env") })).toContain("from-env");
    expect(
      await folderOf(["--cache-dir", place.path("from-flag")], {
        ...told,
        KFIX_HOME: place.path("from-env"),
      }),
    ).toContain("from-flag");
  });

  test("tree and architecture", async () => {
    const treeOf = async (words: readonly string[], env: Record<string, string>) => {
      const { stdout, stderr } = await place.kfix(["message", "Oops: 0000", "--json", ...words], { env });
      return stdout === "" ? stderr : JSON.parse(stdout).tree;
    };
    expect(await treeOf([], config('{"tree": "from-file"}'))).toMatch(/from-file/);
    expect(await treeOf(["--tree", "vendor"], config('{"tree": "from-file"}'))).toBe("vendor");
    expect(await treeOf([], { KFIX_ARCH: "s390x" })).toMatch(/nothing is known of s390x/);
    expect(await treeOf(["--arch", "x86_64"], { KFIX_ARCH: "s390x" })).toBe("vendor");
  });

  test("colour", async () => {
    const isColoured = async (words: readonly string[], env: Record<string, string>) => {
      const plain = { NO_COLOR: "", ...env };
      return (await place.kfix(["fix", shas.ringFix, ...words], { env: plain })).stdout.includes(ESCAPE);
    };
    const always = config('{"color": "always"}');
    expect(await isColoured([], {})).toBe(false);
    expect(await isColoured([], always)).toBe(true);
    expect(await isColoured([], { ...always, NO_COLOR: "1" })).toBe(false);
    expect(await isColoured([], { NO_COLOR: "1", KFIX_COLOR: "always" })).toBe(true);
    expect(await isColoured([], { FORCE_COLOR: "1" })).toBe(true);
    expect(await isColoured(["--color"], { NO_COLOR: "1" })).toBe(true);
    expect(await isColoured(["--no-color"], { ...always, FORCE_COLOR: "1" })).toBe(false);
  });

  test("options may stand before the command, too", async () => {
    const { stdout } = await place.kfix(["--color", "fix", shas.ringFix]);
    expect(stdout).toContain(ESCAPE);
  });
});

test("a log goes before a setting, as a setting knows nothing of it", async () => {
  const log = `${SEED_LOG}\nCPU: 0 PID: 1 Comm: a Not tainted 3.17.2 #1\n`;
  const releaseOf = async (input: string) =>
    JSON.parse(
      (await place.kfix(["crash", "--parse-only", "--json"], { input, env: { KFIX_KERNEL: "3.16.7" } }))
        .stdout,
    ).crashes[0].kernel.release;
  expect(await releaseOf(SEED_LOG)).toBe("3.16.7");
  expect(
    await releaseOf(
      "BUG: soft lockup - CPU#0 stuck for 22s! [a:1]\nCPU: 0 PID: 1 Comm: a Not tainted 3.17.2 #1\n",
    ),
  ).toBe("3.17.2");
  expect(log).toContain("3.17.2");
});

test("the file is where the XDG specification has it", async () => {
  mkdirSync(place.path("xdg/kfix"), { recursive: true });
  writeFileSync(place.path("xdg/kfix/config.json"), '{"kernel": "3.16.9"}');
  const { KFIX_CONFIG: _none, ...outer } = process.env;
  const child = spawn(process.execPath, [KFIX, "check", shas.ringFix, "--json"], {
    env: { ...outer, KFIX_HOME: place.home, XDG_CONFIG_HOME: place.path("xdg") },
  });
  let stdout = "";
  for await (const text of child.stdout) stdout += text;
  expect(JSON.parse(stdout).kernel).toBe("3.16.9");
});

describe("a file that is wrong is named, with the place and what would be right", () => {
  test.each<[string, string, RegExp, RegExp]>([
    [
      "an unknown key",
      '{\n  "kernel": "3.16",\n  "colour": "never"\n}',
      /config\.json:3: there is no setting "colour"/,
      /cacheDir, kernel, arch, tree, color, pager/,
    ],
    [
      "a word that it cannot be",
      '{\n\n"color": "blue"}',
      /config\.json:3: "color" is "blue"/,
      /auto, always, never/,
    ],
    ["no text", '{"kernel": 3.16}', /config\.json:1: "kernel" is 3\.16/, /give a text/],
    ["no JSON", '{\n  "kernel": 3.16.1\n}', /config\.json:2 is no JSON/, /looks like this/],
    ["no object", "[]", /config\.json is no JSON object/, /looks like this/],
  ])("%s", async (_what, text, says, hint) => {
    const { status, stdout, stderr } = await place.kfix(["status"], { env: config(text) });
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(hint);
    expect([status, stdout]).toEqual([2, ""]);
  });

  test("one that does not exist, or a variable that cannot be", async () => {
    const missing = await place.kfix(["status"], { env: { KFIX_CONFIG: place.path("none.json") } });
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringMatching(/none\.json does not exist/)]);
    const wrong = await place.kfix(["status"], { env: { KFIX_COLOR: "blue" } });
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/KFIX_COLOR is "blue"[\s\S]*auto, always, never/),
    ]);
  });

  test("help is given all the same", async () => {
    expect((await place.kfix(["fix", "--help"], { env: config("{") })).status).toBe(0);
  });
});

describe("on a terminal", () => {
  /** Asks for more than the terminal has lines for. */
  const LONG = ["crash", "--parse-only", ...Array.from({ length: 6 }, (_, at) => `oops-${at}`)];
  beforeAll(() => {
    for (const name of LONG.slice(2)) writeFileSync(place.path(name), SEED_LOG);
  });

  test("there are colours, unless they are not wanted", async () => {
    const env = { KFIX_PAGER: "cat" };
    expect((await inTerminal(place, ["fix", shas.ringFix], { env })).screen).toContain(ESCAPE);
    expect(
      (await inTerminal(place, ["fix", shas.ringFix], { env: { ...env, NO_COLOR: "1" } })).screen,
    ).not.toContain(ESCAPE);
    expect(
      (await inTerminal(place, ["fix", shas.ringFix], { env: { ...env, TERM: "dumb" } })).screen,
    ).not.toContain(ESCAPE);
    expect((await inTerminal(place, ["fix", shas.ringFix, "--no-color"], { env })).screen).not.toContain(
      ESCAPE,
    );
  });

  test("what does not fit goes through the pager: KFIX_PAGER, PAGER, the file's", async () => {
    const paged = async (env: Record<string, string>, words = LONG) => {
      writeFileSync(place.path("paged"), "");
      await inTerminal(place, words, { env });
      return readFileSync(place.path("paged"), "utf8").trimEnd().split("\n")[0];
    };
    const pager = (name: string) => `echo ${name} > '${place.path("paged")}'; cat > /dev/null`;
    const file = config(JSON.stringify({ pager: pager("file") }));
    expect(await paged(file)).toBe("file");
    expect(await paged({ ...file, PAGER: pager("shared") })).toBe("shared");
    expect(await paged({ ...file, PAGER: pager("shared"), KFIX_PAGER: pager("own") })).toBe("own");
    expect(await paged({ ...file, KFIX_PAGER: "" })).toBe("");
    expect(await paged(file, ["fix", shas.ringFix.slice(0, 12), "--json"])).toBe("");
    expect(await paged(file, ["status"])).toBe("");
  });

  test("leaving the pager early is quiet", async () => {
    const { screen, status } = await inTerminal(place, LONG, { env: { KFIX_PAGER: "head -n 1" } });
    expect(screen.trimEnd()).toMatch(/^==> oops-0 <==$/);
    expect(status).toBe(0);
  });

  test("Ctrl-C in the pager ends neither it nor kfix; q ends both quietly", async () => {
    const { screen, status } = await inTerminal(place, LONG, {
      env: {
        KFIX_PAGER: "trap 'echo still here' INT; cat; read answer < /dev/tty; echo \"left by $answer\"",
      },
      presses: [
        { when: /trace[\s\S]*trace/, keys: "\x03" },
        { when: /still here/, keys: "q\n" },
      ],
    });
    expect(screen).toMatch(/still here/);
    expect(screen).not.toMatch(/kfix: interrupted/);
    expect(status).toBe(0);
  });

  test("--quiet keeps remarks to itself", async () => {
    const asked = { presses: [{ when: /./, keys: "\x04" }] };
    expect((await inTerminal(place, ["crash", "--parse-only"], asked)).screen).toContain(
      "paste a kernel log",
    );
    const quiet = await inTerminal(place, ["crash", "--parse-only", "--quiet"], { typed: "\x04" });
    expect(quiet.screen).not.toContain("paste a kernel log");
  });
});

test("--verbose says on standard error what is read, from which index, and how long it takes", async () => {
  const { stdout, stderr } = await place.kfix([
    "crash",
    place.path("oops"),
    "--kernel",
    "3.16.0-4-amd64",
    "--verbose",
  ]);
  expect(stdout).toMatch(/^BUG: unable/);
  expect(stderr).toMatch(new RegExp(`^kfix: +[\\d.]+ ms {2}opened the index in ${place.home}/index$`, "m"));
  expect(stderr).toMatch(/history: 170 commits, \d+ releases, the newest v/);
  expect(stderr).toMatch(/CVE records: 1/);
  expect(stderr).toMatch(/[\d.]+ ms {2}read .*oops: 1 crash/);
  expect(stderr).toMatch(/[\d.]+ ms {2}looked for fixes of BUG: unable/);
  expect(stderr).toMatch(/[\d.]+ ms {2}in all/);
});

test.each(["stdout", "stderr"] as const)("a reader who stops ends kfix quietly: %s", async (name) => {
  const lines = Array.from({ length: 2000 }, (_, id) => JSON.stringify({ id, log: SEED_LOG })).join("\n");
  const child = spawn(process.execPath, [KFIX, "crash", "--parse-only", "--batch", "--verbose"], {
    env: { ...process.env, KFIX_HOME: place.home, KFIX_CONFIG: "" },
  });
  child.stdin.on("error", () => {});
  child.stdin.end(lines);
  child[name].destroy();
  let said = "";
  const other = name === "stdout" ? child.stderr : child.stdout;
  other.setEncoding("utf8").on("data", (text: string) => (said += text));
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (name === "stdout") expect(said).not.toMatch(/EPIPE|at .*:\d+/);
  expect(status).toBe(0);
});
