import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { partsOf } from "../../cli/shell/command-line.ts";
import { manPage } from "../../cli/shell/man-page.ts";
import { Workplace } from "../cli/run-kfix.ts";

/** Made by the build. */
const PAGES = new URL("../../dist/man/", import.meta.url).pathname;
const names = readdirSync(PAGES);
const place = new Workplace();

/** What reads manuals, and what it says of a page that is not right; those that are installed are asked. */
const READERS: readonly { readonly command: string; readonly words: (page: string) => string[] }[] = [
  { command: "mandoc", words: (page) => ["-T", "lint", "-W", "warning", page] },
  { command: "groff", words: (page) => ["-man", "-ww", "-z", page] },
  { command: "man", words: (page) => ["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page] },
];
const installed = READERS.filter(({ command }) => spawnSync(command, ["--version"]).error === undefined);

test("there is a page for kfix and for each command", async () => {
  const { stdout } = await place.kfix(["--help"]);
  const commands = stdout.split("Commands:")[1]?.split("Examples:")[0] ?? "";
  const own = [...commands.matchAll(/^ {2}([a-z]+)/gm)]
    .map((found) => found[1])
    .filter((name) => name !== "help");
  const expected = ["kfix", ...own.map((name) => `kfix-${name}`)];
  const nested = ["add", "list", "update", "remove"].map((name) => `kfix-source-${name}`);
  expect(names.sort()).toEqual([...expected, ...nested].map((name) => `${name}.1`).sort());
  place.remove();
});

describe.each(names)("%s", (name) => {
  test("is a manual page in every reader's eyes", () => {
    for (const { command, words } of installed) {
      const { stderr, stdout, status } = spawnSync(command, words(`${PAGES}${name}`), { encoding: "utf8" });
      const complaints = command === "mandoc" ? stdout + stderr : stderr;
      expect({ command, complaints, status }).toEqual({ command, complaints: "", status: 0 });
    }
  });

  test("has the parts of one, and no line that roff would take for a request", () => {
    const lines = readFileSync(`${PAGES}${name}`, "utf8").trimEnd().split("\n");
    const sections = lines.filter((line) => line.startsWith(".SH ")).map((line) => line.slice(4));
    expect(sections).toEqual(
      expect.arrayContaining(["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "SEE ALSO"]),
    );
    expect(
      lines.filter((line) => /^[.']/.test(line) && !/^\.(?:TH|SH|TP|PP|B|nf|fi|RS|RE)\b/.test(line)),
    ).toEqual([]);
  });
});

test("what is shown has the examples and the options, quotes and dashes as they are typed", () => {
  const [reader] = installed.filter(({ command }) => command === "man");
  const { stdout } = reader
    ? spawnSync("man", ["-l", "-E", "ascii", "-P", "cat", `${PAGES}kfix-crash.1`], {
        encoding: "utf8",
        env: { ...process.env, MANWIDTH: "100", MAN_KEEP_FORMATTING: "" },
      })
    : {
        stdout: readFileSync(`${PAGES}kfix-crash.1`, "utf8").replaceAll("\\-", "-").replaceAll("\\(aq", "'"),
      };
  expect(stdout).toContain("--mask-quotes");
  expect(stdout).toContain("kfix crash --journal -1");
  expect(stdout).toContain(`echo '{`);
});

/** What roff would obey or print as something else, in every text of a definition. */
const NASTY = [
  ".so /etc/passwd",
  "'br of a request",
  "a\\fBbold\\n(.z",
  '"quoted" -dashed ~home ^hat `tick`',
  ".",
  "\\",
];

/** The text of a page as roff prints it, by the escapes of groff_char(7) that are ours. */
function printed(page: string): string {
  const characters: Readonly<Record<string, string>> = {
    "-": "-",
    "(ti": "~",
    "(ha": "^",
    "(ga": "`",
    "(aq": "'",
    "(dq": '"',
    "&": "",
    e: "\\",
  };
  return page.replace(/\\(f[BIR]|\(..|[-&e])/g, (_all, name: string) => characters[name] ?? "");
}

test.each(NASTY)("words stay words in a page: %s", (text) => {
  const definition = {
    name: "x",
    summary: text,
    description: `first\n\n${text}\nnext\n${text}`,
    arguments: [{ name: "[word...]", help: text }],
    options: [{ flags: "-x, --xx <a-b>", help: text }],
    examples: [{ command: text, says: text }],
  };
  const options = definition.options.map(partsOf);
  const line = { path: ["x"], definition, options, takes: undefined, subcommands: [] };
  const page = manPage(line, [line], { version: "1", date: "2026-01-01" });
  const lines = page.trimEnd().split("\n");
  expect(lines.filter((one) => /^[.']/.test(one) && !/^\.(?:TH|SH|TP|PP|B|nf|fi|RS|RE)\b/.test(one))).toEqual(
    [],
  );
  expect(page).not.toMatch(/\\(?!f[BIR]|\((?:ti|ha|ga|aq|dq)|[-&e])/);
  for (const [, argument] of page.matchAll(/^\.B "(.*)"$/gm)) expect(argument).not.toContain('"');
  const shown = printed(page).split("\n");
  expect(shown.filter((one) => one === text || one === `.B "${text}"`)).toHaveLength(4);
  expect(shown).toContain(`kfix-x - ${text}`);
  expect(shown).toContain(`${text} next ${text}`);
});
