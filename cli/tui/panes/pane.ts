import { sanitize, sanitizeLines, wrap } from "../../output/terminal.ts";
import type { Problem } from "../lookup/questions.ts";
import type { Remote } from "../state.ts";
import type { Pen } from "../terminal/pen.ts";

/** What a pane shows: any number of lines, of which only the visible ones are made. */
export interface Pane {
  readonly count: number;
  /** A styled line; it may be too long. */
  readonly line: (at: number) => string;
  /** Lines worth jumping to. */
  readonly marks: readonly number[];
  /** Where its parts begin: the files of a diff. */
  readonly parts?: readonly number[];
}

export function paneOf(lines: readonly string[], marks: readonly number[] = []): Pane {
  return { count: lines.length, line: (at) => lines[at] ?? "", marks };
}

/** Lines with the margin that the panes with marks have. */
export function indented(lines: readonly string[]): Pane {
  return paneOf(lines.map((line) => `  ${line}`));
}

/** Shows what has come, or says that it has not, or why it cannot. */
export function remotePane<T>(
  remote: Remote<T> | undefined,
  draw: { readonly pen: Pen; readonly width: number },
  show: (value: T) => Pane,
): Pane {
  if (remote?.is === "here") return show(remote.value);
  if (remote?.is === "failed") return paneOf(problemLines(remote.problem, draw));
  return paneOf(["", draw.pen("dim", "  looking it up …")]);
}

/** What went wrong, and what to do about it. */
export function problemLines(
  problem: Problem,
  { pen, width }: { readonly pen: Pen; readonly width: number },
): string[] {
  const room = Math.max(20, width - 4);
  const stack = (problem.stack ?? "").split("\n").slice(1, 6);
  return [
    "",
    ...wrapped(problem.message, room).map((line) => `  ${pen("red", line)}`),
    ...(problem.hint === undefined
      ? []
      : wrapped(problem.hint, room).map((line) => `  ${pen("bold", line)}`)),
    ...(stack.length > 0 ? ["", ...stack.map((line) => pen("dim", `  ${sanitize(line.trim())}`))] : []),
  ];
}

/** A text made safe, in lines that fit. */
export function wrapped(text: string, width: number, indent = ""): string[] {
  return sanitizeLines(text)
    .split("\n")
    .flatMap((line) => wrap(line, width, indent).split("\n"));
}

/** A line of a file or a diff, safe, its tabs as blanks. */
export function codeLine(text: string): string {
  if (PLAIN.test(text)) return text;
  let column = 0;
  let line = "";
  for (const piece of text.split(/(\t)/)) {
    const drawn = piece === "\t" ? " ".repeat(8 - (column % 8)) : sanitize(piece).replaceAll("\n", " ");
    line += drawn;
    column += drawn.length;
  }
  return line;
}

const PLAIN = /^[ -~]*$/;

export function heading(pen: Pen, text: string): string {
  return pen("cyan", pen("bold", text));
}
