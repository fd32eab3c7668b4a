import { describe, expect, test } from "vitest";
import { compareVersions, parseVersion, releaseOfTag } from "../../kernel/version.ts";

describe("a version's series", () => {
  test.each([
    ["v3.18-rc3", "3.18"],
    ["2.6.32.61", "2.6.32"],
    ["v2.6.12-rc2", "2.6.12"],
    ["3.16.7-ckt25", "3.16"],
    ["4.4.0-21-generic", "4.4"],
    ["2.6.40.3", "3.0"],
  ])("%s is of %s", (text, series) => {
    expect(parseVersion(text)?.series).toBe(series);
  });
});

test("versions are in the order in which they came out", () => {
  const order = [
    "2.6.39",
    "2.6.39.4",
    "3.0-rc1",
    "3.0",
    "3.16.7",
    "3.16.7-ckt25",
    "3.16.8",
    "3.18-rc3",
    "3.18",
    "3.18.1",
    "6.1",
  ];
  const sorted = [...order].reverse().sort((a, b) => {
    const [left, right] = [parseVersion(a), parseVersion(b)];
    return left && right ? compareVersions(left, right) : 0;
  });
  expect(sorted).toEqual(order);
});

describe("tags", () => {
  test.each([
    ["v3.18", "mainline"],
    ["v2.6.32", "mainline"],
    ["v3.18-rc3", "rc"],
    ["v2.6.32.5", "stable"],
    ["v3.16.7-ckt25", "vendor"],
    ["v3.1-hisi", undefined],
    ["v2.6.16.29-rc1", undefined],
    ["release-3.18", undefined],
  ])("%s is %s", (tag, kind) => {
    expect(releaseOfTag(tag)?.kind).toBe(kind);
  });
});
