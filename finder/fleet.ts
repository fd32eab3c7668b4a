/** Counts the crashes of many machines: which are the same, on which hosts and kernels, since when. */
import { compareNames } from "../kernel/compare-names.ts";
import type { Crash, CrashKind } from "../kernel/crash/crash.ts";
import type { Sighting } from "../kernel/fleet/host-logs.ts";
import { fullNames } from "../kernel/fleet/host-names.ts";
import { type Likeness, likenessOf, sortAlike } from "../kernel/fleet/likeness.ts";

/** One crash as it was seen in the fleet. */
export interface CrashGroup {
  /** The most whole of its reports, with the input and the line where it stands. */
  readonly crash: Crash;
  readonly at: Place;
  /** How often a machine crashed so. */
  readonly crashes: number;
  /** Machines, with how often each crashed; in the order of names. */
  readonly hosts: ReadonlyMap<string, number>;
  /** What the logs say of the kernels, the commonest first. */
  readonly kernels: readonly SeenKernel[];
  /** Milliseconds since 1970; undefined where no log has a date. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  /** What the same machines reported within the next minute: mostly consequences. The commonest first. */
  readonly followedBy: readonly { readonly title: string; readonly crashes: number }[];
}

export interface Place {
  readonly input: string;
  readonly line: number;
}

export interface SeenKernel {
  readonly release: string | undefined;
  readonly build: string | undefined;
  readonly crashes: number;
  readonly hosts: ReadonlySet<string>;
}

/** A crash with where it was read. */
export interface PlacedSighting extends Sighting {
  /** The log's name. */
  readonly input: string;
  /** The machine's name where the log has none. */
  readonly fallbackHost: string;
}

/** Reports of one machine that follow each other within so many seconds belong together ... */
const ONE_INCIDENT = 60;
/** ... or, where no line has a time, within so many lines. */
const ONE_INCIDENT_LINES = 1000;
/** Consequences beyond these are not told. */
const MOST_FOLLOWERS = 20;

/** Takes the crashes of each log in order. What it keeps grows with the number of different crashes and of hosts. */
export class Fleet {
  readonly #kept = new Map<string, Tally>();
  /** The incident that each machine of the present input is in. */
  readonly #open = new Map<string, PlacedSighting[]>();
  #input: string | undefined;

  add(sighting: PlacedSighting): void {
    if (sighting.input !== this.#input) this.#closeAll();
    this.#input = sighting.input;
    const host = hostOf(sighting);
    const incident = this.#open.get(host);
    const last = incident?.at(-1);
    if (incident !== undefined && last !== undefined && belongs(sighting, last)) {
      if (incident.length <= MOST_FOLLOWERS) incident.push(sighting);
      else incident[MOST_FOLLOWERS] = sighting;
      return;
    }
    if (incident !== undefined) this.#count(incident);
    this.#open.set(host, [sighting]);
  }

  /** The crashes, the commonest first. */
  groups(): CrashGroup[] {
    this.#closeAll();
    const hosts = [...this.#kept.values()].flatMap((tally) => [...tally.hosts.keys()]);
    const nameOf = fullNames(hosts);
    return sortAlike([...this.#kept.values()], {
      likeness: (tally) => tally.likeness,
      count: (tally) => tally.crashes,
    })
      .map((tallies) => groupOf(tallies, nameOf))
      .sort(
        (one, other) =>
          other.crashes - one.crashes ||
          other.hosts.size - one.hosts.size ||
          (one.crash.signature < other.crash.signature ? -1 : 1),
      );
  }

  #closeAll(): void {
    for (const incident of this.#open.values()) this.#count(incident);
    this.#open.clear();
  }

  /** An incident is the first report that tells a function; the kernel's state is not to be trusted after it. */
  #count(incident: readonly PlacedSighting[]): void {
    const main =
      incident.find(({ crash }) => tellsFunction(crash)) ??
      incident.find(({ crash }) => crash.culprit !== undefined) ??
      incident[0];
    if (main === undefined) return;
    const likeness = likenessOf(main.crash);
    const { head, site, line, headless, callers } = likeness;
    const key = [head, site, line, headless, ...callers].join("\n");
    let tally = this.#kept.get(key);
    if (tally === undefined) {
      tally = new Tally(likeness, main);
      this.#kept.set(key, tally);
    }
    tally.count(main);
    for (const other of incident)
      if (other.crash.signature !== main.crash.signature) increase(tally.followers, other.crash.title, 1);
  }
}

/** A report that was cut, or broken into, still tells its function where that stands in its own trace with a caller. */
function tellsFunction({ culprit, corrupted, kind, frames }: Crash): boolean {
  if (culprit === undefined || !corrupted) return culprit !== undefined;
  const sure = frames.filter((frame) => frame.reliable);
  const at = sure.findIndex((frame) => frame.function === culprit);
  return kind !== "other" && at >= 0 && at + 1 < sure.length;
}

function hostOf(sighting: PlacedSighting): string {
  return sighting.host ?? sighting.fallbackHost;
}

function belongs(later: PlacedSighting, earlier: PlacedSighting): boolean {
  const [was, is] = [earlier.crash.kernel, later.crash.kernel];
  if (announces(earlier, later)) return true;
  if (was.release !== undefined && is.release !== undefined && was.release !== is.release) return false;
  if (later.time !== undefined && earlier.time !== undefined)
    return Math.abs(later.time - earlier.time) <= ONE_INCIDENT * 1000;
  if (later.uptime !== undefined && earlier.uptime !== undefined)
    return later.uptime >= earlier.uptime && later.uptime - earlier.uptime <= ONE_INCIDENT;
  // Reports that somebody collected in a file are not of one boot: a crash leaves its taint on what follows.
  if (is.tainted === "" && TAINTING.has(earlier.crash.kind)) return false;
  return later.line - earlier.line <= ONE_INCIDENT_LINES;
}

/** The title that somebody wrote above a report, and a headline that broke off, have the report's kind and no trace. */
function announces({ crash, line }: PlacedSighting, later: PlacedSighting): boolean {
  return (
    crash.corrupted &&
    crash.kind === later.crash.kind &&
    crash.frames.length === 0 &&
    later.line - line <= ANNOUNCED_LINES
  );
}

const ANNOUNCED_LINES = 10;

/** After these a kernel is tainted: W, D, B or L of Documentation/admin-guide/tainted-kernels.rst. */
const TAINTING: ReadonlySet<CrashKind> = new Set<CrashKind>([
  "null-deref",
  "page-fault",
  "gpf",
  "bug",
  "warning",
  "kasan",
  "divide-error",
  "double-fault",
  "refcount",
  "list-corruption",
  "bad-page",
  "soft-lockup",
]);

interface KernelTally extends Pick<SeenKernel, "release" | "build"> {
  crashes: number;
  readonly hosts: Set<string>;
}

/** Reports that look the same in every respect. */
class Tally {
  readonly likeness: Likeness;
  best: PlacedSighting;
  crashes = 0;
  firstSeen: number | undefined;
  lastSeen: number | undefined;
  readonly hosts = new Map<string, number>();
  readonly kernels = new Map<string, KernelTally>();
  readonly followers = new Map<string, number>();

