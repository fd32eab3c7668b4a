import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { main } from "../../cli/main.ts";

/** The help as a terminal of this width shows it. */
async function help(words: readonly string[], columns: number): Promise<string> {
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns });
  const outside = { stdin: process.stdin, stdout, stderr: new PassThrough(), env: {} };
  expect(await main([...words, "--help"], outside)).toBe(0);
  return String(stdout.read());
}

const COMMANDS = [[], ["crash"], ["source"], ["source", "add"], ["check"], ["symbol"], ["completion"]];

test.each(COMMANDS.flatMap((words) => [60, 80, 100, 200].map((columns) => [words, columns] as const)))(
  "kfix %j --help fits %i columns",
  async (words, columns) => {
    const width = Math.min(columns, 100);
    const lines = (await help(words, columns)).split("\n");
    // What is to be typed stands on one line, however long it is.
    const long = lines.filter(
      (line) => line.length > width && !/^ {2}(?:kfix|echo|dmesg|source) /.test(line),
    );
    expect(long.filter((line) => line.trim().includes(" "))).toEqual([]);
  },
);

test("paragraphs are filled: no line of one ends before the next word would not fit", async () => {
  const text = await help(["source", "add"], 80);
  const paragraph = /A source tree is[\s\S]*?\n\n/.exec(text)?.[0].trim().split("\n") ?? [];
  expect(paragraph.length).toBeGreaterThan(2);
  paragraph.slice(0, -1).forEach((line, at) => {
    const next = paragraph[at + 1]?.split(" ")[0] ?? "";
    expect(`${line} ${next}`.length).toBeGreaterThan(80);
  });
});

test("common options are told of every command, and examples of each", async () => {
  for (const words of COMMANDS.slice(1)) {
    const text = await help(words, 80);
    expect(text).toMatch(/--no-color/);
    if (words.join() !== "source") expect(text).toMatch(/Examples:\n {2}\S/);
  }
});
