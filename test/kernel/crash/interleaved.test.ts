import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCrashes } from "../../../kernel/crash/parse.ts";
import { KASAN, NULL_DEREF } from "./logs.ts";

/** Lines of two tasks in one log, in any order that keeps each one's own. */
function interleave(first: readonly string[], second: readonly string[], turns: readonly boolean[]): string {
  const [mine, theirs] = [[...first], [...second]];
  const lines: string[] = [];
  for (const turn of turns) {
    const line = (turn ? mine : theirs).shift();
    if (line !== undefined) lines.push(line);
  }
  return [...lines, ...mine, ...theirs]
    .map((line, index) => line.replace("TIME", (12.5 + index / 1e5).toFixed(6)))
    .join("\n");
}

const printedBy = (caller: string, log: string): string[] =>
  log.split("\n").map((line) => `[   TIME][${caller.padStart(6)}] ${line}`);

test.each([
  ["tasks", "T1187", "T1399"],
  ["processors", "C2", "C3"],
])("two crashes whose lines are interleaved are told apart by their %s", (_, one, other) => {
  const alone = [NULL_DEREF, KASAN].map((log) => parseCrashes(log)[0]);
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 80 }), (turns) => {
      const log = interleave(printedBy(one, NULL_DEREF), printedBy(other, KASAN), turns);
      const found = parseCrashes(log).sort((a, b) => b.kind.localeCompare(a.kind));
      expect(found.map((crash) => [crash.title, crash.signature, crash.frames])).toEqual(
        alone.map((crash) => [crash?.title, crash?.signature, crash?.frames]),
      );
    }),
    { numRuns: 200 },
  );
});