  constructor(likeness: Likeness, first: PlacedSighting) {
    this.likeness = likeness;
    this.best = kept(first);
  }

  count(sighting: PlacedSighting): void {
    const { crash, time } = sighting;
    if (worthOf(crash) > worthOf(this.best.crash)) this.best = kept(sighting);
    this.crashes++;
    this.firstSeen = least(this.firstSeen, time);
    this.lastSeen = greatest(this.lastSeen, time);
    increase(this.hosts, hostOf(sighting), 1);
    const { release, build } = structuredClone(crash.kernel);
    const name = `${release ?? ""} ${build ?? ""}`;
    const kernel = this.kernels.get(name) ?? { release, build, crashes: 0, hosts: new Set() };
    kernel.crashes++;
    kernel.hosts.add(hostOf(sighting));
    this.kernels.set(name, kernel);
  }
}

/** A copy: the texts of a crash are pieces of the log that it stood in, and would keep that in memory. */
function kept(sighting: PlacedSighting): PlacedSighting {
  return structuredClone(sighting);
}

/** The more a report has, the better it stands for the others. */
function worthOf(crash: Crash): number {
  return (
    (crash.corrupted ? 0 : 1000) +
    (crash.kernel.release === undefined ? 0 : 500) +
    Math.min(crash.frames.length, 200)
  );
}

function groupOf(tallies: readonly Tally[], nameOf: (host: string) => string): CrashGroup {
  const best = tallies
    .map((tally) => tally.best)
    .reduce((one, other) => (worthOf(other.crash) > worthOf(one.crash) ? other : one));
  const hosts = new Map<string, number>();
  const followers = new Map<string, number>();
  const kernels: Tally["kernels"] = new Map();
  for (const tally of tallies) {
    for (const [host, count] of tally.hosts) increase(hosts, nameOf(host), count);
    for (const [title, count] of tally.followers) increase(followers, title, count);
    for (const [name, kernel] of tally.kernels) {
      const known = kernels.get(name);
      const { release, build } = kernel;
      kernels.set(name, {
        release,
        build,
        crashes: kernel.crashes + (known?.crashes ?? 0),
        hosts: new Set([...[...kernel.hosts].map(nameOf), ...(known?.hosts ?? [])]),
      });
    }
  }
  return {
    crash: best.crash,
    at: { input: best.input, line: best.line },
    crashes: tallies.reduce((sum, tally) => sum + tally.crashes, 0),
    hosts: new Map([...hosts].sort(([one], [other]) => compareNames(one, other))),
    kernels: [...kernels.values()].sort(
      (one, other) => other.crashes - one.crashes || compareNames(one.release ?? "", other.release ?? ""),
    ),
    firstSeen: tallies.map((tally) => tally.firstSeen).reduce(least),
    lastSeen: tallies.map((tally) => tally.lastSeen).reduce(greatest),
    followedBy: [...followers]
      .map(([title, crashes]) => ({ title, crashes }))
      .sort((one, other) => other.crashes - one.crashes || compareNames(one.title, other.title))
      .slice(0, MOST_FOLLOWERS),
  };
}

function increase(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function greatest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
