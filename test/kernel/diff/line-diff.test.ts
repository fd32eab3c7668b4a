import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineDiff } from "../../../kernel/diff/line-diff.ts";
import type { Stretch } from "../../../kernel/diff/stretch.ts";

const diff = new LineDiff();

/** As `diff -U0` has them: which lines of the old text became which of the new one. */
function hunks(old: string, now: string): string[] {
  return diff
    .stretches(Buffer.from(old), Buffer.from(now))
    .map(
      ({ oldFrom, oldTo, newFrom, newTo }) =>
        `${lineAt(old, oldFrom)} -${JSON.stringify(old.slice(oldFrom, oldTo))} +${JSON.stringify(now.slice(newFrom, newTo))}`,
    );
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

/** The fewest lines that have to be removed and added, by the table that every textbook has. */
function fewestChanges(old: readonly string[], now: readonly string[]): number {
  let row = Array.from({ length: now.length + 1 }, (_, at) => at);
  for (const line of old) {
    const next = [(row[0] ?? 0) + 1];
    for (const [at, other] of now.entries())
      next.push(line === other ? (row[at] ?? 0) : 1 + Math.min(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return row[now.length] ?? 0;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Lines that come again, as braces and blank lines do, and some that do not. */
const line = fc.oneof(
  fc.constantFrom("\n", "}\n", "{\n", "\tbreak;\n", "\treturn 0;\n"),
  fc.nat(30).map((number) => `\tcall_${number}();\n`),
);
const text = fc.array(line, { maxLength: 60 }).map((lines) => lines.join(""));

describe("what changed between two texts", () => {
  test.each<[string, string, string, string[]]>([
    ["nothing", "a\nb\n", "a\nb\n", []],
    ["a line", "a\nb\nc\n", "a\nx\nc\n", ['2 -"b\\n" +"x\\n"']],
    ["a line more", "a\nc\n", "a\nb\nc\n", ['2 -"" +"b\\n"']],
    ["a line less", "a\nb\nc\n", "a\nc\n", ['2 -"b\\n" +""']],
    ["a file that was not there", "", "a\nb\n", ['1 -"" +"a\\nb\\n"']],
    ["a file that is gone", "a\n", "", ['1 -"a\\n" +""']],
    ["the newline at the end", "a\nb", "a\nb\n", ['2 -"b" +"b\\n"']],
    ["the end of a line", "a\nb\n", "a\nb\r\n", ['2 -"b\\n" +"b\\r\\n"']],
    ["two places", "a\nb\nc\nd\ne\n", "a\nB\nc\nD\ne\n", ['2 -"b\\n" +"B\\n"', '4 -"d\\n" +"D\\n"']],
    [
      "a function, where its last lines are those of the one before it: the last of the places",
      "f()\n{\n}\n\nh()\n{\n}\n",
      "f()\n{\n}\n\ng()\n{\n}\n\nh()\n{\n}\n",
      ['5 -"" +"g()\\n{\\n}\\n\\n"'],
    ],
    ["one more of many", "x\nx\nx\ny\n", "x\nx\nx\nx\ny\n", ['4 -"" +"x\\n"']],
    ["one more behind a change: beside it", "a\nx\nx\ny\n", "b\nx\nx\nx\ny\n", ['1 -"a\\n" +"b\\nx\\n"']],
  ])("%s", (_, old, now, expected) => {
    expect(hunks(old, now)).toEqual(expected);
  });

  test("takes the old text to the new one, with the fewest changes", () => {
    fc.assert(
      fc.property(text, text, (old, now) => {
        const stretches = diff.stretches(Buffer.from(old), Buffer.from(now));
        expect(rewritten(old, now, stretches)).toBe(now);
        const changed = stretches.reduce(
          (sum, { oldFrom, oldTo, newFrom, newTo }) =>
            sum + linesOf(old.slice(oldFrom, oldTo)).length + linesOf(now.slice(newFrom, newTo)).length,
          0,
        );
        expect(changed).toBe(fewestChanges(linesOf(old), linesOf(now)));
      }),
      { numRuns: 2000 },
    );
  });

  test("finds edits far apart in a long text, each by itself", () => {
    const lines = Array.from({ length: 5000 }, (_, at) => `\tcall_${at}(${at % 7});\n`);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(49), { minLength: 1, maxLength: 20 }), (places) => {
        const edited = [...lines];
        for (const place of places) edited[place * 100 + 50] = `\tother_${place}();\n`;
        const found = diff.stretches(Buffer.from(lines.join("")), Buffer.from(edited.join("")));
        expect(rewritten(lines.join(""), edited.join(""), found)).toBe(edited.join(""));
        expect(found).toHaveLength(places.length);
      }),
      { numRuns: 50 },
    );
  });

  test("ends soon for a long text whose lines were all moved, and is right", () => {
    const lines = Array.from({ length: 60_000 }, (_, at) => `\tcall_${at}();\n`);
    const old = lines.join("");
    const now = lines.map((_, at) => lines[(at * 7919) % lines.length]).join("");
    expect(rewritten(old, now, diff.stretches(Buffer.from(old), Buffer.from(now)))).toBe(now);
  });
});

/** The old text with its changed stretches in the new text's words; all else must be the same in both. */
function rewritten(old: string, now: string, stretches: readonly Stretch[]): string {
  let result = "";
  let at = 0;
  for (const { oldFrom, oldTo, newFrom, newTo } of stretches) {
    expect(oldFrom).toBeGreaterThanOrEqual(at);
    for (const [whole, place] of [
      [old, oldFrom],
      [old, oldTo],
      [now, newFrom],
      [now, newTo],
    ] as const)
      expect(place === 0 || place === whole.length || whole[place - 1] === "\n").toBe(true);
    result += old.slice(at, oldFrom);
    expect(result.length).toBe(newFrom);
    result += now.slice(newFrom, newTo);
    at = oldTo;
  }
  return result + old.slice(at);
}
