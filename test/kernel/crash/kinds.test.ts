import { describe, expect, test } from "vitest";
import { parseCrashes } from "../../../kernel/crash/parse.ts";
import { CARRIERS, KERNEL } from "./dressers.ts";
import { KIND_LOGS } from "./kind-logs.ts";

describe.each(KIND_LOGS)("%s: %s", (kind, title, log) => {
  test("bare", () => {
    const [crash, ...more] = parseCrashes(log);
    expect(crash).toMatchObject({ kind, title, corrupted: false });
    expect(more).toEqual([]);
  });
  test("in syslog, by one task", () => {
    const dressed = CARRIERS.syslog?.(KERNEL["printk caller, task"]?.(log) ?? "") ?? "";
    const [crash, ...more] = parseCrashes(dressed);
    expect(crash).toMatchObject({
      kind,
      title,
      corrupted: false,
      signature: parseCrashes(log)[0]?.signature,
    });
    expect(more).toEqual([]);
  });
});

test("every kind has a log", () => {
  const kinds = ["null-deref", "other", ...KIND_LOGS.map(([kind]) => kind)];
  expect([...new Set(kinds)].sort()).toHaveLength(30);
});

test("a lockdep headline whose report was lost keeps its kind", () => {
  const [crash] = parseCrashes(
    "[ INFO: possible circular locking dependency detected ]\n3.0.0-rc7+ #1\nlockdeptest.sh/3464 is trying",
  );
  expect(crash).toMatchObject({
    kind: "deadlock",
    title: "INFO: possible circular locking dependency detected",
    corrupted: true,
  });
});

test.each([
  [
    [
      "dump_stack+0x10e/0x1a0",
      "print_circular_bug+0xae/0xbc",
      "check_noncircular+0x15/0x20",
      "one_sleeper+0x1/0x2",
    ],
    "possible deadlock in one_sleeper",
  ],
  [
    ["dump_stack_lvl+0xab/0xe0", "print_report+0xce/0x650", "kasan_report+0xce/0x100", "memcmp+0x176/0x1d0"],
    "KASAN: bad-access in memcmp",
  ],
])("of a quoted trace that begins with who reports, somebody else is blamed: %#", (frames, title) => {
  expect(parseCrashes(`Call Trace:\n ${frames.join("\n ")}\n`)[0]?.title).toBe(title);
});

test("a trace's heading that is printed twice is one", () => {
  const log = [
    "Call trace:",
    "task:modprobe        state:D stack:    0 pid: 2321 ppid:  1091 flags:0x00004002",
    "Call Trace:",
    " <TASK>",
    " __schedule+0x2d6/0x960",
    " schedule+0x69/0xf0",
    " msleep+0x2d/0x40",
    " napi_disable+0x2b/0x80",
  ];
  expect(parseCrashes(log.join("\n")).map((crash) => crash.title)).toEqual(["INFO: task hung in msleep"]);
});
