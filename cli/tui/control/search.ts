import { bodyRows } from "../layout.ts";
import { clamp, follow } from "../scroll.ts";
import { searchRows } from "../search-rows.ts";
import type { SearchScreen } from "../state.ts";
import { openCommits, remoteOf } from "./browse-lists.ts";
import { type Context, goBack, nextId, pushScreen, updateScreen } from "./context.ts";
import { readMessages } from "./search-messages.ts";
import { openSource } from "./source.ts";

export function openSearch(context: Context, query: string): void {
  const id = nextId(context.state);
  pushScreen(context, {
    kind: "search",
    id,
    query: "",
    view: undefined,
    messages: undefined,
    selected: 0,
    top: 0,
  });
  if (query !== "") typeQuery(context, id, query);
}

/** The query is now this. */
function typeQuery(context: Context, id: number, query: string): void {
  updateScreen(context, "search", id, (screen) => ({ ...screen, query, selected: 0, top: 0 }));
  if (query.trim() === "") {
    updateScreen(context, "search", id, (screen) => ({ ...screen, view: undefined, messages: undefined }));
    return;
  }
  context.lookup.ask("search", { query, kernel: context.state.kernel }, (outcome) => {
    updateScreen(context, "search", id, (screen) => ({ ...screen, view: remoteOf(outcome) }));
    readMessages(context, id, query);
  });
}

/** A key on the search screen: most are text. */
export function searchKey(context: Context, screen: SearchScreen, key: string) {
  const rows = searchRows(screen);
  const height = Math.max(1, bodyRows(context.state.size) - 2);
  const move = (selected: number): void => {
    const at = clamp(selected, 0, Math.max(0, rows.length - 1));
    updateScreen(context, "search", screen.id, (now) => ({
      ...now,
      selected: at,
      top: follow(now.top, at, height, rows.length),
    }));
  };
  switch (key) {
    case "escape":
      return goBack(context);
    case "enter":
      return openRow(context, screen);
    case "up":
      return move(screen.selected - 1);
    case "down":
    case "tab":
      return move(screen.selected + 1);
    case "pageup":
      return move(screen.selected - height + 1);
    case "pagedown":
      return move(screen.selected + height - 1);
    case "home":
      return move(0);
    case "end":
      return move(rows.length - 1);
    default: {
      const query = edited(screen.query, key);
      if (query !== undefined && query !== screen.query) typeQuery(context, screen.id, query);
    }
  }
}

/** A typed text after a key; undefined: the key types nothing. */
export function edited(text: string, key: string): string | undefined {
  if (key === "backspace") return [...text].slice(0, -1).join("");
  if (key === "ctrl-u") return "";
  if (key === "ctrl-w") return text.replace(/\S{0,1000}\s{0,1000}$/, "");
  return [...key].length === 1 ? text + key : undefined;
}

function openRow(context: Context, screen: SearchScreen) {
  const row = searchRows(screen)[screen.selected];
  if (!row) return;
  if (row.kind === "all") {
    const query = screen.query.trim();
    return openCommits(context, query, { kind: "words", query: screen.query });
  }
  if (row.kind === "message") {
    const { path, line } = row.match;
    return openSource(context, { root: row.root, path, line, title: `${path}:${line}` });
  }
  const { hit } = row;
  if (hit.kind === "symbol") return openCommits(context, hit.name, { kind: "symbol", name: hit.name });
  if (hit.kind === "cve") return openCommits(context, hit.cve, { kind: "fix", query: hit.cve });
  const { sha, subject } = hit.entry;
  openCommits(context, subject, { kind: "fix", query: sha === "" ? subject : sha });
}
