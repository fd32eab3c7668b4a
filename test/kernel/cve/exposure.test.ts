import { describe, expect, test } from "vitest";
import { parseDyad } from "../../../kernel/cve/dyad.ts";
import { exposureOf } from "../../../kernel/cve/exposure.ts";
import { parseVersion } from "../../../kernel/version.ts";

const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((digit) => digit.repeat(40));

const RECORDS = {
  "a bug of mainline, fixed there and in two series": [
    `5.4:${a}:5.10.7:${b}`,
    `5.4:${a}:5.4.90:${c}`,
    `5.4:${a}:5.11:${d}`,
  ],
  "a bug that was itself backported": [`5.15:${a}:5.16:${b}`, `5.10.50:${c}:5.10.80:${d}`],
  "a driver that was removed and came back with its bug": [
    `4.12:${a}:4.18:${b}`,
    `5.8:${c}:6.1.9:${d}`,
    `5.8:${c}:6.3:${e}`,
  ],
  "a bug that no release had": [`6.5:${a}:6.5:${b}`],
  "a series that got the bug and no fix": [`6.2:${a}:6.5:${b}`, `6.1.20:${c}:0:0`],
  "a bug of unknown origin": [`0:0:6.1:${a}`],
} as const;

describe("what a record says of a release", () => {
  test.each<[keyof typeof RECORDS, string, string]>([
    ["a bug of mainline, fixed there and in two series", "5.3.9", "not-affected"],
    ["a bug of mainline, fixed there and in two series", "5.4", "affected"],
    ["a bug of mainline, fixed there and in two series", "5.4.89", "affected"],
    ["a bug of mainline, fixed there and in two series", "5.4.90", "fixed"],
    ["a bug of mainline, fixed there and in two series", "5.9.16", "affected"],
    ["a bug of mainline, fixed there and in two series", "5.10.7", "fixed"],
    ["a bug of mainline, fixed there and in two series", "6.1", "fixed"],
    ["a bug of mainline, fixed there and in two series", "5.11-rc3", "unknown"],
    ["a bug of mainline, fixed there and in two series", "5.4-rc1", "unknown"],
    ["a bug of mainline, fixed there and in two series", "5.12-rc1", "fixed"],
    ["a bug of mainline, fixed there and in two series", "5.9-rc1", "affected"],
    ["a bug that was itself backported", "5.10.49", "not-affected"],
    ["a bug that was itself backported", "5.10.60", "affected"],
    ["a bug that was itself backported", "5.10.80", "fixed"],
    ["a bug that was itself backported", "5.14.21", "not-affected"],
    ["a bug that was itself backported", "5.15.3", "affected"],
    ["a driver that was removed and came back with its bug", "4.14.3", "affected"],
    ["a driver that was removed and came back with its bug", "5.4", "fixed"],
    ["a driver that was removed and came back with its bug", "5.10.2", "affected"],
    ["a driver that was removed and came back with its bug", "6.1.9", "fixed"],
    ["a bug that no release had", "6.5", "fixed"],
    ["a bug that no release had", "6.5-rc7", "unknown"],
    ["a bug that no release had", "6.4.16", "not-affected"],
    ["a series that got the bug and no fix", "6.1.20", "affected"],
    ["a series that got the bug and no fix", "6.1.19", "not-affected"],
    ["a bug of unknown origin", "5.4.2", "affected"],
    ["a bug of unknown origin", "6.2", "fixed"],
  ])("%s, in %s: %s", (record, text, status) => {
    const version = parseVersion(text);
    expect(version && exposureOf(parseDyad(RECORDS[record].join("\n")), version).status).toBe(status);
  });
});
