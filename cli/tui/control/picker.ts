import { dirname, join } from "node:path";
import type { Action } from "../keymap.ts";
import { bodyRows } from "../layout.ts";
import { follow, moved } from "../scroll.ts";
import { type PickerScreen, WAITING } from "../state.ts";
import { remoteOf } from "./browse-lists.ts";
import { type Context, nextId, pushScreen, updateScreen } from "./context.ts";
import { openLog } from "./logs.ts";

/** Shows the files of a folder. */
export function openPicker(context: Context, path: string): void {
  const id = nextId(context.state);
  pushScreen(context, { kind: "picker", id, path, view: WAITING, selected: 0, top: 0 });
  readFolder(context, id, path, undefined);
}

/** `from`: the file to choose in it. */
function readFolder(context: Context, id: number, path: string, from: string | undefined): void {
  context.lookup.ask("folder", { path }, (outcome) => {
    const at = "value" in outcome ? outcome.value.files.findIndex((file) => file.name === from) : 0;
    updateScreen(context, "picker", id, (screen) => ({
      ...screen,
      path,
      view: remoteOf(outcome),
      selected: Math.max(0, at),
      top: 0,
    }));
  });
}

/** A key in the file picker; false: it is not its. */
export function pickerKey(context: Context, screen: PickerScreen, action: Action): boolean {
  const files = screen.view.is === "here" ? screen.view.value.files : [];
  const height = bodyRows(context.state.size) - 1;
  const selected = moved(action, screen.selected, { count: files.length, height });
  if (selected !== undefined) {
    updateScreen(context, "picker", screen.id, (now) => ({
      ...now,
      selected,
      top: follow(now.top, selected, height, files.length),
    }));
    return true;
  }
  if (action === "parent") {
    const name = screen.path.split("/").at(-1);
    readFolder(context, screen.id, dirname(screen.path), name);
    return true;
  }
  const file = files[screen.selected];
  if (action !== "enter" || !file) return action === "enter";
  const path = join(screen.path, file.name);
  if (file.isFolder) readFolder(context, screen.id, path, undefined);
  else openLog(context, { paths: [path] });
  return true;
}
