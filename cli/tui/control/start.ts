import type { Action } from "../keymap.ts";
import { moved } from "../scroll.ts";
import type { StartScreen } from "../state.ts";
import { START_CHOICES } from "../views/start.tsx";
import { type Context, say, updateScreen } from "./context.ts";
import { globalAction } from "./everywhere.ts";
import { openLog } from "./logs.ts";

/** A key on the first screen; false: it is not its. */
export function startKey(context: Context, screen: StartScreen, action: Action): boolean {
  const { recent } = context.state;
  const count = START_CHOICES.length + recent.length;
  const selected = moved(action, screen.selected, { count, height: 10 });
  if (selected !== undefined) {
    updateScreen(context, "start", screen.id, (now) => ({ ...now, selected }));
    return true;
  }
  const chosen = recent[screen.selected - START_CHOICES.length];
  switch (action) {
    case "enter": {
      const choice = START_CHOICES[screen.selected];
      if (choice) globalAction(context, choice.action);
      else if (chosen) reopen(context, chosen.key, chosen.seen);
      return true;
    }
    case "forget":
      if (chosen) forget(context, screen, chosen.key);
      else say(context, "choose a crash to forget");
      return true;
    case "forget-all":
      forgetAll(context);
      return true;
    default:
      return false;
  }
}

function reopen(context: Context, key: string, seen: string): void {
  const text = context.outside.recent.text(key);
  if (text === undefined) say(context, "it is gone", "bad");
  else openLog(context, { text, name: `the log of ${seen.slice(0, 16).replace("T", " ")}` });
}

function forget(context: Context, screen: StartScreen, key: string): void {
  context.outside.recent.forget(key);
  const recent = context.outside.recent.all();
  context.update((state) => ({ ...state, recent }));
  const most = START_CHOICES.length + recent.length - 1;
  updateScreen(context, "start", screen.id, (now) => ({ ...now, selected: Math.min(now.selected, most) }));
  say(context, "forgotten", "good");
}

function forgetAll(context: Context): void {
  if (context.state.recent.length === 0) return;
  context.outside.recent.forgetAll();
  context.update((state) => ({
    ...state,
    recent: [],
    screens: state.screens.map((one) => (one.kind === "start" ? { ...one, selected: 0 } : one)),
  }));
  say(context, "all forgotten", "good");
}
