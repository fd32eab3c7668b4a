import fc from "fast-check";
import { expect, test } from "vitest";
import { WordCounter } from "../../cache/word-counter.ts";
import { wordsOf } from "../../kernel/words.ts";

/** Texts that repeat themselves, with what borders on words: upper case, `_`, numbers, other alphabets, blanks. */
const TEXT = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "pick_next_task",
        "the",
        "0x78",
        "NULL",
        "e1000e",
        "_",
        "a",
        "İstanbul",
        "straße",
        "\n",
        "__a__b",
      ),
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.stringMatching(/^\w{60,70}$/),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(" "));

test("counts what the words of a text are, text after text", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(TEXT, TEXT), { maxLength: 6 }), (messages) => {
      const numbers = new Map<string, number>();
      const counter = new WordCounter((word) => {
        const number = numbers.get(word) ?? numbers.size;
        numbers.set(word, number);
        return number;
      });
      for (const [subject, prose] of messages) {
        const bytes = Buffer.from(subject + prose, "utf8");
        const middle = Buffer.byteLength(subject);
        counter.add(bytes, 0, middle, true);
        counter.add(bytes, middle, bytes.length, false);
        const counted = new Map<number, [count: number, inSubject: boolean]>();
        counter.take((word, count, inSubject) => counted.set(word, [count, inSubject]));
        const subjectWords = [...wordsOf(subject)];
        const words = [...subjectWords, ...wordsOf(prose)];
        expect(counted.size).toBe(new Set(words).size);
        for (const word of words) {
          const count = words.filter((other) => other === word).length;
          expect(counted.get(numbers.get(word) ?? -1)).toEqual([count, subjectWords.includes(word)]);
        }
      }
    }),
  );
});

test("knows ten thousands of tokens apart", () => {
  const names = Array.from({ length: 60_000 }, (_, n) => `symbol${n.toString(36)}x`);
  const seen: string[] = [];
  const counter = new WordCounter((word) => seen.push(word) - 1);
  for (let round = 0; round < 2; round++)
    for (const name of names) counter.add(Buffer.from(name), 0, name.length, false);
  const counts: number[] = [];
  counter.take((_, count) => counts.push(count));
  expect(seen).toEqual(names);
  expect(new Set(counts)).toEqual(new Set([2]));
});
