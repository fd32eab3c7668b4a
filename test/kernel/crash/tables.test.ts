import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANCHORS, mayBeHeadline } from "../../../kernel/crash/anchors.ts";
import { ARCHITECTURE_MARKS, architectureOf } from "../../../kernel/crash/architecture.ts";
import { FRAME_FORMS, parseFrame } from "../../../kernel/crash/call-trace.ts";
import { alternativesOf, CRASH_TEXT, isCrashText } from "../../../kernel/crash/crash-text.ts";
import { CRASH_TEXT_NEEDS, crashTextOf } from "../../../kernel/crash/crash-text-within.ts";
import { ADDRESS_FORMS, readFaultAddress } from "../../../kernel/crash/fault-address.ts";
import { FRAGMENTS, fragmentKind } from "../../../kernel/crash/fragments.ts";
import { HEADERS, readHeadline } from "../../../kernel/crash/headline.ts";
import { POINTER_FORMS, parseInstructionPointer } from "../../../kernel/crash/instruction-pointer.ts";
import { KINDS, NO_CRASH } from "../../../kernel/crash/kinds.ts";
import { requiredText } from "../../../kernel/crash/required-text.ts";
import { parseTaint, TAINTS } from "../../../kernel/crash/taint.ts";
import { WordFinder } from "../../../kernel/crash/word-finder.ts";

describe("kinds", () => {
  test.each(KINDS.map((row) => [row.example, row] as const))("%s", (example, row) => {
    expect(readHeadline(example, true)?.rows).toContain(row);
    expect(example).toContain(requiredText(row.says));
    expect(mayBeHeadline(example)).toBe(true);
  });
  test.each(NO_CRASH)("no crash: $example", ({ pattern, example }) => {
    expect(example).toMatch(pattern);
    expect(example).toContain(requiredText(pattern));
    expect(readHeadline(example, true)).toBeUndefined();
  });
  test("every header has an anchor in it, or no scanner would find it", () => {
    expect(HEADERS.filter((header) => !ANCHORS.some((anchor) => header.includes(anchor)))).toEqual([]);
  });
});

describe("forms of frames", () => {
  test.each(FRAME_FORMS)("$architectures: $example", ({ example }) => {
    expect(parseFrame(example.trim())?.function).toMatch(/^[a-z_]\w+$/);
  });
});

describe("forms of the instruction pointer", () => {
  test.each(POINTER_FORMS)("$architecture: $example", ({ example, pattern }) => {
    expect(example).toMatch(pattern);
    expect(parseInstructionPointer(example)?.symbol?.function).toMatch(/^[a-z_]\w+$/);
  });
});

describe("addresses", () => {
  test.each(ADDRESS_FORMS)("$printedBy", ({ example }) => {
    expect(readFaultAddress([example], "page-fault")).toMatch(/^0x[0-9a-f]+$/);
  });
});

describe("marks of architectures", () => {
  test.each(ARCHITECTURE_MARKS)("$arch: $example", ({ arch, example, beside }) => {
    const lines = [example, ...(beside === undefined ? [] : [beside.example])];
    expect(architectureOf(lines, undefined)).toBe(arch);
  });
});

