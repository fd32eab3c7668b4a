import { render } from "ink-testing-library";
import { describe, expect, test } from "vitest";
import { App } from "../../cli/tui/app.tsx";
import { type Entry, NO_FILTERS } from "../../cli/tui/lookup/questions.ts";
import { Row } from "../../cli/tui/row.tsx";
import type { BrowseScreen, Screen, State } from "../../cli/tui/state.ts";
import { penFor } from "../../cli/tui/terminal/pen.ts";
import { parseCrashes } from "../../kernel/crash/parse.ts";
import { SEED_LOG } from "../fixtures/seed-crash.ts";

/** Each screen in each state that it may be in, drawn by Ink. */
const plain = penFor({ NO_COLOR: "1" });

function stateWith(screen: Screen, changes: Partial<State> = {}): State {
  return {
    size: { columns: 90, rows: 20 },
    screens: [screen],
    overlay: undefined,
    kernel: undefined,
    status: { is: "waiting" },
    recent: [],
    notice: undefined,
    job: undefined,
    mouse: true,
    fixes: new Map(),
    texts: new Map(),
    sources: new Map(),
    ...changes,
  };
}

/** What shows, row by row. */
function rowsOf(state: State): string[] {
  const { lastFrame, unmount } = render(<App state={state} pen={(_tone, text) => text} />);
  const rows = (lastFrame() ?? "").split("\n");
  unmount();
  return rows;
}

const crashes = parseCrashes(SEED_LOG);
const log = { name: "what was pasted", crashes, text: SEED_LOG };
const [crash] = crashes;
if (!crash) throw new Error("the seed holds a crash");

function entry(at: number, subject = `sched: change number ${at}`): Entry {
  return {
    sha: String(at).padStart(40, "0"),
    id: at,
    pool: "history",
    subject,
    author: "A",
    date: 1_400_000_000,
    release: "v3.18-rc1",
    isFix: at % 2 === 0,
    candidate: undefined,
  };
}

const browse: BrowseScreen = {
  kind: "browse",
  id: 2,
  of: { kind: "crash", crash, log, at: 0 },
  list: { is: "waiting" },
  filters: NO_FILTERS,
  focus: "list",
  pane: "why",
  paneTop: 0,
  frame: 0,
  trace: { is: "waiting" },
  selected: 0,
  top: 0,
};
const problem = { message: "the index is damaged", hint: "rebuild it with: kfix source update --rebuild" };
const start: Screen = { kind: "start", id: 1, selected: 0, top: 0, reading: undefined, problem: undefined };
const listOf = (entries: readonly Entry[], hidden = 0) =>
  ({ is: "here", value: { entries, hidden, crash: undefined, definitions: [] } }) as const;

const SCREENS: readonly (readonly [string, State, readonly string[]])[] = [
  ["start, opening", stateWith(start), ["Paste a kernel log", "opening the index"]],
  ["start, reading", stateWith({ ...start, reading: "/var/log/kern.log" }), ["reading /var/log/kern.log"]],
  ["start, a problem", stateWith({ ...start, problem }), ["the index is damaged", "rebuild it with"]],
  ["candidates, waiting", stateWith(browse), ["looking it up", "kernel not known: K"]],
  ["candidates, failed", stateWith({ ...browse, list: { is: "failed", problem } }), ["damaged", "--rebuild"]],
  [
    "candidates, none",
    stateWith({ ...browse, list: listOf([]) }),
    ["Nothing in the history speaks of this crash"],
  ],
  [
    "candidates, all filtered",
    stateWith({ ...browse, list: listOf([], 12) }),
    ["The filters leave nothing of 12"],
  ],
  [
    "a trace, while looked up",
    stateWith({ ...browse, pane: "trace" }),
    ["pick_next_task_fair+0x6b8/0x820", "looking it up"],
  ],
  [
    "a commit that no repository has",
    stateWith(
      { ...browse, pane: "commit", list: listOf([entry(7)]) },
      { texts: new Map([[entry(7).sha, { is: "here", value: undefined }]]) },
    ),
    ["No indexed repository has the commit", "kfix source list"],
  ],
  [
    "search, empty",
    stateWith({
      kind: "search",
      id: 3,
      query: "",
      view: undefined,
      messages: undefined,
      selected: 0,
      top: 0,
    }),
    ["Search", "CVE-2024-26"],
  ],
  [
    "search, nothing found",
    stateWith({
      kind: "search",
      id: 3,
      query: "zzz",
      view: { is: "here", value: { query: "zzz", hits: [], commits: 0 } },
      messages: undefined,
      selected: 0,
      top: 0,
    }),
    ["Nothing has zzz"],
  ],
  [
    "search, failed",
    stateWith({
      kind: "search",
      id: 3,
      query: "z",
      view: { is: "failed", problem },
      messages: undefined,
      selected: 0,
      top: 0,
    }),
    ["the index is damaged", "rebuild it with"],
  ],
  [
    "files, not to be read",
    stateWith({
      kind: "picker",
      id: 4,
      path: "/root",
      view: { is: "failed", problem: { message: "/root: permission denied", hint: "x" } },
      selected: 0,
      top: 0,
    }),
    ["/root", "permission denied"],
  ],
  [
    "the index, a job that runs",
    stateWith(
      { kind: "jobs", id: 5, selected: 0, top: 0 },
      {
        job: {
          request: { kind: "update", rebuild: false },
          state: "runs",
          stages: [{ name: "messages", done: 50, total: 100, seconds: 5, ended: false }],
          notes: [],
          problem: undefined,
        },
      },
    ),
    ["update", "runs; s stops it", "messages", "50 %", "indexing 50 %"],
  ],
  ["help", stateWith(start, { overlay: { kind: "help", top: 0 } }), ["Everywhere", "all keys"]],
];

