import type { Candidate, CrashAnswer } from "../../finder/crash.ts";
import type { CrashLocation } from "../../finder/location.ts";
import type { Crash } from "../../kernel/crash/crash.ts";
import { TAINTS } from "../../kernel/crash/taint.ts";
import type { RunningKernel } from "../../kernel/running-kernel.ts";
import { authorText, verdictLines, versionLines } from "./fix-text.ts";
import { locationLines } from "./location-text.ts";
import { type Paint, sanitize, wrap } from "./terminal.ts";

/** What crashed, without any answer. */
export function crashText(crash: Crash, kernel: RunningKernel, paint: Paint): string {
  const modules =
    crash.modules.length > 0
      ? ["", `  ${wrap(`modules ${crash.modules.map(sanitize).join(" ")}`, 98, "    ")}`]
      : [];
  return [...headLines(crash, kernel, paint), ...traceLines(crash), ...modules].join("\n");
}

/** What crashed and where that is in the source, where no fixes are indexed. */
export function locatedText(
  { crash, kernel }: CrashAnswer,
  location: CrashLocation | undefined,
  paint: Paint,
): string {
  const where = location ? locationLines(location, paint) : ["", "  in no indexed tree"];
  return [crashText(crash, kernel, paint), ...where].join("\n");
}

/** The answer first, then the evidence, then the versions, then the other candidates. */
export function crashAnswerText(
  answered: CrashAnswer,
  location: CrashLocation | undefined,
  paint: Paint,
): string {
  const { crash, kernel, answer, candidates } = answered;
  // Fixes of bugs that this kernel does not have are in the JSON; a person need not read them.
  const others = candidates.filter(
    (candidate) => candidate !== answer && candidate.verdict.status !== "not-affected",
  );
  return [
    ...headLines(crash, kernel, paint),
    "",
    ...(answer ? answerLines(answer, paint) : unknownLines(answered, paint)),
    ...(location ? locationLines(location, paint) : []),
    ...(others.length > 0
      ? [
          "",
          answer ? "Other candidates" : "Candidates",
          ...others.flatMap((other) => otherLines(other, paint)),
        ]
      : []),
  ].join("\n");
}

/** The title of a crash, and below it what the log says of it. */
export function headLines(crash: Crash, kernel: RunningKernel, paint: Paint): string[] {
  const place =
    crash.function &&
    `${crash.function}${crash.offset ? `+${crash.offset}` : ""}${crash.size ? `/${crash.size}` : ""}`;
  const facts = [
    crash.kind,
    place && `in ${place}${crash.module ? ` [${crash.module}]` : ""}`,
    crash.address && `at address ${crash.address}`,
  ].filter((fact) => fact);
  return [
    paint("bold", sanitize(crash.title)) +
      (crash.corrupted ? "  (the log is damaged: some of it may be wrong)" : ""),
    `  ${sanitize(facts.join(", "))}`,
    `  kernel ${sanitize(kernelText(kernel))}`,
    ...circumstances(crash).map((line) => `  ${sanitize(line)}`),
  ];
}

/** Who crashed and where it ran, a line each; what the log does not say is left out. */
function circumstances(crash: Crash): string[] {
  const who = [
    crash.comm && `comm ${crash.comm}`,
    crash.pid !== undefined && `pid ${crash.pid}`,
    crash.cpu !== undefined && `CPU ${crash.cpu}`,
    crash.workqueue && `workqueue ${crash.workqueue}`,
    crash.kernel.arch,
  ].filter((fact) => fact);
  const taints = [...(crash.kernel.tainted ?? "")].map(
    (flag) => `${flag} (${TAINTS.get(flag) ?? "unknown"})`,
  );
  return [
    ...(who.length > 0 ? [who.join(", ")] : []),
    ...(crash.hardware ? [`hardware ${crash.hardware}`] : []),
    ...(taints.length > 0 ? [`tainted ${taints.join(", ")}`] : []),
  ];
}

