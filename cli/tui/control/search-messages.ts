import { type Context, updateScreen } from "./context.ts";

/** A text that looks like a printed line, and not like words of a subject, is looked up among the source's messages. */
export function readMessages(context: Context, id: number, query: string): void {
  const screen = context.state.screens.at(-1);
  if (screen?.kind !== "search" || screen.query !== query) return;
  const line = query.trim();
  if (line.length < SHORTEST || line.split(/\s+/).length < 2) return;
  context.lookup.ask("message", { line }, (outcome) => {
    if ("problem" in outcome) return; // without a source tree, nothing is known of messages
    updateScreen(context, "search", id, (now) => ({ ...now, messages: outcome.value }));
  });
}

const SHORTEST = 8;
