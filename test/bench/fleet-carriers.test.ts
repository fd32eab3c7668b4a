/** What the measurement of fleets dresses logs in, on logs of our own: a crash is the same however it was kept. */
import { describe, expect, test } from "vitest";
import { CARRIERS } from "../../bench/fleet/carriers.ts";
import { random } from "../../bench/fleet/chance.ts";
import { carrierOf, entriesOf, interleaved, textOf } from "../../bench/fleet/dress.ts";
import { HANDLING } from "../../bench/fleet/handling.ts";
import { Fleet } from "../../finder/fleet.ts";
import { HostLogs } from "../../kernel/fleet/host-logs.ts";
import { ALL, KASAN, NULL_DEREF, SOFT_LOCKUP, WARNING } from "../kernel/crash/logs.ts";

const KNOWN = Date.parse("2026-04-01T00:00:00Z");
const TIME = Date.parse("2026-03-03T03:03:03Z");

function groupsOf(texts: readonly string[]) {
  const fleet = new Fleet();
  texts.forEach((text, at) => {
    const logs = new HostLogs(KNOWN);
    for (const sighting of [...logs.push(text), ...logs.end()])
      fleet.add({ ...sighting, input: `${at}`, fallbackHost: `file-${at}` });
  });
  return fleet.groups();
}

function dressed(
  logs: readonly string[],
  {
    name,
    handling = "as it is",
    host = "web-7",
    quiet = false,
  }: { name: string; handling?: string; host?: string; quiet?: boolean },
): string {
  const carrier = carrierOf(name);
  const owner = { host, time: TIME };
  return textOf(entriesOf(logs, { carrier, owner, chance: random(7), quiet }), carrier, handling);
}

const CRASHES = [...ALL.values()];
const bare = groupsOf(CRASHES).map((group) => [group.crash.title, group.crashes]);

describe.each(Object.keys(CARRIERS))("%s", (name) => {
  test("every crash is in the group of its bare report, and the host is known where it is told", () => {
    const groups = groupsOf([...CRASHES, ...CRASHES.map((log) => dressed([log], { name }))]);
    expect(groups.map((group) => [group.crash.title, group.crashes / 2])).toEqual(bare);
    const hosts = groups.flatMap((group) => [...group.hosts.keys()]);
    expect(hosts.includes("web-7")).toBe(CARRIERS[name]?.named);
  });
});

describe.each(Object.keys(HANDLING))("%s", (handling) => {
  test.each(["console", "syslog with the kernel's time", "dmesg -T"])("on %s", (name) => {
    const groups = groupsOf([
      ...CRASHES,
      ...CRASHES.map((log) => dressed([log], { name, handling, quiet: handling === "blank lines between" })),
    ]);
    expect(groups.map((group) => [group.crash.title, group.crashes / 2])).toEqual(bare);
  });
});

test.each(["syslog", "journald export", "dmesg", "/dev/kmsg, extended netconsole", "dmesg -x"])(
  "two crashes of a machine, hours apart: %s",
  (name) => {
    const groups = groupsOf([dressed([NULL_DEREF, KASAN, WARNING, SOFT_LOCKUP, NULL_DEREF], { name })]);
    expect(groups.map((group) => group.crashes)).toEqual([2, 1, 1, 1]);
  },
);

test.each(["syslog", "journald verbose", "ELK JSON"])("two machines in one file: %s", (name) => {
  const carrier = carrierOf(name);
  const lines = [
    [NULL_DEREF, "web-1"],
    [KASAN, "web-2"],
  ].map(([log = "", host = ""]) =>
    entriesOf([log], { carrier, owner: { host, time: TIME }, chance: random(1), quiet: true }),
  );
  const groups = groupsOf([textOf(interleaved(lines, random(3)), carrier)]);
  expect(groups.map((group) => [...group.hosts.keys()]).sort()).toEqual([["web-1"], ["web-2"]]);
});
