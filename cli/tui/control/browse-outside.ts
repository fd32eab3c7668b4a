import { join } from "node:path";
import { placeInDiff, rowsAboveDiff } from "../panes/commit.ts";
import { chosenEntry, placeOf } from "../panes/panes.ts";
import type { BrowseScreen } from "../state.ts";
import { type Context, say } from "./context.ts";

export function copyChosen(context: Context, screen: BrowseScreen): true {
  const place = screen.pane === "trace" || screen.pane === "source" ? placeOf(screen) : undefined;
  const text = place && screen.focus === "pane" ? `${place.path}:${place.line}` : chosenEntry(screen)?.sha;
  if (text === undefined || text === "") {
    say(context, "there is nothing to copy", "bad");
    return true;
  }
  context.outside.copy(text);
  say(context, `copied ${text}`, "good");
  return true;
}

export function openEditor(context: Context, screen: BrowseScreen): true {
  const place = editorPlace(context, screen);
  if (typeof place === "string") say(context, place, "bad");
  else {
    const problem = context.outside.edit(place.file, place.line);
    if (problem !== undefined) say(context, problem, "bad");
  }
  return true;
}

/** The file and line to edit: of the trace, of the definition, or where the diff is; a sentence when there is none. */
function editorPlace(context: Context, screen: BrowseScreen): { file: string; line: number } | string {
  if (screen.pane !== "commit") {
    const place = placeOf(screen);
    if (place) return { file: join(place.root, place.path), line: place.line };
  }
  const entry = chosenEntry(screen);
  const text = entry && context.state.texts.get(entry.sha);
  const root = treeRoot(screen);
  if (root === undefined) return "no source tree is indexed to open: kfix source add DIRECTORY";
  if (text?.is !== "here" || text.value === undefined)
    return "choose the commit (2) or the call trace (4) first";
  const head = rowsAboveDiff(text.value);
  const place = placeInDiff(text.value.diff, Math.max(0, screen.paneTop - head));
  if (!place || place.path.split("/").includes("..")) return "the diff names no file";
  return { file: join(root, place.path), line: place.line };
}

function treeRoot(screen: BrowseScreen): string | undefined {
  if (screen.trace.is === "here") return screen.trace.value.located?.tree.root;
  return screen.list.is === "here" ? screen.list.value.definitions[0]?.root : undefined;
}

export function exportReport(context: Context, screen: BrowseScreen): true {
  const name = (screen.of.kind === "crash" ? (screen.of.crash.function ?? "crash") : "commits").replace(
    /[^\w.-]+/g,
    "-",
  );
  context.update((state) => ({
    ...state,
    overlay: {
      kind: "prompt",
      prompt: {
        about: "export",
        label: "Write a report",
        help: "The ending says what it is: .md for a ticket, .html with pictures, .json for a program.\nAn older report is replaced; any other file is left alone.",
      },
      value: `kfix-${name}.md`,
    },
  }));
  return true;
}
