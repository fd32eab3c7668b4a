import { describe, expect, test } from "vitest";
import { TouchFinder } from "../../../kernel/diff/touched.ts";

const finder = new TouchFinder();

function touched(old: string, now: string): string[] | undefined {
  return finder.symbols(Buffer.from(old), Buffer.from(now));
}

const FILE = `#include <linux/foo.h>

struct rq {
	int nr;
};

/*
 * old words
 */
static void foo(int a)
{
	old();
	if (a)
		goto out_unlock;
	middle();
out_unlock:
	behind();
}

static int bar(void)
{
	return 0;
}
`;

describe("the symbols that a change touches", () => {
  test.each<[string, (text: string) => string, string[]]>([
    ["the one above a changed statement", (text) => text.replace("old()", "new()"), ["foo"]],
    ["the one above a label", (text) => text.replace("behind()", "last()"), ["foo"]],
    ["the one whose label changes", (text) => text.replace("out_unlock:", "out:"), ["foo"]],
    [
      "not the one above a function that is added below it",
      (text) => text.replace("static int bar", "static int baz(void)\n{\n\treturn 0;\n}\n\nstatic int bar"),
      ["baz"],
    ],
    ["the one whose own line changes", (text) => text.replace("bar(void)", "bar(int b)"), ["bar"]],
    [
      "both, when a change reaches from one into the next",
      (text) =>
        text.replace(
          "\tbehind();\n}\n\nstatic int bar(void)\n{\n",
          "\tlast();\n}\nstatic int bar(int b)\n{\n",
        ),
      ["foo", "bar"],
    ],
    ["none, for a comment between functions", (text) => text.replace("old words", "new words"), []],
    ["none, for a prototype", (text) => text.replace("foo.h>\n", "foo.h>\nint bar(void);\n"), []],
    ["the structure above a field", (text) => text.replace("nr;", "nr;\n\tint more;"), ["struct rq"]],
    ["each once", (text) => text.replace("old()", "new()").replace("behind()", "last()"), ["foo"]],
    ["all of a file that is new", () => "", ["struct rq", "foo", "bar"]],
  ])("%s", (_, edit, symbols) => {
    const edited = edit(FILE);
    if (edited === "") {
      expect(touched("", FILE)).toEqual(symbols);
      expect(touched(FILE, "")).toEqual(symbols);
    } else expect(touched(FILE, edited)).toEqual(symbols);
  });

  test("the function above is found above another change", () => {
    const old = `int foo(void)\n{\n${"\tstep();\n".repeat(50)}}\n`;
    const now = old.replace("\tstep();\n", "\tfirst();\n").replace(/\tstep\(\);\n\}/, "\tlast();\n}");
    expect(touched(old, now)).toEqual(["foo"]);
  });

  test("a macro at the beginning of a line touches nothing by itself", () => {
    expect(touched("", 'EXPORT_SYMBOL(foo);\nMODULE_LICENSE("GPL");\n')).toEqual([]);
  });
});

describe("nothing to be told of", () => {
  test("texts that are equal", () => expect(touched(FILE, FILE)).toBeUndefined());
  test("what is no text", () => {
    expect(touched("int foo(void)\n{\n\ta();\n}\n", "\0int foo(void)\n{\n\tb();\n}\n")).toBeUndefined();
    const late = `${"\tx();\n".repeat(2000)}\0\n`;
    expect(touched(`int foo(void)\n{\n${late}}\n`, `int foo(void)\n{\n\ty();\n${late}}\n`)).toEqual(["foo"]);
  });
});

test("bytes that are no UTF-8 are read all the same", () => {
  const text = (word: string) =>
    Buffer.from(`/* \xe4 */\nint foo(void)\n{\n\t${word}("\xff");\n}\n`, "latin1");
  expect(finder.symbols(text("old"), text("new"))).toEqual(["foo"]);
});
