import type { VerdictStatus } from "../../../finder/opinion.ts";
import type { Confidence } from "../../../finder/ranking.ts";
import { dateText } from "../../output/fix-text.ts";
import { sanitize } from "../../output/terminal.ts";
import type { Entry } from "../lookup/questions.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen, Tone } from "../terminal/pen.ts";

/** How a row of a list is drawn. */
export interface RowLook {
  readonly pen: Pen;
  readonly width: number;
  readonly chosen: boolean;
  readonly focused: boolean;
  readonly isAnswer: boolean;
}

/** A commit as a row: a candidate with how sure it is and the verdict, another with its date and its release. */
export function entryRow(entry: Entry, look: RowLook): string {
  const cells = entry.candidate ? candidateCells(entry, look) : commitCells(entry, look);
  return chosenRow(`${look.chosen ? "▸" : " "}${cells}`, look);
}

/** The chosen row of a list stands out by its mark, and by inversion where the keys go to it. */
export function chosenRow(text: string, { pen, width, chosen, focused }: Omit<RowLook, "isAnswer">): string {
  const row = fitted(text, width);
  if (!chosen) return row;
  return focused ? pen("inverse", row) : pen("bold", row);
}

function candidateCells(entry: Entry, { pen, width, isAnswer }: RowLook): string {
  const { confidence = "possible", verdict } = entry.candidate ?? {};
  const status = verdict?.status ?? "unknown";
  const sure = `${isAnswer ? "✔" : " "} ${fitted(confidence, 9)}`;
  const verdictCell = pen(VERDICT_TONES[status], fitted(status.replace("-", " "), 12));
  const release = fitted(sanitize(entry.release ?? "unreleased"), 11);
  const room = width - 13;
  if (room < 50) {
    const short = fitted(sanitize(entry.subject), Math.max(8, width - 17));
    return ` ${pen(CONFIDENCE_TONES[confidence], isAnswer ? "✔" : CONFIDENCE_MARKS[confidence])} ${short} ${verdictCell}`;
  }
  const subject = fitted(sanitize(entry.subject), room - 25);
  return `${pen(CONFIDENCE_TONES[confidence], sure)} ${subject} ${pen("cyan", release)} ${verdictCell}`;
}

const VERDICT_TONES: Readonly<Record<VerdictStatus, Tone>> = {
  fixed: "green",
  "not-affected": "green",
  missing: "red",
  unknown: "yellow",
};
const CONFIDENCE_TONES: Readonly<Record<Confidence, Tone>> = {
  confirmed: "green",
  likely: "green",
  possible: "dim",
};
const CONFIDENCE_MARKS: Readonly<Record<Confidence, string>> = { confirmed: "●", likely: "●", possible: "○" };

function commitCells(entry: Entry, { pen, width }: RowLook): string {
  const fix = entry.isFix ? pen("green", "fix") : "   ";
  const subject = sanitize(entry.subject);
  const release = fitted(sanitize(entry.release ?? (entry.pool === "records" ? "" : "unreleased")), 12);
  if (width < 60) return `${fix} ${subject}`;
  const date = entry.date === undefined ? " ".repeat(10) : dateText(entry.date);
  const sha = width >= 100 ? `${pen("yellow", entry.sha.slice(0, 12))} ` : "";
  return `${sha}${date} ${pen("cyan", release)} ${fix} ${subject}`;
}
