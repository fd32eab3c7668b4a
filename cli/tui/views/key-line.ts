import { sanitize } from "../../output/terminal.ts";
import { type Action, bindingOf, TYPING } from "../keymap.ts";
import type { Screen, State } from "../state.ts";
import { widthOf } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";

/** The keys of each screen that are worth a place at the bottom, the most needed first. */
const LINES: Readonly<
  Record<Exclude<Screen["kind"], "search"> | "help" | "filters" | "source", readonly Action[]>
> = {
  start: ["enter", "search", "open-file", "journal", "kernel", "jobs", "forget", "help", "back"],
  crashes: ["enter", "search", "kernel", "help", "back"],
  browse: [
    "next-focus",
    "right",
    "search",
    "filters",
    "copy",
    "editor",
    "export",
    "next-crash",
    "kernel",
    "help",
    "back",
  ],
  jobs: ["update", "add", "stop", "rebuild", "help", "back"],
  picker: ["enter", "parent", "help", "back"],
  help: ["down", "page-down", "back"],
  filters: ["enter", "back"],
  source: ["down", "editor", "copy", "back"],
};

/** The line at the bottom: what just happened, or the keys, as many as fit. */
export function keyLine(state: State, screen: Screen, pen: Pen): string {
  const { notice } = state;
  if (notice) {
    const text = ` ${sanitize(notice.text)}`;
    if (notice.tone === "plain") return pen("bold", text);
    return pen(notice.tone === "good" ? "green" : "red", pen("bold", text));
  }
  const typing = state.overlay?.kind === "prompt" || (screen.kind === "search" && !state.overlay);
  const words = typing ? TYPING : actionsOf(state, screen).flatMap((action) => bindingOf(action) ?? []);
  const cells = words.map(({ shown, word }) => {
    const [key = shown] = shown.split(" ");
    return { text: ` ${pen("bold", key)} ${pen("dim", word)} `, width: widthOf(key) + widthOf(word) + 3 };
  });
  // The way out and the help are always there.
  const last = cells.splice(typing ? -1 : -2);
  let room = state.size.columns - last.reduce((sum, cell) => sum + cell.width, 0);
  const first = cells.filter((cell) => {
    room -= cell.width;
    return room >= 0;
  });
  return [...first, ...last].map((cell) => cell.text).join("");
}

function actionsOf(state: State, screen: Screen): readonly Action[] {
  const kind = state.overlay?.kind;
  if (kind !== undefined && kind !== "prompt") return LINES[kind];
  if (screen.kind === "search") return [];
  const several = screen.kind === "browse" && screen.of.kind === "crash" && screen.of.log.crashes.length > 1;
  return LINES[screen.kind].filter((action) => action !== "next-crash" || several);
}
