import { describe, expect, test } from "vitest";
import { CAME_WITH, oldestSeries } from "../../../kernel/crash/oldest-series.ts";
import { parseCrashes } from "../../../kernel/crash/parse.ts";

const frameOf = (name: string) => ({
  function: name,
  offset: undefined,
  size: undefined,
  module: undefined,
  reliable: true,
  inlined: false,
  file: undefined,
  line: undefined,
});

describe("what only later kernels print", () => {
  test.each(CAME_WITH)("$example is of $series", ({ series, frame, example }) => {
    const crash =
      frame === undefined
        ? { frames: [], messages: [example] }
        : { frames: [frameOf(example)], messages: [] };
    expect(oldestSeries(crash)).toBe(series);
  });
});

test("the newest of what a log shows counts", () => {
  const [crash] = parseCrashes(`BUG: kernel NULL pointer dereference, address: 0000000000000008
RIP: 0010:nft_setelem+0x1f/0x90
Call Trace:
 <TASK>
 nft_add+0x12/0x40
 __x64_sys_sendmsg+0x9/0x20
 do_syscall_64+0x3b/0x90
 entry_SYSCALL_64_after_hwframe+0x44/0xae
 </TASK>
`);
  expect(crash && oldestSeries(crash)).toBe("5.2");
});

test("an old kernel's log tells nothing", () => {
  const [crash] = parseCrashes(`BUG: unable to handle kernel NULL pointer dereference at 0000000000000078
IP: [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820
Call Trace:
 [<ffffffff81515a36>] __schedule+0x106/0x700
 [<ffffffff8151a5b2>] system_call_fastpath+0x16/0x1b
`);
  expect(crash && oldestSeries(crash)).toBeUndefined();
});
