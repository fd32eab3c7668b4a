/** What a report says, from what kfix found: one model for every format. */
import type { Candidate, CrashAnswer } from "../../finder/crash.ts";
import { kernelOfCrash, unanswered } from "../../finder/crash.ts";
import type { Fix, RelatedCommit } from "../../finder/fix.ts";
import type { GroupAnswer } from "../../finder/fleet-answer.ts";
import type { Library } from "../../finder/library.ts";
import type { CrashLocation } from "../../finder/location.ts";
import { releaseMap } from "../../finder/release-map.ts";
import type { Frame } from "../../kernel/crash/crash.ts";
import { TAINTS } from "../../kernel/crash/taint.ts";
import type { RunningKernel } from "../../kernel/running-kernel.ts";
import type { FleetReading } from "../answer-fleet.ts";
import type { Report, ReportCommit, ReportFact, ReportSection, Tone } from "../answers/report.ts";
import { summaryOf } from "../output/fleet-text.ts";
import { VERSION } from "../version.ts";
import { adviceOn, verifyWith } from "./advice.ts";

/** A crash as it was answered; `input` names its log. */
export interface ReportedCrash {
  readonly input: string | undefined;
  readonly answered: CrashAnswer;
  readonly location: CrashLocation | undefined;
}

/** What kfix came to know where it is known: a library to draw release maps from, and when the report is made. */
export interface ReportContext {
  /** Undefined: nothing was looked up. */
  readonly library: Library | undefined;
  readonly now: Date;
}

/** The report on the crashes of one log or of several. */
export function crashReport(crashes: readonly ReportedCrash[], context: ReportContext): Report {
  const [first] = crashes;
  const title = first === undefined ? "No crash" : first.answered.crash.title;
  return {
    schema: "kfix.report/1",
    title: crashes.length > 1 ? `${title} and ${crashes.length - 1} more` : title,
    made: { by: `kfix ${VERSION}`, at: context.now.toISOString() },
    summary: [],
    upgrades: [],
    sections: crashes.map((crash) => sectionOf(crash, context)),
  };
}

/** So many crashes of a fleet are reported one by one. */
const MOST_SECTIONS = 100;

/** The report on many machines' logs. */
export function fleetReport(
  { answer, logs }: Pick<FleetReading, "answer" | "logs">,
  context: ReportContext,
): Report {
  const shown = answer.groups.slice(0, MOST_SECTIONS);
  const left = answer.groups.length - shown.length;
  return {
    schema: "kfix.report/1",
    title: "Crashes of the fleet",
    made: { by: `kfix ${VERSION}`, at: context.now.toISOString() },
    summary: [
      { label: "Seen", value: summaryOf(answer, logs) },
      ...(left > 0
        ? [{ label: "Left out", value: `${left} crashes beyond the first ${MOST_SECTIONS}` }]
        : []),
    ],
    upgrades: answer.upgrades.map(({ version, source, crashes, hosts, groups }) => ({
      label: `${version} (${source})`,
      value: `${crashes} ${crashes === 1 ? "crash" : "crashes"} on ${hosts} ${hosts === 1 ? "host" : "hosts"}: number ${groups.slice(0, 20).join(", ")}${groups.length > 20 ? ", ..." : ""}`,
    })),
    sections: shown.map((group, at) => groupSection(group, at + 1, context)),
  };
}

