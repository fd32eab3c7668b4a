import type { ReportStrip } from "../answers/report.ts";
import { escapeHtml } from "./escape.ts";

const ROW = 40;
const WIDTH = 720;
const FROM = 200;
const BAR_END = 500;

/** A strip a series: red while the bug is there, green from the release that fixed it; colours come from the page. */
export function releaseMapSvg(strips: readonly ReportStrip[], id: string): string {
  const height = strips.length * ROW + 8;
  const words = strips.map(wordsOf).join("; ");
  return `<svg class="map" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
<title id="${id}-t">Release map</title><desc id="${id}-d">${escapeHtml(words)}</desc>
${strips.map((strip, at) => rowOf(strip, at * ROW + 22)).join("\n")}
</svg>`;
}

function rowOf(strip: ReportStrip, y: number): string {
  const { series, from, to, running } = strip;
  const hadBug = from !== null || (to !== null && series === "mainline");
  const label = `<text class="name" x="0" y="${y}">${cut(series === "mainline" ? series : `${series}.y`, 12)}</text>`;
  const begin =
    from === null ? "" : `<text x="${FROM - 10}" y="${y}" text-anchor="end">${cut(from, 14)}</text>`;
  const bars = hadBug
    ? bar(FROM, BAR_END, "bug", y) + (to === null ? arrow(y) : bar(BAR_END, BAR_END + 24, "fixed", y))
    : bar(FROM, BAR_END + 24, to === null ? "none" : "fixed", y);
  const { text, look } = endOf(strip, hadBug);
  const end = `<text class="${look}" x="${BAR_END + 34}" y="${y}">${cut(text, 22)}</text>`;
  return [label, begin, bars, end, running === null ? "" : runs(running, y)].join("");
}

function endOf({ to, known }: ReportStrip, hadBug: boolean): { text: string; look: string } {
  if (to !== null) return { text: hadBug ? to : "has it from the start", look: "good" };
  if (hadBug) return { text: "not fixed", look: "bad" };
  return known ? { text: "not affected", look: "good" } : { text: "not known", look: "dim" };
}

function bar(from: number, to: number, look: string, y: number): string {
  return `<rect class="${look}" x="${from}" y="${y - 11}" width="${to - from}" height="12" rx="2"/>`;
}

/** The bug goes on. */
function arrow(y: number): string {
  return `<path class="bug" d="M${BAR_END} ${y - 14} l18 9 l-18 9 z"/>`;
}

function runs({ version, place }: NonNullable<ReportStrip["running"]>, y: number): string {
  const at = { before: FROM - 2, inside: (FROM + BAR_END) / 2, behind: BAR_END + 12 }[place];
  const anchor = place === "behind" ? "end" : place === "before" ? "start" : "middle";
  return `<circle class="here" cx="${at}" cy="${y - 5}" r="7"/><text class="small" x="${at}" y="${y + 16}" text-anchor="${anchor}">${cut(version, 16)} runs here</text>`;
}

function wordsOf(strip: ReportStrip): string {
  const { series, from, to, running } = strip;
  const bug = from === null ? "" : ` bug since ${from}`;
  const fixed = to === null ? ` ${endOf(strip, from !== null).text}` : ` fixed in ${to}`;
  return `${series}:${bug}${fixed}${running ? `, ${running.version} runs here` : ""}`;
}

function cut(text: string, length: number): string {
  return escapeHtml(text.length > length ? `${text.slice(0, length - 1)}…` : text);
}
