import { expect, test } from "vitest";
import { wordsOf } from "../../kernel/words.ts";

test.each([
  ["pick_next_task_fair", ["pick_next_task_fair", "pick", "next", "task", "fair"]],
  ["the Linux kernel is a kernel", []],
  ["NULL pointer, dereferenced", ["null", "pointer", "dereferenced"]],
  ["at 0x78 or ffffffff810a3e18", []],
  ["commit 7b21fddd08 broke e1000e", ["broke", "e1000e"]],
])("%s", (text, words) => expect([...wordsOf(text)]).toEqual(words));