function groupSection(group: GroupAnswer, number: number, context: ReportContext): ReportSection {
  const kernel = group.kernels[0]?.kernel ?? kernelOfCrash(group.crash, undefined);
  const answered = group.answered ?? unanswered(group.crash, kernel);
  const input = `${group.at.input}:${group.at.line}`;
  const looked = { ...context, library: group.answered && context.library };
  const section = sectionOf({ input, answered, location: undefined }, looked);
  return {
    ...section,
    title: `${number}. ${section.title}`,
    seen: {
      crashes: group.crashes,
      hosts: [...group.hosts].map(([host, crashes]) => ({ host, crashes })),
      kernels: group.kernels.map((seen) => ({
        kernel: kernelText(seen.kernel),
        crashes: seen.crashes,
        verdict:
          seen.verdict === undefined
            ? null
            : `${seen.verdict.status.replace("-", " ")}: ${seen.verdict.reason}`,
      })),
      firstSeen: isoTime(group.firstSeen),
      lastSeen: isoTime(group.lastSeen),
      followedBy: group.followedBy.map(({ title, crashes }) => ({ label: title, value: String(crashes) })),
    },
  };
}

function sectionOf({ input, answered, location }: ReportedCrash, { library }: ReportContext): ReportSection {
  const { crash, kernel, answer, candidates } = answered;
  const others = candidates.filter(
    (candidate) => candidate !== answer && candidate.verdict.status !== "not-affected",
  );
  return {
    title: crash.title,
    input: input ?? null,
    conclusion: conclusionOf(answered, library !== undefined),
    advice: adviceOn(answered, library !== undefined),
    facts: factsOf(answered),
    seen: null,
    fix: answer ? fixOf(answer) : null,
    evidence: (answer?.evidence ?? []).map(({ weight, detail }) => ({
      speaksFor: weight >= 0,
      text: detail,
    })),
    versions: answer ? versionsOf(answer.fix) : [],
    releaseMap:
      answer && library
        ? releaseMap(library, answer.fix, kernel).map(({ series, from, to, running, known }) => ({
            series,
            known,
            from: from ?? null,
            to: to ?? null,
            running: running ?? null,
          }))
        : [],
    location: location ? locationOf(location) : null,
    trace: crash.frames.slice(0, MOST_FRAMES).map((frame) => frameOf(frame, crash.function, location)),
    others: others.map(otherOf),
    commands: verifyWith(answered.answer?.fix, answered.kernel.distro),
  };
}

const MOST_FRAMES = 32;

function conclusionOf({ answer, candidates }: CrashAnswer, looked: boolean): { tone: Tone; text: string } {
  if (!looked) return { tone: "unknown", text: "No fix was looked for." };
  if (answer) {
    const { status, reason } = answer.verdict;
    const tone = status === "missing" ? "bad" : status === "unknown" ? "unknown" : "good";
    return { tone, text: `${status.replace("-", " ").toUpperCase()}: ${reason}` };
  }
  const has = candidates.find((one) => one.verdict.status === "fixed" && one.confidence !== "possible");
  if (has)
    return { tone: "unknown", text: `This kernel already has the most likely fix: ${has.fix.subject}` };
  return { tone: "unknown", text: "No fix is certain enough to name." };
}

