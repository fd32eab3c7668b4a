/** Makes many machines' logs of a few crashes: other builds, processors, times and hosts, kept in every way. */

/** A generator with a fixed seed: numbers from 0 to below 1 (mulberry32, public domain). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Random = () => number;

export function below(chance: Random, bound: number): number {
  return Math.floor(chance() * bound);
}

/** A frame of x86's call traces, behind the kernel's time if there is one. */
const FRAME =
  /^((?:\[ *\d+\.\d+\](?:\[ *[TC]\d+\])?)? {1,2}(?:\[<[0-9a-f]+>\] )?)(?!\? )[A-Za-z_][\w.]*\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[\w+\])?$/;
/** What a log of the corpora already wears: its host is not the one that is made up here. */
const WORN = /^(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) \S+ kernel: ?/;

/** The same crash of another build, on another processor, in another task; some of its last lines may be lost. */
export function happenAgain(log: string, chance: Random): string {
  const shift = 1 + below(chance, 0x3f);
  const lines = log.split("\n").map((line) => {
    const again = line
      .replace(WORN, "")
      .replace(/\[<([0-9a-f]{8,16})>\]/g, (_, address: string) => `[<${otherDigits(address, chance)}>]`)
      .replace(
        /\b([A-Za-z_]\w*(?:\.\w+)*)\+0x([0-9a-f]{1,4})\/0x([0-9a-f]{1,4})\b/g,
        (_, name: string, offset: string, size: string) =>
          `${suffixed(name, chance)}+0x${(Number.parseInt(offset, 16) + shift).toString(16)}/0x${(Number.parseInt(size, 16) + shift).toString(16)}`,
      )
      .replace(/\bCPU: \d+ /g, `CPU: ${below(chance, 64)} `)
      .replace(/\bPID: \d+ /g, `PID: ${1 + below(chance, 30_000)} `)
      .replace(/\bPid: \d+,/g, `Pid: ${1 + below(chance, 30_000)},`);
    const frame = FRAME.exec(again);
    if (frame === null || chance() > 0.1) return [again];
    return [again, `${frame[1]}? update_load_avg+0x${shift.toString(16)}/0x6d0`];
  });
  const all = lines.flat();
  const lost = chance() < 0.3 && all.length > 24 ? below(chance, Math.floor(all.length / 8)) : 0;
  return all.slice(0, all.length - lost).join("\n");
}

function otherDigits(address: string, chance: Random): string {
  if (/^0+$/.test(address)) return address; // a jump to NULL
  return address.slice(0, -5) + below(chance, 0x100000).toString(16).padStart(5, "0");
}

/** GCC's clones: the same function in another build. */
function suffixed(name: string, chance: Random): string {
  if (name.includes(".") || chance() > 0.05) return name;
  return `${name}.${chance() < 0.5 ? "isra" : "constprop"}.${below(chance, 3)}`;
}

/** Where and when a log was written. */
export interface Scene {
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

type Carry = (line: string, scene: Scene) => string;

const iso = (time: number) => new Date(time).toISOString();
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const clock = (time: number) => iso(time).slice(11, 19);
const stamp = (time: number) =>
  `${MONTHS[new Date(time).getUTCMonth()]} ${String(new Date(time).getUTCDate()).padStart(2)} ${clock(time)}`;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** What carries a line, and whether it says whose it is. */
export const CARRIERS: Readonly<Record<string, { readonly carry: Carry; readonly named: boolean }>> = {
  syslog: { named: true, carry: (line, { host, time }) => `${stamp(time)} ${host} kernel: ${line}` },
  "journald short": {
    named: true,
    carry: (line, { host, time }) => `${stamp(time)} ${host} kernel: ${line}`,
  },
  "journald short-iso": {
    named: true,
    carry: (line, { host, time }) => `${iso(time).slice(0, 19)}+0000 ${host} kernel: ${line}`,
  },
  "journald json": {
    named: true,
    carry: (line, { host, time }) =>
      JSON.stringify({
        _HOSTNAME: host,
        __REALTIME_TIMESTAMP: String(time * 1000),
        PRIORITY: "1",
        MESSAGE: line,
      }),
  },
  "ELK JSON": {
    named: true,
    carry: (line, { host, time }) =>
      JSON.stringify({ "@timestamp": iso(time), host: { name: host }, message: line }),
  },
  "ELK hits": {
    named: true,
    carry: (line, { host, time }) =>
      JSON.stringify({ _index: "logs", _source: { "@timestamp": iso(time), hostname: host, message: line } }),
  },
  "dmesg -T": {
    named: false,
    carry: (line, { time }) => {
      const date = new Date(time);
      return `[${DAYS[date.getUTCDay()]} ${stamp(time)} ${date.getUTCFullYear()}] ${line}`;
    },
  },
  console: { named: false, carry: (line) => line },
};

/** What happens to a file as a whole. */
export const HANDLING: Readonly<Record<string, (log: string) => string>> = {
  "as it is": (log) => log,
  CRLF: (log) => log.replaceAll("\n", "\r\n"),
  "mail quotes": (log) =>
    log
      .split("\n")
      .map((line) => `> ${line}`)
      .join("\n"),
};

export function pick<Item>(items: readonly Item[], chance: Random): Item {
  const item = items[below(chance, items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** The lines of a log as a carrier keeps them, a millisecond apart. */
export function carried(log: string, name: string, scene: Scene): string[] {
  const { carry } = CARRIERS[name] ?? { carry: (line: string) => line };
  return log.split("\n").map((line, at) => carry(line, { ...scene, time: scene.time + at }));
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
