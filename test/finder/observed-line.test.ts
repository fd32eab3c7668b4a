import { expect, test } from "vitest";
import { ObservedLine } from "../../finder/observed-line.ts";
import { parseFormat } from "../../kernel/source/format.ts";

const CASES: readonly (readonly [format: string, line: string, mayHold: boolean])[] = [
  ["ring %d is full\n", "ring 3 is full", true],
  ["ring %d is full\n", "eth0: ring 3 is full", true],
  ["ring %d is full\n", "full ring is 3", false],
  ["no ring\n", "ring 3", false],
  ["\u0001KBUILD_MODNAME\u0002: ring %d is full, dropping packets\n", "lumen: ring 3 is full, drop", true],
  ["resetting the whole device now\n", "resetting the whole de", true],
  ["resetting the whole device now\n", "lumen: resetting", false],
  ["started\nring %d is full\n", "ring 3 is full", true],
  ["%s\n", "anything", true],
  ["waiting for %s ", "waiting for eth0", true],
];

for (const [format, line, mayHold] of CASES)
  test(`${JSON.stringify(format)} ${mayHold ? "may" : "cannot"} be in: ${line}`, () => {
    expect(new ObservedLine(line).mayHold(parseFormat(format), ["lumen"])).toBe(mayHold);
  });
