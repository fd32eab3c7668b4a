import type { ReleaseStrip } from "../../finder/release-map.ts";
import { type Paint, sanitize } from "./terminal.ts";

/**
 * A strip a series, the bug in red up to the release that fixed it:
 *
 *     mainline  v6.5 ━━━━━━━━━━━┫ v6.8
 *     6.6.y     6.6 ━━━━━●━━━━━━┫ 6.6.24   ● 6.6.10 runs here
 */
export function releaseMapLines(strips: readonly ReleaseStrip[], paint: Paint): string[] {
  if (strips.length === 0) return [];
  const labels = strips.map((strip) => (strip.series === "mainline" ? "mainline" : `${strip.series}.y`));
  const label = Math.max(...labels.map((text) => text.length));
  const from = Math.max(...strips.map((strip) => (strip.from ?? "").length));
  return strips.map((strip, at) => {
    const head = `  ${(labels[at] ?? "").padEnd(label)}  `;
    return sanitize(head) + stripText(strip, from, paint) + runningText(strip, paint);
  });
}

const WIDTH = 16;

function stripText({ series, from, to, running, known }: ReleaseStrip, width: number, paint: Paint): string {
  if (from === undefined) {
    const blank = " ".repeat(width);
    if (!known) return `${blank} ${paint("dim", "·".repeat(WIDTH))}  not known`;
    if (to === undefined) return `${blank} ${paint("dim", "·".repeat(WIDTH))}  not affected`;
    if (series !== "mainline")
      return `${blank} ${paint("dim", "·".repeat(WIDTH))}  ${paint("green", "has it from the start")}`;
    return `${blank} ${paint("red", "━".repeat(WIDTH))}${paint("green", `┫ ${sanitize(to)}`)}`;
  }
  const bar =
    running?.place === "inside" ? `${"━".repeat(WIDTH / 2)}●${"━".repeat(WIDTH / 2 - 1)}` : "━".repeat(WIDTH);
  const end = to === undefined ? paint("red", "▶ not fixed") : paint("green", `┫ ${sanitize(to)}`);
  return `${sanitize(from).padEnd(width)} ${paint("red", bar)}${end}`;
}

function runningText({ running }: ReleaseStrip, paint: Paint): string {
  return running ? `   ${paint("bold", `● ${sanitize(running.version)} runs here`)}` : "";
}
