import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openArchive } from "../../indexer/archive-stream.ts";
import { LIMITS, limitsFrom, unpackTar } from "../../indexer/archive-unpack.ts";
import { type MadeEntry, makeTar } from "../fixtures/tar.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kfix-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function unpack(
  entries: readonly MadeEntry[],
  limits: Partial<Record<keyof typeof LIMITS, number>> = {},
): Promise<void> {
  const options = { belongs: () => true, limits: { ...LIMITS, ...limits } };
  return unpackTar(inPieces(makeTar(entries), 700), folder, options);
}

describe("what is refused", () => {
  const CASES: readonly (readonly [what: string, entries: readonly MadeEntry[], message: RegExp])[] = [
    ["a path that goes up", [{ path: "linux/../../evil" }], /leads out/],
    ["an absolute path", [{ path: "/etc/passwd" }], /absolute/],
    ["a link that leads up", [{ path: "linux/a", type: "2", target: "../../etc" }], /link leads out/],
    ["an absolute link", [{ path: "linux/a", type: "2", target: "/etc" }], /link leads out/],
    [
      "a file behind a link",
      [
        { path: "a/b", type: "5" },
        { path: "a/l", type: "2", target: "b" },
        { path: "a/l/x", content: "x" },
      ],
      /behind a link/,
    ],
    ["a hard link that leads up", [{ path: "a", type: "1", target: "../../etc/passwd" }], /leads out/],
    [
      "a hard link to a link",
      [
        { path: "l", type: "2", target: "b" },
        { path: "a", type: "1", target: "l" },
      ],
      /link to a link|leads to a link/,
    ],
    ["a device", [{ path: "linux/null", type: "3" }], /special file/],
    ["a pipe", [{ path: "linux/pipe", type: "6" }], /special file/],
    [
      "a file behind a link that only some file systems take for the same",
      [
        { path: "a/b", type: "5" },
        { path: "a/Link", type: "2", target: "b" },
        { path: "a/lINK/x", content: "x" },
      ],
      /behind a link/,
    ],
    [
      "a path deeper than any kernel's",
      [
        { path: "././@LongLink", type: "L", content: `${"d/".repeat(600)}x\0` },
        { path: "x", content: "x" },
      ],
      /longer than 1024/,
    ],
    [
      "a path with a zero byte",
      [{ path: "x", type: "x", content: "12 path=a\0b\n" }, { path: "y" }],
      /zero byte/,
    ],
    ["a size that is no number", [{ path: "x", sizeField: "99999999999" }], /damaged/],
    ["a size below zero", [{ path: "p", type: "x", content: "12 size=-99\n" }, { path: "y" }], /damaged/],
    ["a huge file", [{ path: "bomb", size: 2 ** 32 }], /unpacks to a file of 4.0 GiB/],
  ];

  for (const [what, entries, message] of CASES)
    test(what, async () => {
      await expect(unpack(entries)).rejects.toThrow(message);
    });

  test("more files and more bytes than a kernel has", async () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ path: `f${at}`, content: "x".repeat(100) }));
    await expect(unpack(many, { entries: 10 })).rejects.toThrow(/more than 10 files/);
    await expect(unpack(many, { bytes: 1000 })).rejects.toThrow(/more than/);
  });

  test("a bomb that holds no file", async () => {
    async function* zeros(): AsyncGenerator<Buffer> {
      for (let at = 0; at < 64; at++) yield Buffer.alloc(1 << 16); // it must end without the guard, too
    }
    const limits = { ...LIMITS, bytes: 1 << 20, entries: 10 };
    await expect(unpackTar(zeros(), folder, { belongs: () => true, limits })).rejects.toThrow(
      /unpacks to more than/,
    );
  });

  test("limits can be moved, and nonsense is refused", () => {
    expect(limitsFrom({ KFIX_UNPACK_LIMITS: "bytes=20G, entries=7" })).toEqual({
      ...LIMITS,
      bytes: 20 * 2 ** 30,
      entries: 7,
    });
    expect(limitsFrom({})).toEqual(LIMITS);
    for (const text of ["bytes", "bytes=-1", "size=3", "bytes=3T"])
      expect(() => limitsFrom({ KFIX_UNPACK_LIMITS: text })).toThrow(/cannot be read/);
  });

  test("an archive that is cut, or none", async () => {
    const whole = makeTar([{ path: "a", content: "x".repeat(3000) }]);
    const options = { belongs: () => true };
    await expect(unpackTar(inPieces(whole.subarray(0, 2000), 512), folder, options)).rejects.toThrow(
      /cut short/,
    );
    await expect(unpackTar(inPieces(Buffer.alloc(600, "x"), 100), folder, options)).rejects.toThrow(
      /no tar archive/,
    );
    await expect(unpackTar(inPieces(Buffer.alloc(0), 1), folder, options)).rejects.toThrow(/no tar archive/);
  });

  test("compressed data that is cut short", async () => {
    const packed = gzipSync(makeTar([{ path: "a", content: "x".repeat(3000) }]));
    const cut = openArchive(inPieces(packed.subarray(0, packed.length - 20), 64));
    await expect(unpackTar(cut, folder, { belongs: () => true })).rejects.toThrow(
      /gzip data is damaged or cut short/,
    );
  });
});

describe("what is unpacked", () => {
  test("files whole, whatever the pieces", async () => {
    const content = "line\n".repeat(500);
    await unpack([
      { path: "linux/", type: "5" },
      { path: "./linux/a/b.c", content },
      { path: "linux/empty" },
    ]);
    expect(readFileSync(join(folder, "linux/a/b.c"), "utf8")).toBe(content);
    expect(readdirSync(join(folder, "linux")).sort()).toEqual(["a", "empty"]);
  });

  test("links that stay inside", async () => {
    await unpack([
      { path: "l/a", content: "x" },
      { path: "l/b/c", type: "2", target: "../a" },
    ]);
    expect(readlinkSync(join(folder, "l/b/c"))).toBe("../a");
  });

  test("long names of GNU and of pax", async () => {
    const long = `${"d/".repeat(60)}file.c`;
    const record = `path=${long}\n`;
    const length = record.length + 4;
    await unpack([
      { path: "././@LongLink", type: "L", content: `${long}\0` },
      { path: "short", content: "gnu" },
      { path: "pax", type: "x", content: `${length} path=p${long}\n`.replace(`${length}`, `${length + 1}`) },
      { path: "short", content: "pax" },
    ]);
    expect(readFileSync(join(folder, long), "utf8")).toBe("gnu");
    expect(readFileSync(join(folder, `p${long}`), "utf8")).toBe("pax");
  });

  test("the later of two files counts, and never writes through a link", async () => {
    await unpack([
      { path: "a", content: "first" },
      { path: "l", type: "2", target: "a" },
      { path: "l", content: "second" },
    ]);
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("first");
    expect(readFileSync(join(folder, "l"), "utf8")).toBe("second");
  });
});
