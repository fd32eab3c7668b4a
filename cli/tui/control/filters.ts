import type { Action } from "../keymap.ts";
import { NO_FILTERS } from "../lookup/questions.ts";
import { moved } from "../scroll.ts";
import type { BrowseScreen, Overlay } from "../state.ts";
import { askForList } from "./browse-lists.ts";
import { type Context, say, updateScreen } from "./context.ts";
import { FILTER_ROWS } from "./filter-rows.ts";
import { ask } from "./prompt.ts";

type FiltersOverlay = Extract<Overlay, { kind: "filters" }>;

/** A key while the filters show; false: it is not theirs. */
export function filtersKey(context: Context, overlay: FiltersOverlay, action: Action): boolean {
  const selected = moved(action, overlay.selected, { count: FILTER_ROWS.length, height: FILTER_ROWS.length });
  if (selected !== undefined) {
    context.update((state) => ({ ...state, overlay: { ...overlay, selected } }));
    return true;
  }
  if (action === "forget") {
    applyFilters(context, overlay.screen, () => NO_FILTERS);
    return true;
  }
  if (action !== "enter") return false;
  const screen = context.state.screens.find((one) => one.id === overlay.screen);
  const row = FILTER_ROWS[overlay.selected];
  if (row && screen?.kind === "browse") toggle(context, screen, row.name);
  return true;
}

function toggle(context: Context, screen: BrowseScreen, name: (typeof FILTER_ROWS)[number]["name"]) {
  const { filters } = screen;
  if (name === "arch" || name === "series") {
    const told = name === "arch" ? ARCH : SERIES;
    return ask(context, filters[name] ?? suggested(screen, name), { about: name, ...told });
  }
  if (name === "onlyMissing" && screen.of.kind === "commits" && context.state.kernel === undefined) {
    return say(context, "which kernel runs is not known: K says it", "bad");
  }
  applyFilters(context, screen.id, (now) => ({ ...now, [name]: !now[name] }));
}

const ARCH = {
  label: "For which architecture?",
  help: "As uname -m says: x86_64, aarch64, ppc64le, s390x. Empty: any.",
};
const SERIES = {
  label: "In which series?",
  help: "3.16, 6.1: commits that a release of the series has. Empty: any.",
};

/** What the crash itself says. */
function suggested(screen: BrowseScreen, name: "arch" | "series"): string {
  if (screen.of.kind !== "crash") return "";
  const kernel = screen.list.is === "here" ? screen.list.value.crash?.kernel : undefined;
  return (name === "arch" ? screen.of.crash.kernel.arch : kernel?.series) ?? "";
}

/** Sets a filter of the screen that shows. */
export function setFilter(context: Context, name: "arch" | "series", value: string | undefined): void {
  const screen = context.state.screens.at(-1);
  if (screen?.kind === "browse") applyFilters(context, screen.id, (now) => ({ ...now, [name]: value }));
}

function applyFilters(
  context: Context,
  id: number,
  change: (now: BrowseScreen["filters"]) => BrowseScreen["filters"],
): void {
  updateScreen(context, "browse", id, (screen) => ({
    ...screen,
    filters: change(screen.filters),
    selected: 0,
    top: 0,
  }));
  askForList(context, id);
}
