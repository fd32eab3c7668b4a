import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "../../kernel/shell-word.ts";

test.each([
  "/srv/linux.git",
  "a b",
  "it's",
  "$(touch owned) `touch owned` $HOME",
  'a;b|c&d>e<f*g?h~i#j!k\\l"m',
  "",
])("a shell reads one word as it was: %j", (text) => {
  const { stdout } = spawnSync("sh", ["-c", `printf '[%s]' ${shellWord(text)}`], { encoding: "utf8" });
  expect(stdout).toBe(`[${text}]`);
});

test("what needs no quotes has none; a line cannot be made two", () => {
  expect(shellWord("/srv/linux-6.1.git")).toBe("/srv/linux-6.1.git");
  expect(shellWord("a\nb\0c")).toBe("'a b c'");
});
