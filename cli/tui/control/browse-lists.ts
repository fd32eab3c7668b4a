import type { Outcome } from "../lookup/client.ts";
import { type CommitsQuestion, NO_FILTERS, type QuestionName, type Questions } from "../lookup/questions.ts";
import { chosenEntry, fixKey, kernelOf, placeOf, sourceKey } from "../panes/panes.ts";
import { clamp } from "../scroll.ts";
import { type BrowseScreen, type ListView, type Remote, type State, WAITING } from "../state.ts";
import { type Context, nextId, pushScreen, updateScreen } from "./context.ts";

/** Shows commits: of a symbol, of a search, of one fix. */
export function openCommits(context: Context, title: string, of: CommitsQuestion["of"]): void {
  const id = nextId(context.state);
  pushScreen(context, {
    kind: "browse",
    id,
    of: { kind: "commits", title, of },
    list: WAITING,
    filters: NO_FILTERS,
    focus: "list",
    pane: "why",
    paneTop: 0,
    frame: 0,
    trace: WAITING,
    selected: 0,
    top: 0,
  });
  askForList(context, id);
}

/** Asks for what the list of a screen holds, as its filters are now. */
export function askForList(context: Context, id: number): void {
  const screen = screenOf(context.state, id);
  if (!screen) return;
  const { filters, of } = screen;
  const kernel = kernelOf(context.state, screen);
  const show = (list: Remote<ListView>): void => {
    updateScreen(context, "browse", id, (now) => {
      const count = list.is === "here" ? list.value.entries.length : 0;
      const selected = clamp(now.selected, 0, Math.max(0, count - 1));
      return { ...now, list, selected };
    });
    askForPane(context, id);
  };
  if (of.kind === "commits") {
    context.lookup.ask("commits", { of: of.of, kernel, filters }, (outcome) => {
      show(
        "problem" in outcome
          ? { is: "failed", problem: outcome.problem }
          : { is: "here", value: { ...outcome.value, crash: undefined } },
      );
    });
    return;
  }
  context.lookup.ask("crash", { crash: of.crash, kernel, filters }, (outcome) => {
    if ("problem" in outcome) return show({ is: "failed", problem: outcome.problem });
    const { value } = outcome;
    show({
      is: "here",
      value: { entries: value.entries, hidden: value.hidden, crash: value, definitions: [] },
    });
  });
  context.lookup.ask("trace", { crash: of.crash, kernel }, (outcome) => {
    updateScreen(context, "browse", id, (now) => ({ ...now, trace: remoteOf(outcome) }));
    askForPane(context, id);
  });
}

export function remoteOf<Name extends QuestionName>(
  outcome: Outcome<Name>,
): Remote<Questions[Name]["answer"]> {
  return "problem" in outcome
    ? { is: "failed", problem: outcome.problem }
    : { is: "here", value: outcome.value };
}

function screenOf(state: State, id: number): BrowseScreen | undefined {
  return state.screens.find((screen): screen is BrowseScreen => screen.kind === "browse" && screen.id === id);
}

/** Asks for what the pane shows of the chosen commit, unless it is there. */
export function askForPane(context: Context, id: number): void {
  const screen = screenOf(context.state, id);
  if (!screen) return;
  askForSource(context, screen);
  const entry = chosenEntry(screen);
  if (!entry) return;
  const kernel = kernelOf(context.state, screen);
  const key = fixKey(entry, kernel);
  if (!context.state.fixes.has(key)) {
    context.lookup.ask("fix", { entry, kernel }, (outcome) => {
      context.update((state) => ({ ...state, fixes: kept(state.fixes, key, remoteOf(outcome)) }));
      // Backports are known now: one of them may be there where the fix itself is not.
      askForText(context, id);
    });
  }
  askForText(context, id);
}

function askForText(context: Context, id: number): void {
  const screen = screenOf(context.state, id);
  const entry = screen && chosenEntry(screen);
  if (!screen || !entry || screen.pane !== "commit" || context.state.texts.has(entry.sha)) return;
  const fix = context.state.fixes.get(fixKey(entry, kernelOf(context.state, screen)));
  if (fix === undefined) return;
  const stable = fix.is === "here" ? fix.value.fix.stable.map((one) => one.sha) : [];
  const shas = [entry.sha, ...stable].filter((sha) => /^[0-9a-f]{40}$/.test(sha));
  context.lookup.ask("text", { shas }, (outcome) => {
    context.update((state) => ({ ...state, texts: kept(state.texts, entry.sha, remoteOf(outcome)) }));
  });
}

function askForSource(context: Context, screen: BrowseScreen): void {
  const place = placeOf(screen);
  if (!place || (screen.pane !== "trace" && screen.pane !== "source")) return;
  const key = sourceKey(place);
  if (context.state.sources.has(key)) return;
  context.lookup.ask("source", place, (outcome) => {
    context.update((state) => ({ ...state, sources: kept(state.sources, key, remoteOf(outcome)) }));
  });
}

/** A map with one more, and without the oldest of too many. */
export function kept<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): Map<string, Value> {
  const entries = [...map].filter(([other]) => other !== key).slice(1 - MOST_KEPT);
  return new Map([...entries, [key, value]]);
}

const MOST_KEPT = 60;
