import fc from "fast-check";
import { expect, test } from "vitest";
import { ShaTable } from "../../cache/sha-table.ts";

/** Many share their first four bytes, and some more. */
const SHA = fc
  .tuple(fc.constantFrom(0x00, 0x7f, 0xff), fc.nat(3), fc.uint8Array({ minLength: 15, maxLength: 15 }))
  .map(([first, fourth, rest]) => Buffer.from([first, first, first, first, fourth, ...rest]));

test("a sha is found whole, and by as many digits as tell it from the others", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(SHA, { selector: (sha) => sha.toString("hex"), minLength: 1, maxLength: 40 }),
      fc.integer({ min: 8, max: 40 }),
      (shas, digits) => {
        const table = new ShaTable();
        for (const [at, sha] of shas.entries()) table.set(sha, at + 1);
        const names = shas.map((sha) => sha.toString("hex"));
        for (const [at, name] of names.entries()) {
          expect(table.get(Buffer.from(name, "hex"))).toBe(at + 1);
          const prefix = name.slice(0, digits);
          const alike = names.filter((other) => other.startsWith(prefix));
          expect(table.beginning(prefix)).toBe(alike.length === 1 ? at + 1 : undefined);
        }
      },
    ),
  );
});

test.each(["", "0123456", "0123456g", "x".repeat(12), "0".repeat(41), "ffffffff"])(
  "%j begins none",
  (digits) => {
    const table = new ShaTable();
    table.set(Buffer.from("0123456".padEnd(40, "0"), "hex"), 7);
    expect(table.beginning(digits)).toBe(undefined);
    expect(table.beginning("01234560")).toBe(7);
  },
);
