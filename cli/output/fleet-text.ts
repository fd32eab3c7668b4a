import type { FleetAnswer, FleetUpgrade, GroupAnswer } from "../../finder/fleet-answer.ts";
import type { FleetReading } from "../answer-fleet.ts";
import { authorText } from "./fix-text.ts";
import { type Paint, sanitize, wrap } from "./terminal.ts";

/** The crashes of a fleet for a person: what an upgrade cures, then each crash with its hosts and its fix. */
export function fleetText({ answer, logs }: Pick<FleetReading, "answer" | "logs">, paint: Paint): string {
  return [
    paint("bold", summaryOf(answer, logs)),
    ...(answer.upgrades.length > 0
      ? [
          "",
          paint("cyan", "What an upgrade cures"),
          ...answer.upgrades.map((upgrade) => upgradeLine(upgrade, paint)),
        ]
      : []),
    ...answer.groups.flatMap((group, at) => ["", ...groupLines(group, at + 1, paint)]),
  ].join("\n");
}

export function summaryOf({ groups }: FleetAnswer, logs: number): string {
  const crashes = groups.reduce((sum, group) => sum + group.crashes, 0);
  const hosts = new Set(groups.flatMap((group) => [...group.hosts.keys()]));
  const seen = span(
    groups.map((group) => group.firstSeen).reduce(earlier, undefined),
    groups.map((group) => group.lastSeen).reduce(later, undefined),
  );
  return `${count(crashes, "crash")}, ${count(groups.length, "different one")}, on ${count(hosts.size, "host")} (${count(logs, "log")})${seen === undefined ? "" : `, ${seen}`}`;
}

function upgradeLine({ version, source, crashes, hosts, groups }: FleetUpgrade, paint: Paint): string {
  const which = groups.slice(0, MOST_NUMBERS).join(", ") + (groups.length > MOST_NUMBERS ? ", ..." : "");
  return `  ${paint("green", sanitize(version))} (${sanitize(source)})  ${count(crashes, "crash")} on ${count(hosts, "host")}: number ${which}`;
}

const MOST_NUMBERS = 12;

function groupLines(group: GroupAnswer, number: number, paint: Paint): string[] {
  const { crash, at } = group;
  const seen = span(group.firstSeen, group.lastSeen);
  return [
    `${number}. ${paint("bold", sanitize(crash.title))}${crash.corrupted ? "  (every log of it is damaged)" : ""}`,
    `   ${count(group.crashes, "crash")} on ${count(group.hosts.size, "host")}${seen === undefined ? "" : `, ${seen}`}`,
    ...listed("hosts", hostWords(group)),
    ...listed("kernels", kernelWords(group)),
    ...fixLines(group, paint),
    ...listed(
      "then",
      group.followedBy.slice(0, 3).map(({ title, crashes }) => `${title} (${crashes})`),
      "; ",
    ),
    `   for example  ${sanitize(at.input)}:${at.line}`,
  ];
}

function fixLines({ answered, kernels }: GroupAnswer, paint: Paint): string[] {
  if (answered === undefined) return ["   fix          not looked up"];
  const { answer } = answered;
  if (answer === undefined) return [`   fix          ${paint("yellow", "none is certain enough to name")}`];
  const { fix, confidence } = answer;
  return [
    `   fix          ${paint("yellow", fix.sha.slice(0, 12))} ${paint("bold", sanitize(fix.subject))}`,
    `                ${[confidence, fix.author && `by ${authorText(fix)}`].filter((word) => word).join(", ")}`,
    ...verdictWords(kernels, paint).map((line) => `                ${line}`),
  ];
}

/** `MISSING on 30 of 37: upgrade to 6.1.90 (stable)`, a line for each that differs. */
function verdictWords(kernels: GroupAnswer["kernels"], paint: Paint): string[] {
  const style = { fixed: "green", "not-affected": "green", missing: "red", unknown: "yellow" } as const;
  const lines = new Map<string, number>();
  for (const { verdict, crashes } of kernels) {
    if (verdict === undefined) continue;
    const status = paint(style[verdict.status], verdict.status.replace("-", " ").toUpperCase());
    const steps = verdict.status === "missing" ? verdict.upgradeTo : [];
    const where = steps.map((step) => `${step.version} (${step.source})`).join(", or ");
    const line = `${status} ${where === "" ? sanitize(verdict.reason) : `upgrade to ${sanitize(where)}`}`;
    lines.set(line, (lines.get(line) ?? 0) + crashes);
  }
  const sorted = [...lines].sort(([, one], [, other]) => other - one);
  const shown = sorted
    .slice(0, MOST_VERDICTS)
    .map(([line, crashes]) => `${line} (${count(crashes, "crash")})`);
  const left = sorted.length - shown.length;
  return left > 0 ? [...shown, `and ${left} more verdict${left === 1 ? "" : "s"}`] : shown;
}

const MOST_VERDICTS = 3;

function hostWords({ hosts }: GroupAnswer): string[] {
  const sorted = [...hosts].sort(([, one], [, other]) => other - one);
  const shown = sorted
    .slice(0, MOST_HOSTS)
    .map(([host, crashes]) => (crashes > 1 ? `${host} (${crashes})` : host));
  return sorted.length > MOST_HOSTS ? [...shown, `and ${sorted.length - MOST_HOSTS} more`] : shown;
}

const MOST_HOSTS = 8;

function kernelWords({ kernels }: GroupAnswer): string[] {
  // Builds of one release are told apart in JSON only.
  const builds = new Map<string, { name: string; exact: string; crashes: number }>();
  for (const { kernel, crashes } of kernels) {
    const name = kernel.release ?? kernel.upstream ?? "not named by the log";
    const exact =
      kernel.upstream === undefined || name.includes(kernel.upstream) ? "" : `, upstream ${kernel.upstream}`;
    const same = builds.get(name + exact);
    builds.set(name + exact, { name, exact, crashes: crashes + (same?.crashes ?? 0) });
  }
  const words = [...builds.values()]
    .sort((one, other) => other.crashes - one.crashes)
    .map(({ name, exact, crashes }) => `${name} (${crashes}${exact})`);
  const shown = words.slice(0, MOST_KERNELS);
  return words.length > MOST_KERNELS ? [...shown, `and ${words.length - MOST_KERNELS} more`] : shown;
}

const MOST_KERNELS = 5;

function listed(label: string, words: readonly string[], between = ", "): string[] {
  if (words.length === 0) return [];
  return [`   ${label.padEnd(12)} ${wrap(sanitize(words.join(between)), WIDTH, " ".repeat(16))}`];
}

const WIDTH = 90;

function count(number: number, what: string): string {
  const many = /(?:s|sh|ch)$/.test(what) ? `${what}es` : `${what}s`;
  return `${number.toLocaleString("en")} ${number === 1 ? what : many}`;
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

/** `2026-11-01 03:10 to 2026-11-24 22:15 UTC` */
function span(from: number | undefined, to: number | undefined): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  const minutes = [from, to].map((time) => new Date(time).toISOString().slice(0, 16).replace("T", " "));
  return minutes[0] === minutes[1] ? `${minutes[0]} UTC` : `${minutes.join(" to ")} UTC`;
}
