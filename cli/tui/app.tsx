import { Box } from "ink";
import { Component, type ReactNode } from "react";
import { sanitize } from "../output/terminal.ts";
import { bodyRows } from "./layout.ts";
import { problemOf } from "./lookup/problem.ts";
import type { Problem } from "./lookup/questions.ts";
import { problemLines } from "./panes/pane.ts";
import { Row, Rows } from "./row.tsx";
import type { Screen, Size, State } from "./state.ts";
import { fitted, widthOf } from "./terminal/fit.ts";
import type { Pen } from "./terminal/pen.ts";
import { Browse } from "./views/browse.tsx";
import { Crashes } from "./views/crashes.tsx";
import { Jobs, jobWord } from "./views/jobs.tsx";
import { keyLine } from "./views/key-line.ts";
import { OverlayView } from "./views/overlay.tsx";
import { Picker } from "./views/picker.tsx";
import { Search } from "./views/search.tsx";
import { Start } from "./views/start.tsx";

/** The whole interface for a state: a title, the screen, the keys. */
export function App({ state, pen }: { readonly state: State; readonly pen: Pen }): ReactNode {
  const { columns, rows } = state.size;
  const screen = state.screens.at(-1);
  if (!screen || columns < 2 || rows < 1) return undefined;
  if (rows < 4 || columns < 20) return <Row text="too small" width={columns} />;
  return (
    <Box flexDirection="column">
      <Row text={titleText(state, screen, pen)} width={columns} />
      <Guard key={`${screen.id} ${state.overlay?.kind ?? ""}`} size={state.size} pen={pen}>
        {state.overlay ? (
          <OverlayView state={state} overlay={state.overlay} pen={pen} />
        ) : (
          <ScreenView state={state} screen={screen} pen={pen} />
        )}
      </Guard>
      <Row text={keyLine(state, screen, pen)} width={columns} />
    </Box>
  );
}

function ScreenView({
  state,
  screen,
  pen,
}: {
  readonly state: State;
  readonly screen: Screen;
  readonly pen: Pen;
}): ReactNode {
  switch (screen.kind) {
    case "start":
      return <Start state={state} screen={screen} pen={pen} />;
    case "crashes":
      return <Crashes state={state} screen={screen} pen={pen} />;
    case "browse":
      return <Browse state={state} screen={screen} pen={pen} />;
    case "search":
      return <Search state={state} screen={screen} pen={pen} />;
    case "jobs":
      return <Jobs state={state} screen={screen} pen={pen} />;
    case "picker":
      return <Picker state={state} screen={screen} pen={pen} />;
  }
}

/** Where one is, and for which kernel. */
function titleText(state: State, screen: Screen, pen: Pen): string {
  const { columns } = state.size;
  const right = [jobWord(state.job), kernelWord(state, screen)].filter((word) => word !== "").join("  ");
  const room = Math.max(0, columns - widthOf(right) - 2);
  const left = ` kfix › ${sanitize(titleOf(screen))}`;
  return pen("inverse", pen("bold", `${fitted(left, room)} ${right} `));
}

function titleOf(screen: Screen): string {
  switch (screen.kind) {
    case "start":
      return "start";
    case "crashes":
      return screen.log.name;
    case "browse":
      if (screen.of.kind === "commits") return screen.of.title;
      return screen.of.log.crashes.length > 1
        ? `${screen.of.at + 1}/${screen.of.log.crashes.length} ${screen.of.crash.title}`
        : screen.of.crash.title;
    case "search":
      return "search";
    case "jobs":
      return "index";
    case "picker":
      return "open a log";
  }
}

function kernelWord(state: State, screen: Screen): string {
  const logged =
    screen.kind === "browse" && screen.of.kind === "crash" ? screen.of.crash.kernel.release : undefined;
  const kernel = state.kernel ?? logged;
  if (kernel !== undefined) return fitted(sanitize(kernel), Math.min(30, widthOf(sanitize(kernel))));
  return screen.kind === "browse" ? "kernel not known: K" : "";
}

/** A part that cannot be drawn says so in its place; the keys go on working. */
class Guard extends Component<
  { readonly size: Size; readonly pen: Pen; readonly children: ReactNode },
  { readonly problem: Problem | undefined }
> {
  override state: { readonly problem: Problem | undefined } = { problem: undefined };

  static getDerivedStateFromError(error: unknown): { problem: Problem } {
    return { problem: problemOf(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    const { size, pen, children } = this.props;
    if (!problem) return children;
    const lines = [
      ...problemLines(problem, { pen, width: size.columns }),
      "",
      `  ${pen("bold", "q")} goes back.`,
    ];
    return <Rows texts={lines} width={size.columns} height={bodyRows(size)} />;
  }
}
