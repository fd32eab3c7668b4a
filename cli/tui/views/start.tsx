import type { ReactNode } from "react";
import { sanitize } from "../../output/terminal.ts";
import { bodyRows } from "../layout.ts";
import type { IndexStatus } from "../lookup/questions.ts";
import { problemLines } from "../panes/pane.ts";
import type { RecentCrash } from "../recent.ts";
import { Rows } from "../row.tsx";
import { follow } from "../scroll.ts";
import type { Remote, StartScreen, State } from "../state.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";
import { chosenRow } from "./entry-row.ts";

/** What can be done from the first screen, above the crashes of before. */
export const START_CHOICES = [
  {
    action: "search",
    key: "/",
    text: "Search",
    says: "a symbol, words of a subject, a sha, a CVE, a printed line",
  },
  { action: "open-file", key: "L", text: "Open a log", says: "choose it among the files" },
  { action: "journal", key: "B", text: "Last boot's log", says: "journalctl -k -b -1, run now" },
  { action: "kernel", key: "K", text: "My kernel", says: "which one runs, for logs that do not say" },
  { action: "jobs", key: "I", text: "The index", says: "what is indexed; add, bring up to date" },
] as const;

/** The first screen. */
export function Start({
  state,
  screen,
  pen,
}: {
  readonly state: State;
  readonly screen: StartScreen;
  readonly pen: Pen;
}): ReactNode {
  const { columns } = state.size;
  const height = bodyRows(state.size);
  const roomy = height >= 18;
  const choices = START_CHOICES.map((choice, at) =>
    chosenRow(
      `${at === screen.selected ? " ▸ " : "   "}${pen("bold", choice.key)}  ${fitted(choice.text, 17)} ${pen("dim", choice.action === "kernel" && state.kernel ? sanitize(state.kernel) : choice.says)}`,
      { pen, width: columns, chosen: at === screen.selected, focused: true },
    ),
  );
  const head = [
    ...(roomy ? ["", `   ${pen("bold", "Which kernel fixes this crash?")}`, ""] : []),
    `   ${pen("cyan", "Paste a kernel log here")}, as it is: dmesg, syslog, a serial console, a mail.`,
    ...(roomy ? [""] : []),
    ...messageLines(screen, pen, columns),
    ...choices,
    ...(roomy ? [""] : []),
  ];
  const foot = statusLines(state.status, pen);
  const room = Math.max(0, height - head.length - foot.length - 1);
  return (
    <Rows
      texts={[...head, ...recentLines(state.recent, screen, room, { pen, columns }), ...foot]}
      width={columns}
      height={height}
    />
  );
}

function messageLines(screen: StartScreen, pen: Pen, width: number): string[] {
  if (screen.reading !== undefined) return [pen("yellow", `   reading ${sanitize(screen.reading)} …`), ""];
  if (screen.problem) return [...problemLines(screen.problem, { pen, width }).map((line) => ` ${line}`), ""];
  return [];
}

function recentLines(
  recent: readonly RecentCrash[],
  screen: StartScreen,
  room: number,
  { pen, columns }: { readonly pen: Pen; readonly columns: number },
): string[] {
  const lines = [
    pen("bold", recent.length > 0 ? "   Looked at before" : ""),
    ...Array.from({ length: room }, () => ""),
  ];
  const chosen = screen.selected - START_CHOICES.length;
  const top = follow(Math.max(0, chosen - room + 1), Math.max(0, chosen), room, recent.length);
  for (const [at, one] of recent.slice(top, top + room).entries()) {
    const own = top + at === chosen;
    const more = one.crashes > 1 ? ` and ${one.crashes - 1} more` : "";
    const text = `${own ? " ▸ " : "   "}${pen("dim", one.seen.slice(0, 16).replace("T", " "))}  ${fitted(sanitize(one.kernel ?? "kernel not named"), 24)} ${sanitize(one.title)}${more}`;
    lines[at + 1] = chosenRow(text, { pen, width: columns, chosen: own, focused: true });
  }
  return lines;
}

function statusLines(status: Remote<IndexStatus>, pen: Pen): string[] {
  if (status.is === "waiting") return [pen("dim", "   opening the index …")];
  if (status.is === "failed") return [pen("red", `   ${sanitize(status.problem.message)}`)];
  const { problem, commits, newest, cveRecords, trees } = status.value;
  if (problem) {
    return [
      `   ${pen("red", sanitize(problem.message))}`,
      `   ${pen("bold", sanitize(problem.hint ?? ""))}${pen("dim", "  (or I, here)")}`,
    ];
  }
  const facts = [
    commits > 0 ? `${commits.toLocaleString("en")} commits up to ${newest ?? "no release"}` : undefined,
    cveRecords > 0 ? `${cveRecords.toLocaleString("en")} CVE records` : undefined,
    trees.length > 0 ? `source of ${trees.join(", ")}` : "no source tree",
  ];
  return [pen("dim", `   ${sanitize(facts.filter((fact) => fact).join(", "))}`)];
}
