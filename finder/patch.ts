import { type FileChange, parseDiff } from "./patch-diff.ts";
import {
  findChange,
  likeness,
  type Presence,
  readSource,
  type SourceLines,
  weightOf,
} from "./patch-match.ts";

/** A source tree, wherever it lies. */
export interface SourceTree {
  /** The text of a file; undefined: there is none. */
  read(path: string): Promise<string | undefined>;
  /** Paths of the files with this name, in any folder. */
  withName(name: string): Promise<readonly string[]>;
}

/** Whether a tree has a fix, from the fix's diff alone. */
export interface PatchPresence {
  readonly state: "applied" | "not-applied" | "partly" | "unknown";
  readonly hunks: readonly HunkPresence[];
}

/** One contiguous change of the fix. */
export interface HunkPresence {
  /** Where the tree has that code; the fix's own path where it has it nowhere. */
  readonly path: string;
  /** Where the change stood in the file that was fixed. */
  readonly line: number;
  readonly presence: Presence;
}

/**
 * Looks for each change of a diff in a tree. Code that moved within a file, and files that moved or were renamed since
 * (or had not been yet), are followed. Parts of the diff that the tree has no place for count for nothing.
 */
export async function findPatch(tree: SourceTree, diff: string): Promise<PatchPresence> {
  const weighed: (HunkPresence & { weight: number })[] = [];
  for (const file of parseDiff(diff)) weighed.push(...(await findFile(tree, file)));
  return { state: sumUp(weighed), hunks: weighed.map(({ weight, ...hunk }) => hunk) };
}

function sumUp(hunks: readonly (HunkPresence & { weight: number })[]): PatchPresence["state"] {
  const sum = (presence: Presence) =>
    hunks.filter((hunk) => hunk.presence === presence).reduce((total, hunk) => total + hunk.weight, 0);
  const [applied, missing] = [sum("applied"), sum("not-applied")];
  if (applied + missing === 0) return "unknown";
  if (missing === 0) return "applied";
  return applied === 0 ? "not-applied" : "partly";
}

async function findFile(tree: SourceTree, file: FileChange): Promise<(HunkPresence & { weight: number })[]> {
  const named = file.to ?? file.from ?? "";
  const found = await locate(tree, file);
  return file.changes.map((change) => ({
    path: found?.path ?? named,
    line: change.line,
    weight: weightOf(change),
    presence: found ? findChange(found.source, change) : presenceWithoutFile(file),
  }));
}

/** A file that the fix makes is missing because the fix is; one that it takes away is gone because the fix is there. */
function presenceWithoutFile(file: FileChange): Presence {
  if (file.from === undefined) return "not-applied";
  return file.to === undefined ? "applied" : "unknown";
}

async function locate(
  tree: SourceTree,
  file: FileChange,
): Promise<{ path: string; source: SourceLines } | undefined> {
  for (const path of [file.to, file.from]) {
    const text = path === undefined ? undefined : await tree.read(path);
    if (path !== undefined && text !== undefined) return { path, source: readSource(text) };
  }
  if (file.from === undefined || file.to === undefined) return undefined;
  return mostAlike(tree, file);
}

/** A file of the same name elsewhere that has the code around the changes: kernel/sched.c became kernel/sched/core.c. */
async function mostAlike(
  tree: SourceTree,
  file: FileChange,
): Promise<{ path: string; source: SourceLines } | undefined> {
  const names = new Set([file.to, file.from].flatMap((path) => (path === undefined ? [] : namesFor(path))));
  let best: { path: string; source: SourceLines; score: number } | undefined;
  for (const name of names) {
    for (const path of (await tree.withName(name)).slice(0, MOST_CANDIDATES)) {
      const text = await tree.read(path);
      if (text === undefined) continue;
      const source = readSource(text);
      const score = likeness(source, file.changes);
      if (score >= ALIKE && score > (best?.score ?? 0)) best = { path, source, score };
    }
  }
  return best;
}

/** The file's own name, and the names that it gets when it becomes a folder. */
function namesFor(path: string): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const folder = path.split("/").at(-2);
  return [
    name,
    name.replace(/\.([ch])$/, "/core.$1"),
    name.replace(/\.([ch])$/, "/main.$1"),
    ...(folder ? [`${folder}.c`] : []),
  ];
}

const MOST_CANDIDATES = 40;
const ALIKE = 0.4;
