import { parsePatch } from "diff";

/** A contiguous change with the lines around it; every line without its sign. */
export interface Change {
  /** Where it stood in the old file; lines count from 1. */
  readonly line: number;
  readonly before: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly after: readonly string[];
}

/** What a diff does to one file. */
export interface FileChange {
  /** Undefined: the file is new. */
  readonly from: string | undefined;
  /** Undefined: the file goes. */
  readonly to: string | undefined;
  readonly changes: readonly Change[];
}

/** Takes a unified diff, as `git show` prints it, apart into contiguous changes. A text that is none gives nothing. */
export function parseDiff(diff: string): FileChange[] {
  try {
    return parsePatch(diff).map((file) => ({
      from: pathOf(file.oldFileName),
      to: pathOf(file.newFileName),
      changes: file.hunks.flatMap((hunk) => changesOf(hunk.lines, hunk.oldStart)),
    }));
  } catch {
    return [];
  }
}

function pathOf(name: string | undefined): string | undefined {
  return name === undefined || name === "/dev/null" ? undefined : name.replace(/^[ab]\//, "");
}

function changesOf(lines: readonly string[], start: number): Change[] {
  const changes: Change[] = [];
  let line = start;
  for (let at = 0; at < lines.length; ) {
    if (!isChange(lines[at])) {
      line++;
      at++;
      continue;
    }
    let end = at;
    while (end < lines.length && (isChange(lines[end]) || lines[end]?.startsWith("\\"))) end++;
    const changed = lines.slice(at, end);
    const removed = textsOf(changed, "-");
    changes.push({
      line,
      before: contextOf(lines.slice(0, at).reverse()).reverse(),
      removed,
      added: textsOf(changed, "+"),
      after: contextOf(lines.slice(end)),
    });
    line += removed.length;
    at = end;
  }
  return changes;
}

function isChange(line: string | undefined): boolean {
  return line !== undefined && (line.startsWith("+") || line.startsWith("-"));
}

function textsOf(lines: readonly string[], sign: string): string[] {
  return lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
}

/** Unchanged lines up to the next change, the nearest first, at most three. */
function contextOf(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => !line.startsWith(" "));
  return lines.slice(0, Math.min(end < 0 ? lines.length : end, CONTEXT)).map((line) => line.slice(1));
}

const CONTEXT = 3;
