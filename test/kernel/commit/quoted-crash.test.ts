import { describe, expect, test } from "vitest";
import { separateQuotes } from "../../../kernel/commit/quoted-crash.ts";

const PROSE = "The timer can fire before the queue is set up, and then dev->queue is NULL.";

describe("what is taken out of the prose", () => {
  test.each([
    ["dmesg's time stamps", ["[   12.345678] lumen 0000:01:00.0: link is down", "[   12.345690] 2.6.39 #1"]],
    ["syslog's prefix", ["Jul 21 11:26:35 bubba lumen: queue stopped", "Jul 21 11:26:35 bubba ,"]],
    ["mail quotes", ["> BUG: unable to handle kernel NULL pointer dereference", "> Call Trace:"]],
    [
      "a list of modules that goes on",
      ["Modules linked in: lumen", "snd_hda_intel i2c_core arc4 mac80211 cfg80211 rfkill"],
    ],
    [
      "registers above the first line that is surely one",
      ["ORIG r0: deadbeef", "RAX: 0000000000000000 RBX: ffff8801d9847008"],
    ],
    [
      "a stack's memory",
      ["dd80: 00000103 c0489800 c02377b4 c005fa34", "dda0: 00000555 c048a00c cf2bdda8 cf2bdda8"],
    ],
    ["a corrupted list", ["list_add corruption. prev->next should be next (c06ea834), but was 00000000."]],
  ])("%s", (_name, log) => {
    const { prose, quotes } = separateQuotes(
      [PROSE, "", ...log, "", "Fix this by cancelling it first."].join("\n"),
    );
    expect(prose.split("\n").filter((line) => line !== "")).toEqual([
      PROSE,
      "Fix this by cancelling it first.",
    ]);
    expect(quotes.join("\n")).toContain(log[0]);
  });
});

describe("what stays", () => {
  test.each([
    [
      "a sentence with an oops in it",
      "This oops happens because lumen_poll() runs before the ring is there.",
    ],
    ["a sentence with a list of functions", "Both lumen_open, lumen_stop and lumen_poll take the lock here."],
    ["a short line", "Fix this."],
  ])("%s", (_name, line) => {
    expect(separateQuotes([line, "", "[   12.345678] Call Trace:"].join("\n")).prose).toContain(line);
  });
});

test("blanks before a log line are read so far as any log has them, and no farther", () => {
  const line = (blanks: number): string => `${" ".repeat(blanks)}kernel: lumen went down`;
  expect(separateQuotes([PROSE, "", line(80), "", PROSE].join("\n")).quotes).toEqual([line(80)]);
  expect(separateQuotes([PROSE, "", line(81), "", PROSE].join("\n")).quotes).toEqual([]);
});

describe("sentences of the kernel's own do not cut a quote in two", () => {
  test.each([
    [
      "where the address is printed",
      [
        "BUG: unable to handle kernel paging request at virtual address 6b6b6b6b",
        " printing eip:",
        "c01cefa7",
        "*pde = 00000000",
      ],
    ],
    [
      "how to silence it",
      [
        "INFO: task kjournald:20558 blocked for more than 120 seconds.",
        '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.',
        "Call Trace:",
        " [<ffffffff81515a36>] jbd_commit+0x106/0x700",
      ],
    ],
    [
      "what it does now",
      [
        "BUG: MAX_STACK_TRACE_ENTRIES too low!",
        "turning off the locking correctness validator.",
        "Pid: 4895, comm: iwlagn Not tainted 2.6.32",
      ],
    ],
    [
      "what happened to a lock",
      [
        "[ INFO: possible irq lock inversion dependency detected ]",
        "ifconfig/567 just changed the state of lock:",
        " (&one_lock){+.+...}, at: [<c0299b4a>] lumen_open+0x1/0x2",
        "but this lock was taken by another, SOFTIRQ-safe lock in the past:",
        " (&other){+.-...}",
        "and interrupts could create inverse lock ordering between them.",
        "other info that might help us debug this:",
      ],
    ],
  ])("%s", (_what, log) => {
    const { quotes } = separateQuotes([PROSE, "", ...log, "", "Fix this."].join("\n"));
    expect(quotes).toEqual([log.join("\n")]);
  });

  test("but an author's sentence behind a line of a log ends it", () => {
    const body = [
      "BUG: unable to handle kernel paging request",
      "because the queue is not there yet.",
      "",
      "Call Trace:",
      " lumen_open+0x1/0x2",
    ];
    expect(separateQuotes(body.join("\n")).quotes).toHaveLength(2);
  });
});
