import { describe, expect, test } from "vitest";
import { compareDebVersions } from "../../../kernel/distro/deb-version.ts";
import { compareRpmVersions } from "../../../kernel/distro/rpm-version.ts";

/** Each list is in order; every pair of it is compared. */
function pairs(order: readonly string[]): (readonly [string, string, number])[] {
  return order.flatMap((a, i) => order.map((b, j) => [a, b, Math.sign(i - j)] as const));
}

describe("Debian versions", () => {
  test.each(
    pairs([
      "6.1~rc3-1~exp1",
      "6.1-1",
      "6.1.4-1",
      "6.1.4-1+deb12u1",
      "6.1.4-1+deb12u2",
      "6.1.4-1+deb12u10",
      "6.1.76-1~bpo11+1",
      "6.1.76-1",
      "6.1.106-3",
      "6.10.1-1",
      "1:1.0-1",
    ]),
  )("%s and %s", (a, b, sign) => expect(Math.sign(compareDebVersions(a, b))).toBe(sign));

  test("leading zeros do not count, letters come before other characters", () => {
    expect(compareDebVersions("1.01", "1.1")).toBe(0);
    expect(compareDebVersions("1.a", "1.+")).toBeLessThan(0);
    expect(compareDebVersions("1.0", "1.0-0")).toBe(0);
  });
});

describe("RPM versions", () => {
  test.each(
    pairs([
      "3.10.0-957.el7",
      "3.10.0-1160.el7",
      "3.10.0-1160.2.1.el7",
      "4.18.0-513.el8",
      "4.18.0-513.5.1.el8_9",
      "5.14.0~rc1-1",
      "5.14.0-362.el9",
      "5.14.0-362.8.1.el9_3",
      "5.14.0^20210901-1",
      "5.14.0.1-1",
      "1:2.6.0-1",
    ]),
  )("%s and %s", (a, b, sign) => expect(Math.sign(compareRpmVersions(a, b))).toBe(sign));

  test("what only separates does not count, and digits are newer than letters", () => {
    expect(compareRpmVersions("1.0", "1_0")).toBe(0);
    expect(compareRpmVersions("1.0.1", "1.0.a")).toBeGreaterThan(0);
    expect(compareRpmVersions("5.14.0-362", "5.14.0")).toBe(0);
  });
});
