import { compareDigits } from "./deb-version.ts";

/**
 * Orders RPM package versions, `[epoch:]version[-release]`, as rpm does (rpmvercmp of rpm's rpmio/rpmvercmp.c):
 * runs of digits and runs of letters in turn, all else only separates; digits are newer than letters; `~` is older
 * than all, even the end; `^` is newer than the end and older than all else. Negative: `a` comes first.
 */
export function compareRpmVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  const byVersion = left.epoch - right.epoch || compareSegments(left.version, right.version);
  if (byVersion !== 0 || left.release === undefined || right.release === undefined) return byVersion;
  return compareSegments(left.release, right.release);
}

function partsOf(text: string): { epoch: number; version: string; release: string | undefined } {
  const found = /^(?:(\d{1,9}):)?(.*?)(?:-([^-]*))?$/s.exec(text.trim());
  return { epoch: Number(found?.[1] ?? 0), version: found?.[2] ?? "", release: found?.[3] };
}

function compareSegments(a: string, b: string): number {
  const [left, right] = [segmentsOf(a), segmentsOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = compareSegment(left[at], right[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function segmentsOf(text: string): string[] {
  return text.match(/\d+|[A-Za-z]+|~|\^/g) ?? [];
}

function compareSegment(a: string | undefined, b: string | undefined): number {
  const [left, right] = [rank(a), rank(b)];
  if (left !== right) return left - right;
  if (a === undefined || b === undefined) return 0;
  if (left === RANK.digits) return compareDigits(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

const RANK = { tilde: 0, end: 1, caret: 2, letters: 3, digits: 4 } as const;

function rank(segment: string | undefined): number {
  if (segment === undefined) return RANK.end;
  if (segment === "~") return RANK.tilde;
  if (segment === "^") return RANK.caret;
  return /^\d/.test(segment) ? RANK.digits : RANK.letters;
}
