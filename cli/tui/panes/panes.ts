import { kernelOfCrash } from "../../../finder/crash.ts";
import { headLines } from "../../output/crash-text.ts";
import type { Entry } from "../lookup/questions.ts";
import type { BrowseScreen, PaneName, State } from "../state.ts";
import type { Pen } from "../terminal/pen.ts";
import { commitPane } from "./commit.ts";
import { type Pane, paneOf, remotePane } from "./pane.ts";
import { releasesPane } from "./releases.ts";
import { sourcePane } from "./source.ts";
import { tracePane } from "./trace.ts";
import { whyPane } from "./why.ts";

export interface PaneTab {
  readonly pane: PaneName;
  readonly label: string;
}

/** The panes of a screen, in the order of the keys 1 to 4. */
export function panesOf(screen: BrowseScreen): readonly PaneTab[] {
  return screen.of.kind === "crash" ? CRASH_PANES : COMMIT_PANES;
}

const CRASH_PANES: readonly PaneTab[] = [
  { pane: "why", label: "Why" },
  { pane: "commit", label: "Commit" },
  { pane: "releases", label: "Releases" },
  { pane: "trace", label: "Call trace" },
];
const COMMIT_PANES: readonly PaneTab[] = [
  { pane: "why", label: "What" },
  { pane: "commit", label: "Commit" },
  { pane: "releases", label: "Releases" },
  { pane: "source", label: "Source" },
];

/** The chosen row of a list. */
export function chosenEntry(screen: BrowseScreen): Entry | undefined {
  return screen.list.is === "here" ? screen.list.value.entries[screen.selected] : undefined;
}

/** What tells the fix of an entry, for a kernel, from others. */
export function fixKey(entry: Entry, kernel: string | undefined): string {
  return `${entry.pool} ${entry.id} ${entry.sha} ${kernel ?? ""}`;
}

export function sourceKey(place: {
  readonly root: string;
  readonly path: string;
  readonly line: number;
}): string {
  return `${place.root} ${place.path}:${place.line}`;
}

/** The kernel that verdicts are about: the one that the user names, else the one that crashed. */
export function kernelOf(state: State, screen: BrowseScreen): string | undefined {
  if (state.kernel !== undefined || screen.of.kind !== "crash") return state.kernel;
  const { release, build } = screen.of.crash.kernel;
  return release === undefined ? undefined : `${release} ${build ?? ""}`.trim();
}

/** The functions of the trace, or the symbol that is looked at: what is marked in a diff. */
export function functionsOf(screen: BrowseScreen): string[] {
  if (screen.of.kind === "crash") {
    const { crash } = screen.of;
    return [crash.function, crash.culprit, ...crash.frames.map((frame) => frame.function)].filter(
      (name) => name !== undefined,
    );
  }
  return screen.of.of.kind === "symbol" ? [screen.of.of.name] : [];
}

/** What the chosen pane shows of the chosen commit. */
export function paneContent(
  state: State,
  screen: BrowseScreen,
  draw: { readonly pen: Pen; readonly width: number; readonly height: number },
): Pane {
  const { pen, width } = draw;
  const entry = chosenEntry(screen);
  if (screen.pane === "trace" && screen.of.kind === "crash") {
    return tracePane(screen.of.crash, screen.trace, {
      ...draw,
      frame: screen.frame,
      facts: headLines(screen.of.crash, kernelOfCrash(screen.of.crash, state.kernel), pen).slice(1),
      source: sourceOf(state, screen),
    });
  }
  if (screen.pane === "source") return definitionPane(state, screen, draw);
  if (!entry) return paneOf([]);
  const fix = state.fixes.get(fixKey(entry, kernelOf(state, screen)));
  if (screen.pane === "commit") {
    const functions = functionsOf(screen);
    return remotePane(state.texts.get(entry.sha), draw, (text) =>
      commitPane(text, entry.sha, { pen, functions }),
    );
  }
  if (screen.pane === "releases") return remotePane(fix, draw, (view) => releasesPane(view, { pen, width }));
  return whyPane(entry, fix, { pen, width, trace: screen.trace });
}

/** The place in the source that the screen is at: of the chosen frame, or of the symbol's definition. */
export function placeOf(
  screen: BrowseScreen,
): { root: string; path: string; line: number; endLine: number } | undefined {
  if (screen.of.kind === "crash") {
    const located = screen.trace.is === "here" ? screen.trace.value.located : undefined;
    const place = located?.places[screen.frame];
    return located && place
      ? { root: located.tree.root, path: place.path, line: place.line, endLine: place.endLine }
      : undefined;
  }
  return screen.list.is === "here" ? screen.list.value.definitions[screen.frame] : undefined;
}

function sourceOf(state: State, screen: BrowseScreen): ReturnType<State["sources"]["get"]> {
  const place = placeOf(screen);
  return place && state.sources.get(sourceKey(place));
}

function definitionPane(
  state: State,
  screen: BrowseScreen,
  { pen, width }: { readonly pen: Pen; readonly width: number },
): Pane {
  const place = placeOf(screen);
  if (!place) {
    return paneOf([
      "",
      screen.of.kind === "commits" && screen.of.of.kind === "symbol"
        ? "  No indexed source tree defines it: kfix source add DIRECTORY, or debian:linux-source-6.1."
        : "  A symbol has a source; a commit has its diff (2).",
    ]);
  }
  const all = screen.list.is === "here" ? screen.list.value.definitions.length : 0;
  const others = all > 1 ? `  (${screen.frame + 1} of ${all}: n shows the next)` : "";
  return sourcePane(state.sources.get(sourceKey(place)), {
    pen,
    width,
    line: place.line,
    title: `${place.path}:${place.line}${others}`,
  });
}
