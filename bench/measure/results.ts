import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "./machine.ts";
import { type Measurement, spreadOf } from "./samples.ts";

/** What a part measured, with every single sample. */
export interface PartResult {
  readonly part: string;
  readonly machine: Machine;
  /** What it was measured on, for the reader. */
  readonly inputs: string;
  readonly measurements: readonly Measurement[];
}

const ROOT = join(import.meta.dirname, "../..");
const PAGE = join(ROOT, "docs/benchmarks.md");

/** Keeps the raw figures of a part, in place of its last ones, and writes its table into docs/benchmarks.md. */
export function keepResult(result: PartResult): void {
  const folder = join(ROOT, "bench/results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.part}.json`), `${JSON.stringify(rounded(result), undefined, 1)}\n`);
  const page = withTable(readFileSync(PAGE, "utf8"), result);
  writeFileSync(`${PAGE}.tmp`, page);
  renameSync(`${PAGE}.tmp`, PAGE);
}

/** The page with the part's table between its markers; the prose around them is written by hand. */
export function withTable(page: string, result: PartResult): string {
  const begin = `<!-- bench: ${result.part} -->`;
  const end = "<!-- end -->";
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0)
    return `${page.trimEnd()}\n\n## ${result.part}\n\n${begin}\n${tableOf(result)}\n${end}\n`;
  return `${page.slice(0, from)}${begin}\n${tableOf(result)}\n${page.slice(to)}`;
}

function tableOf({ machine, inputs, measurements }: PartResult): string {
  const rows = measurements
    .filter(({ samples }) => samples.length > 0)
    .map((one) => {
      const { count, min, max, median } = spreadOf(one.samples);
      const scatter =
        count > 1
          ? `${figure(min, one.unit)} ${one.unit} to ${figure(max, one.unit)} ${one.unit}, ${count} runs`
          : "";
      return [
        one.note === undefined ? one.what : `${one.what} (${one.note})`,
        `${figure(median, one.unit)} ${one.unit}`,
        scatter,
        againstText(one, measurements),
      ];
    });
  const table = [["Measured", "Median", "Scatter", "Ratio"], ...rows];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = table;
  return [
    line(head),
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
    ...body.map(line),
    "",
    `On ${inputs}. ${machine.date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, ${machine.memory} GB, load ${machine.load.toFixed(1)}`,
    `before it began; Node ${machine.node}, git ${machine.git}, ripgrep ${machine.ripgrep}, ctags ${machine.ctags}.`,
  ].join("\n");
}

/** `0.65 times git log`: the medians. */
function againstText(one: Measurement, all: readonly Measurement[]): string {
  const other = all.find((candidate) => candidate.what === one.against);
  if (other === undefined) return "";
  const ratio = spreadOf(one.samples).median / spreadOf(other.samples).median;
  return ratio < 0.1
    ? `${(1 / ratio).toFixed(0)} times faster than ${other.what}`
    : `${ratio.toFixed(2)} times ${other.what}`;
}

function figure(value: number, unit: Measurement["unit"]): string {
  if (unit === "MB" || value >= 100) return value.toFixed(0);
  if (unit === "of 100") return value.toFixed(1);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function rounded(result: PartResult): PartResult {
  const shorten = (value: number): number => Number(value.toPrecision(5));
  return {
    ...result,
    measurements: result.measurements.map((one) => ({ ...one, samples: one.samples.map(shorten) })),
  };
}
