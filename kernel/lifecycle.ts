import { compareSeries } from "./version.ts";

/** A series that is kept up longer than the usual few months. */
export interface LongtermSeries {
  readonly series: string;
  /** The month of the last update, projected or past: `2027-12`. */
  readonly endOfLife: string;
}

/** The table of long-term series, oldest first, and the day on which it was read. */
export interface Lifecycle {
  /** `2025-12-01`. */
  readonly readOn: string;
  readonly longterm: readonly LongtermSeries[];
}

/**
 * The long-term series as kernel.org lists them (kernel.org/category/releases.html, and its history for those that
 * have ended). A newer table can be read from a file, see `parseLifecycle`.
 */
export const LIFECYCLE: Lifecycle = {
  readOn: "2025-12-01",
  longterm: [
    { series: "2.6.27", endOfLife: "2012-03" },
    { series: "2.6.32", endOfLife: "2016-03" },
    { series: "2.6.34", endOfLife: "2014-02" },
    { series: "2.6.35", endOfLife: "2012-03" },
    { series: "3.0", endOfLife: "2013-10" },
    { series: "3.2", endOfLife: "2018-05" },
    { series: "3.4", endOfLife: "2016-10" },
    { series: "3.10", endOfLife: "2017-11" },
    { series: "3.12", endOfLife: "2017-05" },
    { series: "3.14", endOfLife: "2016-09" },
    { series: "3.16", endOfLife: "2020-06" },
    { series: "3.18", endOfLife: "2019-05" },
    { series: "4.1", endOfLife: "2018-05" },
    { series: "4.4", endOfLife: "2022-02" },
    { series: "4.9", endOfLife: "2023-01" },
    { series: "4.14", endOfLife: "2024-01" },
    { series: "4.19", endOfLife: "2024-12" },
    { series: "5.4", endOfLife: "2025-12" },
    { series: "5.10", endOfLife: "2026-12" },
    { series: "5.15", endOfLife: "2026-12" },
    { series: "6.1", endOfLife: "2027-12" },
    { series: "6.6", endOfLife: "2026-12" },
    { series: "6.12", endOfLife: "2026-12" },
    { series: "6.18", endOfLife: "2027-12" },
  ],
};

/** Whether a long-term series was still kept up at a time, in seconds since 1970. */
export function isSupported(series: string, at: number, lifecycle: Lifecycle = LIFECYCLE): boolean {
  const row = lifecycle.longterm.find((one) => one.series === series);
  return row !== undefined && row.endOfLife >= monthOf(at);
}

/** `2026-08` of seconds since 1970. */
export function monthOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 7);
}

/**
 * Reads a table of long-term series: a line `# read on 2026-08-01`, then lines of a series and the month of its
 * end, `6.12 2028-12`. Undefined when a line is of another form, or the date is missing.
 */
export function parseLifecycle(text: string): Lifecycle | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  const readOn = lines.flatMap((line) => /^# read on (\d{4}-\d{2}-\d{2})$/.exec(line)?.[1] ?? [])[0];
  const rows = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const longterm = rows.flatMap((line): LongtermSeries[] => {
    const found = /^(\d+\.\d+(?:\.\d+)?)\s+(\d{4}-(?:0[1-9]|1[0-2]))$/.exec(line);
    return found?.[1] && found[2] ? [{ series: found[1], endOfLife: found[2] }] : [];
  });
  if (readOn === undefined || longterm.length === 0 || longterm.length < rows.length) return undefined;
  return { readOn, longterm: longterm.sort((a, b) => compareSeries(a.series, b.series)) };
}
