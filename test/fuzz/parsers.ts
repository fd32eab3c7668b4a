import fc from "fast-check";
import { unpackTouched } from "../../cache/touched-list.ts";
import { readVarints } from "../../cache/varint.ts";
import { jsonText } from "../../cli/output/json-text.ts";
import { sanitize } from "../../cli/output/terminal.ts";
import { memberOfPackage } from "../../indexer/archive-ar.ts";
import { TarParser } from "../../indexer/archive-tar.ts";
import { safePath } from "../../indexer/archive-unpack.ts";
import { parseCommitMessage } from "../../kernel/commit/message.ts";
import { readPatchHeader } from "../../kernel/commit/patch-header.ts";
import { normaliseSubject } from "../../kernel/commit/subject.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { parseAnnouncement } from "../../kernel/cve/announcement.ts";
import { parseDyad, parseFixShas } from "../../kernel/cve/dyad.ts";
import { TouchFinder } from "../../kernel/diff/touched.ts";
import { parseChangelog } from "../../kernel/distro/changelog.ts";
import { compareDebVersions } from "../../kernel/distro/deb-version.ts";
import { compareRpmVersions } from "../../kernel/distro/rpm-version.ts";
import { KfixError } from "../../kernel/error.ts";
import { HostLogs } from "../../kernel/fleet/host-logs.ts";
import { parseLifecycle } from "../../kernel/lifecycle.ts";
import { identifyKernel } from "../../kernel/running-kernel.ts";
import { parseFormat, wordsOfText } from "../../kernel/source/format.ts";
import { MaintainersFile } from "../../kernel/source/maintainers.ts";
import { fitLine } from "../../kernel/source/match.ts";
import { scanSource } from "../../kernel/source/scan.ts";
import { compareVersions, parseVersion, releaseOfTag } from "../../kernel/version.ts";
import { oopsIn } from "../fixtures/seed-crash.ts";
import { makeTar } from "../fixtures/tar.ts";
import { ALL } from "../kernel/crash/logs.ts";

/** Something that reads what comes from outside. */
export interface Parser {
  readonly name: string;
  /** Inputs as they should be; they are mutated. */
  readonly seeds: readonly Buffer[];
  /** Pieces that mean something to it. */
  readonly words: readonly string[];
  /** Reads an input, and throws an error that is no KfixError when something that must hold does not. */
  readonly read: (input: Buffer) => unknown;
}

