import { spawnSync } from "node:child_process";
import { cpSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RecordSplitter } from "../../indexer/commit-log.ts";
import { HostLogs } from "../../kernel/fleet/host-logs.ts";
import { JsonValues } from "../../kernel/fleet/json-values.ts";
import { Workplace } from "../cli/run-kfix.ts";
import { oopsIn } from "../fixtures/seed-crash.ts";

/*
 * What has no end, or is in itself without end: messages, records, source files, changelogs, lists in lists. (Lines:
 * test/cli/long-line.test.ts; archives: test/indexer/archive.test.ts.)
 */

let place: Workplace;
beforeAll(() => {
  place = new Workplace();
});
afterAll(() => place.remove());

/** Puts one commit with these files on a branch of a bare repository. */
function commitTo(gitDir: string, branch: string, message: string, files: Record<string, string> = {}): void {
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const changes = Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`);
  const input = `commit refs/heads/${branch}\ncommitter A <a@example.org> 1430000000 +0000\n${data(message)}${changes.join("")}\n`;
  const git = (args: readonly string[]) => spawnSync("git", ["--git-dir", gitDir, ...args], { input });
  git(["init", "-q", "--bare"]);
  expect(git(["fast-import", "--quiet"]).status).toBe(0);
}

test("of a commit message of 600 MB the first 16 MiB are read, and the next one whole", () => {
  const splitter = new RecordSplitter();
  const piece = Buffer.alloc(1 << 20, "x");
  for (let at = 0; at < 600; at++) expect(splitter.push(piece)).toEqual([]);
  expect(splitter.push(Buffer.from("\0short")).map((record) => record.length)).toEqual([16 << 20]);
  expect(splitter.end()?.toString()).toBe("short");
});

test("a CVE record that is none by its size is refused", async () => {
  const record = "cve/published/2031/CVE-2031-20001";
  const files = {
    [`${record}.dyad`]: "x".repeat(17 << 20),
    [`${record}.mbox`]: "x",
    [`${record}.sha1`]: "x",
  };
  commitTo(place.path("vulns.git"), "master", "records", files);
  const { status, stderr } = await place.kfix(["source", "add", "cve", place.path("vulns.git")]);
  expect(stderr).toMatch(/is no record: it is too large\n.*do not trust/);
  expect(status).toBe(2);
});

test("a source file of 8 GB is passed over, the rest of the tree read", async () => {
  const tree = place.path("tree");
  cpSync(new URL("../fixtures/tree", import.meta.url).pathname, tree, { recursive: true });
  writeFileSync(join(tree, "MAINTAINERS"), "X\nF:\tkernel/\n");
  writeFileSync(join(tree, "kernel/huge.c"), "int huge(void)\n{\n}\n");
  truncateSync(join(tree, "kernel/huge.c"), 8 * 2 ** 30);
  const added = await place.kfix(["source", "add", tree, "--arch", "x86_64"]);
  expect(added).toMatchObject({ status: 0, stderr: "" });
  expect((await place.kfix(["symbol", "pick_next_task_fair"])).status).toBe(0);
});

test("a changelog unpacks to no more than a file of an archive may", async () => {
  const stanza =
    "linux (6.1.4-1) bookworm; urgency=medium\n\n  * x\n\n -- A <a@example.org>  Thu, 01 Feb 2024 21:07:04 +0100\n";
  writeFileSync(place.path("changelog.gz"), gzipSync(stanza + "\n".repeat(2 << 20)));
  const words = ["source", "add", "changelog", place.path("changelog.gz")];
  const refused = await place.kfix(words, { env: { KFIX_UNPACK_LIMITS: "bytesOfFile=1M" } });
  expect(refused.stderr).toMatch(/more than 1 MiB[\s\S]*KFIX_UNPACK_LIMITS/);
  expect(refused.status).toBe(2);
  expect((await place.kfix(words)).status).toBe(0);
});

const nested = (inner: string): string => "[".repeat(100_000) + inner + "]".repeat(100_000);

test("lists in lists of an export hold nothing, and hide nothing behind them", () => {
  const logs = new HostLogs(0);
  const message = JSON.stringify({ host: "db-1", message: oopsIn("lumen_probe") });
  const found = [...logs.push(`{"host":"db-0"}\n${nested(message)}\n${message}\n`), ...logs.end()];
  expect(found.map((one) => [one.host, one.crash.kind])).toEqual([["db-1", "null-deref"]]);
});

test("of values in each other only some are remembered", () => {
  expect(() => new JsonValues(2 ** 24).push("[{".repeat(1000))).toThrow(SyntaxError);
  expect(new JsonValues(2 ** 24).push(`${"[".repeat(900)}${"]".repeat(900)}\n`)).toHaveLength(1);
  expect(new JsonValues(2 ** 24).push('{"a":[[[1]]]}\n')).toEqual([{ value: { a: [[[1]]] }, line: 1 }]);
});

test("of a batch a line without end of lists is answered with an error, and the next one answered", async () => {
  const lines = [
    `{"id":${nested("")},"log":"x"}`,
    `{"id":2,"log":${nested("")}}`,
    '{"id":{"a":[3]},"log":"x"}',
  ];
  const { stdout } = await place.kfix(["crash", "--parse-only", "--batch"], { input: lines.join("\n") });
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line)),
  ).toEqual([
    {
      id: null,
      error: expect.objectContaining({ code: "bad-input", message: expect.stringMatching(/"id"/) }),
    },
    { id: 2, error: expect.objectContaining({ code: "bad-input", message: expect.stringMatching(/"log"/) }) },
    { id: { a: [3] }, schema: "kfix.crash/1", crashes: [] },
  ]);
});

test("a message to the server of tools that is too long ends it, which is said", async () => {
  const { status, stdout, stderr } = await place.kfix(["mcp"], { input: "x".repeat(11 << 20) });
  expect(stdout).toBe("");
  expect(stderr).toMatch(
    /a message was too long and not read; the server ends\n.*10 MiB; give a log .* kfix crash FILE/,
  );
  expect(status).toBe(2);
});
