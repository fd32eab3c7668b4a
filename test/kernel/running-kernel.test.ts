import { describe, expect, test } from "vitest";
import { DISTRIBUTIONS } from "../../kernel/distro/distributions.ts";
import { identifyKernel } from "../../kernel/running-kernel.ts";

describe("a distribution's kernel", () => {
  const examples = DISTRIBUTIONS.flatMap((row) => row.examples.map((example) => ({ row, ...example })));
  test.each(examples.map((example) => [example.row.name, example.text, example] as const))(
    "%s: %s",
    (_name, text, example) => {
      const kernel = identifyKernel(text);
      expect(kernel).toMatchObject({
        distro: example.row.id,
        upstream: example.upstream,
        backportsHidden: example.row.number === "hidden",
      });
      if (example.package !== undefined) expect(kernel.package).toBe(example.package);
      if (example.upstream === undefined) expect(kernel.missing?.how).toBe(example.row.how);
    },
  );
});

describe("a kernel of one's own", () => {
  test.each([
    ["6.6.8", "6.6.8", false],
    ["v3.18-rc3", "3.18-rc3", false],
    ["6.7.0-rc3-next-20231124", "6.7-rc3", true],
    ["3.1.0-rc9-00085-ge9308cf", "3.1-rc9", true],
    ["6.1.55+", "6.1.55", false],
    ["6.1.55-mybox", "6.1.55", false],
    ["2.6.32.61", "2.6.32.61", false],
    ["3.16.7-ckt25", "3.16.7-ckt25", false],
    ["Linux version 5.4.0 (me@box) (gcc) #1 SMP Mon Jan 1 00:00:00 UTC 2024", "5.4", false],
  ])("%s is %s", (text, upstream, past) => {
    expect(identifyKernel(text)).toMatchObject({ upstream, pastItsNumber: past, distro: undefined });
  });
});

test("Android builds its kernels past their number, too", () => {
  expect(identifyKernel("5.15.110-android13-4-00123-g0123456789ab-ab10234567")).toMatchObject({
    upstream: "5.15.110",
    pastItsNumber: true,
  });
});

test("what a crash log says behind the release counts as uname -v does", () => {
  expect(identifyKernel({ release: "3.16.0-4-amd64", build: "#1 Debian 3.16.36-1+deb8u2" })).toMatchObject({
    upstream: "3.16.36",
    package: "3.16.36-1+deb8u2",
  });
});

test("what is no kernel is nothing", () => {
  expect(identifyKernel("hello")).toMatchObject({
    series: undefined,
    upstream: undefined,
    missing: undefined,
  });
});