export const PARSERS: readonly Parser[] = [
  text(
    "crash",
    [...ALL.values()],
    ["BUG: ", "Call Trace:\n", "+0x1/0x2", "[<", "RIP: 0010:", '{"message":"', "&lt;", "=20\n"],
    (input) => {
      const lines = input.split("\n").length;
      for (const {
        lines: [first, last],
      } of parseCrashes(input))
        if (first < 1 || last < first || last > lines)
          throw new Error("a crash that lies outside of its log");
    },
  ),
  text(
    "export",
    [
      JSON.stringify({
        hits: { hits: [{ _source: { host: { name: "db-1" }, message: oopsIn("lumen_probe") } }] },
      }),
      `__REALTIME_TIMESTAMP=1478963191000000\n_HOSTNAME=db-1\nMESSAGE=${oopsIn("lumen_probe")}\n`,
      JSON.stringify({ stream: { host: "db-1" }, values: [["1478963191000000000", "BUG: x"]] }),
      oopsIn("lumen_probe").replace(/^/gm, "Nov 12 15:06:31 db-1 kernel: "),
    ],
    [
      '{"message":"',
      '"}',
      "[",
      "]",
      "{",
      "\\",
      '"hits":',
      "\n__CURSOR=",
      "MESSAGE=",
      "_HOSTNAME=",
      "@timestamp",
      ",",
      "[[1,",
    ],
    (input) => {
      const logs = new HostLogs(0);
      const found = [];
      for (let at = 0; at < input.length; at += 700) found.push(...logs.push(input.slice(at, at + 700)));
      const lines = input.split("\n").length;
      for (const { line } of [...found, ...logs.end()])
        if (line < 1 || line > lines) throw new Error("a crash that lies outside of its log");
    },
  ),
  text(
    "version",
    ["3.16.7-ckt25", "v3.18-rc3", "2.6.32.61", "6.1.0-18-amd64", "5.14.0-362.el9.x86_64"],
    ["-rc", ".", "el9", "-ckt", "+", "99999999999"],
    (input) => {
      const version = parseVersion(input);
      if (version && compareVersions(version, version) !== 0)
        throw new Error("a version that differs from itself");
      releaseOfTag(input);
      identifyKernel(input);
    },
  ),
  text(
    "package versions",
    ["1:2.6.32-5+deb6u1~bpo60+1 3.16.7-2", "4.18.0-372.9.1.el8 5.14.0-1.el9"],
    ["~", ":", "-", "+", "^", "0", "a"],
    (input) => {
      const [a = "", b = ""] = input.split(" ");
      for (const compare of [compareDebVersions, compareRpmVersions])
        if (Math.sign(compare(a, b)) !== -Math.sign(compare(b, a))) throw new Error("an order that is none");
    },
  ),
  text(
    "commit message",
    [COMMIT()],
    [
      "Fixes: ",
      "commit ",
      " upstream.",
      "[ Upstream commit ",
      "(cherry picked from commit ",
      "Cc: stable",
      'Revert "',
      "# 3.10+",
      "syzbot+",
    ],
    (input) => {
      parseCommitMessage(input);
      readPatchHeader(input);
      const once = normaliseSubject(input);
      if (normaliseSubject(once) !== once)
        throw new Error("a subject that is not normal when it was made so");
    },
  ),
  text(
    "changelog",
    [CHANGELOG(), RPM_CHANGELOG()],
    ["  * ", " -- ", "urgency=", "* Mon Jan 01 2024 ", "- ", "CVE-2024-1", "[ "],
    (input) => parseChangelog(input),
  ),
  text(
    "CVE record",
    [ANNOUNCEMENT()],
    ["following vulnerability has been resolved:", "\nThe Linux kernel CVE team", "\t", "From "],
    (input) => parseAnnouncement(input),
  ),
  text(
    "dyad",
    [`3.17:${"1".repeat(40)}:3.18:${"2".repeat(40)}\n0:0:4.1:${"3".repeat(40)}\n`],
    [":", "0:0", "#", "\n"],
    (input) => {
      parseDyad(input);
      parseFixShas(input);
    },
  ),
  text(
    "life cycle",
    ['{"made":"2026-01","series":{"6.1":"2027-12"}}', "[]"],
    ["{", '"series"', "null", "6.1", "2027-12"],
    (input) => parseLifecycle(input),
  ),
  bytes(
    "C source",
    [Buffer.from(C_SOURCE())],
    [
      "#define X(",
      "\\\n",
      "/*",
      "*/",
      '"',
      "'",
      "#if 0\n",
      "#endif\n",
      "printk(",
      "SYSCALL_DEFINE3(",
      "{",
      "}",
      "((",
    ],
    (input) => {
      scanSource("kernel/a.c", input);
      scanSource("arch/x86/a.S", input);
    },
  ),
  text(
    "printk formats",
    ["%s: %d at %pS in %pI4 %*ph\n", "unable to handle %s at %016lx"],
    ["%", "%%", "%*", "%p", "%.*s", "\\n", "%-08llx"],
    (input) => {
      const [format = "", line = ""] = input.split("\n", 2);
      const parsed = parseFormat(format);
      for (const one of parsed.lines) fitLine(one, line, 0, ["lumen"]);
      wordsOfText(input);
    },
  ),
  text(
    "MAINTAINERS",
    ["SCHEDULER\nM:\tAda <ada@example.org>\nF:\tkernel/sched/\nF:\tinclude/*/sched*.h\nN:\tsched[^a]\n"],
    ["F:\t", "*", "?", "[", "M:\t", "\n\n"],
    (input) => {
      new MaintainersFile(input).maintainersOf("kernel/sched/fair.c");
    },
  ),
  bytes(
    "changed file",
    [Buffer.from(`${CHANGED_FILE("a")}${CHANGED_FILE("!a")}`)],
    ["\n", "}\n", "\tx();\n", "int foo(void)\n{\n", "out:\n", "\0", "\r\n"],
    (input) => {
      const finder = new TouchFinder();
      const half = input.length >> 1;
      finder.symbols(input.subarray(0, half), input.subarray(half));
    },
  ),
  bytes(
    "tar",
    [
      makeTar([
        { path: "a/b.c", content: "x".repeat(600) },
        { path: "l", type: "2", target: "a" },
      ]),
      makeTar([
        { path: "p", type: "x", content: "30 path=x\n12 size=3\n" },
        { path: "q", content: "abc" },
      ]),
    ],
    ["\0", "0000644", "ustar\0", "../", "11 path=a\n"],
    (input) => {
      const parser = new TarParser({
        entry: (entry) => safePath(entry.path) !== "",
        data: () => {},
        end: () => {},
      });
      for (let at = 0; at < input.length; at += 700) parser.push(input.subarray(at, at + 700));
      parser.close();
    },
  ),
  bytes("ar", [AR()], ["!<arch>\n", "`\n", "data.tar", "99999999999 "], (input) => readAr(input)),
  bytes("stored lists", [Buffer.from([1, 2, 0x80, 1, 3])], ["\x7f", "\x80"], (input) => {
    for (const _ of readVarints(input));
    unpackTouched(input);
  }),
  text("output", ["a\x1b[31m\u202e\u200b\n"], ["\x1b", "\u{e0041}", "\u0085", "\ud800"], (input) => {
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(sanitize(input).replaceAll("\t", "")))
      throw new Error("something got out");
    if (JSON.parse(jsonText(input)) !== input) throw new Error("JSON that says something else");
  }),
];

