/** Dresses a crash as a machine's log: other lines around and between its own, all of them carried in one way. */
import { CARRIERS, type Carrier } from "./carriers.ts";
import { below, pick, type Random } from "./chance.ts";
import { HANDLING } from "./handling.ts";
import { KERNEL_LINES, PROGRAM_LINES } from "./surroundings.ts";

/** Whose log it is, and when it begins in milliseconds since 1970. */
export interface Owner {
  readonly host: string;
  readonly time: number;
}

/** So often another line breaks in between two lines of a crash. */
const BREAKS_IN = 0.02;
const KERNEL_TAG = /kernel: (?:\[[^\]]{1,20}\] )?/;

export function carrierOf(name: string): Carrier {
  const carrier = CARRIERS[name];
  if (carrier === undefined) throw new Error(`there is no carrier ${name}`);
  return carrier;
}

/** The entries of a log with these crashes, hours apart, a millisecond a line. `quiet`: nothing but the crashes. */
export function entriesOf(
  crashes: readonly string[],
  { carrier, owner, chance, quiet }: { carrier: Carrier; owner: Owner; chance: Random; quiet: boolean },
): string[] {
  const boot = below(chance, 5_000_000) / 10;
  const [task, cpu] = [1 + below(chance, 30_000), below(chance, 64)];
  const entries: string[] = [];
  crashes.forEach((crash, at) => {
    const since = at * PAUSE;
    const add = (line: string, printer = task) => {
      const number = entries.length;
      const time = owner.time + since + number;
      const uptime = boot + (since + number) / 1000;
      entries.push(carrier.carry(line, { host: owner.host, time, uptime, task: printer, cpu, number }));
    };
    const breakIn = () => {
      const other = pick(KERNEL_LINES, chance);
      add(other, 1 + below(chance, 30_000));
      const entry = entries.at(-1) ?? "";
      if (!carrier.data && KERNEL_TAG.test(entry) && chance() < 0.5)
        entries[entries.length - 1] =
          entry.slice(0, KERNEL_TAG.exec(entry)?.index) + pick(PROGRAM_LINES, chance);
    };
    if (!quiet) for (let count = below(chance, 6); count > 0; count--) breakIn();
    for (const line of crash.split("\n")) {
      add(line);
      if (!quiet && chance() < BREAKS_IN) breakIn();
    }
    if (!quiet) for (let count = below(chance, 6); count > 0; count--) breakIn();
  });
  return entries;
}

const PAUSE = 2 * 3_600_000;

/** The log's text as a file holds it. */
export function textOf(entries: readonly string[], carrier: Carrier, handling = "as it is"): string {
  const { before, between, after } = carrier.list ?? { before: "", between: "\n", after: "" };
  const text = `${before}${entries.join(between)}${after}`;
  return `${carrier.data ? text : (HANDLING[handling] ?? ((log: string) => log))(text)}\n`;
}

/** Several machines' lines in one file, in the order of time. */
export function interleaved(logs: readonly (readonly string[])[], chance: Random): string[] {
  const places = logs.map(() => 0);
  const lines: string[] = [];
  for (;;) {
    const open = logs.flatMap((log, at) => ((places[at] ?? 0) < log.length ? [at] : []));
    if (open.length === 0) return lines;
    const at = pick(open, chance);
    const place = places[at] ?? 0;
    lines.push(logs[at]?.[place] ?? "");
    places[at] = place + 1;
  }
}
