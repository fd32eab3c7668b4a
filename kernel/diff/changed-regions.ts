import type { LineComparison } from "./line-comparison.ts";
import { isOneSided, type Stretch } from "./stretch.ts";

/**
 * Parts of two texts that hold all that changed, in order of their places. What both have at their beginning, at their
 * end and in long runs between changes is compared as bytes; only what is near a change is split into lines.
 *
 * Regions are compared each by itself, so a run must be one that no diff with fewer changes cuts through: it has more
 * lines than the regions on both sides of it, and whoever does not match it changes more lines than there were.
 */
export function changedRegions(old: Buffer, now: Buffer, comparison: LineComparison): Stretch[] {
  const from = lineStart(old, commonBytes(old, 0, old.length, now, 0, now.length));
  const tail = commonTail(old, now, from);
  const oldTo = old.length - tail;
  const newTo = now.length - tail;
  const regions: Region[] = [];
  let rest: Stretch = { oldFrom: from, oldTo, newFrom: from, newTo };
  while (rest.oldFrom < oldTo || rest.newFrom < newTo) {
    if (isOneSided(rest)) {
      regions.push({ ...rest, lines: regions.length === 0 ? 0 : linesOf(old, now, rest) });
      break;
    }
    const region = firstRegion(old, now, rest, comparison);
    regions.push(region);
    const same = commonBytes(old, region.oldTo, oldTo, now, region.newTo, newTo);
    const oldFrom = Math.max(region.oldTo, lineStart(old, region.oldTo + same));
    rest = { oldFrom, oldTo, newFrom: oldFrom - region.oldTo + region.newTo, newTo };
  }
  return regions.length < 2 ? regions : joinNear(old, regions);
}

interface Region extends Stretch {
  /** How many lines it has, of both texts. */
  readonly lines: number;
}

/** From the beginning of `rest`, where lines differ, to the first run of some equal lines. */
function firstRegion(old: Buffer, now: Buffer, rest: Stretch, comparison: LineComparison): Region {
  for (let window = WINDOW; ; window *= 4) {
    comparison.mark(old, now, rest, window);
    const { old: oldLines, new: newLines } = comparison;
    const [oldAt, newAt] = firstRun(old, now, rest, comparison);
    const oldTo = oldLines.starts[oldAt] ?? 0;
    const newTo = newLines.starts[newAt] ?? 0;
    const isAll = oldTo === rest.oldTo && newTo === rest.newTo;
    if (isAll || oldAt < oldLines.count || newAt < newLines.count)
      return { oldFrom: rest.oldFrom, oldTo, newFrom: rest.newFrom, newTo, lines: oldAt + newAt };
  }
}

/** The lines in each text at which a run begins; behind the last lines when there is none. */
function firstRun(old: Buffer, now: Buffer, rest: Stretch, comparison: LineComparison): [number, number] {
  const { old: oldLines, new: newLines } = comparison;
  let oldAt = 0;
  let newAt = 0;
  let length = 0;
  while (oldAt < oldLines.count && newAt < newLines.count) {
    if (oldLines.changed[oldAt] === 1) {
      oldAt++;
      length = 0;
    } else if (newLines.changed[newAt] === 1) {
      newAt++;
      length = 0;
    } else {
      oldAt++;
      newAt++;
      if (++length === RUN) return [oldAt - RUN, newAt - RUN];
    }
  }
  if (length > 0) {
    const from = oldLines.starts[oldAt - length] ?? 0;
    const newFrom = newLines.starts[newAt - length] ?? 0;
    const same = commonBytes(old, from, rest.oldTo, now, newFrom, rest.newTo);
    if (countLines(old, from, from + same, RUN) === RUN) return [oldAt - length, newAt - length];
  }
  return [oldLines.count, newLines.count];
}

/** Joins neighbours between which not more lines are equal than are in both. */
function joinNear(old: Buffer, regions: readonly Region[]): Region[] {
  const joined: Region[] = [];
  for (let region of regions) {
    for (let before = joined.at(-1); before !== undefined; before = joined.at(-1)) {
      const lines = before.lines + region.lines;
      if (countLines(old, before.oldTo, region.oldFrom, lines + 1) > lines) break;
      region = { ...region, oldFrom: before.oldFrom, newFrom: before.newFrom, lines };
      joined.pop();
    }
    joined.push(region);
  }
  return joined;
}

function linesOf(old: Buffer, now: Buffer, { oldFrom, oldTo, newFrom, newTo }: Stretch): number {
  return countLines(old, oldFrom, oldTo) + countLines(now, newFrom, newTo);
}

/** How many lines end there, `most` at most. */
function countLines(text: Buffer, from: number, to: number, most = Infinity): number {
  let count = 0;
  for (let at = from; at < to && count < most; at++) if (text[at] === NEWLINE) count++;
  return count;
}

/** How many bytes are the same from these places on. */
function commonBytes(a: Buffer, fromA: number, toA: number, b: Buffer, fromB: number, toB: number): number {
  const most = Math.min(toA - fromA, toB - fromB);
  let count = 0;
  while (
    count + BLOCK <= most &&
    a.compare(b, fromB + count, fromB + count + BLOCK, fromA + count, fromA + count + BLOCK) === 0
  )
    count += BLOCK;
  while (count < most && a[fromA + count] === b[fromB + count]) count++;
  return count;
}

/** How many bytes of whole lines both end with, none of them before `from`. */
function commonTail(a: Buffer, b: Buffer, from: number): number {
  let atA = a.length;
  let atB = b.length;
  const least = from + Math.max(0, atA - atB);
  while (atA - BLOCK >= least && a.compare(b, atB - BLOCK, atB, atA - BLOCK, atA) === 0) {
    atA -= BLOCK;
    atB -= BLOCK;
  }
  while (atA > least && a[atA - 1] === b[atB - 1]) {
    atA--;
    atB--;
  }
  if (isLineStart(a, atA, from) && isLineStart(b, atB, from)) return a.length - atA;
  const newline = a.indexOf(NEWLINE, atA);
  return newline === -1 ? 0 : a.length - newline - 1;
}

function isLineStart(text: Buffer, at: number, from: number): boolean {
  return at === from || text[at - 1] === NEWLINE;
}

/** Where the line begins that holds the byte at `at`. */
function lineStart(text: Buffer, at: number): number {
  let start = at;
  while (start > 0 && text[start - 1] !== NEWLINE) start--;
  return start;
}

/** Lines looked at first. */
const WINDOW = 12;
/** So many equal lines end a region; nearer changes are joined in most files anyway. */
const RUN = 8;
const BLOCK = 1024;
const NEWLINE = 10;
