import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renewChecksum } from "../../cache/checksum.ts";
import { openSqlite } from "../../cache/sqlite.ts";
import { makeAr, makeTar } from "../fixtures/tar.ts";
import { Workplace } from "./run-kfix.ts";

const FIXTURE = new URL("../fixtures/tree", import.meta.url).pathname;
const SEED = "[6373724.634681] BUG: unable to handle kernel NULL pointer dereference at 0000000000000078";

/** A system call, and the one for 32-bit programs. */
const LUMEN_CALLS = `SYSCALL_DEFINE1(lumen, unsigned int, fd)
{
	return ksys_lumen(fd);
}

COMPAT_SYSCALL_DEFINE1(lumen, compat_uint_t, fd)
{
	return ksys_lumen(fd);
}
`;

/** What a trace names by what macros make beside it. */
const MADE: readonly (readonly [path: string, source: string])[] = [
  [
    "include/trace/events/lumen.h",
    "TRACE_EVENT(lumen_lit, TP_ARGS(x), TP_fast_assign(a = b;));\nDECLARE_EVENT_CLASS(lumen, TP_ARGS(x));\nDEFINE_EVENT(lumen, lumen_dim, TP_ARGS(x));\n",
  ],
  ["arch/x86/mm/lumen.c", "DEFINE_IDTENTRY(exc_lumen)\n{\n}\n"],
  ["drivers/net/lumen_pci.c", "module_pci_driver(lumen_driver);\n"],
];

/** Files that print, each in the way of its part of the kernel. */
const PRINTERS: readonly (readonly [path: string, source: string])[] = [
  [
    "drivers/md/dm-glow.c",
    '#define DM_MSG_PREFIX "glow"\nvoid glow(void) { DMERR_LIMIT("lamp %u is out", 1); }\n',
  ],
  ["drivers/acpi/acpica/utglow.c", 'void glow(void) { ACPI_ERROR((AE_INFO, "No lamp of type 0x%X", 1)); }\n'],
  [
    "drivers/acpi/acpica/psglow.c",
    'void glow(void) { ACPI_ERROR_METHOD("Dimming lamp", node, NULL, status); }\n',
  ],
  ["fs/xfs/xfs_glow.c", 'void glow(void) { xfs_alert(mp, "lamp log gone at 0x%llx", 1); }\n'],
  [
    "fs/cifs/glow.c",
    '#define pr_fmt(fmt) "CIFS: " fmt\nvoid glow(void) { cifs_server_dbg(VFS, "lamp error %d\\n", 1); }\n',
  ],
  [
    "drivers/gpu/drm/glow/lamp.c",
    'void early(void) { DRM_ERROR("lamp timed out\\n"); }\nvoid late(void) { DRM_ERROR("lamp timed out\\n"); }\n',
  ],
  ["drivers/net/aaa.c", 'void a(void) { dev_err(dev, "lamp has no bulb\\n"); }\n'],
  ["drivers/net/glow.c", 'void g(void) { dev_err(dev, "lamp has no bulb\\n"); }\n'],
  [
    "drivers/net/named.c",
    'void one(void) { pr_err("%s: no lamp\\n", __func__); }\nvoid the_other(void) { pr_err("%s: no lamp\\n", __func__); }\n',
  ],
  ["fs/lens.c", 'void lens_msg(void) { printk("LENS (%s): %pV\\n", dev, vaf); }\n'],
  ["drivers/net/made.c", 'void m(void) { pr_err("lamp " LAMP " is dim\\n"); }\n'],
];

let place: Workplace;
beforeAll(async () => {
  place = new Workplace();
  cpSync(FIXTURE, place.path("linux-3.13"), { recursive: true });
  writeFileSync(place.path("linux-3.13/fs/lumen.c"), LUMEN_CALLS);
  for (const [path, source] of [...PRINTERS, ...MADE]) {
    mkdirSync(place.path(`linux-3.13/${dirname(path)}`), { recursive: true });
    writeFileSync(place.path(`linux-3.13/${path}`), source);
  }
  const added = await place.kfix([
    "source",
    "add",
    place.path("linux-3.13"),
    "--arch",
    "all",
    "--name",
    "every",
  ]);
  expect(added.status, added.stderr).toBe(0);
  const own = await place.kfix([
    "source",
    "add",
    place.path("linux-3.13"),
    "--arch",
    "x86_64",
    "--name",
    "x86",
  ]);
  expect(own.status, own.stderr).toBe(0);
});
afterAll(() => place.remove());

