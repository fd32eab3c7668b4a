import type { JobRequest } from "../jobs/jobs.ts";
import type { Lookup } from "../lookup/client.ts";
import type { RecentCrashes } from "../recent.ts";
import type { Notice, Screen, State } from "../state.ts";

/** What the handlers of keys work with. */
export interface Context {
  /** As it is now. */
  readonly state: State;
  update(change: (state: State) => State): void;
  readonly lookup: Lookup;
  readonly outside: Outside;
}

/** What happens outside the screen. */
export interface Outside {
  readonly recent: RecentCrashes;
  /** Into the clipboard of the user's terminal. */
  copy(text: string): void;
  /** Opens an editor, and comes back; gives what is wrong. */
  edit(path: string, line: number): string | undefined;
  startJob(request: JobRequest): void;
  stopJob(): void;
  setMouse(on: boolean): void;
  redraw(): void;
  suspend(): void;
  quit(status: number): void;
  now(): Date;
  folder(): string;
}

export function say(context: Context, text: string, tone: Notice["tone"] = "plain"): void {
  context.update((state) => ({ ...state, notice: { text, tone } }));
}

/** Changes a screen, if it is still there. */
export function updateScreen<Kind extends Screen["kind"]>(
  context: Context,
  kind: Kind,
  id: number,
  change: (screen: Extract<Screen, { kind: Kind }>) => Extract<Screen, { kind: Kind }>,
): void {
  context.update((state) => ({
    ...state,
    screens: state.screens.map((screen) =>
      isOf(screen, kind) && screen.id === id ? change(screen) : screen,
    ),
  }));
}

function isOf<Kind extends Screen["kind"]>(
  screen: Screen,
  kind: Kind,
): screen is Extract<Screen, { kind: Kind }> {
  return screen.kind === kind;
}

export function pushScreen(context: Context, screen: Screen): void {
  context.update((state) => ({ ...state, screens: [...state.screens, screen], overlay: undefined }));
}

/** A number that no screen has yet. */
export function nextId(state: State): number {
  return Math.max(0, ...state.screens.map((screen) => screen.id)) + 1;
}

/** To the screen before; from the first one, out. */
export function goBack(context: Context): void {
  if (context.state.screens.length === 1) context.outside.quit(0);
  else context.update((state) => ({ ...state, screens: state.screens.slice(0, -1), notice: undefined }));
}
