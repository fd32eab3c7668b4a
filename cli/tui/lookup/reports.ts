import type { CrashAnswer } from "../../../finder/crash.ts";
import type { Library } from "../../../finder/library.ts";
import { locateCrash } from "../../../finder/location.ts";
import type { Trees } from "../../../finder/trees.ts";
import { sanitize } from "../../output/terminal.ts";
import { crashReport } from "../../report/model.ts";
import { formatOf, renderReport } from "../../report/render.ts";
import { expectFree, writeReport } from "../../report/write.ts";
import type { Entry, ReportQuestion } from "./questions.ts";

/** What a report is made from. */
export interface ReportSources {
  readonly library: Library;
  readonly trees: Trees;
  readonly answerOf: (of: Extract<ReportQuestion["of"], { readonly crash: unknown }>) => CrashAnswer;
}

/** Writes a report and gives its file's name. Throws `usage` where the name is taken, or tells no format. */
export async function reportTo(
  { file, of }: ReportQuestion,
  { library, trees, answerOf }: ReportSources,
): Promise<string> {
  const format = formatOf(file);
  await expectFree(file);
  if ("entries" in of) {
    await writeReport(file, commitsReport(of.title, of.entries));
    return file;
  }
  const answer = answerOf(of);
  const answered = { ...answer, candidates: answer.candidates.slice(0, REPORTED_CANDIDATES) };
  const location = locateCrash(trees, of.crash, answer.kernel);
  const report = crashReport([{ input: of.input, answered, location }], { library, now: new Date() });
  await writeReport(file, renderReport(report, format));
  return file;
}

const REPORTED_CANDIDATES = 10;

/** A list of commits in Markdown, as a block of text: no subject can be taken for markup. */
function commitsReport(title: string, entries: readonly Entry[]): string {
  const rows = entries.map(
    (one) => `${one.sha.slice(0, 12)} ${one.release ?? "unreleased"} ${sanitize(one.subject)}`,
  );
  return `<!-- kfix report -->\n\n    ${[title, "", ...rows].map(sanitize).join("\n    ")}\n`;
}
