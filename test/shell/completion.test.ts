import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFullHome } from "../cli/full-home.ts";
import { KFIX, type Workplace } from "../cli/run-kfix.ts";

/*
 * What the shells offer, asked of the shells themselves: bash is everywhere; zsh and fish where they are installed, as
 * .ci/run does.
 */

let place: Workplace;
let scripts: string;
const SCRIPTS = { bash: "kfix.bash", zsh: "_kfix", fish: "kfix.fish" } as const;
type Shell = keyof typeof SCRIPTS;
const text: Record<string, string> = {};

beforeAll(async () => {
  place = await makeFullHome();
  scripts = place.path("scripts");
  mkdirSync(scripts);
  // The completions call kfix for the names of sources.
  writeFileSync(join(scripts, "kfix"), `#!/bin/sh\nexec "${process.execPath}" "${KFIX}" "$@"\n`);
  chmodSync(join(scripts, "kfix"), 0o755);
  for (const [shell, file] of Object.entries(SCRIPTS)) {
    const { stdout, status } = await place.kfix(["completion", shell]);
    expect(status).toBe(0);
    writeFileSync(join(scripts, file), stdout);
    text[shell] = stdout;
  }
});
afterAll(() => place.remove());

function run(command: string, words: readonly string[]): string {
  const env = {
    ...process.env,
    PATH: `${scripts}${delimiter}${process.env.PATH}`,
    KFIX_HOME: place.home,
    KFIX_CONFIG: "",
    HOME: place.folder,
    TERM: "xterm",
  };
  const { stdout, stderr, status, error } = spawnSync(command, words, {
    encoding: "utf8",
    env,
    cwd: place.folder,
  });
  if (error) throw error;
  expect(`${stderr}${status}`).toBe("0");
  return stdout;
}

/** How each shell is asked what it offers for a line. */
const OFFERS: Readonly<Record<Shell, (line: string) => string>> = {
  bash: (line) => {
    const ask = `source "$1"; read -ra COMP_WORDS <<<"$2"; [[ $2 == *" " ]] && COMP_WORDS+=("")
      COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _kfix; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run("bash", ["--norc", "-c", ask, "bash", join(scripts, SCRIPTS.bash), line]);
  },
  zsh: (line) => run("zsh", ["-f", new URL("complete.zsh", import.meta.url).pathname, scripts, line]),
  fish: (line) =>
    run("fish", [
      "--no-config",
      "-c",
      `source ${join(scripts, SCRIPTS.fish)}; complete -C"${line}" | cut -f1`,
    ]),
};

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ["-c", "exit"]).status === 0;
}

const INSTALLED = (["bash", "zsh", "fish"] as const).filter(isInstalled);

describe.each(INSTALLED)("%s", (shell) => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["kfix s", ["source", "status", "symbol"], ["fix", "--json"]],
    ["kfix source ", ["add", "list", "remove", "update"], ["crash"]],
    ["kfix crash --", ["--json", "--kernel", "--journal", "--no-color"], ["--tree", "crash"]],
    ["kfix symbol --arch ", ["x86_64", "arm64", "all"], ["--json"]],
    ["kfix completion ", ["bash", "zsh", "fish"], []],
    ["kfix source update ", ["vendor", "linux", "cve"], []],
    ["kfix message --tree ven", ["vendor"], ["linux"]],
    ["kfix crash change", ["changelog"], ["vulns"]],
  ])("%s", (line, offered, not) => {
    const words = OFFERS[shell](line)
      .split("\n")
      .map((word) => word.replace(/\/$/, ""));
    expect(words).toEqual(expect.arrayContaining([...offered]));
    for (const word of not) expect(words).not.toContain(word);
  });

  test("a name that a shell would run is not offered", () => {
    const script = join(scripts, "kfix");
    const real = readFileSync(script, "utf8");
    const names = ["$(touch$IFS'owned')", "`touch owned`", "a;touch owned", "-x", "linux"];
    writeFileSync(
      script,
      `#!/bin/sh\ncat <<'EOF'\n${names.map((one) => `${one}  git  /srv`).join("\n")}\nEOF\n`,
    );
    try {
      const words = OFFERS[shell]("kfix source update ").split("\n");
      expect(words.filter((word) => word !== "")).toEqual(["linux"]);
    } finally {
      writeFileSync(script, real);
    }
    expect(readdirSync(place.folder)).not.toContain("owned");
  });
});

test.each(["bash", "zsh", "fish"])(
  "the script for %s names every command and option of the help",
  async (shell) => {
    const { stdout } = await place.kfix(["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map((found) => found[1] ?? "");
    expect(commands).toEqual(expect.arrayContaining(["crash", "completion"]));
    for (const command of commands.filter((name) => name !== "help" && name !== "dmesg" && name !== "kfix")) {
      expect(text[shell]).toContain(command);
      const help = (await place.kfix([command, "--help"])).stdout;
      for (const [, option = ""] of help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm))
        expect(text[shell]).toContain(option);
    }
  },
);

test("a shell that kfix does not know", async () => {
  const { status, stderr } = await place.kfix(["completion", "tcsh"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/no tcsh.*\n.*bash, zsh, fish/);
});
