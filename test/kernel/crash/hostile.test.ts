import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CrashScanner, parseCrashes } from "../../../kernel/crash/parse.ts";
import * as architectures from "./architecture-logs.ts";
import { KIND_LOGS } from "./kind-logs.ts";
import { ALL, NULL_DEREF } from "./logs.ts";
import { mutated } from "./mutations.ts";

const LOGS = [...ALL.values(), ...Object.values(architectures), ...KIND_LOGS.map(([, , log]) => log)];

describe("hostile logs", () => {
  test("mutated logs are read without an error, and crashes lie inside", () => {
    fc.assert(
      fc.property(mutated(LOGS), (log) => {
        const count = log.split("\n").length;
        for (const crash of parseCrashes(log)) {
          expect(crash.lines[0]).toBeGreaterThanOrEqual(1);
          expect(crash.lines[1]).toBeGreaterThanOrEqual(crash.lines[0]);
          expect(crash.lines[1]).toBeLessThanOrEqual(count);
          expect(crash.title.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
  });
  test("any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(parseCrashes(`BUG: ${text}\n+0x1/0x2${text}`).length).toBeLessThan(10);
      }),
      { numRuns: 200 },
    );
  });
  test.each([
    ["brackets", "[".repeat(1_000_000)],
    ["a line that begins a crash and does not end", `BUG: ${"x".repeat(1_000_000)}`],
    ["headlines without newlines", "BUG: unable to handle kernel ".repeat(20_000)],
    ["frames without end", `BUG: kernel NULL pointer dereference\n${" f+0x1/0x2\n".repeat(50_000)}`],
    ["envelopes in envelopes", '{"message":'.repeat(20_000)],
    ["quotes", `BUG: ${">".repeat(200_000)}`],
  ])("%s", (_, log) => {
    const crashes = parseCrashes(log);
    expect(crashes.length).toBeLessThan(50);
    for (const crash of crashes) expect(crash.frames.length).toBeLessThan(5000);
  });
});

test("a log that arrives in pieces of any size is the same log", () => {
  const log = `${"quiet line\n".repeat(50)}${NULL_DEREF}\n${"quiet line\n".repeat(300)}${ALL.get("arm64")}\n`;
  const whole = parseCrashes(log);
  expect(whole.map((crash) => crash.lines[0])).toEqual([51, 51 + NULL_DEREF.split("\n").length + 300]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 50 }), (sizes) => {
      const scanner = new CrashScanner();
      const crashes = [];
      for (let at = 0, turn = 0; at < log.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        crashes.push(...scanner.push(log.slice(at, at + size)));
        at += size;
      }
      expect([...crashes, ...scanner.end()]).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});