describe("every screen in every state", () => {
  test.each(SCREENS)("%s", (_name, state, wanted) => {
    const rows = rowsOf(state);
    for (const text of wanted) expect(rows.join("\n")).toContain(text);
    expect(rows).toHaveLength(state.size.rows);
  });

  test.each(SCREENS)("%s: narrow", (_name, state) => {
    const rows = rowsOf({ ...state, size: { columns: 30, rows: 8 } });
    expect(rows).toHaveLength(8);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(30);
  });
});

test("of a long list only what is visible is drawn, and the chosen row is", () => {
  const entries = Array.from({ length: 10_000 }, (_, at) => entry(at));
  const rows = rowsOf(stateWith({ ...browse, list: listOf(entries), selected: 9_000, top: 8_998 })).join(
    "\n",
  );
  expect(rows).toContain("10,000 candidates");
  expect(rows).toContain("9,001/10,000");
  expect(rows).toMatch(/▸.*sched: change number 9000/);
  expect(rows).not.toContain("change number 12 ");
});

test("wide characters, and what a terminal might obey, leave the columns as they are", () => {
  const entries = [entry(1, "修正 a null pointer 修正 \x1b[31mred\x1b[0m \u202eback"), entry(2)];
  const rows = rowsOf(stateWith({ ...browse, list: listOf(entries) }));
  expect(rows.join("\n")).toContain("修正 a null pointer 修正 \\x1b[31mred");
  expect(rows.join("")).not.toContain("\x1b");
});

test("a text that a view forgot: a row stays one row, and only styles pass", () => {
  const pen = penFor({});
  const text = `${pen("inverse", "ours")} \x1b[2J\x1b]52;c;x\x07\u202e\n\x1b[8mhidden`;
  const { lastFrame, unmount } = render(<Row text={text} width={70} />);
  const shown = lastFrame()?.replace(pen("inverse", "ours"), "ours").trimEnd();
  expect(shown).toBe("ours \\x1b[2J\\x1b]52;c;x\\x07\\u202e\\x0a\\x1b[8mhidden");
  unmount();
});

test("without colours, weight and inversion still tell what is chosen", () => {
  const { lastFrame, unmount } = render(
    <App state={stateWith({ ...browse, list: listOf([entry(1)]) })} pen={plain} />,
  );
  expect(lastFrame()).toContain("▸");
  unmount();
});

test("a part that cannot be drawn says so, and the keys stay", () => {
  const broken = Object.defineProperty({ ...entry(1) }, "subject", {
    get: () => {
      throw new Error("it broke");
    },
  });
  const rows = rowsOf(stateWith({ ...browse, list: listOf([broken]) })).join("\n");
  expect(rows).toContain("this is a bug in kfix: it broke");
  expect(rows).toContain("q goes back");
  expect(rows).toContain("? help");
});
