import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { TouchReader } from "../../../kernel/diff/touched.ts";

const SHA = "7b21fddd087678a70ad64afc0f632e0f1071b092";

function touched(diff: string): Record<string, string[]> {
  const reader = new TouchReader();
  const items = [...reader.push(Buffer.from(`${SHA}\n${diff}`)), ...reader.end()];
  const files = items.flatMap((item) => ("files" in item ? item.files : []));
  return Object.fromEntries(files.map((file) => [file.path, [...file.symbols]]));
}

const file = (path: string, hunks: string): string =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${hunks}`;

describe("the functions that a hunk touches", () => {
  test.each([
    [
      "the one above a changed statement",
      "@@ -12 +12 @@ static void foo(int a)\n-\told();\n+\tnew();\n",
      ["foo"],
    ],
    [
      "not the one above a function that is added below it",
      "@@ -20,0 +21,4 @@ static void foo(int a)\n+static int bar(void)\n+{\n+\treturn 0;\n+}\n",
      ["bar"],
    ],
    [
      "the one whose own line changes",
      "@@ -20 +20 @@ static void foo(int a)\n-static int bar(void)\n+static int bar(int b)\n",
      ["bar"],
    ],
    [
      "both, when a hunk reaches from one into the next",
      "@@ -20,2 +20,3 @@ static void foo(int a)\n-\told();\n-}\n+\tnew();\n+}\n+static int bar(void)\n",
      ["foo", "bar"],
    ],
    ["the one above a label", "@@ -20,0 +21 @@ static void foo(int a)\n+out_unlock:\n", ["foo"]],
    [
      "none, for a comment between functions",
      "@@ -20 +20 @@ static void foo(int a)\n- * old words\n+ * new words\n",
      [],
    ],
    ["none, for a prototype", "@@ -3,0 +4 @@ static void foo(int a)\n+int bar(void);\n", []],
    [
      "the structure above a field",
      "@@ -20,0 +21 @@ struct rq {\n+\tunsigned long nr_switches;\n",
      ["struct rq"],
    ],
    [
      "a line of the file that looks like a header of git's",
      "@@ -12,2 +12,2 @@ static void foo(int a)\n--- a/x\n-\ty();\n+++ b/x\n+\ty();\n",
      ["foo"],
    ],
  ])("%s", (_, hunk, symbols) => {
    expect(touched(file("kernel/a.c", hunk))).toEqual({ "kernel/a.c": symbols });
  });
});

describe("paths", () => {
  test("a deleted file keeps its old name", () => {
    const diff = "diff --git a/old.c b/old.c\n--- a/old.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-int x;\n";
    expect(Object.keys(touched(diff))).toEqual(["old.c"]);
  });
  test("names that git quotes", () => {
    const diff =
      '--- "a/k\\303\\244se \\"x\\".c"\n+++ "b/k\\303\\244se \\"x\\".c"\n@@ -1 +1 @@\n-int x;\n+int y;\n';
    expect(Object.keys(touched(diff))).toEqual(['käse "x".c']);
  });
});

test("chunks may end anywhere", () => {
  const diff = Buffer.from(
    `${SHA}\n${file("a.c", "@@ -12 +12,2 @@ static void foo(int a)\n-\told();\n+\tnew();\n+\tmore();\n")}batch 7\n`,
  );
  fc.assert(
    fc.property(fc.array(fc.nat(diff.length)), (cuts) => {
      const reader = new TouchReader();
      const places = [0, ...cuts.sort((a, b) => a - b), diff.length];
      const items = places.slice(1).flatMap((to, at) => reader.push(diff.subarray(places[at], to)));
      expect(items).toEqual([{ sha: SHA, files: [{ path: "a.c", symbols: ["foo"] }] }, { batch: 7 }]);
    }),
    { numRuns: 200 },
  );
});

test("a path that is no UTF-8 is read all the same", () => {
  const header = '--- "a/kernel/\\377\\376.c"\n+++ "b/kernel/\\377\\303\\251.c"\n';
  expect(touched(`${header}@@ -12 +12 @@ static void foo(int a)\n-\told();\n+\tnew();\n`)).toEqual({
    "kernel/\ufffdé.c": ["foo"],
  });
});

test("a line in many pieces is not joined anew with each of them", () => {
  const reader = new TouchReader();
  const piece = Buffer.from("x".repeat(4096));
  reader.push(Buffer.from(`${SHA}\n${file("a.c", "@@ -1 +1 @@ int foo(void)\n-\told\n+\t")}`));
  const join = vi.spyOn(Buffer, "concat");
  for (let at = 0; at < 1000; at++) reader.push(piece);
  const longest = Math.max(...join.mock.results.map(({ value }) => Buffer.byteLength(value)));
  join.mockRestore();
  expect(longest).toBeLessThan(50_000);
  const items = [...reader.push(Buffer.from("\n@@ -9 +9 @@ int bar(void)\n-\ta\n+\tb\n")), ...reader.end()];
  expect(items).toEqual([{ sha: SHA, files: [{ path: "a.c", symbols: ["foo", "bar"] }] }]);
});
