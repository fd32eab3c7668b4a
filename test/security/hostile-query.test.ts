import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFullHome } from "../cli/full-home.ts";
import type { Workplace } from "../cli/run-kfix.ts";

/** What other programs would take for a command, an option, SQL, the query language of a text index, or a pattern. */
const QUERIES = [
  "'; drop table commits; --",
  '" or 1=1 --',
  "') union select sql from sqlite_master --",
  "pick_next_task_fair' and '1'='1",
  "NEAR(sched race, 5)",
  "subject:race* NOT sched",
  '"unbalanced',
  "^sched",
  "a AND OR NOT b",
  "*",
  "%",
  "_%",
  "sched: Fix race%",
  "$(touch owned)",
  "`touch owned`",
  "; touch owned",
  "| touch owned",
  "../../../../etc/passwd",
  "HEAD~1",
  "v3.18^{tree}",
  "--upload-pack=touch owned",
  "--output=owned",
  "-O owned",
  ".*(a+)+$",
  "<script>alert(1)</script>",
  "\u202efdp.exe",
  "é".repeat(2000),
  "0".repeat(200),
  "",
  " ",
  "\n",
] as const;

let place: Workplace;
let before: string;

beforeAll(async () => {
  place = await makeFullHome();
  before = indexes();
});
afterAll(() => place.remove());

function indexes(): string {
  const hash = createHash("sha256");
  for (const name of ["history", "cve", "packages"])
    hash.update(readFileSync(join(place.home, `index/${name}.db`)));
  return hash.digest("hex");
}

describe("a query that is no query", () => {
  const COMMANDS: readonly (readonly [command: string, record: (query: string) => object])[] = [
    ["fix", (query) => ({ query })],
    ["check", (query) => ({ fix: query, kernel: "3.16.7" })],
    ["check", (query) => ({ fix: "sched: Fix race", kernel: query })],
    ["symbol", (query) => ({ name: query })],
    ["symbol", (query) => ({ name: "pick_next_task_fair", tree: query })],
    ["symbol", (query) => ({ name: "pick_next_task_fair", arch: query })],
    ["message", (query) => ({ line: query })],
    ["message", (query) => ({ line: "BUG: unable to handle", tree: query })],
    ["crash", (query) => ({ log: `BUG: unable to handle kernel paging request\nIP: ${query}+0x1/0x2\n` })],
    ["crash", (query) => ({ log: query, kernel: query })],
  ];

  test.each(COMMANDS)("%s answers each of them, and the index stays as it was", async (command, record) => {
    const asked = QUERIES.map((query, id) => ({ id, ...record(query) }));
    const answers = await place.batch([command], asked);
    expect(answers).toHaveLength(QUERIES.length);
    const words = JSON.stringify(answers);
    expect(words).not.toMatch(/SQLITE_|SqliteError|root:x:0|undefined/);
    expect(indexes()).toBe(before);
  });

  test("finds nothing that was not asked for", async () => {
    const asked = QUERIES.map((query, id) => ({ id, query }));
    expect(JSON.stringify(await place.batch(["fix"], asked))).not.toContain('"fixes"');
  });

  test.each(["--upload-pack=touch owned", "--output=owned", "$(touch owned)"])(
    "%s as a word of the command line",
    async (query) => {
      for (const words of [
        ["fix", "--", query],
        ["check", "-k", query, "--", query],
        ["source", "update", "--", query],
        ["source", "add", "--name", "x", "--", query],
      ]) {
        const finished = await place.kfix(words, { cwd: place.folder });
        expect(finished.status).toBeGreaterThan(0);
        expect(finished.stderr).not.toMatch(/bug in kfix|\n\s+at /);
      }
      expect(readdirSync(place.folder)).not.toContain("owned");
    },
  );

  test.each(["../evil", "/evil", "a/b", "..", "-x", "a\u202eb", "x".repeat(65), ""])(
    "a name that would be a path: %j",
    async (name) => {
      for (const words of [[place.repository], ["tree", place.path("vendor")]]) {
        const finished = await place.kfix(["source", "add", `--name=${name}`, ...words]);
        expect(finished.status).toBe(2);
        expect(finished.stderr).toMatch(/cannot name a (?:source|tree)|name/);
      }
    },
  );

  test.each(["-oAPT::Update::Pre-Invoke::=touch owned", "../x", "linux source", "a;b"])(
    "a package's name: %j",
    async (name) => {
      const finished = await place.kfix(["source", "add", "--name", "x", "--", `debian:${name}`]);
      expect(finished.status).toBe(2);
      expect(finished.stderr).toMatch(/is no name of a Debian package/);
    },
  );
});
