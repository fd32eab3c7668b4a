import { sanitize } from "../../output/terminal.ts";
import type { SourceText } from "../lookup/questions.ts";
import type { Remote } from "../state.ts";
import type { Pen } from "../terminal/pen.ts";
import { codeLine, type Pane, remotePane } from "./pane.ts";

/** A piece of a source file with its numbers; the line that matters has a mark. */
export function sourcePane(
  text: Remote<SourceText> | undefined,
  {
    pen,
    width,
    line,
    title,
  }: { readonly pen: Pen; readonly width: number; readonly line: number; readonly title: string },
): Pane {
  return remotePane(text, { pen, width }, ({ from, lines }) => ({
    count: lines.length + 1,
    marks: [],
    line: (at) => {
      if (at === 0) return `  ${pen("bold", sanitize(title))}`;
      const number = from + at - 1;
      const code = codeLine(lines[at - 1] ?? "");
      const here = number === line;
      const gutter = `${here ? "▸" : " "}${String(number).padStart(6)} `;
      return here ? `${pen("bold", gutter)}${pen("bold", code)}` : `${pen("dim", gutter)}${code}`;
    },
  }));
}
