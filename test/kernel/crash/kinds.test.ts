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