test("status counts the indexes of trees, and what else the folder has", async () => {
  const status = (await place.json(["status"])) as { bytes: number; folderBytes: number };
  const ofTrees = ["every", "x86"].map((name) => statSync(place.path(`home/index/trees/${name}.db`)).size);
  expect(status.bytes).toBe(ofTrees.reduce((sum, size) => sum + size));
  expect(status.folderBytes).toBeGreaterThan(status.bytes);
});

describe("message", () => {
  test("a line of three pieces leads to its function, piece by piece", async () => {
    expect(await place.json(["message", SEED, "--tree", "x86"])).toMatchObject({
      schema: "kfix.message/1",
      matches: [
        {
          path: "arch/x86/mm/fault.c",
          line: 6,
          function: "show_fault_oops",
          tree: "x86",
          arch: "x86",
          pieces: [
            { line: 6, text: "BUG: unable to handle kernel " },
            { line: 8, text: "NULL pointer dereference" },
            { line: 11, text: " at 0000000000000078" },
          ],
        },
      ],
    });
  });

  test("in all architectures the right one comes first", async () => {
    const [answer] = await place.batch(["message"], [{ id: 1, line: SEED, tree: "every" }]);
    expect(answer).toMatchObject({ id: 1, matches: [{ path: "arch/x86/mm/fault.c" }] });
  });

  const OWN_WAYS: readonly (readonly [line: string, path: string, more: Record<string, unknown>])[] = [
    ["device-mapper: glow: lamp 7 is out", "drivers/md/dm-glow.c", { level: "err" }],
    [
      "ACPI Error: No lamp of type 0x1F (20220331/utglow-1)",
      "drivers/acpi/acpica/utglow.c",
      { macro: "ACPI_ERROR" },
    ],
    [
      "ACPI Error: Dimming lamp \\_SB.LAMP due to previous error (AE_NOT_FOUND) (20220331/psglow-1)",
      "drivers/acpi/acpica/psglow.c",
      { macro: "ACPI_ERROR_METHOD" },
    ],
    ["XFS (dm-2): lamp log gone at 0x40", "fs/xfs/xfs_glow.c", { level: "alert" }],
    ["CIFS: VFS: \\\\srv lamp error -5", "fs/cifs/glow.c", { level: "err" }],
    [
      "glow 0000:03:00.0: [drm:late [glow]] *ERROR* lamp timed out",
      "drivers/gpu/drm/glow/lamp.c",
      { line: 2 },
    ],
    ["[drm:early [glow]] *ERROR* lamp timed out", "drivers/gpu/drm/glow/lamp.c", { line: 1 }],
    ["glow 0000:03:00.0: lamp has no bulb", "drivers/net/glow.c", {}],
    ["aaa 0000:03:00.0: lamp has no bulb", "drivers/net/aaa.c", {}],
    ["the_other: no lamp", "drivers/net/named.c", { line: 2 }],
    ["lamp red is dim", "drivers/net/made.c", { format: 'lamp " LAMP " is dim\n' }],
  ];
  for (const [line, path, more] of OWN_WAYS)
    test(line, async () => {
      const [answer] = await place.batch(["message"], [{ id: 1, line, tree: "every" }]);
      const { matches } = answer as { matches: unknown[] };
      expect(matches[0]).toMatchObject({ path, ...more });
    });

  test("a place that has hardly anything of a line is named with doubt", async () => {
    const line = "LENS (sda1): nobody knows which call it is that says all of this";
    const { status, stdout, stderr } = await place.kfix(["message", line, "--tree", "every"]);
    expect({ status, stdout, stderr }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("fs/lens.c:1  lens_msg"),
      stderr: expect.stringContaining("they may pass on what another says"),
    });
    const sure = await place.kfix(["message", "lamp red is dim", "--tree", "every"]);
    expect(sure.stderr).not.toContain("pass on");
  });

  test("a line that nothing prints", async () => {
    const { status, stderr } = await place.kfix(["message", "no such line in any kernel"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/no printing call in the tree .* fits this line/);
  });

  test("a folder without an index is searched", async () => {
    const answer = await place.json([
      "message",
      SEED,
      "--tree",
      place.path("linux-3.13"),
      "--arch",
      "x86_64",
    ]);
    expect(answer).toMatchObject({ matches: [{ path: "arch/x86/mm/fault.c", line: 6 }] });
  });
});

