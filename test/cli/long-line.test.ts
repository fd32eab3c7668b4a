import { describe, expect, test } from "vitest";
import { longestLineFrom } from "../../cli/logs/line-limit.ts";
import { readCrashes } from "../../cli/read-logs.ts";
import { parseLog } from "../../cli/tui/lookup/logs.ts";
import { LineLimit } from "../../kernel/crash/line-limit.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";
import { Workplace } from "./run-kfix.ts";

test("of a line of 100 MB, a reader gets what is allowed and no more, however it arrives", async () => {
  const piece = "x".repeat(1 << 18);
  const longest = 1 << 20;
  const skipped = { line: 1, characters: 400 * piece.length - longest };
  async function* text(): AsyncGenerator<string> {
    for (let at = 0; at < 400; at++) yield piece;
    yield "\nshort\n";
  }
  const limit = new LineLimit(longest);
  let given = 0;
  for await (const one of text()) given += limit.take(one).length;
  expect(given).toBe(longest + "\nshort\n".length);
  expect(limit.skipped).toEqual(skipped);
  expect(await readCrashes({ name: "log", named: true, text }, longest)).toMatchObject({ skipped });
});

test("what is left out is said, the rest of the log is read, and the limit can be moved", async () => {
  const place = new Workplace();
  const input = `${"x".repeat(5000)}\n${SEED_LOG}\n`;
  const words = ["crash", "--parse-only"];
  const cut = await place.kfix(words, { input, env: { KFIX_LONGEST_LINE: "1K" } });
  expect(cut.stderr).toBe(
    "kfix: standard input: line 1 is so long that 3,976 characters were not read; to read them: KFIX_LONGEST_LINE=1G\n",
  );
  expect(cut.stdout).toContain("NULL pointer dereference");
  expect((await place.kfix(words, { input })).stderr).toBe("");
  expect(() => longestLineFrom({ KFIX_LONGEST_LINE: "much" })).toThrow(/cannot be read/);
  place.remove();
});

describe("wherever a log is read, what is left out is said", () => {
  const long = `${"x".repeat(5000)}\n${SEED_LOG}\n`;
  const env = { KFIX_LONGEST_LINE: "1K" };
  const skipped = { line: 1, characters: 3976 };

  test("as JSON and in a batch", async () => {
    const place = new Workplace();
    const words = ["crash", "--parse-only"];
    const one = await place.kfix([...words, "--json"], { input: long, env });
    expect(JSON.parse(one.stdout)).toMatchObject({ skipped, crashes: [{ kind: "null-deref" }] });
    const input = [long, SEED_LOG].map((log) => `${JSON.stringify({ log })}\n`).join("");
    const batch = await place.kfix([...words, "--batch"], { input, env });
    const [cut, whole] = batch.stdout.split("\n");
    expect(JSON.parse(cut ?? "")).toMatchObject({ skipped, crashes: [{ kind: "null-deref" }] });
    expect(JSON.parse(whole ?? "")).not.toHaveProperty("skipped");
    place.remove();
  });

  test("of many logs; an export as JSON on one line is taken apart whole", async () => {
    const place = new Workplace();
    const words = ["crash", "--group", "--parse-only"];
    const text = await place.kfix(words, { input: long, env });
    expect(text.stderr).toContain("standard input: line 1 is so long that 3,976 characters were not read");
    const json = await place.kfix([...words, "--json"], { input: long, env });
    expect(JSON.parse(json.stdout).skipped).toEqual([{ input: "standard input", ...skipped }]);
    const whole = await place.kfix([...words, "--json"], { input: long });
    expect(JSON.parse(whole.stdout)).not.toHaveProperty("skipped");
    const entries = long
      .split("\n")
      .map((message) => ({ _source: { host: { name: "db-1" }, message: message.slice(0, 500) } }));
    const exported = await place.kfix(words, { input: JSON.stringify({ hits: { hits: entries } }), env });
    expect(exported.stderr).toBe("");
    expect(exported.stdout).toContain("NULL pointer dereference");
    place.remove();
  });

  test("of an export of which one value is too long: it is read as lines", async () => {
    const place = new Workplace();
    const entries = [...SEED_LOG.split("\n"), "x".repeat(5000)].map((message) => ({ host: "db-1", message }));
    const input = `{"hits": {"hits": [\n${entries.map((one) => JSON.stringify({ _source: one })).join(",\n")}\n]}}\n`;
    const words = ["crash", "--group", "--parse-only", "--json"];
    const cut = await place.kfix(words, { input, env });
    expect(cut.stderr).toMatch(/standard input: line \d+ is so long that 4,\d+ characters were not read/);
    expect(JSON.parse(cut.stdout)).toMatchObject({
      skipped: [{ input: "standard input" }],
      groups: [{ kind: "null-deref" }],
    });
    expect((await place.kfix(words, { input })).stderr).toBe("");
    place.remove();
  });

  test("on the screen", async () => {
    process.env.KFIX_LONGEST_LINE = "1K";
    try {
      const read = await parseLog({ text: long, name: "pasted" });
      expect(read.name).toBe("pasted, not read whole (KFIX_LONGEST_LINE)");
      expect(read.crashes).toHaveLength(1);
    } finally {
      delete process.env.KFIX_LONGEST_LINE;
    }
    expect((await parseLog({ text: long, name: "pasted" })).name).toBe("pasted");
  });
});
