import { describe, expect, test } from "vitest";
import { parseCrashes } from "../../../kernel/crash/parse.ts";
import { likenessOf, sortAlike } from "../../../kernel/fleet/likeness.ts";
import { KIND_LOGS } from "../crash/kind-logs.ts";
import { KASAN, NULL_DEREF, SOFT_LOCKUP, WARNING } from "../crash/logs.ts";

/** Sorts logs by their first crash; gives the places of those that are the same. */
function sorted(logs: readonly string[]): number[][] {
  const items = logs.flatMap((log, at) => {
    const [crash] = parseCrashes(log);
    return crash ? [{ at, likeness: likenessOf(crash) }] : [];
  });
  return sortAlike(items, { likeness: (item) => item.likeness, count: () => 1 })
    .map((cluster) => cluster.map((item) => item.at).sort((a, b) => a - b))
    .sort(([a], [b]) => (a ?? 0) - (b ?? 0));
}

describe("the same crash", () => {
  const again: [string, (log: string) => string][] = [
    ["at other addresses", (log) => log.replace(/ffffffff8\d/g, "ffffffffa1")],
    ["of another build", (log) => log.replace(/\+0x(\w+)\/0x(\w+)/g, "+0x1$1/0x1$2")],
    ["with a clone of the compiler", (log) => log.replace("tipc_node_timeout+", "tipc_node_timeout.isra.0+")],
    ["on another processor", (log) => log.replace(/CPU: \d+ PID: \d+/g, "CPU: 77 PID: 4242")],
    [
      "with frames left over on the stack",
      (log) => log.replace(/(Call Trace:\n(?: <TASK>\n)?)/, "$1 ? update_load_avg+0x1/0x2\n"),
    ],
    ["at another time", (log) => log.replace(/^/gm, "[  777.123456] ")],
    ["without its last lines", (log) => log.split("\n").slice(0, -4).join("\n")],
  ];
  test.each(again)("%s", (_what, change) => {
    const logs = [NULL_DEREF, KASAN, WARNING, SOFT_LOCKUP];
    expect(sorted([...logs, ...logs.map(change)])).toEqual([
      [0, 4],
      [1, 5],
      [2, 6],
      [3, 7],
    ]);
  });
});

describe("different crashes", () => {
  test("every kind of crash is one of its own", () => {
    const titles = KIND_LOGS.map(([, , log]) => parseCrashes(log)[0]?.title);
    const groups = sorted(KIND_LOGS.map(([, , log]) => log));
    for (const group of groups) expect(new Set(group.map((at) => titles[at])).size).toBe(1);
  });

  const trace = (...names: string[]) =>
    `BUG: unable to handle kernel NULL pointer dereference at 0000000000000008\nIP: [<ffffffff810a3e18>] shared_helper_of_all+0x6/0x82\nCall Trace:\n${names.map((name) => ` [<ffffffff81515a36>] ${name}+0x106/0x700`).join("\n")}\n`;

  test("callers far out tell them apart", () => {
    const [nbd, loop] = [trace("a_create", "b_init", "nbd_setup"), trace("a_create", "b_init", "loop_setup")];
    expect(sorted([nbd, loop])).toEqual([[0], [1]]);
  });

  test("a trace that lost its end goes to the commoner of two that it may be", () => {
    const [one, other] = [
      trace("a_create", "b_init", "nbd_setup"),
      trace("a_create", "b_init", "loop_setup"),
    ];
    expect(sorted([one, other, other, trace("a_create", "b_init")])).toEqual([[0], [1, 2, 3]]);
  });
});

describe("where the processor stood", () => {
  const fault = (place: string) =>
    `BUG: unable to handle kernel NULL pointer dereference at 0000000000000008\nIP: [<ffffffff810a3e18>] ${place}+0x6/0x82\nCall Trace:\n [<ffffffff81515a36>] mutex_lock+0x1/0x2\n [<ffffffff81515a36>] nbd_setup+0x106/0x700\n [<ffffffff81515a37>] nbd_ioctl+0x16/0x70\n`;
  const lockup = (place: string) =>
    `BUG: soft lockup - CPU#1 stuck for 22s! [kworker/1:2:77]\nRIP: 0010:[<ffffffff810a3e18>] ${place}+0x6/0x82\nCall Trace:\n [<ffffffff81515a36>] nbd_setup+0x106/0x700\n [<ffffffff81515a37>] nbd_ioctl+0x16/0x70\n`;

  test.each<[string, string, string, number[][]]>([
    [
      "tells two faults of one caller apart",
      fault("__mutex_lock_slowpath"),
      fault("_raw_spin_lock"),
      [[0], [1]],
    ],
    ["is the same in one crash", fault("_raw_spin_lock"), fault("_raw_spin_lock"), [[0, 1]]],
    ["is another each time in a lockup", lockup("_raw_spin_lock"), lockup("_raw_spin_unlock"), [[0, 1]]],
  ])("%s", (_what, one, other, expected) => {
    expect(sorted([one, other])).toEqual(expected);
  });
});

describe("the line of a check", () => {
  const warning = (line: number, ...callers: string[]) =>
    `WARNING: at kernel/trace/trace.c:${line} update_max_tr_single+0xfa/0x11b()\nModules linked in:\nCall Trace:\n${["warn_slowpath_null", "update_max_tr_single", ...callers].map((name) => ` [<ffffffff81515a36>] ${name}+0x106/0x700`).join("\n")}\n`;

  test.each<[string, string, string, number[][]]>([
    [
      "tells checks apart where callers do not",
      warning(713),
      warning(458, "stop_timing", "do_exit_a"),
      [[0], [1]],
    ],
    [
      "is the same where the trace was lost",
      warning(713),
      warning(713, "stop_timing", "do_exit_a"),
      [[0, 1]],
    ],
    [
      "is another in another kernel, whose callers tell",
      warning(713, "stop_timing", "do_exit_a"),
      warning(458, "stop_timing", "do_exit_a"),
      [[0, 1]],
    ],
  ])("%s", (_what, one, other, expected) => {
    expect(sorted([one, other])).toEqual(expected);
  });
});

describe("a report that names no function", () => {
  const stall = "INFO: rcu_bh detected stalls on CPUs/tasks:";
  const foreign = ["usb 1-1: USB disconnect, device number 5", "hrtimer: interrupt took 12345 ns"];

  test("is the same whatever the machine said behind its headline", () => {
    const logs = [stall, ...foreign.map((line) => `${stall}\n${line}`), [stall, ...foreign].join("\n")];
    expect(sorted(logs)).toEqual([[0, 1, 2, 3]]);
  });

  test("is told from others by the place that it complains of", () => {
    const usage = (place: string) =>
      [
        "[ INFO: suspicious RCU usage. ]",
        "4.3.5+ #8 Not tainted",
        "-------------------------------",
        `${place} suspicious rcu_dereference_check() usage!`,
        "other info that might help us debug this:",
      ].join("\n");
    expect(sorted(["net/core/filter.c:1917", "net/ipv6/ip6_flowlabel.c:544"].map(usage))).toEqual([[0], [1]]);
    expect(sorted(["net/core/filter.c:1917", "net/core/filter.c:1917"].map(usage))).toEqual([[0, 1]]);
  });

  test("is not taken for one of which more is known, by its headline alone", () => {
    const headline = "[ INFO: possible circular locking dependency detected ]";
    const known = [
      headline,
      "swapper/0/1 is trying to acquire lock:",
      " (&one_lock){-.-...}, at: [<ffffffff81515a36>]",
    ];
    expect(sorted([known.join("\n"), headline])).toEqual([[0], [1]]);
  });
});
