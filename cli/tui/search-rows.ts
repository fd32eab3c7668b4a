import type { MessageMatch } from "../../finder/message.ts";
import type { SearchHit } from "./lookup/questions.ts";
import type { SearchScreen } from "./state.ts";

/** A row of the search screen. */
export type SearchRow =
  | { readonly kind: "hit"; readonly hit: SearchHit }
  | { readonly kind: "message"; readonly match: MessageMatch; readonly root: string }
  /** All commits, where the screen shows only the first. */
  | { readonly kind: "all"; readonly commits: number };

/** The rows of a search: who prints the line, what has the name, the commits. */
export function searchRows({ view, messages, query }: SearchScreen): SearchRow[] {
  if (view?.is !== "here") return [];
  const { hits, commits } = view.value;
  const named = hits.filter((hit) => hit.kind !== "commit");
  const others = hits.filter((hit) => hit.kind === "commit");
  const printed = messages?.line === query.trim() ? messages.matches : [];
  return [
    ...printed.map((match) => ({ kind: "message" as const, match, root: messages?.root ?? "" })),
    ...named.map((hit) => ({ kind: "hit" as const, hit })),
    ...(commits > 1 ? [{ kind: "all" as const, commits }] : []),
    ...others.map((hit) => ({ kind: "hit" as const, hit })),
  ];
}
