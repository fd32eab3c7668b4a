import { join } from "node:path";
import type { Action } from "../keymap.ts";
import { bodyRows } from "../layout.ts";
import { sourceKey } from "../panes/panes.ts";
import { clamp, moved } from "../scroll.ts";
import type { Overlay } from "../state.ts";
import { kept, remoteOf } from "./browse-lists.ts";
import { type Context, say } from "./context.ts";

type SourceOverlay = Extract<Overlay, { kind: "source" }>;

/** Shows a place in a source file. */
export function openSource(
  context: Context,
  place: { readonly root: string; readonly path: string; readonly line: number; readonly title: string },
): void {
  const key = sourceKey(place);
  context.update((state) => ({ ...state, overlay: { kind: "source", ...place, top: 0 } }));
  if (context.state.sources.has(key)) return;
  context.lookup.ask("source", { ...place, endLine: place.line + LINES_BELOW }, (outcome) => {
    context.update((state) => ({ ...state, sources: kept(state.sources, key, remoteOf(outcome)) }));
  });
}

const LINES_BELOW = 200;

/** A key while a source file shows; false: it is not its. */
export function sourceOverlayKey(context: Context, overlay: SourceOverlay, action: Action): boolean {
  if (action === "editor") {
    const problem = context.outside.edit(join(overlay.root, overlay.path), overlay.line);
    if (problem !== undefined) say(context, problem, "bad");
    return true;
  }
  if (action === "copy") {
    context.outside.copy(`${overlay.path}:${overlay.line}`);
    say(context, `copied ${overlay.path}:${overlay.line}`, "good");
    return true;
  }
  const text = context.state.sources.get(sourceKey(overlay));
  const count = text?.is === "here" ? text.value.lines.length + 1 : 0;
  const height = bodyRows(context.state.size);
  const top = moved(action, overlay.top, { count: Math.max(1, count - height + 1), height });
  if (top === undefined) return false;
  context.update((state) => ({ ...state, overlay: { ...overlay, top: clamp(top, 0, count) } }));
  return true;
}
