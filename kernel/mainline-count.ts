/**
 * Counts the mainline releases from 2.6.0 to a series, so that distances between series are plain numbers:
 * 2.6.39 is 39, 3.0 is 40, 3.19 is 59, 4.0 is 60. Undefined for a series before 2.6.
 */
export function mainlineCount(series: string): number | undefined {
  const [major = 0, minor = 0, patch = 0] = series.split(".").map(Number);
  if (major === 2) return minor === 6 ? patch : undefined;
  const begin = FIRST[major - 3] ?? (FIRST.at(-1) ?? 0) + TYPICAL * (major - 2 - FIRST.length);
  return major < 3 ? undefined : begin + minor;
}

/** Of 3.0 (behind 2.6.39), 4.0 (behind 3.19), 5.0 (behind 4.20), 6.0 (behind 5.19), 7.0 (behind 6.19). */
const FIRST = [40, 60, 81, 101, 121];
/** Releases of a major number, where it is not history yet. */
const TYPICAL = 20;
