import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonText } from "../../cli/output/json-text.ts";
import { FULL_HOME, makeFullHome } from "../cli/full-home.ts";
import { KFIX, Workplace } from "../cli/run-kfix.ts";
import { historyShas } from "../fixtures/make-history.ts";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";
import { connect } from "./connect.ts";

/*
 * The built program, asked by the protocol's own client: it checks structured answers against the schemas that the
 * server tells.
 */

const shas = historyShas();
let place: Workplace;
let client: Client;

beforeAll(async () => {
  place = await makeFullHome();
  client = await connect(place.home);
});
afterAll(async () => {
  await client.close();
  place.remove();
});

const LINE = "BUG: unable to handle kernel NULL pointer dereference at 0000000000000078";

describe("a tool answers what its command prints", () => {
  test.each<[string, Record<string, string>, string[]]>([
    ["crash", { log: SEED_LOG, kernel: SEED_KERNEL }, ["crash", "-", "--kernel", SEED_KERNEL]],
    ["crash", { log: "quiet" }, ["crash", "-"]],
    ["fix", { query: shas.ringFix }, ["fix", shas.ringFix]],
    ["fix", { query: FULL_HOME.cve }, ["fix", FULL_HOME.cve]],
    ["fix", { query: FULL_HOME.carried }, ["fix", FULL_HOME.carried]],
    ["symbol", { name: "pick_next_task_fair+0x6b8/0x820" }, ["symbol", "pick_next_task_fair"]],
    ["message", { line: LINE, tree: "vendor", arch: "x86_64" }, ["message", LINE]],
    ["message", { line: "no such line in any kernel" }, ["message", "no such line in any kernel"]],
    ["check", { kernel: "3.16.4", fix: shas.ringFix }, ["check", "--kernel", "3.16.4", shas.ringFix]],
    [
      "check",
      { kernel: "3.16.4", fix: "beef".repeat(10) },
      ["check", "--kernel", "3.16.4", "beef".repeat(10)],
    ],
  ])("%s %j", async (name, args, words) => {
    const { structuredContent, content, isError } = await client.callTool({ name, arguments: args });
    expect(isError).toBeUndefined();
    expect(structuredContent).toEqual(await place.json(words, { input: args.log ?? "" }));
    expect(content).toEqual([{ type: "text", text: jsonText(structuredContent) }]);
  });
});

test("tools say what they take, what they answer, and that they only read", async () => {
  const { tools } = await client.listTools();
  expect(tools.map((tool) => tool.name)).toEqual(["crash", "fix", "symbol", "message", "check"]);
  for (const tool of tools) {
    expect(tool.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(tool.description).toMatch(/\w{3}.*\./);
    expect(tool.inputSchema.required?.length).toBeGreaterThan(0);
    expect(tool.outputSchema?.properties).toHaveProperty("schema");
  }
  expect(client.getServerVersion()).toMatchObject({ name: "kfix" });
  expect(client.getInstructions()).toMatch(/unknown/);
});

describe("what cannot be answered is the tool's error, with what to do about it", () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ["fix", { query: "0123456789ab" }, /not-found: no commit 0123456789ab is indexed\n.*kfix source update/],
    ["fix", {}, /bad-input: "query" is missing\n.*arguments of fix.*query/],
    ["fix", { query: 7 }, /bad-input: "query" is not a text/],
    ["check", { fix: shas.ringFix }, /"kernel" is missing/],
    ["check", { kernel: "3.16", fix: shas.ringFix, tree: "/" }, /"tree" is no argument of check/],
    ["symbol", { name: "no_such_function" }, /not-found: .*no_such_function/],
    ["symbol", { name: "kfree", arch: "pdp11" }, /usage: pdp11 is no architecture/],
    ["message", { line: "x", tree: "none" }, /none/],
  ])("%s %j", async (name, args, says) => {
    const { content, isError, structuredContent } = await client.callTool({ name, arguments: args });
    expect(isError).toBe(true);
    expect(structuredContent).toBeUndefined();
    expect(content).toEqual([{ type: "text", text: expect.stringMatching(says) }]);
  });

  test("a tool that is none", async () => {
    await expect(client.callTool({ name: "source", arguments: {} })).rejects.toThrow(
      /kfix has no tool source/,
    );
  });
});

test("nothing is indexed yet; what is added meanwhile is answered from without starting anew", async () => {
  const empty = new Workplace();
  const own = await connect(empty.home);
  const ask = () => own.callTool({ name: "fix", arguments: { query: shas.ringFix } });
  const before = await ask();
  expect(before.isError).toBe(true);
  expect(before.content).toEqual([
    { type: "text", text: expect.stringMatching(/not-indexed: [\s\S]*kfix source add/) },
  ]);
  const added = await empty.kfix(["source", "add", place.repository]);
  expect(added.status, added.stderr).toBe(0);
  expect((await ask()).structuredContent).toMatchObject({
    schema: "kfix.fix/1",
    fixes: [{ sha: shas.ringFix, sources: ["history"] }],
  });
  await empty.kfix(["source", "add", "cve", place.path("vulns")]);
  expect((await ask()).structuredContent).toMatchObject({ fixes: [{ sources: ["history", "cve"] }] });
  await own.close();
  empty.remove();
});

test("the server ends when its client is gone", () => {
  expect(
    execFileSync(process.execPath, [KFIX, "mcp"], { input: "", encoding: "utf8", timeout: 20_000 }),
  ).toBe("");
});

test("the configurations of docs/mcp.md are JSON that starts kfix mcp", () => {
  const page = readFileSync(new URL("../../docs/mcp.md", import.meta.url), "utf8");
  const snippets = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = ""]): unknown =>
    JSON.parse(text),
  );
  expect(snippets.length).toBeGreaterThan(2);
  for (const snippet of snippets)
    expect(JSON.stringify(snippet)).toMatch(/"kfix":\{[^}]*"command":"kfix","args":\["mcp"\]/);
});

test("docs/mcp.md names every tool with its arguments", async () => {
  const page = readFileSync(new URL("../../docs/mcp.md", import.meta.url), "utf8");
  const { tools } = await client.listTools();
  for (const { name, inputSchema } of tools) {
    const args = Object.keys(inputSchema.properties ?? {}).map(
      (one) => `\`${one}\`${inputSchema.required?.includes(one) ? "" : "?"}`,
    );
    expect(page).toContain(`| \`${name}\` | ${args.join(", ")} |`);
  }
});
