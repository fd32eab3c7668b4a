import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Crash } from "../../../kernel/crash/crash.ts";
import { stripPrefixes } from "../../../kernel/crash/dressing.ts";
import { parseCrashes } from "../../../kernel/crash/parse.ts";
import { PREFIXES } from "../../../kernel/crash/prefixes.ts";
import { addNoise, CARRIERS, cutAtColumn, KERNEL, MARKUP, PLAIN_MARKUP, WRAPPERS, wrap } from "./dressers.ts";
import { ALL, NULL_DEREF } from "./logs.ts";

/** What a dressing must not change. */
function essence(crash: Crash | undefined) {
  if (crash === undefined) return undefined;
  const {
    title,
    kind,
    signature,
    culprit,
    offset,
    size,
    module,
    address,
    kernel,
    pid,
    comm,
    hardware,
    modules,
    frames,
  } = crash;
  const names = frames.map((frame) => `${frame.function}${frame.reliable ? "" : " ?"}`);
  return {
    title,
    kind,
    signature,
    function: crash.function,
    culprit,
    offset,
    size,
    module,
    address,
    kernel,
    pid,
    comm,
    hardware,
    modules,
    names,
  };
}

function expectSame(dressed: string, bare: string) {
  const crashes = parseCrashes(dressed);
  expect(essence(crashes[0]), dressed.slice(0, 600)).toEqual(essence(parseCrashes(bare)[0]));
  expect(crashes).toHaveLength(1);
}

describe("every prefix of the table is taken off its example", () => {
  test.each(PREFIXES.filter((prefix) => prefix.foreign !== true))("$name", ({ example }) => {
    expect(stripPrefixes(example.replaceAll("\\0", "\0"))?.text).toMatch(
      /^(?:Oops: 0000 \[#1\]|BUG: kernel NULL pointer dereference)$/,
    );
  });
  test("lines of other programs are left out", () => {
    expect(stripPrefixes("Nov 12 15:06:31 hello-world sshd[123]: INFO: no crash")).toBeUndefined();
  });
});

describe.each([...ALL])("%s", (_, log) => {
  test.each(Object.entries(KERNEL))("kernel prefix: %s", (_, dress) => expectSame(dress(log), log));
  test.each(Object.entries(CARRIERS))("carrier: %s", (_, dress) => {
    expectSame(dress(log), log);
    expectSame(dress(KERNEL.dmesg?.(log) ?? ""), log);
  });
  test.each(Object.entries(MARKUP))("markup: %s", (_, dress) => expectSame(dress(log), log));
  test.each(Object.entries(PLAIN_MARKUP))("markup of plain text: %s", (_, dress) => {
    for (const kernel of Object.values(KERNEL)) expectSame(dress(kernel(log)), log);
    expectSame(dress(CARRIERS.syslog?.(KERNEL.dmesg?.(log) ?? "") ?? ""), log);
  });
  test.each(Object.entries(WRAPPERS))("wrapped as a whole: %s", (_, dress) => {
    for (const carrier of Object.values(CARRIERS)) expectSame(dress(carrier(log)), log);
  });
  test("all at once, by chance", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(KERNEL)),
        fc.constantFrom(...Object.values(CARRIERS)),
        fc.array(fc.constantFrom(...Object.values(MARKUP)), { maxLength: 2 }),
        (kernel, carrier, markups) => {
          let dressed = carrier(kernel(log));
          for (const markup of markups) dressed = markup(dressed);
          expectSame(dressed, log);
        },
      ),
      { numRuns: 150 },
    );
  });
  test.each([72, 76, 80])("broken at column %i", (column) => {
    expectSame(wrap(column)(log), log);
    expectSame(wrap(column)(KERNEL.dmesg?.(log) ?? ""), log);
    expectSame(MARKUP["mail quote"]?.(wrap(column)(log)) ?? "", log);
  });
  test("other programs' lines in between", () => {
    const syslog = CARRIERS.syslog?.(log) ?? "";
    expectSame(
      addNoise("Nov 12 15:06:31 hello-world sshd[77]: Accepted publickey for root from 192.0.2.1")(syslog),
      log,
    );
  });
});

test.each([80, 100])("cut by a terminal of %i columns, in the middle of words", (columns) => {
  for (const carrier of ["none", "syslog", "journalctl -o short-iso"]) {
    const dressed = CARRIERS[carrier]?.(KERNEL.dmesg?.(NULL_DEREF) ?? "") ?? "";
    const { title, function: place, address, size, kernel } = parseCrashes(NULL_DEREF)[0] ?? {};
    expect(parseCrashes(cutAtColumn(columns)(dressed))[0]).toMatchObject({
      title,
      address,
      size,
      function: place,
      kernel,
    });
  }
});

