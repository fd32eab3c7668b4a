import fc from "fast-check";
import { expect, test } from "vitest";
import { countTouched, packTouched, unpackTouched } from "../../cache/touched-list.ts";

const FILES = fc.array(fc.record({ path: fc.nat(), symbols: fc.array(fc.nat(), { maxLength: 5 }) }), {
  maxLength: 5,
});

test("what a commit touches comes back as it was packed, and is counted so", () => {
  fc.assert(
    fc.property(FILES, (files) => {
      const packed = packTouched(files);
      expect(unpackTouched(packed)).toEqual(files);
      expect(countTouched(packed)).toEqual({
        files: files.length,
        symbols: files.flatMap(({ symbols }) => symbols).length,
      });
    }),
  );
});

test("a list that says it is longer than its bytes is damaged, not shorter", () => {
  const packed = packTouched([{ path: 1, symbols: [1, 2, 3] }]);
  for (const length of [2, 3, 4]) expect(() => unpackTouched(packed.subarray(0, length))).toThrow(/damaged/);
});
