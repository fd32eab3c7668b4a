import fc from "fast-check";
import { expect, test } from "vitest";
import { type ListedWord, MessageWords, readWholeLines } from "../../cache/message-words.ts";
import { readRising } from "../../cache/varint.ts";
import { parseFormat, wordsOfLine } from "../../kernel/source/format.ts";

const VOCABULARY = ["failed", "to", "register", "ring", "is", "full", "no", "memory", "eth0", "link"];
const someLine = fc.array(fc.constantFrom("%s", "%d", ...VOCABULARY), { maxLength: 6 });
const someFormats = fc.array(
  fc
    .array(someLine, { minLength: 1, maxLength: 3 })
    .map((lines) => lines.map((one) => one.join(" ")).join("\n")),
  { maxLength: 20 },
);

function listed(formats: readonly string[]): ReadonlyMap<string, ListedWord> {
  const words = new MessageWords();
  for (const format of formats) words.add(format);
  return words.finish();
}

/** As whoever looks a text up asks: the lists of its words alone are read. */
function wholeIn(words: ReadonlyMap<string, ListedWord>, text: ReadonlySet<string>): number[] {
  const known = [...text].flatMap((word) => words.get(word) ?? []);
  const worth = new Map(known.map(({ number }) => [number, 1]));
  return known.flatMap(({ lines }) => readWholeLines(lines, worth).map(({ id }) => id));
}

test("the messages with a line all of whose words are in a text are those that its words list, once a line", () => {
  const someText = fc.uniqueArray(fc.constantFrom(...VOCABULARY)).map((words) => new Set(words));
  fc.assert(
    fc.property(someFormats, someText, (formats, text) => {
      const expected = formats.flatMap((format, at) =>
        parseFormat(format)
          .lines.map(wordsOfLine)
          .filter((words) => words.size > 0 && [...words].every((word) => text.has(word)))
          .map(() => at + 1),
      );
      const sorted = wholeIn(listed(formats), text).sort((a, b) => a - b);
      expect(sorted).toEqual(expected);
    }),
  );
});

test("a line is listed under the word that the fewest messages have, and worth what its other words are", () => {
  const words = listed(["failed to register ring\n", "failed to register\n", "failed to link\n", "failed\n"]);
  const ring = words.get("ring");
  const worth = new Map(
    ["failed", "to", "register"].map((word, at) => [words.get(word)?.number ?? -1, 10 ** at]),
  );
  expect(readWholeLines(ring?.lines ?? new Uint8Array(), worth)).toEqual([{ id: 1, worth: 111 }]);
  expect(words.get("to")?.lines).toHaveLength(0);
});

test("a word knows the messages that have it, in order, and how many they are", () => {
  const words = listed(["ring is full\n", "no memory\nno ring\n", "%d rings\n"]);
  const ring = words.get("ring");
  expect([ring?.held, Array.from(readRising(ring?.messages ?? new Uint8Array()))]).toEqual([2, [1, 2]]);
});
