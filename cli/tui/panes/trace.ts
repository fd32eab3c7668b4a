import type { Crash } from "../../../kernel/crash/crash.ts";
import { sanitize } from "../../output/terminal.ts";
import type { SourceText, TraceView } from "../lookup/questions.ts";
import type { Remote } from "../state.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";
import { type Pane, paneOf } from "./pane.ts";
import { sourcePane } from "./source.ts";

/** The call trace, one frame of it chosen, and that one's source in the nearest tree. */
export function tracePane(
  crash: Crash,
  trace: Remote<TraceView>,
  draw: {
    readonly pen: Pen;
    readonly width: number;
    readonly height: number;
    readonly frame: number;
    /** What the log says of the crash beside its trace. */
    readonly facts: readonly string[];
    readonly source: Remote<SourceText> | undefined;
  },
): Pane {
  const { pen, width, frame } = draw;
  if (crash.frames.length === 0) return paneOf([...draw.facts, "", "  The log holds no call trace."]);
  const facts = draw.height >= ROOMY ? draw.facts : [];
  const located = trace.is === "here" ? trace.value.located : undefined;
  const frames = crash.frames.map((one, at) => {
    const place = located?.places[at];
    const offset = one.offset ? `+${one.offset}${one.size ? `/${one.size}` : ""}` : "";
    const name = `${one.reliable ? " " : "?"} ${one.function}${offset}${one.module ? ` [${one.module}]` : ""}`;
    const where = place
      ? `${place.path}:${place.line}`
      : one.file
        ? `${one.file}${one.line ? `:${one.line}` : ""}`
        : "";
    const left = Math.max(24, Math.floor(width * 0.5));
    const row = `${at === frame ? "▸" : " "}${fitted(sanitize(name), left)} ${pen("dim", sanitize(where))}`;
    return at === frame ? pen("inverse", fitted(row, width)) : row;
  });
  const place = located?.places[frame];
  const about = located
    ? `${located.tree.name}${located.tree.version ? ` (${located.tree.version})` : ""}${located.exact ? "" : ", another release than the one that crashed: lines may differ"}`
    : "";
  const source = place
    ? sourcePane(draw.source, {
        pen,
        width,
        line: place.line,
        title: `${place.path}:${place.line}  ${about}${place.others > 0 ? `  (or ${place.others} more of this name)` : ""}`,
      })
    : paneOf([pen("dim", `  ${sourceMissing(trace)}`)]);
  const room = Math.max(3, Math.min(frames.length, Math.floor((draw.height - facts.length) / 2)));
  const top = Math.max(0, Math.min(frame - Math.floor(room / 2), frames.length - room));
  const more = frames.length > room ? pen("dim", `  frame ${frame + 1} of ${frames.length}`) : "";
  const above = [...facts, ...frames.slice(top, top + room), more];
  return {
    count: above.length + source.count,
    marks: [],
    line: (at) => above[at] ?? source.line(at - above.length),
  };
}

/** Rows from which there is room for more than the trace and its source. */
const ROOMY = 20;

function sourceMissing(trace: Remote<TraceView>): string {
  if (trace.is === "waiting") return "looking it up …";
  if (trace.is === "failed") return sanitize(trace.problem.message);
  return trace.value.located
    ? "the tree does not know this function"
    : "no source tree is indexed for this architecture: kfix source add DIRECTORY, or debian:linux-source-6.1";
}