function kernelText(kernel: RunningKernel): string {
  if (kernel.release === undefined && kernel.series === undefined) return "unknown: say it with --kernel";
  const facts = [
    kernel.distro,
    kernel.package,
    kernel.upstream ? `upstream ${kernel.upstream}` : kernel.series && `some ${kernel.series}`,
  ];
  return `${kernel.release ?? kernel.upstream ?? kernel.series} (${facts.filter((fact) => fact).join(", ")})`;
}

function answerLines(answer: Candidate, paint: Paint): string[] {
  const { fix, confidence } = answer;
  const certainty = confidence === "confirmed" ? "Fixed by" : "Most likely fixed by";
  return [
    `${paint("cyan", certainty)}`,
    `  ${paint("bold", sanitize(fix.subject))}`,
    `  ${paint("yellow", fix.sha.slice(0, 12))}  ${authorText(fix)}`,
    "",
    paint("cyan", "This kernel"),
    ...verdictLines(answer.verdict, paint).map((line) => `  ${line}`),
    "",
    paint("cyan", "Evidence"),
    ...evidenceLines(answer),
    "",
    paint("cyan", "Releases with the fix"),
    ...versionLines(fix, paint),
    ...fix.followUps.map(
      (commit) =>
        `  take with it: ${commit.sha.slice(0, 12)} ${sanitize(commit.subject)}${commit.release ? ` (${commit.release})` : ""}`,
    ),
  ];
}

function unknownLines(answered: CrashAnswer, paint: Paint): string[] {
  const fixed = answered.candidates.find(
    ({ verdict, confidence, evidence }) =>
      verdict.status === "fixed" &&
      (confidence !== "possible" || evidence.some(({ kind }) => kind === "same-crash-quoted")),
  );
  return [
    paint("yellow", "No fix is certain enough to name."),
    wrap(`  What would help: ${helpsWith(answered).join(", or ")}.`, 100, "  "),
    ...(fixed ? [`  This kernel already has the most likely one: ${sanitize(fixed.fix.subject)}`] : []),
  ];
}

function helpsWith({ crash, kernel, historyEnds }: CrashAnswer): string[] {
  return [
    ...(historyEnds
      ? [`newer history, as what is indexed ends with ${sanitize(historyEnds)} (kfix source update)`]
      : ["more history (kfix source add)"]),
    ...(crash.frames.length < 3 ? ["a longer trace"] : []),
    ...(kernel.series === undefined ? ["the kernel's version (--kernel)"] : []),
  ];
}

function otherLines(candidate: Candidate, paint: Paint): string[] {
  const { fix, verdict, evidence } = candidate;
  const first = fix.mainline?.release ?? fix.mainline?.rc ?? fix.stable[0]?.version ?? "no release";
  const why = evidence
    .filter((reason) => reason.weight > 0)
    .slice(0, 2)
    .map((reason) => reason.detail)
    .join("; ");
  return [
    `  ${paint("yellow", fix.sha.slice(0, 12))} ${sanitize(fix.subject)}`,
    `      ${candidate.confidence}, ${first}, ${verdict.status.replace("-", " ")}${why ? `: ${sanitize(why)}` : ""}`,
  ];
}

function evidenceLines(candidate: Candidate): string[] {
  return candidate.evidence
    .slice(0, 6)
    .map((reason) => `  ${reason.weight >= 0 ? "+" : "-"} ${sanitize(reason.detail)}`);
}

function traceLines(crash: Crash): string[] {
  if (crash.frames.length === 0) return [];
  return [
    "",
    "  trace",
    ...crash.frames.map((frame) => {
      const place = frame.offset ? `+${frame.offset}${frame.size ? `/${frame.size}` : ""}` : "";
      const module = frame.module ? ` [${frame.module}]` : "";
      const file = frame.file ? ` ${frame.file}${frame.line ? `:${frame.line}` : ""}` : "";
      return sanitize(
        `    ${frame.reliable ? "  " : "? "}${frame.function}${place}${module}${file}${frame.inlined ? " [inline]" : ""}`,
      );
    }),
  ];
}
