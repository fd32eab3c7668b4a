import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEED_KERNEL, SEED_LOG } from "../fixtures/seed-crash.ts";
import { ARM64, NULL_DEREF, WARNING } from "../kernel/crash/logs.ts";
import { Workplace } from "./run-kfix.ts";

/** The fleet: pick_next_task_fair crashed on four machines, brcmf_sdiod_remove on one, and one log is quiet. */
let place: Workplace;
beforeAll(async () => {
  place = await Workplace.withHistory();
  const syslog = (host: string, day: number, log: string) =>
    log
      .split("\n")
      .map((line) => `Nov ${String(day).padStart(2)} 15:06:31 ${host} kernel: ${line}`)
      .join("\n");
  const elk = (host: string, log: string) =>
    log.split("\n").map((line) => ({
      _source: { "@timestamp": "2016-11-20T10:00:00Z", host: { name: host }, message: line },
    }));
  write("fleet/web-01/kern.log", syslog("web-01", 12, NULL_DEREF));
  write("fleet/web-02.log.gz", gzipSync(NULL_DEREF.replaceAll("ffffffff81", "ffffffff9a")));
  write("fleet/quiet.log", "Nov 12 15:06:31 web-03 kernel: usb 1-1: new device\n");
  write(
    "fleet/export.json",
    JSON.stringify({ hits: { hits: inTurn(elk("db-1", NULL_DEREF), elk("db-2", ARM64)) } }, null, 2),
  );
  write("fleet/mail.txt", `${SEED_LOG.replaceAll("hello-world", "mail-9")}\n`);
});
afterAll(() => place.remove());

function write(name: string, data: string | Uint8Array): void {
  mkdirSync(dirname(place.path(name)), { recursive: true });
  writeFileSync(place.path(name), data);
  utimesSync(place.path(name), new Date("2016-12-01"), new Date("2016-12-01"));
}

function inTurn<Item>(one: readonly Item[], other: readonly Item[]): Item[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, at) => [one[at], other[at]])
    .flat()
    .filter((item) => item !== undefined);
}

interface Groups {
  readonly crashes: number;
  readonly hosts: number;
  readonly upgrades: readonly { version: string; crashes: number; hosts: number; groups: number[] }[];
  readonly groups: readonly {
    readonly title: string;
    readonly crashes: number;
    readonly curable: number;
    readonly firstSeen: string | null;
    readonly lastSeen: string | null;
    readonly hosts: readonly { host: string; crashes: number }[];
    readonly kernels: readonly { release: string | null; verdict: { status: string } | null }[];
    readonly answer: { subject: string } | null;
    readonly lookedUp: boolean;
  }[];
}