describe("symbol", () => {
  const PASTED: readonly (readonly [pasted: string, path: string, line: number])[] = [
    ["show_fault_oops+0x1b/0x60", "arch/x86/mm/fault.c", 3],
    ["show_fault_oops.isra.0", "arch/x86/mm/fault.c", 3],
    ["[<ffffffff81030405>] ? lumen_poll+0x9/0x10 [lumen]", "drivers/net/lumen.c", 35],
    ["struct lumen_ring", "drivers/net/lumen.c", 9],
  ];
  for (const [pasted, path, line] of PASTED)
    test(pasted, async () => {
      const [answer] = await place.batch(["symbol"], [{ id: 1, name: pasted, tree: "every" }]);
      expect(answer).toMatchObject({ definitions: [{ path, line, tree: "every" }] });
    });

  test("a compat system call is not its native one, and a register's line names its function", async () => {
    const answers = await place.batch(
      ["symbol"],
      [
        { id: 1, name: "__ia32_compat_sys_lumen" },
        { id: 2, name: "__x64_sys_lumen" },
        { id: 3, name: "RIP: 0010:lumen_poll+0x1b/0x60" },
      ],
    );
    expect(answers).toMatchObject([
      { definitions: [{ path: "fs/lumen.c", line: 6, macro: "COMPAT_SYSCALL_DEFINE1" }] },
      { definitions: [{ path: "fs/lumen.c", line: 1, macro: "SYSCALL_DEFINE1" }] },
      { definitions: [{ path: "drivers/net/lumen.c", line: 35 }] },
    ]);
  });

  test.each([
    ["trace_event_raw_event_lumen_lit", "include/trace/events/lumen.h", 1],
    ["__traceiter_lumen_lit+0x3b/0x60", "include/trace/events/lumen.h", 1],
    ["perf_trace_lumen", "include/trace/events/lumen.h", 2],
    ["__bpf_trace_lumen", "include/trace/events/lumen.h", 2],
    ["trace_lumen_dim", "include/trace/events/lumen.h", 3],
    ["asm_exc_lumen+0x22/0x30", "arch/x86/mm/lumen.c", 1],
    ["lumen_driver_init+0x1b/0x1000 [lumen_pci]", "drivers/net/lumen_pci.c", 1],
  ])("%s is led to where the source has it", async (name, path, line) => {
    const [answer] = await place.batch(["symbol"], [{ id: 1, name, tree: "every" }]);
    expect(answer).toMatchObject({ definitions: [{ path, line }] });
  });

  test("what is no name is refused, and what is not held is said", async () => {
    const answers = await place.batch(
      ["symbol"],
      [
        { id: 1, name: "drivers/net/lumen.c:36" },
        { id: 2, name: "tracepoint:lumen_ring" },
        { id: 3, name: "LUMEN_RING_SIZE" },
      ],
    );
    expect(answers).toMatchObject([
      { error: { code: "bad-input" } },
      { error: { code: "bad-input" } },
      {
        error: { code: "not-found", hint: expect.stringContaining("are not held, and kfix grep finds them") },
      },
    ]);
  });

  test("an architecture that was left out of the tree is said so, not answered", async () => {
    const answers = await place.batch(
      ["symbol"],
      [
        { id: 1, name: "do_sparc64_fault", tree: "every", arch: "sparc64" },
        { id: 2, name: "do_sparc64_fault", tree: "every", arch: "x86_64" },
        { id: 3, name: "do_sparc64_fault", tree: "x86", arch: "sparc64" },
        { id: 4, name: "lumen_poll", tree: "x86", arch: "pdp11" },
        { id: 5, name: "lumen_poll", tree: "nowhere" },
      ],
    );
    expect(answers).toMatchObject([
      { definitions: [{ path: "arch/sparc/mm/fault_64.c", arch: "sparc" }] },
      { error: { code: "not-found" } },
      { error: { code: "not-indexed", hint: expect.stringContaining("--arch sparc64") } },
      { error: { code: "usage" } },
      { error: { code: "not-indexed", hint: expect.stringContaining("every, x86") } },
    ]);
  });

  test("a folder without an index is searched", async () => {
    const answer = await place.json(["symbol", "lumen_poll", "--tree", place.path("linux-3.13")]);
    expect(answer).toMatchObject({ definitions: [{ path: "drivers/net/lumen.c", line: 35 }] });
  });
});

