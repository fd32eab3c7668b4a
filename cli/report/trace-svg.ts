import type { ReportFrame } from "../answers/report.ts";
import { escapeHtml } from "./escape.ts";

const WIDTH = 720;
const BOX = 30;
const GAP = 14;
const MOST = 14;

/** The call trace from where the processor stood down to its callers, an arrow a call. */
export function traceSvg(frames: readonly ReportFrame[], id: string): string {
  const shown = frames.slice(0, MOST);
  const left = frames.length - shown.length;
  const height = shown.length * (BOX + GAP) + (left > 0 ? 24 : 0);
  const words = shown.map((frame) => frame.function).join(", called by ");
  return `<svg class="trace" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
<title id="${id}-t">Call trace</title><desc id="${id}-d">${escapeHtml(words)}</desc>
${shown.map((frame, at) => boxOf(frame, at, at < shown.length - 1)).join("\n")}
${left > 0 ? `<text class="small" x="14" y="${height - 6}">and ${left} more</text>` : ""}
</svg>`;
}

function boxOf(frame: ReportFrame, at: number, called: boolean): string {
  const y = at * (BOX + GAP) + 1;
  const look = frame.crashed ? "crashed" : frame.reliable ? "frame" : "frame unsure";
  const name = cut(frame.function, 46);
  const place = frame.place === "" ? "" : `<tspan class="dim">${cut(frame.place, 30)}</tspan>`;
  const source =
    frame.source === null
      ? ""
      : `<text class="small" x="${WIDTH - 14}" y="${y + 19}" text-anchor="end">${cut(frame.source, 40)}</text>`;
  const arrow = called
    ? `<path class="call" d="M28 ${y + BOX + GAP - 2} v-${GAP - 4} m-4 4 l4 -5 l4 5"/>`
    : "";
  return `<rect class="${look}" x="1" y="${y}" width="${WIDTH - 2}" height="${BOX}" rx="5"/><text class="code" x="14" y="${y + 20}">${frame.reliable ? "" : "? "}${name}${place}</text>${source}${arrow}`;
}

function cut(text: string, length: number): string {
  return escapeHtml(text.length > length ? `${text.slice(0, length - 1)}…` : text);
}
