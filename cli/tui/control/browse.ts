import type { Action } from "../keymap.ts";
import { browseLayout } from "../layout.ts";
import type { Pane } from "../panes/pane.ts";
import { functionsOf, paneContent, panesOf } from "../panes/panes.ts";
import { clamp, follow, moved } from "../scroll.ts";
import type { BrowseScreen } from "../state.ts";
import { askForPane } from "./browse-lists.ts";
import { copyChosen, exportReport, openEditor } from "./browse-outside.ts";
import { type Context, say, updateScreen } from "./context.ts";
import { openNeighbour } from "./logs.ts";

/** Does what a key says; false: it is not a key of this screen. */
export function browseKey(context: Context, screen: BrowseScreen, action: Action): boolean {
  const to = PANE_KEYS.indexOf(action);
  if (to !== -1) return choosePane(context, screen, to);
  switch (action) {
    case "next-focus":
    case "previous-focus":
      return change(context, screen, { focus: screen.focus === "list" ? "pane" : "list" });
    case "enter":
      return change(context, screen, { focus: "pane" });
    case "back":
      if (screen.focus === "list") return false;
      return change(context, screen, { focus: "list" });
    case "left":
    case "right":
      return choosePane(context, screen, paneNumber(screen) + (action === "left" ? -1 : 1));
    case "previous-crash":
    case "next-crash":
      if (screen.of.kind === "crash") openNeighbour(context, screen.of, action === "next-crash" ? 1 : -1);
      return true;
    case "next-mark":
    case "previous-mark":
      return toMark(context, screen, action === "next-mark" ? 1 : -1);
    case "next-part":
    case "previous-part":
      return toPart(context, screen, action === "next-part" ? 1 : -1);
    case "filters":
      context.update((state) => ({ ...state, overlay: { kind: "filters", screen: screen.id, selected: 0 } }));
      return true;
    case "copy":
      return copyChosen(context, screen);
    case "editor":
      return openEditor(context, screen);
    case "export":
      return exportReport(context, screen);
    default:
      return scroll(context, screen, action);
  }
}

const PANE_KEYS: readonly Action[] = ["pane-1", "pane-2", "pane-3", "pane-4"];

function change(context: Context, screen: BrowseScreen, changes: Partial<BrowseScreen>): true {
  updateScreen(context, "browse", screen.id, (now) => {
    const next = { ...now, ...changes };
    const count = next.list.is === "here" ? next.list.value.entries.length : 0;
    const height = browseLayout(context.state.size, next).list.rows - 1;
    return { ...next, top: follow(next.top, next.selected, Math.max(1, height), count) };
  });
  askForPane(context, screen.id);
  return true;
}

function paneNumber(screen: BrowseScreen): number {
  return panesOf(screen).findIndex((one) => one.pane === screen.pane);
}

function choosePane(context: Context, screen: BrowseScreen, at: number): true {
  const panes = panesOf(screen);
  const pane = panes[(at + panes.length) % panes.length]?.pane ?? screen.pane;
  return change(context, screen, { pane, paneTop: 0 });
}

/** Rows of the list, or of the pane, that fit. */
function sizes(
  context: Context,
  screen: BrowseScreen,
): { list: number; pane: number; width: number; count: number } {
  const count = screen.list.is === "here" ? screen.list.value.entries.length : 0;
  const { list, pane } = browseLayout(context.state.size, screen);
  return { list: Math.max(1, list.rows - 1), pane: Math.max(1, pane.rows), width: pane.columns, count };
}

function scroll(context: Context, screen: BrowseScreen, action: Action): boolean {
  const { list, count } = sizes(context, screen);
  if (screen.focus === "list") {
    const selected = moved(action, screen.selected, { count, height: list });
    if (selected === undefined) return false;
    return change(context, screen, { selected, paneTop: 0 });
  }
  if (screen.pane === "trace" && screen.of.kind === "crash" && (action === "up" || action === "down")) {
    const frames = screen.of.crash.frames.length;
    const frame = clamp(screen.frame + (action === "up" ? -1 : 1), 0, Math.max(0, frames - 1));
    return change(context, screen, { frame, paneTop: 0 });
  }
  return scrollPane(context, screen, action);
}

function contentOf(context: Context, screen: BrowseScreen): Pane {
  const { pane, width } = sizes(context, screen);
  return paneContent(context.state, screen, { pen: (_tone, text) => text, width, height: pane });
}

function scrollPane(context: Context, screen: BrowseScreen, action: Action): boolean {
  const { pane } = sizes(context, screen);
  const content = contentOf(context, screen);
  const most = Math.max(0, content.count - pane);
  const at = clamp(screen.paneTop, 0, most);
  const to = moved(action, at, { count: most + 1, height: pane });
  if (to === undefined) return false;
  return change(context, screen, { paneTop: to });
}

/** The wheel scrolls what has the focus. */
export function browseWheel(context: Context, screen: BrowseScreen, rows: number): void {
  const { list, count, pane } = sizes(context, screen);
  if (screen.focus === "list") {
    const selected = clamp(screen.selected + rows, 0, Math.max(0, count - 1));
    change(context, screen, { selected, paneTop: 0, top: follow(screen.top, selected, list, count) });
    return;
  }
  const most = Math.max(0, contentOf(context, screen).count - pane);
  change(context, screen, { paneTop: clamp(screen.paneTop + rows, 0, most) });
}

function toMark(context: Context, screen: BrowseScreen, step: 1 | -1): true {
  if (screen.pane === "source" && screen.list.is === "here") {
    const count = screen.list.value.definitions.length;
    if (count > 0) change(context, screen, { frame: (screen.frame + step + count) % count, paneTop: 0 });
    return true;
  }
  if (screen.pane !== "commit") return change(context, screen, { pane: "commit", paneTop: 0, focus: "pane" });
  const { marks } = contentOf(context, screen);
  const here = screen.paneTop + MARK_ROOM;
  const to = step === 1 ? marks.find((at) => at > here) : marks.findLast((at) => at < here);
  if (to !== undefined)
    return change(context, screen, { paneTop: Math.max(0, to - MARK_ROOM), focus: "pane" });
  say(
    context,
    functionsOf(screen).length === 0
      ? "nothing is marked here"
      : "no further line names a function of the trace",
  );
  return true;
}

function toPart(context: Context, screen: BrowseScreen, step: 1 | -1): true {
  if (screen.pane !== "commit") return change(context, screen, { pane: "commit", paneTop: 0, focus: "pane" });
  const { parts = [] } = contentOf(context, screen);
  const { paneTop } = screen;
  const to = step === 1 ? parts.find((at) => at > paneTop) : parts.findLast((at) => at < paneTop);
  if (to !== undefined) return change(context, screen, { paneTop: to, focus: "pane" });
  say(context, "the diff has no further file");
  return true;
}

/** Rows that are shown above a mark that was jumped to. */
const MARK_ROOM = 3;
