import { expect, test } from "vitest";
import { WORD_SCALE } from "../../cache/inverted-list.ts";
import { type CountedWords, MessageWords } from "../../cache/message-words.ts";
import { SEGMENT_SIZE } from "../../cache/schema.ts";

/** Which words each commit has, as the one who writes reads it. */
function read(batches: readonly CountedWords[]): string[][] {
  let words: string[] = [];
  return batches.flatMap(({ restart, fresh, notes, kinds }) => {
    if (restart) words = [];
    words.push(...fresh);
    let at = 0;
    return Array.from(kinds, (kind) => {
      const own = [...notes.subarray(at, at + kind)];
      at += kind;
      return own.map((note) => `${words[Math.floor(note / WORD_SCALE)]} ${note % WORD_SCALE}`);
    });
  });
}

test("tells a word once, and how often and where each commit has it", () => {
  const words = new MessageWords();
  words.add("lumen: free ring", "free ring free free free buffer");
  words.add("lumen: stop", "");
  const first = words.take();
  words.add("ring", "stop new");
  const second = words.take();
  expect([first.restart, second.restart]).toEqual([true, false]);
  expect(first.fresh).toEqual(["lumen", "free", "ring", "buffer", "stop"]);
  expect(second.fresh).toEqual(["new"]);
  expect(read([first, second])).toEqual([
    ["lumen 4", "free 7", "ring 5", "buffer 0"],
    ["lumen 4", "stop 4"],
    ["ring 4", "stop 0", "new 0"],
  ]);
  expect([...first.lengths, ...second.lengths]).toEqual([9, 2, 3]);
});

test("begins anew when it has learned for long", () => {
  const words = new MessageWords();
  for (let count = 0; count < SEGMENT_SIZE; count++) words.add("ring", "");
  const first = words.take();
  words.add("new ring", "");
  const second = words.take();
  expect(second).toMatchObject({ restart: true, fresh: ["new", "ring"] });
  expect(read([first, second]).at(-1)).toEqual(["new 4", "ring 4"]);
});
