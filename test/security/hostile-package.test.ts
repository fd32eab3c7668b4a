import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { type MadeEntry, makeAr, makeTar } from "../fixtures/tar.ts";

let place: Workplace;
beforeAll(() => {
  place = new Workplace();
});
afterAll(() => place.remove());

const KERNEL: readonly MadeEntry[] = [
  { path: "linux-9.9/Makefile", content: "VERSION = 9\nPATCHLEVEL = 9\nSUBLEVEL = 0\n" },
  { path: "linux-9.9/include/linux/a.h", content: "struct a { int b; };\n" },
  { path: "linux-9.9/kernel/a.c", content: "void a_work(void)\n{\n}\n" },
];
const TARBALL = "./usr/src/linux-source-9.9.tar.gz";

type Member = readonly [name: string, content: Buffer];

const FIRST: Member = ["debian-binary", Buffer.from("2.0\n")];
const CONTROL: Member = ["control.tar.gz", gzipSync(makeTar([{ path: "control", content: "Package: x\n" }]))];

/** The data.tar.gz of a linux-source package; `inside` is what its tarball holds. */
function data(inside: readonly MadeEntry[], around: readonly MadeEntry[] = [], path = TARBALL): Member {
  const tarball = { path, bytes: gzipSync(makeTar(inside)) };
  return ["data.tar.gz", gzipSync(makeTar([...around, tarball]))];
}

function kernelAnd(...entries: readonly MadeEntry[]): Member {
  return data([...KERNEL, ...entries]);
}

/** The package with the size of its data.tar.gz as it stands in the header replaced. */
function withSize(size: string): Buffer {
  const whole = makeAr([FIRST, CONTROL, data(KERNEL)]);
  whole.write(size.padEnd(10), whole.indexOf("data.tar.gz") + 48, "latin1");
  return whole;
}

/** What is in the folder of the tests, but for the packages, and in the folder of trees. */
function standing(): string[] {
  const trees = join(place.home, "trees");
  const names = existsSync(trees) ? readdirSync(trees, { recursive: true, encoding: "utf8" }) : [];
  return [...readdirSync(place.folder).filter((name) => name !== "home" && !name.endsWith(".deb")), ...names];
}

let made = 0;
async function add(bytes: Buffer, env: Readonly<Record<string, string>> = {}) {
  const file = place.path(`linux-source-${++made}.deb`);
  writeFileSync(file, bytes);
  return { ...(await place.kfix(["source", "add", file, "--name", "tried"], { env })), file };
}

const UP = "../../../../evil";

describe("a package of Debian that is refused leaves nothing behind", () => {
  const CASES: readonly (readonly [what: string, bytes: () => Buffer, message: RegExp])[] = [
    ["no archive", () => Buffer.from(`!<arck>\n${"x".repeat(200)}`), /no (?:Debian package|tar archive)/],
    ["nothing in it", () => makeAr([]), /has no data\.tar/],
    ["no data", () => makeAr([FIRST, CONTROL]), /has no data\.tar/],
    ["a size that is no number", () => withSize("12x"), /the package is damaged/],
    ["a size in another notation", () => withSize("0x40"), /the package is damaged/],
    ["a size with an exponent", () => withSize("1e3"), /the package is damaged/],
    ["a size below zero", () => withSize("-60"), /the package is damaged/],
    ["no size", () => withSize(""), /the package is damaged/],
    ["a size that is too small", () => withSize("40"), /damaged|cut short/],
    ["cut in a header", () => makeAr([FIRST, CONTROL]).subarray(0, 100), /has no data\.tar|cut short/],
    ["cut in its data", () => makeAr([FIRST, data(KERNEL)]).subarray(0, 300), /cut short/],
    [
      "a tarball that is cut",
      () => {
        const bytes = gzipSync(makeTar(KERNEL)).subarray(0, 100);
        return makeAr([FIRST, ["data.tar.gz", gzipSync(makeTar([{ path: TARBALL, bytes }]))]]);
      },
      /damaged or cut short/,
    ],
    [
      "a tarball that is a link",
      () =>
        makeAr([
          FIRST,
          ["data.tar.gz", gzipSync(makeTar([{ path: TARBALL, type: "2", target: "/etc/passwd" }]))],
        ]),
      /holds no kernel source/,
    ],
    [
      "a tarball that is a hard link",
      () =>
        makeAr([
          FIRST,
          ["data.tar.gz", gzipSync(makeTar([{ path: TARBALL, type: "1", target: "/etc/passwd" }]))],
        ]),
      /holds no kernel source/,
    ],
    [
      "a tarball whose path goes up",
      () => makeAr([FIRST, data(KERNEL, [], "./usr/src/../../usr/src/linux-source-9.9.tar.gz")]),
      /holds no kernel source/,
    ],
    ["a path that goes up", () => makeAr([FIRST, kernelAnd({ path: `linux-9.9/${UP}` })]), /leads out/],
    ["an absolute path", () => makeAr([FIRST, kernelAnd({ path: place.path("evil") })]), /absolute/],
    [
      "a link, and a file through it",
      () =>
        makeAr([
          FIRST,
          kernelAnd(
            { path: "linux-9.9/l", type: "2", target: "kernel" },
            { path: "linux-9.9/l/evil", content: "x" },
          ),
        ]),
      /behind a link/,
    ],
    [
      "a link that leads out, and a file through it",
      () =>
        makeAr([
          FIRST,
          kernelAnd(
            { path: "linux-9.9/l", type: "2", target: UP },
            { path: "linux-9.9/l/evil", content: "x" },
          ),
        ]),
      /link leads out/,
    ],
    [
      "a hard link that leads out",
      () => makeAr([FIRST, kernelAnd({ path: "linux-9.9/h", type: "1", target: UP })]),
      /leads out/,
    ],
    [
      "a hard link to an absolute path",
      () => makeAr([FIRST, kernelAnd({ path: "linux-9.9/h", type: "1", target: "/etc/passwd" })]),
      /absolute/,
    ],
    ...["3", "4", "6"].map(
      (type) =>
        [
          `a device or a pipe (${type})`,
          () => makeAr([FIRST, kernelAnd({ path: "linux-9.9/null", type })]),
          /special file/,
        ] as const,
    ),
  ];

  test.each(CASES)("%s", async (_what, bytes, message) => {
    const before = standing();
    const { status, stderr, file } = await add(bytes());
    expect(stderr).toMatch(message);
    expect(stderr).toContain(file);
    expect(status).toBe(2);
    expect(standing()).toEqual(before);
  });

  test("a bomb", async () => {
    const zeros = gzipSync(makeTar([{ path: "zeros", content: "\0".repeat(4 << 20) }]));
    const { status, stderr } = await add(makeAr([FIRST, ["data.tar.gz", zeros]]), {
      KFIX_UNPACK_LIMITS: "bytes=1M",
    });
    expect(stderr).toMatch(/unpacks to more than 1 MiB/);
    expect(status).toBe(2);
  });
});