describe("grep", () => {
  test("a pattern that looks like an option is none", async () => {
    const { status, stdout } = await place.kfix(["grep", "--tree", "every", "--", "--files"]);
    expect([status, stdout]).toEqual([1, ""]);
  });

  test("leaves other architectures out and passes flags through", async () => {
    const found = await place.kfix([
      "grep",
      "Unable to handle",
      "--tree",
      "every",
      "--arch",
      "x86_64",
      "--",
      "-i",
      "-c",
    ]);
    expect(found.stdout).toBe("arch/x86/mm/fault.c:1\n");
    const nothing = await place.kfix(["grep", "no such text", "--tree", "x86"]);
    expect(nothing.status).toBe(1);
  });
});

describe("source add", () => {
  function files(): { path: string; content: string }[] {
    return [
      { path: "linux-9.9/Makefile", content: "VERSION = 9\nPATCHLEVEL = 9\nSUBLEVEL = 0\n" },
      { path: "linux-9.9/include/linux/a.h", content: "struct a { int b; };\n" },
      { path: "linux-9.9/kernel/a.c", content: 'void a_work(void)\n{\n\tpr_err("a is stuck\\n");\n}\n' },
      { path: "linux-9.9/arch/x86/b.c", content: "void b_work(void)\n{\n}\n" },
      { path: "linux-9.9/arch/sparc/b.c", content: "void b_work(void)\n{\n}\n" },
    ];
  }

  function left(): string[] {
    const trees = join(place.home, "trees");
    return existsSync(trees) ? readdirSync(trees).filter((name) => name.includes("unfinished")) : [];
  }

  test("a tarball, without other architectures", async () => {
    writeFileSync(place.path("linux-9.9.tar.gz"), gzipSync(makeTar(files())));
    const added = await place.kfix(["source", "add", place.path("linux-9.9.tar.gz"), "--arch", "amd64"]);
    expect(added.status, added.stderr).toBe(0);
    expect(readdirSync(join(place.home, "trees/linux-9.9/arch"))).toEqual(["x86"]);
    expect(await place.json(["symbol", "b_work", "--tree", "linux-9.9"])).toMatchObject({
      definitions: [{ path: "arch/x86/b.c", line: 1, endLine: 3 }],
    });
    const list = await place.kfix(["source", "list"]);
    expect(list.stdout).toMatch(/linux-9\.9 .*9\.9\.0 for x86_64/);
  });

  test("an index that another kfix made is made anew, for the same architectures of the same source", async () => {
    const [folder, archive] = [place.path("anew/linux-9.9"), place.path("anew/unpacked.tar.gz")];
    for (const { path, content } of files()) {
      mkdirSync(dirname(join(folder, "..", path)), { recursive: true });
      writeFileSync(join(folder, "..", path), content);
    }
    writeFileSync(archive, gzipSync(makeTar(files())));
    const env = { KFIX_HOME: place.path("anew/home") };
    const list = async () =>
      (await place.kfix(["source", "list"], { env })).stdout.replace(/indexed .*/g, "");
    await place.kfix(["source", "add", folder, "--arch", "amd64"], { env });
    await place.kfix(["source", "add", archive, "--arch", "sparc64"], { env });
    const before = await list();
    expect(before).toMatch(/unpacked .*unpacked\.tar\.gz .*for sparc64/);
    for (const name of ["linux-9.9", "unpacked"]) {
      const file = place.path(`anew/home/index/trees/${name}.db`);
      const db = openSqlite(file);
      db.pragma("user_version = 99");
      db.close();
      renewChecksum(file);
    }
    expect(await list()).toMatch(/unpacked .*cannot be read/);
    const examined = await place.kfix(["doctor"], { env });
    expect(examined.stdout).toMatch(/^bad tree unpacked: .*\n {4}.*kfix source update --rebuild unpacked$/m);
    expect(examined.status).toBe(1);
    const updated = await place.kfix(["source", "update"], { env });
    expect(updated.stderr).toBe("");
    expect(await list()).toBe(before);
    expect((await place.kfix(["doctor"], { env })).status).toBe(0); // that there is no history is no damage
    expect((await place.kfix(["message", "a is stuck", "--tree", "unpacked"], { env })).status).toBe(0);
  });

  test("a Debian package that holds a tarball", async () => {
    const inner = gzipSync(makeTar(files()));
    const data = gzipSync(makeTar([{ path: "./usr/src/linux-source-9.9.tar.gz", bytes: inner }]));
    writeFileSync(
      place.path("linux-source-9.9_9.9-1_all.deb"),
      makeAr([
        ["debian-binary", Buffer.from("2.0\n")],
        ["control.tar.gz", gzipSync(makeTar([{ path: "control", content: "Package: x\n" }]))],
        ["data.tar.gz", data],
      ]),
    );
    const added = await place.kfix(["source", "add", place.path("linux-source-9.9_9.9-1_all.deb")]);
    expect(added.status, added.stderr).toBe(0);
    expect(added.stdout).toMatch(/^linux-source-9\.9: /);
  });

  test("a source package, whose patches are fixes that it carries", async () => {
    const folder = place.path("src");
    mkdirSync(folder);
    writeFileSync(join(folder, "linux_9.9.orig.tar.gz"), gzipSync(makeTar(files())));
    const packaging = [
      { path: "debian/patches/series", content: "bugfix/a.patch\n../../../../etc/passwd\n" },
      { path: "debian/patches/bugfix/a.patch", content: "Subject: a: Fix the stuck work\n\n--- a/a.c\n" },
    ];
    writeFileSync(join(folder, "linux_9.9-1.debian.tar.gz"), gzipSync(makeTar(packaging)));
    const row = (name: string): string => ` ${"0".repeat(32)} 100 ${name}`;
    writeFileSync(
      join(folder, "linux_9.9-1.dsc"),
      `Source: linux\nFiles:\n${row("linux_9.9.orig.tar.gz")}\n${row("linux_9.9-1.debian.tar.gz")}\n`,
    );
    const added = await place.kfix(["source", "add", folder, "--name", "deb-9.9"]);
    expect(added.status, added.stderr).toBe(0);
    expect(existsSync(join(place.home, "trees/deb-9.9/debian/patches/series"))).toBe(true);
  });

  const HOSTILE: readonly (readonly [what: string, bytes: () => Buffer, message: RegExp])[] = [
    [
      "traversal",
      () => gzipSync(makeTar([...files(), { path: "linux-9.9/../../../evil", content: "x" }])),
      /leads out/,
    ],
    [
      "link",
      () => gzipSync(makeTar([...files(), { path: "linux-9.9/l", type: "2", target: "/etc" }])),
      /link leads out/,
    ],
    [
      "bomb",
      () => gzipSync(makeTar([{ path: "linux-9.9/zero", size: 2 ** 33 - 1 }])),
      /unpacks to a file of/,
    ],
    ["truncated", () => gzipSync(makeTar(files())).subarray(0, 300), /damaged or cut short/],
    ["no kernel", () => gzipSync(makeTar([{ path: "a/b.c", content: "x" }])), /no kernel source/],
  ];
  for (const [what, bytes, message] of HOSTILE)
    test(`${what}: refused, with nothing left behind`, async () => {
      const file = place.path(`${what.replace(" ", "-")}.tar.gz`);
      writeFileSync(file, bytes());
      const { status, stderr } = await place.kfix(["source", "add", file, "--name", "hostile"]);
      expect(status).toBe(2);
      expect(stderr).toMatch(message);
      expect(stderr).toContain(file);
      expect(left()).toEqual([]);
      expect(existsSync(join(place.home, "trees/hostile"))).toBe(false);
      expect(existsSync(place.path("evil"))).toBe(false);
    });

  test.skipIf(spawnSync("xz", ["--version"]).status !== 0)("a truncated .xz says so", async () => {
    const tar = makeTar([...files(), { path: "linux-9.9/big", content: "0123456789".repeat(20_000) }]);
    const packed = spawnSync("xz", ["-c"], { input: tar }).stdout;
    writeFileSync(place.path("cut.tar.xz"), packed.subarray(0, packed.length - 100));
    const { status, stderr } = await place.kfix([
      "source",
      "add",
      place.path("cut.tar.xz"),
      "--name",
      "hostile",
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/xz data is damaged or cut short/);
    expect(left()).toEqual([]);
  });

  test("a tree is forgotten, a folder of the user's stays", async () => {
    const removed = await place.kfix(["source", "remove", "x86"]);
    expect(removed.status, removed.stderr).toBe(0);
    expect(existsSync(place.path("linux-3.13/Makefile"))).toBe(true);
    expect((await place.kfix(["source", "list"])).stdout).not.toMatch(/^x86 /m);
  });
});
