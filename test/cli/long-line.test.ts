import { expect, test } from "vitest";
import { LineLimit, longestLineFrom } from "../../cli/logs/line-limit.ts";
import { readLog } from "../../cli/read-logs.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";
import { Workplace } from "./run-kfix.ts";

test("of a line of 100 MB, a reader gets what is allowed and no more, however it arrives", async () => {
  const piece = "x".repeat(1 << 18);
  let given = 0;
  const reader = {
    push: (text: string): string[] => {
      given += text.length;
      return [];
    },
    end: (): string[] => [],
  };
  async function* text(): AsyncGenerator<string> {
    for (let at = 0; at < 400; at++) yield piece;
    yield "\nshort\n";
  }
  const read = await readLog({ name: "log", named: true, text }, reader, new LineLimit(1 << 20));
  expect(given).toBe((1 << 20) + "\nshort\n".length);
  expect(read.skipped).toEqual({ line: 1, characters: 400 * (1 << 18) - (1 << 20) });
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
