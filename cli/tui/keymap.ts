/** What a key may do. */
export type Action =
  | "up"
  | "down"
  | "page-up"
  | "page-down"
  | "top"
  | "bottom"
  | "left"
  | "right"
  | "enter"
  | "back"
  | "quit"
  | "help"
  | "search"
  | "open-file"
  | "journal"
  | "jobs"
  | "kernel"
  | "mouse"
  | "redraw"
  | "suspend"
  | "next-focus"
  | "previous-focus"
  | "pane-1"
  | "pane-2"
  | "pane-3"
  | "pane-4"
  | "previous-crash"
  | "next-crash"
  | "next-part"
  | "previous-part"
  | "next-mark"
  | "previous-mark"
  | "filters"
  | "copy"
  | "editor"
  | "export"
  | "forget"
  | "forget-all"
  | "update"
  | "add"
  | "stop"
  | "rebuild"
  | "parent";

/** Where a key means something. */
export type Place = "everywhere" | "list" | "start" | "crashes" | "commits" | "jobs" | "picker";

export interface Binding {
  readonly action: Action;
  /** As cli/tui/terminal/input.ts names them. */
  readonly keys: readonly string[];
  /** As the help shows them. */
  readonly shown: string;
  /** For the line at the bottom: a word. */
  readonly word: string;
  /** For the help: a sentence. */
  readonly help: string;
  readonly place: Place;
}

/**
 * Every key of the interface, declared once: the help, the line at the bottom and docs/tui.md are made from this. Where
 * text is typed, letters are text, and only the keys of TYPING do something.
 */
