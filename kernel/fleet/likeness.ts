/**
 * When are two crashes the same? `Crash.signature` names the kind, the culprit and two callers; that is what a commit
 * can be looked up by. To count crashes it is too coarse where many callers share a helper of their own
 * (`sysfs_add_one` warns of everybody's duplicate names), and too fine where the end of a trace was lost.
 */
import type { Crash, CrashKind } from "../crash/crash.ts";
import { isCrashText } from "../crash/crash-text.ts";
import { isHelper, ROOTS } from "../crash/culprit.ts";
import { canonicalName, titleName } from "../crash/symbol.ts";

/** What two reports of one crash have in common; free of hosts, builds, addresses, and of how the log was kept. */
export interface Likeness {
  /** Crashes that differ here are different: kind, culprit, and what the title says besides. */
  readonly head: string;
  /** The callers of the culprit, innermost first; of two reports of one crash, one begins with the other. */
  readonly callers: readonly string[];
  /** Where the processor stood, of a crash that always happens in the same place. */
  readonly site: string | undefined;
  /** The headline was lost: kind and title tell nothing. */
  readonly headless: boolean;
  readonly culprit: string | undefined;
  /** The whole trace of a report without a headline: the culprit may be another than it seems. */
  readonly trace: readonly string[];
  /** What the culprit had called, where the log shows it. */
  readonly called: readonly string[];
  /** File and line of the check that failed, where the headline names them. */
  readonly line: string | undefined;
}

/** So many callers, where the log has them. */
const CALLERS = 5;
/** So many lines of a report that names no function. */
const LINES = 3;

export function likenessOf(crash: Crash): Likeness {
  const { kind, title, culprit, corrupted } = crash;
  if (culprit === undefined) {
    return {
      head: `${kind}:${title.replace(COMPILED, "")}`,
      callers: tellingLines(crash),
      site: undefined,
      headless: false,
      culprit,
      trace: [],
      called: [],
      line: undefined,
    };
  }
  const name = canonicalName(culprit);
  const sure = sureFrames(crash);
  const at = sure.findLastIndex((frame) => frame === culprit || titleName(frame) === titleName(culprit));
  const headless = corrupted && kind === "other";
  return {
    head: `${kind}:${name}:${withoutName(title, culprit)}`,
    callers: telling(sure.slice(at + 1))
      .filter((other) => other !== name)
      .slice(0, CALLERS),
    site: WANDERING.has(kind) || crash.function === undefined ? undefined : canonicalName(crash.function),
    headless,
    culprit: name,
    trace: headless ? telling(sure).slice(0, LONGEST_TRACE) : [],
    called: at < 0 ? [] : telling(sure.slice(0, at)),
    line: lineOf(crash),
  };
}

/** `trace.c:713`: folders differ where a kernel was built outside of its source. */
function lineOf({ messages: [headline = "", next = ""] }: Crash): string | undefined {
  const [, file, line] = CHECK.exec(headline) ?? CHECK.exec(next) ?? [];
  return file === undefined ? undefined : `${file.slice(file.lastIndexOf("/") + 1)}:${line}`;
}

/** "kernel BUG at fs/inode.c:417!", "WARNING: CPU: 1 PID: 9 at fs/inode.c:417 drop_nlink+0x3e/0x50" */
const CHECK = /^(?:WARNING:|kernel BUG) .{0,40}\bat ([\w./-]{1,200}\.[chS]):(\d{1,7})/;

/** Each time these are caught in another function of the same loop or recursion. */
const WANDERING: ReadonlySet<CrashKind> = new Set<CrashKind>([
  "rcu-stall",
  "soft-lockup",
  "hard-lockup",
  "hung-task",
  "stack-overflow",
  "double-fault",
]);

/** The title without its function: `__se_sys_read` and `__x64_sys_read` are one, and are titled differently. */
function withoutName(title: string, culprit: string): string {
  return [titleName(culprit), culprit]
    .reduce((text, name) => text.replace(name, ""), title)
    .replace(/\bsys_$/, "");
}

function sureFrames({ frames }: Crash): string[] {
  return frames.filter((frame) => frame.reliable && !frame.inlined).map((frame) => frame.function);
}

/** Without helpers, where every thread begins, and frames that were printed twice. */
function telling(names: readonly string[]): string[] {
  return names
    .map(canonicalName)
    .filter((name) => !isHelper(name) && !ROOTS.test(name))
    .filter((name, place, all) => name !== all[place - 1]);
}

const LONGEST_TRACE = 24;

/**
 * The headline and what belongs to it, without the numbers, addresses, compilers' suffixes and tasks that differ each
 * time. What else the kernel had to say in between is another thing on every machine.
 */
function tellingLines({ messages: [headline = "", ...rest] }: Crash): string[] {
  return [headline, ...rest.filter((line) => isCrashText(line) && !MACHINE.test(line))]
    .map((line) => VARYING.reduce((text, pattern) => text.replace(pattern, ""), line).slice(0, LONGEST_LINE))
    .filter((line) => /[a-z]{3}/i.test(line))
    .slice(0, LINES);
}

