import type { ReactNode } from "react";
import { sanitize } from "../../output/terminal.ts";
import { bodyRows } from "../layout.ts";
import type { SearchHit } from "../lookup/questions.ts";
import { problemLines } from "../panes/pane.ts";
import { Rows } from "../row.tsx";
import { follow } from "../scroll.ts";
import { type SearchRow, searchRows } from "../search-rows.ts";
import type { SearchScreen, State } from "../state.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";
import { chosenRow, entryRow } from "./entry-row.ts";
import { typedText } from "./typed.ts";

/** The query, and what it may mean so far. */
export function Search({
  state,
  screen,
  pen,
}: {
  readonly state: State;
  readonly screen: SearchScreen;
  readonly pen: Pen;
}): ReactNode {
  const { columns } = state.size;
  const height = bodyRows(state.size);
  const rows = searchRows(screen);
  const room = height - 2;
  const top = follow(screen.top, screen.selected, room, rows.length);
  const texts = rows
    .slice(top, top + room)
    .map((row, at) => rowText(row, { pen, width: columns, chosen: top + at === screen.selected }));
  const field = `${pen("bold", " Search ")}${typedText(screen.query, Math.max(10, columns - 10), pen)}`;
  return (
    <Rows
      texts={[
        field,
        countText(screen, pen),
        ...(texts.length > 0 ? texts : emptyLines(screen, pen, columns)),
      ]}
      width={columns}
      height={height}
    />
  );
}

function countText({ view }: SearchScreen, pen: Pen): string {
  if (view?.is !== "here") return "";
  const { commits } = view.value;
  return pen(
    "dim",
    commits > 0 ? ` ${commits.toLocaleString("en")} ${commits === 1 ? "commit" : "commits"}` : "",
  );
}

function emptyLines(screen: SearchScreen, pen: Pen, width: number): string[] {
  if (screen.view?.is === "failed") return problemLines(screen.view.problem, { pen, width });
  if (screen.query.trim() === "") {
    return [
      pen("dim", " pick_next_task_fair           a function, a structure: the commits that touched it"),
      pen("dim", " sched race task_group         words of a commit's message"),
      pen("dim", " eeb61e53ea19                  a sha, by its first digits"),
      pen("dim", " CVE-2024-26                   a CVE"),
      pen("dim", " BUG: unable to handle kernel  a line that the kernel printed"),
    ];
  }
  if (screen.view?.is !== "here") return [pen("dim", " looking …")];
  return [
    "",
    ` Nothing has ${pen("bold", sanitize(screen.query.trim()))}.`,
    pen("dim", " Words are whole, but for the last; a symbol is known from its beginning."),
  ];
}

function rowText(
  row: SearchRow,
  { pen, width, chosen }: { readonly pen: Pen; readonly width: number; readonly chosen: boolean },
): string {
  const look = { pen, width, chosen, focused: true };
  const mark = chosen ? "▸" : " ";
  if (row.kind === "all") {
    return chosenRow(
      `${mark} ${pen("cyan", fitted("list", 8))} all ${row.commits.toLocaleString("en")} commits, to walk through and filter`,
      look,
    );
  }
  if (row.kind === "message") {
    const { match } = row;
    return chosenRow(
      `${mark} ${pen("magenta", fitted("printed", 8))} ${sanitize(`${match.path}:${match.line}`)}  ${pen("dim", sanitize(`${match.function ?? ""}  ${match.format}`))}`,
      look,
    );
  }
  return hitText(row.hit, mark, { ...look, isAnswer: false });
}

function hitText(hit: SearchHit, mark: string, look: Parameters<typeof entryRow>[1]): string {
  const { pen } = look;
  if (hit.kind === "symbol") {
    const count = `${hit.commits.toLocaleString("en")} ${hit.commits === 1 ? "commit" : "commits"}`;
    return chosenRow(
      `${mark} ${pen("cyan", fitted("symbol", 8))} ${pen("bold", sanitize(hit.name))}  ${pen("dim", count)}`,
      look,
    );
  }
  if (hit.kind === "cve") {
    return chosenRow(
      `${mark} ${pen("red", fitted("CVE", 8))} ${pen("bold", hit.cve)}  ${sanitize(hit.entry.subject)}`,
      look,
    );
  }
  return entryRow(hit.entry, look);
}
