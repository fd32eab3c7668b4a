import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { COMPRESSIONS, decompress } from "../../indexer/decompress.ts";
import { COMPRESSED, PLAIN } from "../fixtures/compressed.ts";

const CASES = [...COMPRESSED, ["gzip", gzipSync(PLAIN)] as const];

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const found: Uint8Array[] = [];
  for await (const piece of decompress(bytes)) found.push(piece);
  return Buffer.concat(found).toString("utf8");
}

test("every compression of the table has a case", () => {
  expect(CASES.map(([name]) => name).sort()).toEqual(COMPRESSIONS.map(({ name }) => name).sort());
});

describe.each(CASES)("%s", (name, bytes) => {
  test.each([1, 7, 1 << 16])("in pieces of %i bytes", async (size) => {
    expect(await textOf(pieces(bytes, size))).toBe(PLAIN);
  });
  test("several in a row, as logs are appended to", async () => {
    expect(await textOf(pieces(Buffer.concat([bytes, bytes]), 64))).toBe(PLAIN + PLAIN);
  });
  test("cut short", async () => {
    const cut = pieces(bytes.subarray(0, bytes.length - 20), 64);
    await expect(textOf(cut)).rejects.toMatchObject({
      code: "bad-input",
      message: `its ${name} data is damaged or cut short`,
    });
  });
});

test("what is not compressed passes as it is", async () => {
  expect(await textOf(pieces(Buffer.from(PLAIN), 3))).toBe(PLAIN);
  expect(await textOf(pieces(new Uint8Array(), 3))).toBe("");
});
test("errors of reading stay what they are", async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield gzipSync(PLAIN).subarray(0, 20);
    throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO", syscall: "read" });
  }
  await expect(textOf(broken())).rejects.toMatchObject({ code: "EIO" });
});
