import type { ReactNode } from "react";
import { sanitize } from "../../output/terminal.ts";
import { bodyRows } from "../layout.ts";
import { problemLines } from "../panes/pane.ts";
import { Rows } from "../row.tsx";
import { follow } from "../scroll.ts";
import type { PickerScreen, State } from "../state.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";
import { chosenRow } from "./entry-row.ts";

/** The files of a folder. */
export function Picker({
  state,
  screen,
  pen,
}: {
  readonly state: State;
  readonly screen: PickerScreen;
  readonly pen: Pen;
}): ReactNode {
  const { columns } = state.size;
  const height = bodyRows(state.size);
  const head = ` ${pen("bold", sanitize(screen.path))}`;
  return (
    <Rows
      texts={[head, ...fileLines(screen, height - 1, { pen, columns })]}
      width={columns}
      height={height}
    />
  );
}

function fileLines(
  screen: PickerScreen,
  room: number,
  { pen, columns }: { readonly pen: Pen; readonly columns: number },
): string[] {
  if (screen.view.is === "waiting") return ["", pen("dim", "  reading …")];
  if (screen.view.is === "failed") return problemLines(screen.view.problem, { pen, width: columns });
  const { files } = screen.view.value;
  const top = follow(screen.top, screen.selected, room, files.length);
  if (files.length === 0) return ["", "  The folder is empty."];
  return files.slice(top, top + room).map((file, at) => {
    const chosen = top + at === screen.selected;
    const name = `${sanitize(file.name)}${file.isFolder ? "/" : ""}`;
    const size = file.isFolder ? "" : bytesText(file.bytes);
    const date = file.changed > 0 ? new Date(file.changed).toISOString().slice(0, 16).replace("T", " ") : "";
    const left = fitted(
      `${chosen ? "▸" : " "} ${file.isFolder ? pen("bold", name) : name}`,
      Math.max(10, columns - 28),
    );
    return chosenRow(`${left}${size.padStart(9)}  ${pen("dim", date)}`, {
      pen,
      width: columns,
      chosen,
      focused: true,
    });
  });
}

function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`;
}
