import { describe, expect, test } from "vitest";
import { parseFormat, wordsOfLine } from "../../../kernel/source/format.ts";
import { fitLine } from "../../../kernel/source/match.ts";

describe("a format fits the lines that it prints", () => {
  const CASES: readonly (readonly [format: string, line: string, fits: boolean])[] = [
    ["no memory\n", "no memory", true],
    ["no memory\n", "no memories", false],
    ["%s: reset %d of %u\n", "eth0: reset 3 of 12", true],
    ["%s: reset %d of %u\n", "eth0: reset x of 12", false],
    ["at %p\n", "at 0000000000000078", true],
    ["at %p\n", "at (null)", true],
    ["at %pS\n", "at do_exit+0x1b/0x60 [mod]", true],
    ["io=0x%02x%02x irq=%d\n", "io=0x22d17 irq=1", true],
    ["addr %pI4:%hu\n", "addr 10.0.0.1:80", true],
    ["%*ph<<\n", "01 02 03<<", true],
    ["100%% of %zu\n", "100% of 5", true],
    ["%-10s|%5d\n", "a |    7", true],
    ["version %c%c\n", "version AB", true],
    ["%llx:%#x\n", "ff:0x10", true],
    ["\u0001KBUILD_MODNAME\u0002: up\n", "lumen: up", true],
    ["\u0001UNKNOWN\u0002 up\n", "anything here up", true],
    ["two  blanks\n", "two blanks", true],
  ];

  for (const [format, line, fits] of CASES)
    test(`${JSON.stringify(format)} ${fits ? "prints" : "does not print"} ${line}`, () => {
      const fit = fitLine(parseFormat(format).lines[0] ?? [], line.replace(/\s+/g, " "), 0, ["lumen"]);
      expect(fit?.end === line.replace(/\s+/g, " ").length).toBe(fits);
    });
});

test("a format of several lines is cut, and says whether its last line is whole", () => {
  expect(parseFormat("a\nb %d\n")).toMatchObject({ endsLine: true, lines: { length: 2 } });
  expect(parseFormat("a ")).toMatchObject({ endsLine: false, lines: { length: 1 } });
});

test("words beside a conversion are not whole", () => {
  const words = wordsOfLine(parseFormat("%s: eth%d Link_is up 0x%x bits%s").lines[0] ?? []);
  expect([...words]).toEqual(["link_is", "up"]);
});

test("a hostile format and line end soon", () => {
  const format = parseFormat(`${"%s%d%x".repeat(300)}end`).lines[0] ?? [];
  expect(fitLine(format, "1".repeat(2000), 0, [])).toBeUndefined();
});
