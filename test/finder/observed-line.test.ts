import fc from "fast-check";
import { expect, test } from "vitest";
import { ObservedLine } from "../../finder/observed-line.ts";
import { parseFormat } from "../../kernel/source/format.ts";
import { ARGUMENT } from "../../kernel/source/literal.ts";
import { withPrefix } from "../../kernel/source/resolve-macros.ts";

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

test("what a format begins with never tells less of it than all of it would", () => {
  const piece = fc.constantFrom(
    "ring",
    " ",
    "  ",
    "is",
    "full",
    "%d",
    "%%",
    "%s",
    "\n",
    ":",
    "\t",
    "\u0001PFX\u0002",
  );
  const some = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(""));
  const someLine = fc.array(fc.constantFrom("ring", " ", "is", "full", "3", ":", "%"), { maxLength: 9 });
  fc.assert(
    fc.property(some, fc.option(some), someLine, (format, before, signs) => {
      const line = new ObservedLine(signs.join("").replace(/ +/g, " ").trim());
      const prefix = before === null ? undefined : `${before}${ARGUMENT}`;
      if (!line.mayBegin(format, prefix))
        expect(line.mayHold(parseFormat(withPrefix(format, prefix)), ["lumen"])).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("most formats are told by what they begin with", () => {
  const line = new ObservedLine("eth0: ring 3 is full");
  expect(line.mayBegin("ring %d is full\n")).toBe(true);
  expect(line.mayBegin("no ring is full\n")).toBe(false);
  expect(line.mayBegin("ring %d is full\n", `lumen: ${ARGUMENT}`)).toBe(false);
});
