import { slideGroups } from "./changed-group.ts";
import { changedRegions } from "./changed-regions.ts";
import { type ComparedLines, LineComparison } from "./line-comparison.ts";
import { isOneSided, type Stretch } from "./stretch.ts";

/**
 * Compares texts line by line, as `git diff -U0 --no-indent-heuristic` does: with few changes, and where the same change
 * can be told of several places, of the last of them.
 *
 * It keeps its working memory for the next texts.
 */
export class LineDiff {
  readonly #lines = new LineComparison();

  /** What became what, in order of the places; none when the texts are equal. */
  stretches(old: Buffer, now: Buffer): Stretch[] {
    const found: Stretch[] = [];
    const regions = changedRegions(old, now, this.#lines);
    for (const [at, region] of regions.entries()) {
      if (isOneSided(region)) found.push(region);
      else {
        this.#lines.mark(old, now, region);
        slideGroups(this.#lines.old, this.#lines.new);
        slideGroups(this.#lines.new, this.#lines.old);
        pushStretches(found, this.#lines.old, this.#lines.new);
      }
      slideOut(found, old, now, regions[at + 1]);
    }
    return found;
  }
}

function pushStretches(found: Stretch[], old: ComparedLines, now: ComparedLines): void {
  for (let oldAt = 0, newAt = 0; oldAt < old.count || newAt < now.count; oldAt++, newAt++) {
    const oldFirst = oldAt;
    const newFirst = newAt;
    while (old.changed[oldAt] === 1) oldAt++;
    while (now.changed[newAt] === 1) newAt++;
    if (oldAt === oldFirst && newAt === newFirst) continue;
    found.push({
      oldFrom: old.starts[oldFirst] ?? 0,
      oldTo: old.starts[oldAt] ?? 0,
      newFrom: now.starts[newFirst] ?? 0,
      newTo: now.starts[newAt] ?? 0,
    });
  }
}

/** What was only added, or removed, last may go on sliding down beyond its region, but not into the next. */
function slideOut(found: Stretch[], old: Buffer, now: Buffer, next: Stretch | undefined): void {
  const last = found.pop();
  if (last === undefined) return;
  const { oldFrom, oldTo, newFrom, newTo } = last;
  let moved = 0;
  if (oldFrom === oldTo) moved = slideOf(now, newFrom, newTo, next?.newFrom ?? now.length);
  else if (newFrom === newTo) moved = slideOf(old, oldFrom, oldTo, next?.oldFrom ?? old.length);
  found.push({
    oldFrom: oldFrom + moved,
    oldTo: oldTo + moved,
    newFrom: newFrom + moved,
    newTo: newTo + moved,
  });
}

/** How many bytes the lines from `from` to `to` can slide down: so many whole ones are again below `to`. */
function slideOf(text: Buffer, from: number, to: number, end: number): number {
  let whole = 0;
  for (let at = 0; to + at < end && text[from + at] === text[to + at]; at++)
    if (text[to + at] === NEWLINE) whole = at + 1;
  return whole;
}

const NEWLINE = 10;
