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
