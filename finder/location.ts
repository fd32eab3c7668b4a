import type { TreeFacts, TreeReader } from "../cache/tree-reader.ts";
import { readTreeLines } from "../cache/tree-text.ts";
import type { Crash, Frame } from "../kernel/crash/crash.ts";
import { KfixError } from "../kernel/error.ts";
import type { RunningKernel } from "../kernel/running-kernel.ts";
import type { Maintainers } from "../kernel/source/maintainers.ts";
import { parseVersion } from "../kernel/version.ts";
import { type FoundDefinition, findDefinitions } from "./definition.ts";
import { architecturesFor, type Trees } from "./trees.ts";

/** Where a function of a crash is in the source. */
export interface Place {
  readonly function: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  /** How many other functions have this name and fit as well. */
  readonly others: number;
}

/** Where a crash is in the source, in the tree that is nearest to the kernel that crashed. */
export interface CrashLocation extends Place {
  readonly tree: string;
  /** Of the tree: `6.1.192`. */
  readonly version: string | undefined;
  /** False: the tree is another release than the kernel, so lines may differ. */
  readonly exact: boolean;
  /** The beginning of the function, or the lines around the one that the log names. */
  readonly excerpt: { readonly from: number; readonly lines: readonly string[] } | undefined;
  /** The top frames of the trace that are found, without the crashing function. */
  readonly frames: readonly Place[];
  readonly maintainers: readonly Maintainers[];
}

/** Locates a crash; undefined when there are no trees, or none that knows its function for its architecture. */
export function locateCrash(trees: Trees, crash: Crash, kernel: RunningKernel): CrashLocation | undefined {
  if (crash.function === undefined) return undefined;
  const view = viewOf(trees, crash, kernel);
  if (view === undefined) return undefined;
  const { tree, exact, find } = view;
  const own = crash.frames.find((frame) => frame.function === crash.function);
  const place = find(crash.function, own);
  if (place === undefined) return undefined;
  const others = crash.frames.filter((frame) => frame.reliable && frame.function !== crash.function);
  return {
    ...place,
    tree: tree.facts.name,
    version: tree.facts.version,
    exact,
    excerpt: excerptOf(tree.facts.root, place, own?.line),
    frames: others.slice(0, MOST_FRAMES).flatMap((frame) => find(frame.function, frame) ?? []),
    maintainers: tree.maintainersOf(place.path),
  };
}

/** Where the frames of a trace are in the source. */
export interface LocatedTrace {
  readonly tree: TreeFacts;
  /** False: the tree is another release than the kernel, so lines may differ. */
  readonly exact: boolean;
  /** One for each frame of the crash; undefined: the tree does not know it. */
  readonly places: readonly (Place | undefined)[];
}

/** Locates every frame of a crash, in the tree nearest to its kernel; undefined as in `locateCrash`. */
export function locateTrace(trees: Trees, crash: Crash, kernel: RunningKernel): LocatedTrace | undefined {
  const view = viewOf(trees, crash, kernel);
  if (view === undefined) return undefined;
  const places = crash.frames.map((frame) => view.find(frame.function, frame));
  return { tree: view.tree.facts, exact: view.exact, places };
}

/** The tree nearest to the kernel, and how a function of the crash is found in it. */
function viewOf(
  trees: Trees,
  crash: Crash,
  kernel: RunningKernel,
):
  | { tree: TreeReader; exact: boolean; find: (name: string, frame: Frame | undefined) => Place | undefined }
  | undefined {
  const version = kernel.upstream ?? kernel.series;
  const tree = trees.nearest(version);
  const architectures = tree && architecturesOf(tree.facts, crash.kernel.arch);
  if (tree === undefined || architectures === undefined) return undefined;
  return {
    tree,
    exact: isSameRelease(tree.facts.version, version),
    find: (name, frame) =>
      choosePlace(name, findDefinitions(tree, name, architectures), {
        file: frame?.file,
        module: frame?.module ?? crash.module,
        arch: crash.kernel.arch,
      }),
  };
}

/** Undefined when the tree was stripped of the architecture that crashed: what it has is not what ran. */
function architecturesOf(facts: TreeFacts, arch: string | undefined): readonly string[] | undefined {
  try {
    return architecturesFor(facts, arch);
  } catch (error) {
    if (error instanceof KfixError) return error.code === "usage" ? facts.architectures : undefined;
    throw error;
  }
}

/**
 * Of functions of the same name: the one in the file that the frame names, in the frame's module, in a .c file rather
 * than a header, in process_64.c rather than process_32.c where a 64-bit kernel crashed.
 */
function choosePlace(
  name: string,
  found: readonly FoundDefinition[],
  told: { file: string | undefined; module: string | undefined; arch: string | undefined },
): Place | undefined {
  const stem = told.module?.replaceAll("-", "_");
  const width = told.arch === undefined || told.arch.includes("64") ? /_32\.[ch]$/ : /_64\.[ch]$/;
  const weight = (one: FoundDefinition): number =>
    (told.file?.endsWith(one.path) ? 8 : 0) +
    (stem !== undefined && one.path.replaceAll("-", "_").includes(stem) ? 4 : 0) +
    (one.path.endsWith(".h") ? 0 : 2) -
    (width.test(one.path) ? 1 : 0);
  const best = Math.max(...found.map(weight));
  const fitting = found.filter((one) => weight(one) === best);
  const [first] = fitting;
  if (first === undefined) return undefined;
  const { path, line, endLine } = first;
  return { function: name, path, line, endLine, others: fitting.length - 1 };
}

function isSameRelease(tree: string | undefined, kernel: string | undefined): boolean {
  const a = tree === undefined ? undefined : parseVersion(tree);
  const b = kernel === undefined ? undefined : parseVersion(kernel);
  return a !== undefined && b !== undefined && a.numbers.join(".") === b.numbers.join(".") && a.rc === b.rc;
}

function excerptOf(root: string, place: Place, line: number | undefined): CrashLocation["excerpt"] {
  const inside = line !== undefined && line >= place.line && line <= place.endLine;
  const from = inside ? Math.max(place.line, line - 4) : place.line;
  const to = Math.min(place.endLine, from + EXCERPT - 1);
  const lines = readTreeLines(root, place.path, from, to);
  return lines && { from, lines };
}

const MOST_FRAMES = 4;
const EXCERPT = 10;