describe("a report that was broken before it was logged again", () => {
  const broken = [
    "Oops: general protection fault, probably for non-canonical address",
    "0xdffffc0000000001: 0000 [#1] SMP KASAN PTI",
    "KASAN: null-ptr-deref in range",
    "[0x0000000000000008-0x000000000000000f]",
    "RIP: 0010:bpf_msg_pop_data+0x753/0x1a10",
    "Call Trace:",
    " <TASK>",
    " sk_psock_msg_verdict+0x357/0x7f0 [net",
    "33d2647ad4f6d866d41eefff1806df37c68aef0c]",
    " tcp_bpf_sendmsg+0x1/0x2",
  ];
  test.each<[string, string]>([
    ["in syslog", "\n"],
    ["with carriage returns", "\r\n"],
    ["with a blank line behind each", "\n\n"],
  ])("%s", (_what, newline) => {
    const log = broken.map((line) => `Nov 12 15:06:31 web-01 kernel: ${line}`).join(newline);
    const [crash, ...others] = parseCrashes(log);
    expect(others).toEqual([]);
    expect(crash?.title).toBe("general protection fault in bpf_msg_pop_data");
    expect(crash?.frames.map((frame) => [frame.function, frame.module])).toContainEqual([
      "sk_psock_msg_verdict",
      "net",
    ]);
  });
  test("in two places of a fault's first line", () => {
    const log = [
      "general protection fault, probably for non-canonical",
      "address 0xd5e5a4ae79d24a32: 0000 [#1] SMP",
    ];
    const rest = ["RIP: 0010:free_fw_priv+0xd/0x70", "Call Trace:", " release_firmware+0x55/0x80"];
    const stamped = [...log, ...rest].map((line) => `[   12.345678] ${line}`).join("\n");
    expect(parseCrashes(stamped)[0]?.title).toBe("general protection fault in free_fw_priv");
  });
});

test("a prompt in front of the headline does not hide who printed it", () => {
  const log = [
    "root@localhost:~# [   14.851538] BUG: scheduling while atomic: bash/223/0x00000002",
    "[   14.854206] CPU: 0 PID: 223 Comm: bash Not tainted 6.0.0 #21",
    "[   14.855664] Call Trace:",
    "[   14.856915]  __schedule+0xe81/0x13d0",
    "[   14.858798]  schedule+0x6c/0x100",
    "[   14.860373]  do_select+0x596/0x840",
  ];
  for (const prefix of ["", "[   20.000001][  T223] "]) {
    const crashes = parseCrashes(log.map((line) => prefix + line).join("\n"));
    expect(crashes.map((crash) => crash.title)).toEqual(["BUG: scheduling while atomic in do_select"]);
  }
});

test("a headline's path that a terminal cut is whole again, stamped lines too", () => {
  const log = [
    "WARNING: at /home/user/work/linux.git/kernel/trace/tra",
    "ce.c:713 update_max_tr_single+0xfa/0x11b()",
    "Call Trace:",
    " [<c049adb2>] update_max_tr_single+0xfa/0x11b",
    " [<c049e454>] stop_critical_timing+0x154/0x204",
  ];
  const stamped = log.map((line) => `Nov 12 15:06:31 web-01 kernel: ${line}`).join("\n");
  expect(parseCrashes(stamped)[0]?.title).toBe("WARNING in update_max_tr_single");
});

test("a decoded warning has a headline for each function that was inlined", () => {
  const place = "net/bridge/br_multicast.c:718";
  const log = [
    `WARNING: ${place} at br_multicast_port_ngroups_dec ${place} [inline], CPU#0: syz/22043`,
    `WARNING: ${place} at br_multicast_del_pg+0x1bbe/0x1e20 net/bridge/br_multicast.c:825, CPU#0: syz/22043`,
    "CPU: 0 UID: 0 PID: 22043 Comm: syz Not tainted 6.18.0 #0 PREEMPT(full)",
    "RIP: 0010:br_multicast_port_ngroups_dec net/bridge/br_multicast.c:771 [inline]",
    "RIP: 0010:br_multicast_del_pg+0x1bbe/0x1e20 net/bridge/br_multicast.c:825",
    "Call Trace:",
    " <TASK>",
    " br_mdb_del_bulk+0x1/0x2 net/bridge/br_mdb.c:1",
  ];
  for (const prefix of ["", "Nov 12 15:06:31 web-01 kernel: "]) {
    const crashes = parseCrashes(log.map((line) => prefix + line).join("\n"));
    expect(crashes.map((crash) => crash.title)).toEqual(["WARNING in br_multicast_del_pg"]);
  }
});

