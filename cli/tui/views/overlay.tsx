import type { ReactNode } from "react";
import { sanitize } from "../../output/terminal.ts";
import { FILTER_ROWS, filterText } from "../control/filter-rows.ts";
import { KEYS, type Place } from "../keymap.ts";
import { bodyRows } from "../layout.ts";
import { sourceKey } from "../panes/panes.ts";
import { sourcePane } from "../panes/source.ts";
import { Rows } from "../row.tsx";
import type { Overlay, State } from "../state.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";
import { chosenRow } from "./entry-row.ts";
import { typedText } from "./typed.ts";

/** What is drawn in place of the screen: all keys, the filters, a question, a source file. */
export function OverlayView({
  state,
  overlay,
  pen,
}: {
  readonly state: State;
  readonly overlay: Overlay;
  readonly pen: Pen;
}): ReactNode {
  const width = state.size.columns;
  const height = bodyRows(state.size);
  return <Rows texts={textsOf(state, overlay, { pen, width, height })} width={width} height={height} />;
}

interface Draw {
  readonly pen: Pen;
  readonly width: number;
  readonly height: number;
}

function textsOf(state: State, overlay: Overlay, draw: Draw): string[] {
  switch (overlay.kind) {
    case "help":
      return helpLines(draw).slice(overlay.top);
    case "filters":
      return filterLines(state, overlay, draw);
    case "prompt":
      return promptLines(overlay, draw);
    case "source": {
      const content = sourcePane(state.sources.get(sourceKey(overlay)), {
        ...draw,
        line: overlay.line,
        title: overlay.title,
      });
      const top = Math.max(0, Math.min(overlay.top, content.count - draw.height));
      return Array.from({ length: Math.min(draw.height, content.count - top) }, (_, at) =>
        content.line(top + at),
      );
    }
  }
}

const PLACES: readonly { readonly place: Place; readonly title: string }[] = [
  { place: "everywhere", title: "Everywhere" },
  { place: "list", title: "Lists and panes" },
  { place: "commits", title: "Candidates and commits" },
  { place: "start", title: "The first screen" },
  { place: "jobs", title: "The index" },
  { place: "picker", title: "Files" },
];

/** All keys, in two columns where there is room. */
export function helpLines({ pen, width }: Pick<Draw, "pen" | "width">): string[] {
  const groups = PLACES.map(({ place, title }) => [
    pen("bold", ` ${title}`),
    ...KEYS.filter((one) => one.place === place).map(
      (one) => `   ${pen("cyan", fitted(one.shown, 14))} ${one.help}`,
    ),
    "",
  ]);
  const note = [
    pen(
      "dim",
      " A log may be pasted anywhere. Nothing needs the mouse, and nothing is told by colour alone.",
    ),
  ];
  if (width < 150) return [...groups.flat(), ...note];
  const half = Math.floor(width / 2);
  const [left, right] = [groups.slice(0, 2).flat(), groups.slice(2).flat()];
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    return `${fitted(left[at] ?? "", half)}${right[at] ?? ""}`;
  });
  return [...rows, ...note];
}

function filterLines(
  state: State,
  { selected, screen }: Extract<Overlay, { kind: "filters" }>,
  { pen, width }: Draw,
): string[] {
  const own = state.screens.find((one) => one.id === screen);
  const filters = own?.kind === "browse" ? own.filters : undefined;
  return [
    "",
    pen("bold", "  Show only"),
    ...FILTER_ROWS.map((row, at) =>
      chosenRow(
        `${at === selected ? " ▸ " : "   "}${fitted(row.label, 34)} ${pen("bold", sanitize(filters ? filterText(row, filters) : ""))}`,
        { pen, width, chosen: at === selected, focused: true },
      ),
    ),
    "",
    pen("dim", "  Enter changes it, x clears all, q is done."),
  ];
}

function promptLines(
  { prompt, value }: Extract<Overlay, { kind: "prompt" }>,
  { pen, width }: Draw,
): string[] {
  return [
    "",
    `  ${pen("bold", prompt.label)}`,
    "",
    `  ${pen("cyan", "›")} ${typedText(value, Math.max(10, width - 6), pen)}`,
    "",
    ...prompt.help.split("\n").map((line) => pen("dim", `  ${line}`)),
  ];
}