describe("sorts of lines", () => {
  test.each(CRASH_TEXT)("$name: $example", ({ example, pattern }) => {
    expect(example).toMatch(pattern);
    expect(isCrashText(example)).toBe(true);
    const text = `prose above\n${example}\nprose below`;
    expect(text.split("\n").map(crashTextOf(text) ?? (() => false))).toEqual([false, true, false]);
  });
  test("what a text is looked through for is known of every pattern", () => {
    expect(CRASH_TEXT_NEEDS).not.toContain("");
    expect(CRASH_TEXT_NEEDS).toEqual(
      expect.arrayContaining(["+0x", "kernel BUG at", "is trying to ", "[inline]"]),
    );
    expect(alternativesOf(/^a(?:b|c)[|\]]|d\|e\(|f/)).toEqual(["^a(?:b|c)[|\\]]", "d\\|e\\(", "f"]);
  });
  test("lines of a text are told as each by itself", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...CRASH_TEXT.map(({ example }) => example),
        "prose, of a paragraph",
        "vfs_read+0x1 {-.+.}",
      ),
      fc.constantFrom(...CRASH_TEXT_NEEDS),
      fc.string({ maxLength: 8 }),
    );
    const line = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(" "));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (parts) => {
        const lines = parts.join("\n").split("\n");
        expect(lines.map(crashTextOf(lines.join("\n")) ?? (() => false))).toEqual(lines.map(isCrashText));
      }),
    );
  });
  test.each([
    "The function pick_next_task_fair() returns NULL when the queue is empty.",
    "Fix this by taking the lock before list_del().",
    "Cc: stable@vger.kernel.org # 3.10+",
    "Signed-off-by: A Developer <dev@example.org>",
  ])("prose: %s", (line) => {
    expect(isCrashText(line)).toBe(false);
  });
});

describe("crashes without a headline", () => {
  test.each(FRAGMENTS)("$title: $example", (row) => {
    expect(row.example).toMatch(row.says);
    expect(fragmentKind([row.example, " [<ffffffff8104ee4a>] some_function+0x7a/0xb0"])).toBe(row);
  });
});

test("every flag of admin-guide/tainted-kernels.rst, but G, and of Red Hat's kernels is explained", () => {
  expect([...TAINTS.keys()].sort().join("")).toBe("ABCDEFHIJKLMNOPRSTUWXhtu");
});

describe("the search for words", () => {
  const letters = ["a", "b", "B", "["];
  test.each([2, 3])("of %i characters or more finds what includes() finds", (minLength) => {
    const texts = fc.string({ unit: fc.constantFrom(...letters, " "), maxLength: 30 });
    const words = fc.array(
      fc.string({ unit: fc.constantFrom(...letters), minLength, maxLength: minLength + 2 }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(words, texts, (some, text) => {
        const finder = new WordFinder(some);
        const expected = some.flatMap((word, index) => (text.includes(word) ? [index] : []));
        expect(finder.find(text)).toEqual(expected);
        expect(finder.test(text)).toBe(expected.length > 0);
      }),
    );
  });
  test.each(["ab", "abc", "abcdef"])("finds %s wherever it stands in a long text", (word) => {
    const finder = new WordFinder([word]);
    for (let before = 65_525; before < 65_545; before++)
      expect(finder.test(`${" ".repeat(before)}${word} `), `behind ${before} characters`).toBe(true);
  });
  test.each([
    [/BUG: {0,3}able (?:to|not) handle/, " handle"],
    [/^a{0,3}bc\.c:\d+ (?:x)?yz/, "bc.c:"],
    [/one|two/, ""],
    [/[abc]defg?/, "def"],
    [/NULL/i, ""],
  ])("%s must hold %j", (pattern, text) => {
    expect(requiredText(pattern)).toBe(text);
  });
});

test.each([
  ["Pid: 1234, comm: ping Not tainted (2.6.32-5-686 #1)", ""],
  ["CPU: 0 PID: 96 Comm: krfcommd Tainted: G        W  O 3.10.40 #12", "WO"],
  ["Tainted: [W]=WARN", "W"],
  ["Tainted: [E]=UNSIGNED_MODULE, [O]=OOT_MODULE, [D]=DIE", "EOD"],
  ["Tainted: G            -------------- T 3.10.0-229.el7.x86_64", "T"],
  ["Tainted: G           --L------------    2.6.32-642.el6.x86_64", "L"],
  ["Tainted: G        W IOE    --------- -t - 4.18.0-240.el8.x86_64", "WIOEt"],
  ["Hardware name: Bochs", undefined],
])("taint of %s", (line, flags) => {
  expect(parseTaint(line)).toBe(flags);
});