/** Seeds with pieces taken out, doubled, moved, overwritten, or put in. */
export function mutations({ seeds, words }: Parser): fc.Arbitrary<Buffer> {
  const edit = fc.record({
    kind: fc.constantFrom("cut", "double", "word", "byte", "join"),
    at: fc.nat(1_000_000),
    length: fc.integer({ min: 1, max: 80 }),
    word: fc.constantFrom(...words),
    byte: fc.nat(255),
  });
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 12 }))
    .map(([seed, edits]) => edits.reduce((input, one) => edited(input, one, seed), seed));
}

function edited(
  input: Buffer,
  edit: { kind: string; at: number; length: number; word: string; byte: number },
  seed: Buffer,
): Buffer {
  const at = edit.at % (input.length + 1);
  const [head, tail] = [input.subarray(0, at), input.subarray(at)];
  switch (edit.kind) {
    case "cut":
      return Buffer.concat([head, tail.subarray(edit.length)]);
    case "double":
      return Buffer.concat([head, tail.subarray(0, edit.length), tail]);
    case "word":
      return Buffer.concat([head, Buffer.from(edit.word), tail]);
    case "byte":
      return Buffer.concat([head, Buffer.from([edit.byte]), tail.subarray(1)]);
    default:
      return Buffer.concat([head, seed.subarray(at % (seed.length + 1))]).subarray(0, 20_000);
  }
}

/** Reads an input; a KfixError is an answer, everything else a bug. */
export async function readSafely({ read }: Parser, input: Buffer): Promise<void> {
  try {
    await read(input);
  } catch (error) {
    if (!(error instanceof KfixError)) throw error;
  }
}

function text(
  name: string,
  seeds: readonly string[],
  words: readonly string[],
  read: (input: string) => unknown,
): Parser {
  return {
    name,
    seeds: seeds.map((seed) => Buffer.from(seed)),
    words,
    read: (input) => read(input.toString("utf8")),
  };
}

function bytes(
  name: string,
  seeds: readonly Buffer[],
  words: readonly string[],
  read: (input: Buffer) => unknown,
): Parser {
  return { name, seeds, words, read };
}

async function readAr(input: Buffer): Promise<void> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < input.length; at += 50) yield input.subarray(at, at + 50);
  }
  for await (const _ of memberOfPackage(pieces(), "data.tar"));
}

function COMMIT(): string {
  return `sched: Fix race between a and b

commit 1234567890abcdef1234567890abcdef12345678 upstream.

BUG: unable to handle kernel NULL pointer dereference at 0000000000000078
IP: [<ffffffff81000000>] pick_next_task_fair+0x6b8/0x820

This was introduced by commit deadbeefcafe ("sched: Something").

Fixes: deadbeefcafe ("sched: Something")
Reported-by: syzbot+0123456789abcdef0123@syzkaller.appspotmail.com
Cc: stable@vger.kernel.org # 3.10+
Signed-off-by: A B <a@example.org>
`;
}

function CHANGELOG(): string {
  return `linux (3.16.7-2) jessie; urgency=medium

  * New upstream stable update:
    https://www.kernel.org/pub/linux/kernel/v3.x/ChangeLog-3.16.7
    - net: lumen: The fix of the ring (CVE-2031-20001)
    - Revert "aio: something"

  [ Ben ]
  * [x86] sched: Fix race

 -- A B <a@example.org>  Sat, 01 Nov 2014 00:00:00 +0000
`;
}

function RPM_CHANGELOG(): string {
  return `* Tue Jan 02 2024 A B <a@example.org> [5.14.0-400.el9]
- net: lumen: The fix of the ring (A B) [RHEL-1] {CVE-2031-20001}
* Mon Jan 01 2024 A B <a@example.org> - 5.14.0-399.el9
- sched: Fix race [1234567]
`;
}

function ANNOUNCEMENT(): string {
  return `From bippy Mon Sep 17 00:00:00 2001
Subject: CVE-2031-20001: net: lumen: The fix

In the Linux kernel, the following vulnerability has been resolved:

net: lumen: The fix

The Linux kernel CVE team has assigned CVE-2031-20001 to this issue.

The file(s) affected by this issue are:
\tdrivers/net/lumen.c
`;
}

function C_SOURCE(): string {
  return `#include <linux/kernel.h>
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#define X(a, b) \\
	printk(KERN_ERR a b)
/* a comment */
static int __init foo_bar(struct a *a, int b) // another
{
	if (b > 'x')
		pr_err("unable to %s at %016lx" "\\n", a->name, (long)b);
	dev_warn(a->dev, "one "
		 "two %d\\n", b);
	return X("q", "r");
}
SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)
{
	return 0;
}
`;
}

function CHANGED_FILE(condition: string): string {
  return `static int foo(int a)\n{\n\tif (${condition})\n\t\treturn 1;\nout:\n\treturn a;\n}\n`;
}

function AR(): Buffer {
  const member = (name: string, body: string): string =>
    `${name.padEnd(16)}${"0".padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"100644".padEnd(8)}${String(body.length).padEnd(10)}\`\n${body}${body.length % 2 ? "\n" : ""}`;
  return Buffer.from(
    `!<arch>\n${member("debian-binary", "2.0\n")}${member("control.tar", "abc")}${member("data.tar", "x".repeat(100))}`,
  );
}
