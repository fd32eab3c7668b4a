import { Box } from "ink";
import type { ReactNode } from "react";
import { sanitize } from "../../output/terminal.ts";
import { browseLayout } from "../layout.ts";
import { problemLines } from "../panes/pane.ts";
import { type PaneTab, paneContent, panesOf } from "../panes/panes.ts";
import { Row, Rows } from "../row.tsx";
import { follow } from "../scroll.ts";
import type { BrowseScreen, State } from "../state.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";
import { entryRow } from "./entry-row.ts";

/** A list of commits and the pane of the chosen one, side by side or above each other. */
export function Browse({
  state,
  screen,
  pen,
}: {
  readonly state: State;
  readonly screen: BrowseScreen;
  readonly pen: Pen;
}): ReactNode {
  const { wide, list, pane } = browseLayout(state.size, screen);
  const listed = <Rows texts={listTexts(screen, list, pen)} width={list.columns} height={list.rows} />;
  const shown = (
    <Box flexDirection="column">
      <Row text={tabsText(panesOf(screen), screen, pane.columns, pen)} width={pane.columns} />
      <Rows texts={paneTexts(state, screen, pane, pen)} width={pane.columns} height={pane.rows} />
    </Box>
  );
  if (!wide) {
    return (
      <Box flexDirection="column">
        {listed}
        {shown}
      </Box>
    );
  }
  const rule = Array.from({ length: list.rows }, () => pen("dim", "│"));
  return (
    <Box flexDirection="row">
      {listed}
      <Rows texts={rule} width={1} height={list.rows} />
      {shown}
    </Box>
  );
}

function listTexts(screen: BrowseScreen, size: { columns: number; rows: number }, pen: Pen): string[] {
  if (screen.list.is === "failed") return problemLines(screen.list.problem, { pen, width: size.columns });
  if (screen.list.is === "waiting") return ["", pen("dim", "  looking it up …")];
  const { entries, hidden, crash } = screen.list.value;
  const height = size.rows - 1;
  const top = follow(screen.top, screen.selected, height, entries.length);
  const rows = entries.slice(top, top + height).map((entry, at) =>
    entryRow(entry, {
      pen,
      width: size.columns,
      chosen: top + at === screen.selected,
      focused: screen.focus === "list",
      isAnswer: crash?.answer === top + at,
    }),
  );
  return [
    headText(screen, { count: entries.length, hidden }, size.columns, pen),
    ...(rows.length > 0 ? rows : noneText(screen, hidden, pen)),
  ];
}

function noneText(screen: BrowseScreen, hidden: number, pen: Pen): string[] {
  if (hidden > 0) return ["", `  The filters leave nothing of ${hidden}: ${pen("bold", "f")} changes them.`];
  return screen.of.kind === "crash"
    ? [
        "",
        "  Nothing in the history speaks of this crash.",
        pen("bold", "  More history may help: I, or kfix source add."),
      ]
    : ["", "  No commit is known of it."];
}

function headText(
  screen: BrowseScreen,
  { count, hidden }: { count: number; hidden: number },
  width: number,
  pen: Pen,
): string {
  const { filters, selected } = screen;
  const what =
    screen.of.kind === "crash"
      ? count === 1
        ? "candidate"
        : "candidates"
      : count === 1
        ? "commit"
        : "commits";
  const set = [
    filters.arch,
    filters.series && `in ${filters.series}`,
    filters.onlyMissing ? "missing here" : undefined,
    filters.hideMerges ? "no merges" : undefined,
    screen.of.kind === "crash" && !filters.hideUnaffected ? "all" : undefined,
  ].filter((one) => one);
  const left = ` ${count.toLocaleString("en")} ${what}${hidden > 0 ? `, ${hidden.toLocaleString("en")} hidden` : ""}${set.length > 0 ? `  [${sanitize(set.join(", "))}]` : ""}`;
  const right = count > 0 ? `${(selected + 1).toLocaleString("en")}/${count.toLocaleString("en")} ` : "";
  const text = `${fitted(left, Math.max(0, width - right.length))}${right}`;
  return screen.focus === "list" ? pen("bold", text) : pen("dim", text);
}

function tabsText(tabs: readonly PaneTab[], screen: BrowseScreen, width: number, pen: Pen): string {
  const narrow = width < 60;
  const rule = pen("dim", "─");
  let used = 1;
  const texts = tabs.map((tab, at) => {
    const chosen = tab.pane === screen.pane;
    const label = narrow && !chosen ? `${at + 1}` : `${at + 1} ${tab.label}`;
    used += label.length + 3;
    if (!chosen) return pen("dim", ` ${label} `);
    return screen.focus === "pane" ? pen("inverse", pen("bold", `[${label}]`)) : pen("bold", `[${label}]`);
  });
  return `${rule}${texts.join(rule)}${pen("dim", "─".repeat(Math.max(0, width - used + 1)))}`;
}

function paneTexts(
  state: State,
  screen: BrowseScreen,
  size: { columns: number; rows: number },
  pen: Pen,
): string[] {
  if (size.rows <= 0) return [];
  const content = paneContent(state, screen, { pen, width: size.columns, height: size.rows });
  const top = Math.max(0, Math.min(screen.paneTop, content.count - size.rows));
  const shown = Math.min(size.rows, content.count - top);
  return Array.from({ length: Math.max(0, shown) }, (_, at) => content.line(top + at));
}
