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
