import { kernelOfCrash } from "../../finder/crash.ts";
import type { GroupAnswer } from "../../finder/fleet-answer.ts";
import type { FleetReading } from "../answer-fleet.ts";
import type { CrashGroupAnswerJson, GroupJson } from "../answers/crash-group.ts";
import { crashAnswerJson, crashJson, kernelJson, verdictJson } from "./json.ts";

/** `kfix.crash-group/1`: docs/json.md. */
export function fleetJson({ answer, logs, skipped }: Omit<FleetReading, "failed">): CrashGroupAnswerJson {
  const hosts = new Set(answer.groups.flatMap((group) => [...group.hosts.keys()]));
  return {
    schema: "kfix.crash-group/1",
    logs,
    ...(skipped.length === 0 ? {} : { skipped: [...skipped] }),
    hosts: hosts.size,
    crashes: answer.groups.reduce((sum, group) => sum + group.crashes, 0),
    upgrades: answer.upgrades,
    groups: answer.groups.map((group, at) => groupJson(group, at + 1)),
  };
}

function groupJson(group: GroupAnswer, number: number): GroupJson {
  const { answered, crash, at } = group;
  const told = answered ? crashAnswerJson(answered, undefined) : undefined;
  return {
    number,
    title: crash.title,
    kind: crash.kind,
    signature: crash.signature,
    crashes: group.crashes,
    curable: group.curable,
    firstSeen: timeJson(group.firstSeen),
    lastSeen: timeJson(group.lastSeen),
    hosts: [...group.hosts].map(([host, crashes]) => ({ host, crashes })),
    kernels: group.kernels.map(({ kernel, crashes, hosts, verdict }) => ({
      ...kernelJson(kernel),
      crashes,
      hosts: hosts.size,
      verdict: verdict ? verdictJson(verdict) : null,
    })),
    followedBy: group.followedBy,
    example: { ...at, crash: crashJson(crash, kernelOfCrash(crash, undefined)) },
    lookedUp: answered !== undefined,
    candidates: told?.candidates ?? [],
    answer: told?.answer ?? null,
  };
}

function timeJson(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
