import fc from "fast-check";
import { expect, test } from "vitest";
import { NameTable } from "../../cache/name-table.ts";

test("gives each name its own id, and none to others", () => {
  const names = fc.uniqueArray(
    fc.oneof(fc.string({ unit: "grapheme" }), fc.stringMatching(/^[a-z_]{1,3}$/)),
    {
      maxLength: 200,
    },
  );
  fc.assert(
    fc.property(names, names, (added, others) => {
      const table = new NameTable();
      for (const [at, name] of added.entries()) table.add(name, at + 1);
      for (const [at, name] of added.entries()) {
        expect(table.get(name)).toBe(at + 1);
        const bytes = Buffer.from(`<${name}>`);
        expect(table.getBytes(bytes, 1, bytes.length - 1)).toBe(at + 1);
      }
      for (const name of others) if (!added.includes(name)) expect(table.get(name)).toBeUndefined();
    }),
  );
});

test("knows a hundred thousand names apart", () => {
  const table = new NameTable();
  const name = (n: number) => `drivers/net/ethernet/vendor${n % 97}/file${n}.c`;
  for (let n = 0; n < 100_000; n++) table.add(name(n), n);
  for (let n = 0; n < 100_000; n += 7) if (table.get(name(n)) !== n) expect(table.get(name(n))).toBe(n);
  expect(table.get(name(100_000))).toBeUndefined();
});