async function group(words: readonly string[]): Promise<Groups> {
  const { stdout, stderr } = await place.kfix(["crash", "--group", "--json", ...words]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

describe("a folder of every kind of log", () => {
  test("is counted by crash: hosts, times, kernels, the one fix, the upgrade that cures most", async () => {
    const answer = await group([place.path("fleet"), "--kernel", SEED_KERNEL]);
    expect(answer).toMatchObject({ crashes: 5, hosts: 5 });
    expect(answer.groups.map(({ title, crashes }) => [title, crashes])).toEqual([
      ["BUG: unable to handle kernel NULL pointer dereference in pick_next_task_fair", 4],
      ["BUG: unable to handle kernel paging request in brcmf_sdiod_remove", 1],
    ]);
    const [first] = answer.groups;
    expect(first?.hosts.map(({ host }) => host)).toEqual(["db-1", "mail-9", "web-01", "web-02"]);
    expect([first?.firstSeen, first?.lastSeen]).toEqual([
      "2016-11-12T15:06:31.000Z",
      "2016-11-20T10:00:00.000Z",
    ]);
    expect(first?.answer?.subject).toBe("sched: Fix race between task_group and sched_task_group");
    expect(first?.curable).toBe(4);
    expect(answer.upgrades[0]).toMatchObject({ version: "3.18", crashes: 4, hosts: 4, groups: [1] });
  });

  test("for a person", async () => {
    const { stdout, status } = await place.kfix([
      "crash",
      "--group",
      place.path("fleet"),
      "--kernel",
      SEED_KERNEL,
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain(
      "5 crashes, 2 different ones, on 5 hosts (5 logs), 2016-11-12 15:06 to 2016-11-20 10:00 UTC",
    );
    expect(stdout).toContain("3.18 (mainline)  4 crashes on 4 hosts: number 1");
    expect(stdout).toContain("hosts        db-1, mail-9, web-01, web-02");
    expect(stdout).toMatch(/MISSING upgrade to 3\.18 \(mainline\) \(4 crashes\)/);
  });

  test("--lookups spares the rarer crashes", async () => {
    const { groups } = await group([place.path("fleet"), "--lookups", "1"]);
    expect(groups.map(({ lookedUp }) => lookedUp)).toEqual([true, false]);
  });

  test("from standard input", async () => {
    const { stdout } = await place.kfix(["crash", "--group", "--json", "-"], {
      input: `${NULL_DEREF}\n`,
    });
    expect(JSON.parse(stdout)).toMatchObject({
      crashes: 1,
      groups: [{ hosts: [{ host: "standard input" }] }],
    });
  });
});

test("what follows within a minute is told with the crash, what comes later is another", async () => {
  const at = (clock: string, log: string) =>
    log
      .split("\n")
      .map((line) => `Nov 12 ${clock} web-01 kernel: ${line}`)
      .join("\n");
  write(
    "burst.log",
    [
      at("10:00:00", NULL_DEREF),
      at("10:00:30", ARM64.replace(/\d+\.\d+\.\d\S*(?= #)/, "3.16.0-4-amd64")),
      at("11:00:00", NULL_DEREF),
    ].join("\n"),
  );
  const { groups } = await group([place.path("burst.log"), "--parse-only"]);
  expect(groups).toMatchObject([
    { crashes: 2, hosts: [{ host: "web-01", crashes: 2 }], followedBy: [{ crashes: 1 }] },
  ]);
});

test("reports that somebody collected in one file are each a crash of its own", async () => {
  const other = NULL_DEREF.replaceAll("pick_next_task_fair", "put_prev_task_fair").replace(
    "Not tainted",
    "Tainted: G      D",
  );
  write("collected.txt", [NULL_DEREF, ARM64, WARNING].join("\n\n"));
  const { groups } = await group([place.path("collected.txt"), "--parse-only"]);
  expect(groups.map(({ crashes }) => crashes)).toEqual([1, 1, 1]);
  // A kernel that was tainted by the crash before it has not been restarted since.
  write("one-boot.txt", [NULL_DEREF, other].join("\n\n"));
  expect((await group([place.path("one-boot.txt"), "--parse-only"])).groups).toMatchObject([
    { crashes: 1, followedBy: [{ crashes: 1 }] },
  ]);
});

test("one machine under its short and its full name", async () => {
  const log = (host: string, day: number) =>
    NULL_DEREF.split("\n")
      .map((line) => `Nov ${day} 10:00:00 ${host} kernel: ${line}`)
      .join("\n");
  write(
    "names.log",
    [log("web1", 12), log("web1.example.com", 14), log("web2.a", 15), log("web2.b", 16)].join("\n"),
  );
  const { groups, hosts } = await group([place.path("names.log"), "--parse-only"]);
  expect(hosts).toBe(3);
  expect(groups[0]?.hosts).toEqual([
    { host: "web1.example.com", crashes: 2 },
    { host: "web2.a", crashes: 1 },
    { host: "web2.b", crashes: 1 },
  ]);
});

test("builds of one release are named once", async () => {
  const log = (host: string, build: string) =>
    NULL_DEREF.replace(/#\d+/, build)
      .split("\n")
      .map((line) => `Nov 12 10:00:00 ${host} kernel: ${line}`)
      .join("\n");
  write("builds.log", [log("web1", "#7"), log("web2", "#9")].join("\n"));
  const { stdout } = await place.kfix(["crash", "--group", place.path("builds.log"), "--parse-only"]);
  expect(stdout).toMatch(/kernels +\S+ \(2[,)]/);
});

describe("status", () => {
  test.each<[string, string[], number, string]>([
    ["nothing but quiet logs", ["$/fleet/quiet.log"], 1, "no kernel crash was found"],
    ["a log that is not there", ["$/none", "$/fleet"], 2, "there is no such file"],
    ["with --batch", ["--batch"], 2, "choose one"],
    ["a number that is none", ["--lookups", "many"], 2, "--lookups takes a number"],
  ])("%s", async (_what, words, status, complaint) => {
    const run = await place.kfix([
      "crash",
      "--group",
      ...words.map((word) => word.replace("$", place.folder)),
    ]);
    expect(run.stderr).toContain(complaint);
    expect(run.status).toBe(status);
  });

  test("without an index the crashes are counted, and the command that adds fixes is named", async () => {
    const run = await place.kfix([
      "crash",
      "--group",
      place.path("fleet"),
      "--cache-dir",
      place.path("empty"),
    ]);
    expect(run.stdout).toContain("4 crashes on 4 hosts");
    expect(run.stderr).toContain("kfix source add");
    expect(run.status).toBe(3);
  });
});

test("the first report that tells a function stands for the incident, though another broke into it", async () => {
  const warning = [
    "WARNING: at drivers/char/tty_io.c:1268 tty_open+0x3e5/0x46d()",
    "Pid: 26765, comm: stty Tainted: G         C 2.6.31-rc5 #7",
    "Call Trace:",
    " [<c10264e2>] warn_slowpath_common+0x88/0xb0",
    " [<c11dbef8>] tty_open+0x3e5/0x46d",
    " [<c10883d1>] chrdev_open+0x77/0x113",
  ];
  const fault = [
    "BUG: unable to handle kernel NULL pointer dereference at 00000004",
    "IP: [<c1086538>] file_move+0x26/0x47",
    "Call Trace:",
    " [<c1083a5d>] __dentry_open+0x20/0x230",
  ];
  const noise = Array.from({ length: 20 }, (_, at) => `usb 1-1: new high-speed USB device number ${at}`);
  const log = (host: string, between: readonly string[]) =>
    [...warning, ...between, ...fault].map((line) => `Nov 12 10:00:00 ${host} kernel: ${line}`).join("\n");
  write("broken-into.log", [log("a", []), log("b", noise)].join("\n"));
  expect((await group([place.path("broken-into.log"), "--parse-only"])).groups).toMatchObject([
    { title: "WARNING in tty_open", crashes: 2 },
  ]);
});
