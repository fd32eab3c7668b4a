import type { BrowseScreen, Size } from "./state.ts";

/** How a screen with a list and panes is divided; widths and heights in columns and rows. */
export interface BrowseLayout {
  /** Side by side; else the list is above the pane. */
  readonly wide: boolean;
  readonly list: Size;
  /** Without its row of tabs. */
  readonly pane: Size;
}

/** Rows between the title and the keys. */
export function bodyRows(size: Size): number {
  return Math.max(1, size.rows - 2);
}

/** Wide screens show both side by side; on small ones whichever has the focus gets most of the room. */
export function browseLayout(size: Size, screen: Pick<BrowseScreen, "focus" | "list">): BrowseLayout {
  const entries =
    screen.list.is === "here" ? screen.list.value.entries.length || ROWS_OF_WORDS : ROWS_OF_WORDS;
  const rows = bodyRows(size);
  if (size.columns >= 132) {
    const list = Math.floor(size.columns * 0.44);
    return {
      wide: true,
      list: { columns: list, rows },
      pane: { columns: size.columns - list - 1, rows: rows - 1 },
    };
  }
  const { columns } = size;
  if (rows < 16) {
    const shown = screen.focus === "list" ? Math.max(1, rows - 2) : 0;
    return {
      wide: false,
      list: { columns, rows: shown },
      pane: { columns, rows: Math.max(0, rows - shown - 1) },
    };
  }
  const share = screen.focus === "list" ? 0.45 : 0.2;
  const most = Math.max(3, Math.floor(rows * share));
  const list = Math.min(most, Math.max(2, entries + 1));
  return { wide: false, list: { columns, rows: list }, pane: { columns, rows: rows - list - 1 } };
}

/** What is said in place of a list: that it is looked up, is empty, or why it cannot be. */
const ROWS_OF_WORDS = 6;
