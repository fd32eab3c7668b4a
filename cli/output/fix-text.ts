import type { Fix, RelatedCommit } from "../../finder/fix.ts";
import type { ReleaseStrip } from "../../finder/release-map.ts";
import type { Verdict } from "../../finder/verdict.ts";
import type { TreePresence } from "../tree-presence.ts";
import { releaseMapLines } from "./release-map-text.ts";
import { type Paint, sanitize } from "./terminal.ts";

/** A fix for a person: what it is, the releases with it, what it fixes and what followed. */
export function fixText(fix: Fix, strips: readonly ReleaseStrip[], paint: Paint): string {
  const map = releaseMapLines(strips, paint);
  const name = fix.sha === "" ? "only a changelog tells of it" : paint("yellow", fix.sha.slice(0, 12));
  const facts = [name, fix.date === undefined ? "" : dateText(fix.date), authorText(fix), ...fix.cves];
  return [
    paint("bold", sanitize(fix.subject)),
    `  ${facts.filter((fact) => fact).join("  ")}`,
    "",
    ...versionLines(fix, paint),
    ...packageLines(fix, paint),
    ...(map.length > 0 ? ["", ...map, ""] : []),
    ...relatedLines("Fixes", fix.introducedBy),
    ...fix.revertedBy.map((sha) => `  ${paint("red", "Reverted by")}  ${sha.slice(0, 12)}`),
    ...relatedLines("Follow-ups", fix.followUps),
  ].join("\n");
}

/** The releases with the fix, a line each: mainline first. */
export function versionLines(fix: Fix, paint: Paint): string[] {
  const lines = [`  Mainline  ${mainlineText(fix, paint)}`];
  fix.stable.forEach((release, at) => {
    const guess = release.how === "same-subject" ? " (a guess: same subject and author)" : "";
    const own = release.how === "own" ? " (no mainline commit is known)" : "";
    const label = at === 0 ? "Stable  " : "        ";
    lines.push(
      `  ${label}  ${release.series}.y since ${paint("green", release.version)}  ${release.sha.slice(0, 12)}${guess}${own}`,
    );
  });
  if (fix.stable.length === 0 && fix.sha !== "") lines.push("  Stable    in no indexed stable series");
  return lines;
}

/** The packages with the fix, the first version of each. */
function packageLines(fix: Fix, paint: Paint): string[] {
  return fix.packages.map(({ distro, package: name, version, how }, at) => {
    const guess = how === "ambiguous-subject" ? " (perhaps: several commits have this subject)" : "";
    return `  ${(at === 0 ? "Packages" : "").padEnd(8)}  ${sanitize(`${distro} ${name}`)} since ${paint("green", sanitize(version))}${guess}`;
  });
}

function mainlineText(fix: Fix, paint: Paint): string {
  if (fix.sha === "") return "no commit of it is known";
  if (!fix.mainline) return "not in an indexed release";
  const { rc, release } = fix.mainline;
  if (release === undefined) return `${paint("green", rc ?? "")} (no release yet)`;
  return rc === undefined ? paint("green", release) : `${paint("green", release)} (first in ${rc})`;
}

function relatedLines(label: string, commits: readonly RelatedCommit[]): string[] {
  return commits.map((commit, at) => {
    const release = commit.release === undefined ? "" : `  ${commit.release}`;
    return `  ${at === 0 ? label.padEnd(10) : " ".repeat(10)}  ${commit.sha.slice(0, 12)} ${sanitize(commit.subject)}${release}`;
  });
}

/** `MISSING: first in v3.18-rc3; no indexed 3.16 release has it`, and what to go to. */
export function verdictLines(verdict: Verdict, paint: Paint): string[] {
  const style = { fixed: "green", "not-affected": "green", missing: "red", unknown: "yellow" } as const;
  const status = paint(style[verdict.status], verdict.status.replace("-", " ").toUpperCase());
  const lines = [`${status}: ${sanitize(verdict.reason)}`];
  if (verdict.upgradeTo.length > 0 && verdict.status !== "fixed" && verdict.status !== "not-affected") {
    const steps = verdict.upgradeTo.map((step) => `${paint("bold", step.version)} (${step.source})`);
    lines.push(`upgrade to ${steps.join(", or ")}`);
  } else if (verdict.status === "missing")
    lines.push("no newer release that is indexed has it: see kfix source update");
  return lines;
}

/** The author's name, without the address. */
export function authorText(fix: Fix): string {
  return sanitize((fix.author ?? "").replace(/ <.*/, ""));
}

/** `in this source: applied`, and each change with where the tree has it. */
export function treeLines(presence: TreePresence, paint: Paint): string[] {
  const style = { applied: "green", "not-applied": "red", partly: "yellow", unknown: "yellow" } as const;
  const words = {
    applied: "applied",
    "not-applied": "not applied",
    partly: "partly applied",
    unknown: "cannot tell",
  };
  const by = presence.sha === undefined ? "" : `, by the diff of ${presence.sha.slice(0, 12)}`;
  const hunks = presence.hunks.slice(0, MOST_HUNKS);
  const left = presence.hunks.length - hunks.length;
  return [
    `  In this source  ${paint(style[presence.state], words[presence.state])}${by}`,
    ...hunks.map(
      (hunk) =>
        `    ${paint(style[hunk.presence], words[hunk.presence].padEnd(11))}  ${sanitize(hunk.path)}:${hunk.line}`,
    ),
    ...(left > 0 ? [`    and ${left} more`] : []),
  ];
}

const MOST_HUNKS = 20;

export function dateText(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? "no date" : time.toISOString().slice(0, 10);
}