export const KEYS: readonly Binding[] = [
  { action: "up", keys: ["up", "k"], shown: "↑ k", word: "up", help: "one row up", place: "list" },
  { action: "down", keys: ["down", "j"], shown: "↓ j", word: "down", help: "one row down", place: "list" },
  {
    action: "page-up",
    keys: ["pageup", "ctrl-u", "ctrl-b"],
    shown: "PgUp ^u",
    word: "page up",
    help: "a page up",
    place: "list",
  },
  {
    action: "page-down",
    keys: ["pagedown", "ctrl-d", "ctrl-f", " "],
    shown: "PgDn ^d Space",
    word: "page down",
    help: "a page down",
    place: "list",
  },
  {
    action: "top",
    keys: ["home", "g"],
    shown: "Home g",
    word: "top",
    help: "to the first row",
    place: "list",
  },
  {
    action: "bottom",
    keys: ["end", "G"],
    shown: "End G",
    word: "bottom",
    help: "to the last row",
    place: "list",
  },
  {
    action: "enter",
    keys: ["enter"],
    shown: "Enter",
    word: "open",
    help: "open what is chosen",
    place: "list",
  },
  {
    action: "back",
    keys: ["q", "escape"],
    shown: "q Esc",
    word: "back",
    help: "back; from the first screen: quit",
    place: "everywhere",
  },
  {
    action: "quit",
    keys: ["Q", "ctrl-c"],
    shown: "Q ^c",
    word: "quit",
    help: "quit from anywhere",
    place: "everywhere",
  },
  { action: "help", keys: ["?"], shown: "?", word: "help", help: "all keys", place: "everywhere" },
  {
    action: "search",
    keys: ["/"],
    shown: "/",
    word: "search",
    help: "search: a symbol, words of a subject, a sha, a CVE, a printed line",
    place: "everywhere",
  },
  {
    action: "open-file",
    keys: ["L"],
    shown: "L",
    word: "open a log",
    help: "choose a log among the files",
    place: "everywhere",
  },
  {
    action: "journal",
    keys: ["B"],
    shown: "B",
    word: "last boot",
    help: "read the last boot's kernel messages: journalctl -k -b -1",
    place: "everywhere",
  },
  {
    action: "kernel",
    keys: ["K"],
    shown: "K",
    word: "my kernel",
    help: "say which kernel runs, for logs that do not",
    place: "everywhere",
  },
  {
    action: "jobs",
    keys: ["I"],
    shown: "I",
    word: "index",
    help: "what is indexed; index more, bring it up to date",
    place: "everywhere",
  },
  {
    action: "mouse",
    keys: ["M"],
    shown: "M",
    word: "mouse",
    help: "the mouse wheel scrolls, or the terminal selects text",
    place: "everywhere",
  },
  {
    action: "redraw",
    keys: ["ctrl-l"],
    shown: "^l",
    word: "redraw",
    help: "draw the screen anew",
    place: "everywhere",
  },
  {
    action: "suspend",
    keys: ["ctrl-z"],
    shown: "^z",
    word: "suspend",
    help: "back to the shell; fg returns",
    place: "everywhere",
  },
  {
    action: "forget",
    keys: ["x", "delete"],
    shown: "x",
    word: "forget",
    help: "forget the chosen crash",
    place: "start",
  },
  {
    action: "forget-all",
    keys: ["X"],
    shown: "X",
    word: "forget all",
    help: "forget all crashes",
    place: "start",
  },
  {
    action: "next-focus",
    keys: ["tab"],
    shown: "Tab",
    word: "list/pane",
    help: "from the list to the pane and back",
    place: "commits",
  },
  {
    action: "previous-focus",
    keys: ["shift-tab"],
    shown: "⇧Tab",
    word: "list/pane",
    help: "the same",
    place: "commits",
  },
  {
    action: "pane-1",
    keys: ["1"],
    shown: "1",
    word: "why",
    help: "pane: the verdict, the evidence, the advice",
    place: "commits",
  },
  {
    action: "pane-2",
    keys: ["2"],
    shown: "2",
    word: "commit",
    help: "pane: the commit and its diff",
    place: "commits",
  },
  {
    action: "pane-3",
    keys: ["3"],
    shown: "3",
    word: "releases",
    help: "pane: which release has it",
    place: "commits",
  },
  {
    action: "pane-4",
    keys: ["4"],
    shown: "4",
    word: "trace",
    help: "pane: the call trace, or where a symbol is defined, with the source",
    place: "commits",
  },
  {
    action: "left",
    keys: ["left", "h"],
    shown: "← h",
    word: "pane before",
    help: "the pane before",
    place: "commits",
  },
  {
    action: "right",
    keys: ["right", "l"],
    shown: "→ l",
    word: "next pane",
    help: "the next pane",
    place: "commits",
  },
  {
    action: "previous-crash",
    keys: ["["],
    shown: "[",
    word: "crash before",
    help: "the log's crash before this one",
    place: "commits",
  },
  {
    action: "next-crash",
    keys: ["]"],
    shown: "]",
    word: "next crash",
    help: "the log's next crash",
    place: "commits",
  },
  {
    action: "next-mark",
    keys: ["n"],
    shown: "n",
    word: "next mark",
    help: "in a diff: the next line that names a function of the trace",
    place: "commits",
  },
  {
    action: "previous-mark",
    keys: ["N"],
    shown: "N",
    word: "mark before",
    help: "in a diff: the marked line before",
    place: "commits",
  },
  {
    action: "next-part",
    keys: ["d"],
    shown: "d",
    word: "diff",
    help: "to the diff, and to its next file",
    place: "commits",
  },
  {
    action: "previous-part",
    keys: ["D"],
    shown: "D",
    word: "file before",
    help: "to the diff's file before",
    place: "commits",
  },
  {
    action: "filters",
    keys: ["f"],
    shown: "f",
    word: "filter",
    help: "leave out other architectures, other series, what my kernel has, merges",
    place: "commits",
  },
  {
    action: "copy",
    keys: ["y"],
    shown: "y",
    word: "copy",
    help: "copy the sha (in the trace: file:line) to the clipboard, through the terminal (OSC 52)",
    place: "commits",
  },
  {
    action: "editor",
    keys: ["o"],
    shown: "o",
    word: "editor",
    help: "open file and line in $EDITOR",
    place: "commits",
  },
  { action: "export", keys: ["e"], shown: "e", word: "export", help: "write a report", place: "commits" },
  {
    action: "update",
    keys: ["u"],
    shown: "u",
    word: "update",
    help: "fetch and index what is new; goes on with what was stopped",
    place: "jobs",
  },
  { action: "add", keys: ["a"], shown: "a", word: "add", help: "index something new", place: "jobs" },
  { action: "rebuild", keys: ["R"], shown: "R", word: "rebuild", help: "make the index anew", place: "jobs" },
  {
    action: "stop",
    keys: ["s"],
    shown: "s",
    word: "stop",
    help: "stop the job; what it did is kept",
    place: "jobs",
  },
  {
    action: "parent",
    keys: ["backspace", "left", "h", "-"],
    shown: "← -",
    word: "folder above",
    help: "the folder above",
    place: "picker",
  },
];

/** What a key does in these places, the first one first; undefined: nothing. */
export function actionOf(key: string, places: readonly Place[]): Action | undefined {
  for (const place of places) {
    const binding = KEYS.find((one) => one.place === place && one.keys.includes(key));
    if (binding) return binding.action;
  }
  return undefined;
}

/** The binding of an action. */
export function bindingOf(action: Action): Binding | undefined {
  return KEYS.find((one) => one.action === action);
}

/** Where text is typed. */
export const TYPING = [
  { shown: "Enter", word: "open" },
  { shown: "↑↓", word: "choose" },
  { shown: "^u", word: "clear" },
  { shown: "Esc", word: "back" },
] as const;
