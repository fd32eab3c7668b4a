import type { ReactNode } from "react";
import { sanitize } from "../../output/terminal.ts";
import { bodyRows } from "../layout.ts";
import { Rows } from "../row.tsx";
import { follow } from "../scroll.ts";
import type { CrashesScreen, State } from "../state.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";
import { chosenRow } from "./entry-row.ts";

/** The crashes of a log, in its order. */
export function Crashes({
  state,
  screen,
  pen,
}: {
  readonly state: State;
  readonly screen: CrashesScreen;
  readonly pen: Pen;
}): ReactNode {
  const { crashes, name } = screen.log;
  const { columns } = state.size;
  const height = bodyRows(state.size);
  const top = follow(screen.top, screen.selected, height - 1, crashes.length);
  const rows = crashes.slice(top, top + height - 1).map((crash, at) => {
    const chosen = top + at === screen.selected;
    const wide = columns >= 100;
    const lines = wide ? `${pen("dim", fitted(`lines ${crash.lines[0]}-${crash.lines[1]}`, 18))} ` : "";
    const kernel = wide
      ? `${fitted(sanitize(crash.kernel.release ?? state.kernel ?? "kernel not named"), 26)} `
      : "";
    // A title ends in the function, which is what a narrow screen would cut off.
    const name = pen("bold", fitted(sanitize(crash.function ?? crash.kind), 26));
    const text = `${chosen ? "▸" : " "} ${String(top + at + 1).padStart(3)}  ${lines}${kernel}${name} ${sanitize(crash.title)}${crash.corrupted ? "  (damaged)" : ""}`;
    return chosenRow(text, { pen, width: columns, chosen, focused: true });
  });
  const head = pen("bold", ` ${crashes.length} crashes in ${sanitize(name)}`);
  return <Rows texts={[head, ...rows]} width={columns} height={height} />;
}
