import type { Verdict } from "../../../finder/verdict.ts";
import { maintainerLines } from "../../output/location-text.ts";
import { sanitize } from "../../output/terminal.ts";
import type { Entry, FixView, TraceView } from "../lookup/questions.ts";
import type { Remote } from "../state.ts";
import type { Pen } from "../terminal/pen.ts";
import { heading, indented, type Pane, problemLines, wrapped } from "./pane.ts";

/** Why a commit is taken for the fix, whether the kernel has it, and what to do. */
export function whyPane(
  entry: Entry,
  fix: Remote<FixView> | undefined,
  { pen, width, trace }: { readonly pen: Pen; readonly width: number; readonly trace: Remote<TraceView> },
): Pane {
  const { candidate } = entry;
  const verdict = candidate?.verdict ?? (fix?.is === "here" ? fix.value.verdict : undefined);
  const here = fix?.is === "here" ? fix.value : undefined;
  const room = Math.max(20, width - 4);
  return indented([
    ...wrapped(entry.subject, room).map((line) => pen("bold", line)),
    `${pen("yellow", entry.sha.slice(0, 12))}  ${sanitize(entry.author)}`,
    "",
    ...(verdict ? verdictLines(verdict, pen, room) : noVerdict(pen, here, room)),
    ...(candidate
      ? [
          "",
          heading(pen, "Evidence"),
          `  ${pen("bold", candidate.confidence)}`,
          ...candidate.evidence.flatMap((reason) =>
            wrapped(reason.detail, room - 4, "    ").map((line, at) =>
              at > 0 ? line : `  ${reason.weight >= 0 ? pen("green", "+") : pen("red", "-")} ${line}`,
            ),
          ),
        ]
      : []),
    ...(here ? relatedLines(here, pen, room) : []),
    ...(fix?.is === "failed" ? problemLines(fix.problem, { pen, width }) : []),
    ...(trace.is === "here" && trace.value.location
      ? writeTo(maintainerLines(trace.value.location.maintainers), pen)
      : []),
  ]);
}

function verdictLines(verdict: Verdict, pen: Pen, room: number): string[] {
  const tone = { fixed: "green", "not-affected": "green", missing: "red", unknown: "yellow" } as const;
  const status = verdict.status.replace("-", " ").toUpperCase();
  const [first = "", ...others] = wrapped(verdict.reason, room - status.length - 2);
  const steps = verdict.upgradeTo.map(
    (step) => `${pen("bold", sanitize(step.version))} (${sanitize(step.source)})`,
  );
  return [
    heading(pen, "This kernel"),
    `  ${pen(tone[verdict.status], pen("bold", status))}  ${first}`,
    ...others.map((line) => `  ${" ".repeat(status.length)}  ${line}`),
    ...(steps.length > 0 ? [`  upgrade to ${steps.join(", or ")}`] : []),
  ];
}

function noVerdict(pen: Pen, fix: FixView | undefined, room: number): string[] {
  const text = "Which kernel runs is not known: K says it, and the verdict follows.";
  return fix ? [heading(pen, "This kernel"), ...wrapped(text, room).map((line) => `  ${line}`)] : [];
}

function relatedLines({ fix, carried }: FixView, pen: Pen, room: number): string[] {
  const related = (
    label: string,
    commits: readonly { sha: string; subject: string; release: string | undefined }[],
  ) =>
    commits.length === 0
      ? []
      : [
          "",
          heading(pen, label),
          ...commits
            .slice(0, 12)
            .flatMap((commit) =>
              wrapped(
                `${commit.sha.slice(0, 12)} ${commit.subject}${commit.release ? `  ${commit.release}` : ""}`,
                room - 2,
                "  ",
              ).map((line) => `  ${line}`),
            ),
        ];
  return [
    ...related("Fixes", fix.introducedBy),
    ...related(
      "Reverted by",
      fix.revertedBy.map((sha) => ({ sha, subject: "", release: undefined })),
    ),
    ...related("Take with it", fix.followUps),
    ...(fix.cves.length > 0 ? ["", heading(pen, "CVE"), `  ${sanitize(fix.cves.join(", "))}`] : []),
    ...(carried.length > 0
      ? [
          "",
          heading(pen, "Carried by"),
          ...carried.map((one) => `  ${sanitize(`${one.tree}: ${one.patch}`)}`),
        ]
      : []),
  ];
}

function writeTo(lines: readonly string[], pen: Pen): string[] {
  return lines.length === 0 ? [] : ["", heading(pen, "People"), ...lines];
}
