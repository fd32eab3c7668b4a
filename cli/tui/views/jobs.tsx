import type { ReactNode } from "react";
import { barText } from "../../output/progress-bar.ts";
import { sanitize } from "../../output/terminal.ts";
import type { JobState } from "../jobs/jobs.ts";
import { bodyRows } from "../layout.ts";
import { problemLines } from "../panes/pane.ts";
import { Rows } from "../row.tsx";
import type { JobsScreen, State } from "../state.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";

/** What is indexed, and the job that runs beside the interface. */
export function Jobs({
  state,
  screen,
  pen,
}: {
  readonly state: State;
  readonly screen: JobsScreen;
  readonly pen: Pen;
}): ReactNode {
  const { columns } = state.size;
  const draw = { pen, width: columns };
  const lines = [
    ...sourceLines(state, draw),
    "",
    ...(state.job ? jobLines(state.job, draw) : idleLines(pen)),
  ];
  return <Rows texts={lines.slice(screen.top)} width={columns} height={bodyRows(state.size)} />;
}

function sourceLines({ status }: State, draw: { readonly pen: Pen; readonly width: number }): string[] {
  const { pen } = draw;
  if (status.is === "waiting") return [pen("dim", " looking …")];
  if (status.is === "failed") return problemLines(status.problem, draw);
  const { sources, folder, unfinished, problem } = status.value;
  return [
    ` ${pen("bold", "Indexed")}  ${pen("dim", sanitize(folder))}`,
    ...sources.map((one) => {
      const age =
        one.indexedAt === undefined ? pen("yellow", "not finished") : pen("dim", one.indexedAt.slice(0, 10));
      return `   ${pen("bold", fitted(sanitize(one.name), 20))} ${fitted(sanitize(one.kind), 10)} ${age}  ${sanitize(one.location)}  ${pen("dim", sanitize(one.detail))}`;
    }),
    ...(sources.length === 0
      ? [`   nothing yet: ${pen("bold", "a")} adds a repository, a source tree, CVE records`]
      : []),
    ...(problem ? problemLines(problem, draw) : []),
    ...(unfinished ? ["", pen("yellow", "   an update was stopped, or still runs; u goes on with it")] : []),
  ];
}

function idleLines(pen: Pen): string[] {
  return [
    ` ${pen("bold", "u")}  fetch and index what is new`,
    ` ${pen("bold", "a")}  add a repository, a source tree, a package, CVE records`,
    ` ${pen("bold", "R")}  make the index anew`,
    "",
    pen(
      "dim",
      " A job runs beside everything else; it may be stopped at any moment, and goes on where it stopped.",
    ),
  ];
}

const STATES = {
  runs: ["yellow", "runs; s stops it"],
  done: ["green", "done"],
  failed: ["red", "failed"],
  stopped: ["yellow", "stopped; u goes on with it"],
} as const;

function jobLines(job: JobState, draw: { readonly pen: Pen; readonly width: number }): string[] {
  const { pen } = draw;
  const what =
    job.request.kind === "add"
      ? `add ${job.request.words.join(" ")}`
      : job.request.rebuild
        ? "rebuild"
        : "update";
  const [tone, words] = STATES[job.state];
  return [
    ` ${pen("bold", "Job")}  ${sanitize(what)}  ${pen(tone, words)}`,
    ...job.stages.map((stage) => {
      const text = barText({
        name: fitted(stage.name, 20),
        total: stage.total,
        done: stage.done,
        seconds: stage.seconds,
      });
      return `   ${stage.ended ? `${pen("green", "✔")} ${pen("dim", sanitize(text))}` : `  ${sanitize(text)}`}`;
    }),
    ...job.notes.map((note) => `   ${sanitize(note)}`),
    ...(job.problem ? problemLines(job.problem, draw) : []),
  ];
}

/** A job in a few words, for the title of other screens; empty: none runs. */
export function jobWord(job: JobState | undefined): string {
  if (job?.state !== "runs") return "";
  const stage = job.stages.find((one) => !one.ended);
  const share = stage?.total ? ` ${Math.floor((100 * stage.done) / stage.total)} %` : "";
  return `indexing${share}`;
}
