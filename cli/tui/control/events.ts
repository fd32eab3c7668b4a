import { type Action, actionOf, type Place } from "../keymap.ts";
import { bodyRows } from "../layout.ts";
import { moved } from "../scroll.ts";
import type { Screen } from "../state.ts";
import type { TerminalEvent } from "../terminal/input.ts";
import { helpLines } from "../views/overlay.tsx";
import { browseKey, browseWheel } from "./browse.ts";
import { type Context, updateScreen } from "./context.ts";
import { globalAction } from "./everywhere.ts";
import { filtersKey } from "./filters.ts";
import { openCrash, openLog } from "./logs.ts";
import { pickerKey } from "./picker.ts";
import { askSource, promptKey, promptPaste } from "./prompt.ts";
import { openSearch, searchKey } from "./search.ts";
import { sourceOverlayKey } from "./source.ts";
import { startKey } from "./start.ts";

/** Does what the user did: a key, a paste, a turn of the wheel. */
export function handle(context: Context, event: TerminalEvent) {
  if (event.type === "paste") return paste(context, event.text);
  if (event.type === "wheel") return wheel(context, event.rows);
  if (context.state.notice) context.update((state) => ({ ...state, notice: undefined }));
  const { overlay, screens } = context.state;
  const screen = screens.at(-1);
  if (event.key === "ctrl-c") return context.outside.quit(INTERRUPTED);
  if (event.key === "ctrl-z") return context.outside.suspend();
  if (overlay?.kind === "prompt") return promptKey(context, overlay, event.key);
  if (overlay) return overlayKey(context, event.key);
  if (screen?.kind === "search") return searchKey(context, screen, event.key);
  const action = screen && actionOf(event.key, [...placesOf(screen), "everywhere"]);
  if (screen && action && !screenAction(context, screen, action)) globalAction(context, action);
}

/** As a shell counts an interruption (docs: exit status). */
const INTERRUPTED = 130;

function placesOf(screen: Screen): Place[] {
  switch (screen.kind) {
    case "browse":
      return ["commits", "list"];
    case "search":
      return [];
    default:
      return [screen.kind, "list"];
  }
}

function screenAction(context: Context, screen: Screen, action: Action): boolean {
  switch (screen.kind) {
    case "start":
      return startKey(context, screen, action);
    case "browse":
      return browseKey(context, screen, action);
    case "picker":
      return pickerKey(context, screen, action);
    case "crashes": {
      const { crashes } = screen.log;
      const selected = moved(action, screen.selected, {
        count: crashes.length,
        height: bodyRows(context.state.size) - 1,
      });
      if (selected !== undefined)
        updateScreen(context, "crashes", screen.id, (now) => ({ ...now, selected }));
      else if (action === "enter") openCrash(context, screen.log, screen.selected);
      else return false;
      return true;
    }
    case "jobs":
      return jobsKey(context, action);
    case "search":
      return false;
  }
}

function jobsKey(context: Context, action: Action): boolean {
  switch (action) {
    case "update":
      context.outside.startJob({ kind: "update", rebuild: false });
      return true;
    case "rebuild":
      context.outside.startJob({ kind: "update", rebuild: true });
      return true;
    case "add":
      askSource(context);
      return true;
    case "stop":
      context.outside.stopJob();
      return true;
    default:
      return false;
  }
}

function overlayKey(context: Context, key: string) {
  const { overlay } = context.state;
  const action = actionOf(key, ["start", "list", "commits", "everywhere"]);
  if (!overlay || !action) return;
  if (action === "quit") return context.outside.quit(0);
  if (action === "redraw") return context.outside.redraw();
  if (overlay.kind === "filters" && filtersKey(context, overlay, action)) return;
  if (overlay.kind === "source" && sourceOverlayKey(context, overlay, action)) return;
  if (overlay.kind === "help") {
    const height = bodyRows(context.state.size);
    const count = helpLines({ pen: (_tone, text) => text, width: context.state.size.columns }).length;
    const top = moved(action, overlay.top, { count: Math.max(1, count - height + 1), height });
    if (top !== undefined) return context.update((state) => ({ ...state, overlay: { kind: "help", top } }));
  }
  if (action === "back" || action === "help" || action === "left") {
    context.update((state) => ({ ...state, overlay: undefined }));
  }
}

/** A log may be pasted anywhere; where text is typed, a line is text. */
function paste(context: Context, text: string) {
  const { overlay, screens } = context.state;
  const screen = screens.at(-1);
  const isLine = !text.trim().includes("\n");
  if (overlay?.kind === "prompt") return promptPaste(context, overlay, text);
  if (isLine && text.length < LONGEST_QUERY && screen?.kind === "search") {
    for (const character of text.trim()) {
      const now = context.state.screens.at(-1);
      if (now?.kind === "search") searchKey(context, now, character);
    }
    return;
  }
  if (isLine && /^\s*(?:[0-9a-f]{7,40}|cve-\d{4}-\d{4,10}|\w{2,80})\s*$/i.test(text)) {
    return openSearch(context, text.trim());
  }
  openLog(context, { text, name: "what was pasted" });
}

const LONGEST_QUERY = 300;

function wheel(context: Context, rows: number) {
  const screen = context.state.screens.at(-1);
  if (!context.state.overlay && screen?.kind === "browse") return browseWheel(context, screen, rows);
  const key = rows < 0 ? "up" : "down";
  for (let step = 0; step < Math.abs(rows); step++) handle(context, { type: "key", key });
}
