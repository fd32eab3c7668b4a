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
    fc.property(fc.array(fc.tuple(TEXT, TEXT), { maxLength: 6 }), fc.nat(6), (messages, cut) => {
      const counter = new WordCounter();
      for (const [place, [subject, prose]] of messages.entries()) {
        if (place === cut) counter.words.clear();
        const bytes = Buffer.from(subject + prose, "utf8");
        const middle = Buffer.byteLength(subject);
        counter.add(bytes, 0, middle, true);
        counter.add(bytes, middle, bytes.length, false);
        const subjectWords = [...wordsOf(subject)];
        const expected = new Map<string, [count: number, inSubject: boolean]>();
        for (const word of [...subjectWords, ...wordsOf(prose)])
          expected.set(word, [(expected.get(word)?.[0] ?? 0) + 1, subjectWords.includes(word)]);
        expect(taken(counter)).toEqual(expected);
      }
    }),
  );
});

test("knows ten thousands of tokens apart", () => {
  const names = Array.from({ length: 60_000 }, (_, n) => `symbol${n.toString(36)}x`);
  const counter = new WordCounter();
  for (let round = 0; round < 2; round++)
    for (const name of names) counter.add(Buffer.from(name), 0, name.length, false);
  expect(taken(counter)).toEqual(new Map(names.map((name) => [name, [2, false]])));
});

test("words come in the order of their bytes", () => {
  const token = fc.oneof(fc.stringMatching(/^[a-b0_]{1,9}$/), fc.stringMatching(/^\w{2,30}$/));
  fc.assert(
    fc.property(fc.array(token, { maxLength: 80 }), (tokens) => {
      const counter = new WordCounter();
      const text = tokens.join(" ");
      counter.add(Buffer.from(text), 0, text.length, false);
      const words = Array.from(counter.words.inOrder(), (word) => counter.words.textOf(word));
      expect(words).toEqual([...new Set(wordsOf(text))].sort());
    }),
  );
});

function taken(counter: WordCounter): Map<string, [count: number, inSubject: boolean]> {
  const found = new Map<string, [count: number, inSubject: boolean]>();
  counter.take((word, count, inSubject) => found.set(counter.words.textOf(word), [count, inSubject]));
  return found;
}
