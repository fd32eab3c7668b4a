import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../../cli/main.ts";
import { jsonText } from "../../cli/output/json-text.ts";
import { print } from "../../cli/output/print.ts";
import { progressBar } from "../../cli/output/progress-bar.ts";
import { sanitize, sanitizeLines, sanitizeStyled } from "../../cli/output/terminal.ts";
import { tell, timed } from "../../cli/output/verbose.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../cli/settings.ts";
import { type Finished, Workplace } from "../cli/run-kfix.ts";
import { writeCveRecords } from "../fixtures/cve-records.ts";
import {
  ALL_NASTY,
  HOSTILE_CVE,
  HOSTILE_FUNCTION,
  HOSTILE_LOG,
  HOSTILE_SUBJECT,
  makeHostileHistory,
  makeHostileTree,
  NASTY,
} from "../fixtures/hostile-text.ts";
import { connect } from "../mcp/connect.ts";

let place: Workplace;
let sha: string;

beforeAll(async () => {
  place = new Workplace();
  sha = await makeHostileHistory(place.repository);
  makeHostileTree(place.path("tree"));
  const record = {
    cve: HOSTILE_CVE,
    message: `${HOSTILE_SUBJECT}\n\n${ALL_NASTY}\n`,
    dyad: [`3.17:${"1".repeat(40)}:3.19.50:${sha}`],
    sha1: [sha],
    files: [`kernel/${ALL_NASTY}.c`],
  };
  writeCveRecords(place.path("vulns"), [record]);
  writeFileSync(
    place.path("changelog"),
    `linux (3.19.50-1) jessie; urgency=medium\n\n  * ${HOSTILE_SUBJECT}\n  * aio: only told ${ALL_NASTY} here\n\n -- Eve <eve@example.org>  Sat, 01 Nov 2014 00:00:00 +0000\n`,
  );
  writeFileSync(place.path("log"), HOSTILE_LOG);
  mkdirSync(place.path("logs"));
  cpSync(place.path("log"), place.path(`logs/${ALL_NASTY.replaceAll("/", "")}.log`));
  for (const words of [
    [place.repository],
    [place.path("tree"), "--name", "evil-tree", "--arch", "x86_64"],
    ["cve", place.path("vulns")],
    ["changelog", place.path("changelog")],
  ]) {
    const added = await place.kfix(["source", "add", ...words]);
    if (added.status !== 0) throw new Error(added.stderr);
  }
});
afterAll(() => place.remove());

/** What ripgrep colours with. */
const STYLES = ["\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[35m"];

const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Nothing that a terminal would obey, or an eye not see. */
function expectClean({ stdout, stderr }: Finished): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(/\n\s+at .*:\d+:\d+/);
    expectHarmless(text);
  }
}

function expectHarmless(text: string): void {
  expect([...text].filter((character) => /[^\n\t]/.test(character) && HARMFUL.test(character))).toEqual([]);
  expect(text).not.toMatch(/[\u{e0100}-\u{e01ef}]/u);
}