describe("what stands around a log without times is not a part of its lines", () => {
  const behind = [
    "Initializing cgroup subsys cpuset",
    "Adding 2097148k swap on /dev/sda2.  Priority:-1 extents:1 across:2097148k",
    "ata1.00: configured for UDMA/133",
    "systemd[1]: Started Session 42 of user root.",
  ];
  test.each([
    "BUG: Bad rss-counter state mm:ffff88005fac4300 idx:0 val:15",
    "Kernel panic - not syncing: Corrupt kernel stack, can't continue.",
    "Kernel panic - not syncing: kmem_cache_create(): failed to create slab `size-512'",
    "[  152.002376] INFO: rcu_bh detected stalls on CPUs/tasks:",
    "BUG: spinlock lockup on CPU#1, bash/4396, c52781a0",
  ])("%s", (headline) => {
    const alone = parseCrashes(headline)[0]?.messages[0];
    expect(alone).toBeDefined();
    for (const line of behind) {
      expect(parseCrashes(`${headline}\n${line}`)[0]?.messages[0]).toBe(alone);
      const ahead = "IPv6: ADDRCONF(NETDEV_UP): eth0: link is not ready";
      expect(parseCrashes(`${ahead}\n${line}\n${headline}`)[0]?.messages[0]).toBe(alone);
    }
  });

  test("two lines that are as long as each other by chance were not cut by a terminal", () => {
    const log = [
      "Unable to handle kernel paging request for data at address 0x0000004a",
      "Faulting instruction address: 0xc0000000004d2f1c",
      "cpu 0xe: Vector: 300 (Data Access) at [c000000bec1833a0]",
      "    pc: c0000000004d2f1c: .e1000e_disable_aspm+0xe0/0x150",
      "[c000000bec1836d0] c00000000069b9d8 .e1000_probe+0x84/0xe8c",
      "[c000000bec1837b0] c000000000386d90 .__pci_register_driver_x+0x78/0x8",
    ];
    for (const line of ["", ...behind]) {
      const [crash] = parseCrashes([...log, line].join("\n"));
      expect(crash).toMatchObject({ kind: "null-deref", address: "0x4a" });
      expect(crash?.frames.at(-1)?.size).toBe("0x8");
    }
  });
});

describe("a syslog daemon's broadcast", () => {
  const message = "[  233.001921] Internal error: : 96000210 [#1] SMP";
  const broadcast = `Message from syslogd@host at Jul  7 00:27:08 ...\n kernel:${message}\n`;
  const log = [
    "Jul  7 00:27:08 host kernel: [  233.001042] Unhandled fault: synchronous external abort (0x96000210) at 0xffffff80096c6000",
    `Jul  7 00:27:08 host kernel: ${message}`,
    "Jul  7 00:27:08 host kernel: [  233.004571] CPU: 0 PID: 143 Comm: scsi_eh_1 Not tainted 4.4.167 #1",
    "Jul  7 00:27:08 host kernel: [  233.006631] PC is at ahci_scr_read+0x70/0x98",
  ].join("\n");
  const crash = { title: "Unhandled fault in ahci_scr_read", kind: "machine-check" };

  test.each([
    ["above the log", `${broadcast}${log}`, [3, 6]],
    ["above the log, apart", `${broadcast.replace("\n", "\n\n")}\n${log}`, [5, 8]],
    ["below the log", `${log}\n\n${broadcast}`, [1, 4]],
  ])("%s is not counted twice", (_, text, lines) => {
    expect(parseCrashes(text)).toMatchObject([{ ...crash, lines }]);
  });
  test("without the log is all there is", () => {
    expect(parseCrashes(broadcast)).toMatchObject([{ kind: "other", lines: [2, 2] }]);
  });
});

test("how a terminal program shows an end of line is no part of the line", () => {
  const log = [
    "BUG: kernel NULL pointer dereference, address: 0000000000000008\u240d\u240a",
    "CPU: 6 PID: 1 Comm: swapper/0 Not tainted 6.6.40 #23\u240d\u240a",
    "Hardware name: Some Board, BIOS 1.2\u240d",
    "RIP: 0010:pick_next_task_fair+0x6b8/0x820\u240d\u240a",
  ];
  expect(parseCrashes(log.join("\n"))).toMatchObject([
    { hardware: "Some Board, BIOS 1.2", kernel: { build: "#23" }, function: "pick_next_task_fair" },
  ]);
});
