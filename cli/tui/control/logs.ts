import { nameOf } from "../lookup/logs.ts";
import type { LogPlace, ParsedLog } from "../lookup/questions.ts";
import { CRASH_FILTERS } from "../lookup/questions.ts";
import { type CrashSubject, type State, WAITING } from "../state.ts";
import { askForList } from "./browse-lists.ts";
import { type Context, nextId, pushScreen } from "./context.ts";

/** Reads a log, and shows its crash, or its crashes. */
export function openLog(context: Context, place: LogPlace): void {
  const name = nameOf(place);
  context.update((state) => reading(toStart(state), name, undefined));
  context.lookup.ask("log", place, (outcome) => {
    context.update((state) => reading(state, undefined, "problem" in outcome ? outcome.problem : undefined));
    if ("problem" in outcome) return;
    context.outside.recent.remember(outcome.value, context.outside.now());
    context.update((state) => ({ ...state, recent: context.outside.recent.all() }));
    showLog(context, outcome.value);
  });
}

function showLog(context: Context, log: ParsedLog): void {
  if (log.crashes.length > 1) {
    pushScreen(context, { kind: "crashes", id: nextId(context.state), log, selected: 0, top: 0 });
  } else openCrash(context, log, 0);
}

/** Shows the candidates of one crash of a log. */
export function openCrash(context: Context, log: ParsedLog, at: number): void {
  const crash = log.crashes[at];
  if (!crash) return;
  const of: CrashSubject = { kind: "crash", crash, log, at };
  const id = nextId(context.state);
  const frame = Math.max(
    0,
    crash.frames.findIndex((one) => one.function === crash.function),
  );
  pushScreen(context, {
    kind: "browse",
    id,
    of,
    list: WAITING,
    filters: CRASH_FILTERS,
    focus: "list",
    pane: "why",
    paneTop: 0,
    frame,
    trace: WAITING,
    selected: 0,
    top: 0,
  });
  askForList(context, id);
}

/** Another crash of the same log, in place of the one that shows. */
export function openNeighbour(context: Context, of: CrashSubject, step: number): void {
  const at = of.at + step;
  if (!of.log.crashes[at]) return;
  context.update((state) => ({ ...state, screens: state.screens.slice(0, -1) }));
  openCrash(context, of.log, at);
}

/** Back at the first screen: a log is a new beginning. */
function toStart(state: State): State {
  return { ...state, screens: state.screens.slice(0, 1), overlay: undefined };
}

function reading(
  state: State,
  name: string | undefined,
  problem: { message: string; hint: string | undefined } | undefined,
): State {
  return {
    ...state,
    screens: state.screens.map((screen) =>
      screen.kind === "start" ? { ...screen, reading: name, problem } : screen,
    ),
  };
}