describe("an answer about hostile texts", () => {
  const ASKED: readonly (readonly [what: string, words: () => readonly string[], mentions: string])[] = [
    ["a fix by its sha", () => ["fix", sha], "sched: "],
    ["a fix by its subject", () => ["fix", HOSTILE_SUBJECT], "sched: "],
    ["a fix by its CVE", () => ["fix", HOSTILE_CVE], "sched: "],
    ["a fix that only a changelog tells of", () => ["fix", `aio: only told ${ALL_NASTY} here`], ""],
    ["a fix for a hostile kernel", () => ["fix", "-k", `3.19.1${ALL_NASTY}`, sha], "sched: "],
    ["a kernel", () => ["check", "-k", "3.19.1", sha], "MISSING"],
    ["a hostile kernel", () => ["check", "-k", ALL_NASTY, sha, ALL_NASTY], "UNKNOWN"],
    ["a tree", () => ["check", "--tree", place.path("tree"), sha], "source"],
    ["a function", () => ["symbol", HOSTILE_FUNCTION], "kernel/evil.c"],
    ["a function of a hostile file", () => ["symbol", "named_evil"], "kernel/evil"],
    ["a message", () => ["message", "named evil line of a message"], "kernel/evil"],
    ["a crash", () => ["crash", place.path("log")], "NULL pointer"],
    ["a crash, only parsed", () => ["crash", "--parse-only", place.path("log")], "NULL pointer"],
    ["logs with hostile names", () => ["crash", place.path("logs"), place.path("log")], "NULL pointer"],
    ["what is indexed", () => ["source", "list"], "evil-tree"],
    ["the state", () => ["status"], "evil-tree"],
    ["the health", () => ["doctor"], "ok"],
    ["a crash, and what was done for it", () => ["crash", "--verbose", place.path("log")], "NULL pointer"],
    ["a fix, and what was done for it", () => ["fix", "--verbose", `no ${ALL_NASTY}`], ""],
    ["what is not there", () => ["fix", `no ${ALL_NASTY}`], ""],
    ["an option that does not exist", () => ["fix", `--no${ALL_NASTY}`], ""],
    ["a command that does not exist", () => [`no${ALL_NASTY}`], ""],
    ["a log that does not exist", () => ["crash", `/no${ALL_NASTY}`], ""],
    ["a source that does not exist", () => ["source", "add", `/no${ALL_NASTY}`], ""],
    ["an address that does not exist", () => ["source", "add", `file:///no${ALL_NASTY}`], ""],
    ["a tree that does not exist", () => ["check", "--tree", `/no${ALL_NASTY}`, sha], ""],
  ];

  test.each(ASKED)("%s", async (_what, words, mentions) => {
    const finished = await place.kfix(words());
    expectClean(finished);
    expect(finished.stdout).toContain(mentions);
    if (mentions === "") return;
    const machine = await place.kfix([...words(), "--json"]);
    for (const line of machine.stdout.trim().split("\n")) expect(JSON.parse(line)).toBeTruthy();
    expectClean(machine);
  });

  test("what is told at length", () => {
    const stderr = new PassThrough();
    const io = { stderr, settings: { ...DEFAULT_SETTINGS, verbose: true } };
    tell(io, ALL_NASTY);
    timed(io, ALL_NASTY, () => {});
    const told = String(stderr.read());
    expect(told.split("\n")).toHaveLength(3);
    expectHarmless(told);
  });

  test("a batch", async () => {
    const input = `${JSON.stringify({ id: ALL_NASTY, query: sha })}\n${JSON.stringify({ id: 2, query: ALL_NASTY })}\n`;
    const finished = await place.kfix(["fix", "--batch"], { input });
    expectClean(finished);
    expect(finished.stdout.split("\n")).toHaveLength(3);
    expect(JSON.parse(finished.stdout.split("\n")[0] ?? "")).toMatchObject({ id: ALL_NASTY });
  });
});