describe("what a package says beside its source has no say", () => {
  const packed = (...members: readonly Member[]): Buffer => makeAr([FIRST, ...members]);
  const OTHERS: readonly (readonly [what: string, bytes: () => Buffer])[] = [
    [
      "members with paths for names",
      () => packed([UP, Buffer.from("x")], ["/etc/evil", Buffer.from("x")], data(KERNEL)),
    ],
    ["two controls", () => packed(CONTROL, ["control.tar.gz", Buffer.from("no tar")], data(KERNEL))],
    ["two data: the first counts", () => packed(CONTROL, data(KERNEL), data([{ path: UP }]))],
    ["a size beyond the end, of a tarball that is whole", () => withSize("9999999999")],
    [
      "what data.tar holds beside the tarball",
      () =>
        packed(
          data(KERNEL, [
            { path: UP, content: "x" },
            { path: "/evil", content: "x" },
            { path: "./usr/src/l", type: "2", target: "/" },
            { path: "./usr/src/l/evil", content: "x" },
            { path: "./usr/src/h", type: "1", target: "/etc/passwd" },
            { path: "./dev/null", type: "3" },
          ]),
        ),
    ],
  ];

  test.each(OTHERS)("%s", async (_what, bytes) => {
    const before = standing();
    const { status, stderr } = await add(bytes());
    expect(status, stderr).toBe(0);
    expect(readdirSync(join(place.home, "trees/tried")).sort()).toEqual(["Makefile", "include", "kernel"]);
    expect((await place.kfix(["source", "remove", "tried"])).status).toBe(0);
    expect(standing()).toEqual(before);
  });
});

describe("a package's changelog", () => {
  const PATH = "./usr/share/doc/linux-image-9.9/changelog.Debian.gz";
  const TEXT = "linux (9.9.1-1) sid; urgency=medium\n\n  * New upstream stable update\n";

  const CASES: readonly (readonly [what: string, entries: readonly MadeEntry[] | Buffer, message: RegExp])[] =
    [
      ["is no file but a link", [{ path: PATH, type: "2", target: "/etc/passwd" }], /has no changelog/],
      ["is cut short", [{ path: PATH, bytes: gzipSync(TEXT).subarray(0, 30) }], /damaged or cut short/],
      ["is in no archive", Buffer.from("x".repeat(2000)), /no tar archive/],
    ];
  test.each(CASES)("that %s", async (_what, entries, message) => {
    const tar = Buffer.isBuffer(entries) ? entries : makeTar(entries);
    const file = place.path("linux-image-9.9_9.9.1-1_amd64.deb");
    writeFileSync(file, makeAr([FIRST, ["data.tar.gz", gzipSync(tar)]]));
    const { status, stderr } = await place.kfix(["source", "add", "changelog", file]);
    expect(stderr).toMatch(message);
    expect(stderr).toContain(file);
    expect(status).toBe(2);
  });
});