function factsOf({ crash, kernel }: CrashAnswer): ReportFact[] {
  const offset = crash.offset ? `+${crash.offset}${crash.size ? `/${crash.size}` : ""}` : "";
  const who = [
    crash.comm && `comm ${crash.comm}`,
    crash.pid !== undefined && `pid ${crash.pid}`,
    crash.cpu !== undefined && `CPU ${crash.cpu}`,
    crash.workqueue && `workqueue ${crash.workqueue}`,
  ].filter((fact) => fact);
  const taints = [...(crash.kernel.tainted ?? "")].map(
    (flag) => `${flag} (${TAINTS.get(flag) ?? "unknown"})`,
  );
  const facts: [string, string | undefined][] = [
    ["Kernel", kernelText(kernel)],
    ["Kind", crash.kind],
    ["Function", crash.function && `${crash.function}${offset}${crash.module ? ` [${crash.module}]` : ""}`],
    ["Address", crash.address],
    ["Architecture", crash.kernel.arch],
    ["Task", who.join(", ")],
    ["Hardware", crash.hardware],
    ["Taint", taints.join(", ")],
    ["Signature", crash.signature],
    ["Log", crash.corrupted ? "damaged: some of this may be wrong" : undefined],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function kernelText(kernel: RunningKernel): string {
  const name = kernel.release ?? kernel.upstream ?? kernel.series;
  if (name === undefined) return "not known";
  const facts = [
    kernel.distro,
    kernel.package,
    kernel.upstream ? `upstream ${kernel.upstream}` : kernel.series && `some ${kernel.series}`,
  ].filter((fact) => fact);
  return facts.length > 0 ? `${name} (${facts.join(", ")})` : name;
}

function fixOf({ fix, confidence }: Candidate): NonNullable<ReportSection["fix"]> {
  return {
    sha: fix.sha === "" ? null : fix.sha,
    subject: fix.subject,
    author: fix.author?.replace(/ <.*/, "") ?? null,
    date: fix.date === undefined ? null : isoTime(fix.date * 1000),
    confidence,
    cves: fix.cves,
    introducedBy: fix.introducedBy.map(relatedOf),
    followUps: fix.followUps.map(relatedOf),
    revertedBy: fix.revertedBy,
  };
}

function relatedOf({ sha, subject, release }: RelatedCommit): ReportCommit {
  return { sha, subject, detail: release ?? "" };
}

function versionsOf(fix: Fix): ReportFact[] {
  const mainline = fix.mainline?.release ?? fix.mainline?.rc;
  const first = fix.mainline?.release && fix.mainline.rc ? ` (first in ${fix.mainline.rc})` : "";
  return [
    { label: "Mainline", value: mainline === undefined ? "in no indexed release" : `${mainline}${first}` },
    ...fix.stable.map(({ series, version, sha, how }) => ({
      label: `${series}.y`,
      value: `${version} (${sha.slice(0, 12)})${how === "same-subject" ? ", a guess: same subject and author" : ""}`,
    })),
    ...fix.packages.map(({ distro, package: name, version, how }) => ({
      label: `${distro} ${name}`,
      value: `${version}${how === "ambiguous-subject" ? ", perhaps: several commits have this subject" : ""}`,
    })),
  ];
}

function locationOf(location: CrashLocation): NonNullable<ReportSection["location"]> {
  return {
    place: `${location.path}:${location.line}`,
    tree: `${location.tree}${location.version ? ` (${location.version})` : ""}`,
    exact: location.exact,
    excerpt: location.excerpt ?? null,
    maintainers: location.maintainers.flatMap(({ title, people }) =>
      people.slice(0, 3).map(({ who }) => `${who} (${title})`),
    ),
  };
}

function frameOf(
  frame: Frame,
  crashed: string | undefined,
  location: CrashLocation | undefined,
): ReportSection["trace"][number] {
  const offset = frame.offset ? `+${frame.offset}${frame.size ? `/${frame.size}` : ""}` : "";
  const known =
    location?.function === frame.function
      ? location
      : location?.frames.find((place) => place.function === frame.function);
  const source = frame.file
    ? `${frame.file}${frame.line ? `:${frame.line}` : ""}`
    : known && `${known.path}:${known.line}`;
  return {
    function: frame.function,
    place: `${offset}${frame.module ? ` [${frame.module}]` : ""}${frame.inlined ? " [inline]" : ""}`,
    source: source ?? null,
    reliable: frame.reliable,
    crashed: frame.function === crashed,
  };
}

function otherOf({ fix, confidence, verdict, evidence }: Candidate): ReportCommit {
  const why = evidence.filter(({ weight }) => weight > 0).slice(0, 2);
  const first = fix.mainline?.release ?? fix.mainline?.rc ?? fix.stable[0]?.version ?? "no release";
  return {
    sha: fix.sha === "" ? null : fix.sha,
    subject: fix.subject,
    detail: [confidence, first, verdict.status.replace("-", " "), ...why.map(({ detail }) => detail)].join(
      "; ",
    ),
  };
}

function isoTime(milliseconds: number | undefined): string | null {
  const time = new Date(milliseconds ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