describe("a server of tools", () => {
  test("its answers and errors have the texts' values and nothing that a terminal obeys", async () => {
    const client = await connect(place.home);
    const texts = [];
    for (const [name, args] of [
      ["fix", { query: sha }],
      ["fix", { query: `no ${ALL_NASTY}` }],
      ["fix", { [ALL_NASTY]: "" }],
      ["check", { kernel: ALL_NASTY, fix: sha }],
      ["crash", { log: HOSTILE_LOG }],
      ["symbol", { name: `no${ALL_NASTY}` }],
      ["symbol", { name: HOSTILE_FUNCTION, tree: ALL_NASTY }],
      ["message", { line: "named evil line of a message" }],
    ] as const) {
      const answer = CallToolResultSchema.parse(await client.callTool({ name, arguments: args }));
      const [content] = answer.content;
      const text = content?.type === "text" ? content.text : "";
      expectHarmless(text);
      if (answer.isError) texts.push(text);
      else expect(JSON.parse(text)).toEqual(answer.structuredContent);
    }
    expect(texts.length).toBeGreaterThan(3);
    await expect(client.callTool({ name: ALL_NASTY, arguments: {} })).rejects.toThrow(
      /has no tool [\x20-\x7e]+$/,
    );
    await client.close();
  });

  test("so have its messages as they stand on standard output", async () => {
    const ask = (id: number, method: string, params: unknown) =>
      `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;
    const input = [
      ask(1, "initialize", {
        protocolVersion: "2025-03-26",
        capabilities: {},
        clientInfo: { name: "test", version: "1" },
      }),
      ask(2, "tools/call", { name: "fix", arguments: { query: sha } }),
      ask(3, `no${ALL_NASTY}`, {}),
    ].join("");
    const { stdout } = await place.kfix(["mcp"], { input });
    expectHarmless(stdout);
    expect(stdout).toContain(JSON.stringify("structuredContent"));
  });
});

describe("what leaves", () => {
  test.each(Object.entries(NASTY))("%s is shown by its number", (_what, text) => {
    for (const safe of [sanitize(text), sanitizeLines(text), sanitizeStyled(text, false)])
      expect(safe).toMatch(/^[\x20-\x7e]+$/);
    expect(sanitizeStyled(text.replaceAll("\x1b[31m", ""), true)).toMatch(/^[\x20-\x7e]*$/);
    expect(jsonText(text)).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(jsonText(text))).toBe(text);
  });
  test("what people write stays", () => {
    const text = "Jörg Müller, 日本語, Ελληνικά, עברית, 😀, a\tb";
    expect(sanitize(text)).toBe(text);
    expect(jsonText(text)).toBe(JSON.stringify(text));
  });
  test("a line cannot be made two", () => {
    expect(sanitize("a\nFIXED: b")).toBe("a\\x0aFIXED: b");
    expect(sanitizeLines("a\nb")).toBe("a\nb");
  });
  test("text cannot be hidden by a style", () => {
    expect(sanitizeStyled("\x1b[8mhidden\x1b[0m \x1b[30;40mblack", true)).toBe(
      "\\x1b[8mhidden\x1b[0m \\x1b[30;40mblack",
    );
  });
  test("a piece that was forgotten", async () => {
    const stdout = new PassThrough();
    const settings: Settings = { ...DEFAULT_SETTINGS, color: "always" };
    const io = { stdin: process.stdin, stdout, stderr: new PassThrough(), env: {}, settings };
    await print(io, (paint) => `${paint("bold", "ours")} ${ALL_NASTY.replaceAll(/.\[31m/g, "")}`);
    const plain = STYLES.reduce((text, style) => text.replaceAll(style, ""), String(stdout.read()));
    expect(plain.replaceAll("\x1b[22m", "")).toMatch(/^[\x20-\x7e]*\n$/);
  });
  test("progress", () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true });
    const io = {
      stdin: process.stdin,
      stdout: new PassThrough(),
      stderr,
      env: {},
      settings: DEFAULT_SETTINGS,
    };
    const progress = progressBar({ words: [], options: {}, io });
    progress.note(ALL_NASTY);
    const stage = progress.stage(`fetching ${ALL_NASTY}`, 10);
    stage.advance(1);
    stage.end();
    const drawn = String(stderr.read());
    expect(drawn.replaceAll("\r\x1b[K", "")).toMatch(/^[\x20-\x7e\n█·]*$/);
  });
  test("lines of a source tree on a terminal", async () => {
    const stdout = Object.assign(new PassThrough(), { isTTY: true });
    const stderr = new PassThrough();
    const io = { stdin: process.stdin, stdout, stderr, env: { KFIX_HOME: place.home } };
    expect(await main(["grep", "evil", "--tree", "evil-tree"], io)).toBe(0);
    const shown = String(stdout.read());
    expect(shown).toContain("evil.c");
    const plain = STYLES.reduce((text, style) => text.replaceAll(style, ""), shown);
    expect(plain).toMatch(/^[\x20-\x7e\t\n]*$/);
  });
});