/** What a compiler adds to a function's name. */
const COMPILED = /\.(?:isra|constprop|part|cold|llvm)\b(?:[.\d]|NUM)*/g;
const VARYING = [COMPILED, /\b0x[0-9a-f]{1,16}\b/gi, /\b[0-9a-f]{0,32}\d[0-9a-f]{0,32}\b/gi, /\bComm: \S+/gi];
const LONGEST_LINE = 120;
/** Every report has these. */
const MACHINE =
  /^(?:Modules linked in|CPU:? ?\d|Pid: |Hardware name|Call [Tt]race|Code: |[RE]?[A-Z][A-Z0-9]{1,2}: |<\/?[A-Z]+>)/;

/** May these be two reports of one crash, by their traces? One may have lost lines at its end. */
export function isAlike(one: readonly string[], other: readonly string[]): boolean {
  const shared = Math.min(one.length, other.length);
  return one.slice(0, shared).every((name, at) => name === other[at]);
}

/**
 * Sorts reports into crashes: those with the longest traces first, then each shorter one to the longer one that it may
 * be the beginning of (to the commonest, where there are several); at last reports without a headline to the one
 * crash whose culprit and callers are in their trace.
 */
export function sortAlike<Item>(items: readonly Item[], view: View<Item>): Item[][] {
  const clusters = new Map<string, Item[][]>();
  for (const item of [...items].sort(byTrace(view.likeness))) {
    const { head } = view.likeness(item);
    const same = clusters.get(head) ?? [];
    clusters.set(head, same);
    const home = commonest(
      same.filter((cluster) => callersAgree(cluster, item, view)),
      view.count,
    );
    if (home === undefined) same.push([item]);
    else home.push(item);
  }
  return joinHeadless([...clusters.values()].flat(), view);
}

interface View<Item> {
  readonly likeness: (item: Item) => Likeness;
  /** How often it was seen. */
  readonly count: (item: Item) => number;
}

/** So many callers, or lines, must agree where the rest of a trace is lost. */
const SURE = 2;

/** The first of a cluster has its longest trace. */
function callersAgree<Item>([first]: readonly Item[], item: Item, { likeness }: View<Item>): boolean {
  if (first === undefined) return false;
  const [one, other] = [likeness(first), likeness(item)];
  if (one.site !== undefined && other.site !== undefined && one.site !== other.site) return false;
  // A headline alone is no proof that it was the beginning of more.
  if (other.culprit === undefined && other.callers.length < one.callers.length && other.callers.length < SURE)
    return false;
  // Two checks of one function are told by their lines, where callers do not tell; else a line is another in each kernel.
  const differ = one.line !== undefined && other.line !== undefined && one.line !== other.line;
  if (differ && Math.min(one.callers.length, other.callers.length) < SURE) return false;
  return isAlike(one.callers, other.callers);
}

function joinHeadless<Item>(clusters: readonly Item[][], { likeness, count }: View<Item>): Item[][] {
  const size = (cluster: readonly Item[]) => cluster.reduce((sum, item) => sum + count(item), 0);
  const joined = new Set(clusters);
  const headless = clusters.filter((cluster) => cluster.every((item) => likeness(item).headless));
  for (const cluster of headless.sort((one, other) => size(one) - size(other))) {
    const [item] = cluster;
    if (item === undefined) continue;
    const homes = [...joined].filter(
      (other) =>
        other !== cluster && other[0] !== undefined && holds(likeness(item).trace, likeness(other[0])),
    );
    const [home] = homes;
    if (home === undefined || homes.length > 1) continue;
    home.push(...cluster);
    joined.delete(cluster);
  }
  return [...joined];
}

/** Does the trace go through this crash's culprit and its callers, without a gap, and into nothing that is not in it? */
function holds(trace: readonly string[], { culprit, callers, called }: Likeness): boolean {
  if (culprit === undefined || callers.length < SURE) return false;
  const at = trace.indexOf(culprit);
  const rest = trace.slice(at + 1);
  const front = trace.slice(0, Math.max(0, at));
  return (
    at >= 0 && rest.length >= SURE && isAlike(rest, callers) && front.every((name) => called.includes(name))
  );
}

function byTrace<Item>(likeness: (item: Item) => Likeness): (one: Item, other: Item) => number {
  return (one, other) => {
    const [a, b] = [likeness(one).callers, likeness(other).callers];
    return b.length - a.length || (a.join() < b.join() ? -1 : 1);
  };
}

function commonest<Item>(clusters: readonly Item[][], count: (item: Item) => number): Item[] | undefined {
  const size = (cluster: readonly Item[]) => cluster.reduce((sum, item) => sum + count(item), 0);
  return clusters.reduce<Item[] | undefined>(
    (best, cluster) => (best === undefined || size(cluster) > size(best) ? cluster : best),
    undefined,
  );
}
