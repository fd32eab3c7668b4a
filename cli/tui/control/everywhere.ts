import type { Action } from "../keymap.ts";
import { type Context, goBack, nextId, pushScreen, say } from "./context.ts";
import { openLog } from "./logs.ts";
import { openPicker } from "./picker.ts";
import { askKernel } from "./prompt.ts";
import { openSearch } from "./search.ts";
import { askStatus } from "./status.ts";

/** What may be done on every screen; false: the action is none of these. */
export function globalAction(context: Context, action: Action): boolean {
  switch (action) {
    case "back":
      goBack(context);
      return true;
    case "quit":
      context.outside.quit(0);
      return true;
    case "help":
      context.update((state) => ({ ...state, overlay: { kind: "help", top: 0 } }));
      return true;
    case "search":
      openSearch(context, "");
      return true;
    case "open-file":
      openPicker(context, context.outside.folder());
      return true;
    case "journal":
      openLog(context, { boot: "-1" });
      return true;
    case "kernel":
      askKernel(context);
      return true;
    case "jobs":
      openJobs(context);
      return true;
    case "mouse":
      context.update((state) => ({ ...state, mouse: !state.mouse }));
      context.outside.setMouse(context.state.mouse);
      say(context, context.state.mouse ? "the wheel scrolls" : "the terminal selects text");
      return true;
    case "redraw":
      context.outside.redraw();
      return true;
    case "suspend":
      context.outside.suspend();
      return true;
    default:
      return false;
  }
}

function openJobs(context: Context): void {
  askStatus(context);
  if (context.state.screens.at(-1)?.kind === "jobs") return;
  pushScreen(context, { kind: "jobs", id: nextId(context.state), selected: 0, top: 0 });
}
