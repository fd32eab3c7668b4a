import fc from "fast-check";
import { expect, test } from "vitest";
import { CharacterRun } from "../../../kernel/commit/character-run.ts";

test("finds a row wherever it stands", () => {
  const run = new CharacterRun("0123456789abcdef", 7);
  const text = fc.string({
    unit: fc.constantFrom("0", "7", "a", "f", "g", " ", "é", "\u0161"),
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, (one) => {
      expect(run.isIn(one)).toBe(/[0-9a-f]{7}/.test(one));
    }),
    { numRuns: 2000 },
  );
});
