import { expect, test } from "vitest";
import { wordsOf } from "../../kernel/words.ts";

test.each([
  ["pick_next_task_fair", ["pick_next_task_fair", "pick", "next", "task", "fair"]],
  ["the Linux kernel is a kernel", []],
  ["NULL pointer, dereferenced", ["null", "pointer", "dereferenced"]],
  ["at 0x78 or ffffffff810a3e18", []],
  ["commit 7b21fddd08 broke e1000e", ["broke", "e1000e"]],
  ["0x 0xfg 4711 4711s deadbee deadbeef1 decade", ["0xfg", "4711s", "deadbee", "decade"]],
  ["_the_0x78_a_irq__", ["_the_0x78_a_irq__", "irq"]],
  ["__ _x x_ a", ["__", "_x", "x_"]],
])("%s", (text, words) => expect([...wordsOf(text)]).toEqual(words));
