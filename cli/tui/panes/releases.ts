import type { ReleaseStrip } from "../../../finder/release-map.ts";
import { sanitize } from "../../output/terminal.ts";
import type { FixView } from "../lookup/questions.ts";
import { fitted } from "../terminal/fit.ts";
import type { Pen } from "../terminal/pen.ts";
import { heading, indented, type Pane } from "./pane.ts";

/** A strip a series: where the bug came, where it went, where the running kernel stands; then every release with the fix. */
export function releasesPane(
  { fix, strips, kernel }: FixView,
  { pen, width }: { readonly pen: Pen; readonly width: number },
): Pane {
  return indented([
    ...(strips.length > 0
      ? [heading(pen, "Release map"), ...stripLines(strips, { width, pen, kernel }), ""]
      : []),
    heading(pen, "Releases with the fix"),
    `  mainline    ${mainlineText(fix.mainline, pen)}`,
    ...fix.stable.map((one) => {
      const note =
        one.how === "same-subject"
          ? "  a guess: same subject and author"
          : one.how === "own"
            ? "  no mainline commit is known"
            : "";
      return `  ${fitted(`${one.series}.y`, 10)}  ${pen("green", fitted(sanitize(one.version), 14))} ${pen("yellow", one.sha.slice(0, 12))}${pen("dim", note)}`;
    }),
    ...(fix.stable.length === 0 ? [pen("dim", "  no indexed stable series has it")] : []),
    ...(fix.packages.length > 0
      ? [
          "",
          heading(pen, "Packages"),
          ...fix.packages.map(
            (one) =>
              `  ${sanitize(`${one.distro} ${one.package}`)} since ${pen("green", sanitize(one.version))}`,
          ),
        ]
      : []),
  ]);
}

function mainlineText(mainline: FixView["fix"]["mainline"], pen: Pen): string {
  if (!mainline) return pen("dim", "not in an indexed release");
  const { rc, release } = mainline;
  if (release === undefined) return `${pen("green", sanitize(rc ?? ""))} (no release yet)`;
  return `${pen("green", sanitize(release))}${rc === undefined ? "" : ` (first in ${sanitize(rc)})`}`;
}

function stripLines(
  strips: readonly ReleaseStrip[],
  { width, pen, kernel }: { readonly width: number; readonly pen: Pen; readonly kernel: FixView["kernel"] },
): string[] {
  const label = Math.max(...strips.map((strip) => labelOf(strip).length));
  const from = Math.max(...strips.map((strip) => (strip.from ?? "").length));
  const end = Math.max(...strips.map((strip) => (strip.to ?? "").length), 12);
  const bar = Math.max(6, Math.min(48, width - label - from - end - 8));
  const lines = strips.map((strip) => {
    const head = `${fitted(labelOf(strip), label)}  ${fitted(sanitize(strip.from ?? ""), from)}`;
    const own = strip.series === kernel?.series;
    return `${own ? pen("bold", "▸") : " "} ${own ? pen("bold", head) : head} ${barOf(strip, bar, pen)}`;
  });
  const words = kernelText(strips, kernel, pen);
  return words === undefined ? lines : [...lines, "", `  ${words}`];
}

/** Where the running kernel stands, or why that is not known. */
function kernelText(
  strips: readonly ReleaseStrip[],
  kernel: FixView["kernel"],
  pen: Pen,
): string | undefined {
  const running = strips.find((strip) => strip.running)?.running;
  if (running)
    return `${pen("bold", "●")} your kernel, ${sanitize(running.version)}: ${PLACES[running.place]}`;
  if (kernel?.series === undefined) return undefined;
  return `${pen("bold", "▸")} your kernel is some ${sanitize(kernel.series)}: ${sanitize(kernel.missing?.how ?? "which one is not known")}`;
}

const PLACES = {
  before: "from before the bug",
  inside: "it has the bug, and not the fix",
  behind: "it has the fix",
} as const;

function labelOf(strip: ReleaseStrip): string {
  return strip.series === "mainline" ? "mainline" : `${strip.series}.y`;
}

/** The bug in red, the fix in green; without colours `━` and `·` tell them apart. */
function barOf({ from, to, running, series }: ReleaseStrip, width: number, pen: Pen): string {
  const bug = Math.floor(width * 0.7);
  if (from === undefined && to === undefined) {
    return `${line("·", width, running ? Math.floor(width / 2) : undefined, "green", pen)} not affected`;
  }
  if (from === undefined && series !== "mainline") {
    return `${line("·", width, running ? Math.floor(width / 2) : undefined, "green", pen)} fixed from the start`;
  }
  if (to === undefined) {
    return `${line("━", width, running ? Math.floor(width / 2) : undefined, "red", pen)}${pen("red", "▶ not fixed")}`;
  }
  const place = running?.place;
  const inside = place === "inside" ? Math.floor(bug / 2) : place === "before" ? 0 : undefined;
  const behind = place === "behind" ? Math.floor((width - bug) / 2) : undefined;
  return `${line("━", bug, inside, "red", pen)}${pen("green", "┫")}${line("·", width - bug - 1, behind, "green", pen)} ${pen("green", sanitize(to))}`;
}

function line(of: string, length: number, dot: number | undefined, tone: "red" | "green", pen: Pen): string {
  if (dot === undefined || length < 1) return pen(tone, of.repeat(Math.max(0, length)));
  return `${pen(tone, of.repeat(dot))}${pen("bold", "●")}${pen(tone, of.repeat(Math.max(0, length - dot - 1)))}`;
}
