import { remoteOf } from "./browse-lists.ts";
import type { Context } from "./context.ts";

/** Asks what is indexed. */
export function askStatus(context: Context): void {
  context.lookup.ask("status", {}, (outcome) => {
    context.update((state) => ({ ...state, status: remoteOf(outcome) }));
  });
}
