/** Whose line of a log it is, and when it was written, by what stands in front of the kernel's words. */

export interface LineStamp {
  readonly host: string | undefined;
  /** Milliseconds since 1970; a date without a zone is taken for UTC. */
  readonly time: number | undefined;
  /** Seconds since that machine's boot. */
  readonly uptime: number | undefined;
}

const NONE: LineStamp = { host: undefined, time: undefined, uptime: undefined };

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH = `(?<month>${MONTHS.join("|")})`;
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const CLOCK = "(?<clock>\\d\\d:\\d\\d:\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?";
const ZONE = "(?<zone>Z|[+-]\\d\\d:?\\d\\d)";

/** What a terminal colours a line with. */
const COLOUR = `${String.fromCharCode(27)}\\[[0-9;]{0,16}[mK]`;
/** Quotes of a mail, bars, the level of a syslog socket (RFC 5424 puts its version 1 behind it) or of `dmesg -x`. */
const AHEAD = new RegExp(
  `^(?:[\ufeff\\s>|]|${COLOUR}){0,32}(?:(?:<|&lt;)\\d{1,3}(?:>|&gt;)(?:1 (?=\\d{4}-))?|[a-z]{2,8}\\d? {0,8}:[a-z]{3,7} {0,4}: (?=\\[))?`,
);

interface Form {
  readonly pattern: RegExp;
  /** A host and a program's name may follow. */
  readonly host: boolean;
  readonly example: string;
}

/** Tried from top to bottom. */
export const FORMS: readonly Form[] = [
  {
    pattern: new RegExp(
      `^${MONTH} {1,2}(?<day>\\d{1,2}) (?:(?<year>\\d{4}) )?${CLOCK}(?: [A-Z]{2,5}(?= ))? +`,
    ),
    host: true,
    example: "Nov 12 15:06:31 web-01 kernel: Oops: 0000 [#1]",
  },
  {
    pattern: new RegExp(
      `^(?:${DAY} )?(?<date>\\d{4}-\\d\\d-\\d\\d)[T ]${CLOCK}(?:${ZONE}| [A-Z]{2,5}(?= ))? *`,
    ),
    host: true,
    example: "2016-11-12T15:06:31.123+01:00 web-01 kernel: Oops: 0000 [#1]",
  },
  {
    pattern: /^(?<epoch>\d{10}\.\d{3,9}) +/,
    host: true,
    example: "1478959591.123456 web-01 kernel: Oops: 0000 [#1]",
  },
  {
    pattern: new RegExp(`^\\[${DAY} ${MONTH} {1,2}(?<day>\\d{1,2}) ${CLOCK} (?<year>\\d{4})\\]`),
    host: false,
    example: "[Sat Nov 12 15:06:31 2016] Oops: 0000 [#1]",
  },
  {
    pattern: /^\[ *(?<uptime>\d{1,10}\.\d{1,9})\] ?/,
    host: true,
    example: "[6373724.634681] web-01 kernel: Oops: 0000 [#1]",
  },
  {
    // Documentation/ABI/testing/dev-kmsg
    pattern: /^\d{1,3},\d{1,20},(?<micros>\d{1,16}),[^;]{1,80};/,
    host: false,
    example: "4,416,1799526,-,caller=T12;Oops: 0000 [#1]",
  },
];

/** A host's name, told by what follows: the kernel's tag, the kernel's time, another program with its number. */
const HOST =
  /^(?<host>[A-Za-z0-9][\w.:-]{0,252})(?<!:) (?:kernel(?::|\[| (?:-|\d{1,10}) )|(?:klogd|vmunix): |\[ *\d{1,10}\.\d{6}\]|[\w./-]{1,63}\[\d{1,10}\]: )/;
/** Some writers lose the blank between the host and the tag. */
const GLUED_HOST = /^(?<host>[A-Za-z0-9][\w.-]{0,252}?)kernel: /;
const UPTIME = /\[ *(?<uptime>\d{1,10}\.\d{6})\]/;

/**
 * Reads the stamp of a line. `reference` is when the log was known to exist, in milliseconds since 1970: syslog's dates
 * have no year (RFC 3164, 4.1.2), and a line is not from the future.
 */
export function readStamp(line: string, reference: number): LineStamp {
  const bare = line.slice(AHEAD.exec(line)?.[0].length ?? 0, LONGEST_STAMP);
  for (const { pattern, host } of FORMS) {
    const match = pattern.exec(bare);
    if (match === null) continue;
    const rest = bare.slice(match[0].length);
    const groups = match.groups ?? {};
    const named = host ? (GLUED_HOST.exec(rest) ?? HOST.exec(rest)) : null;
    const uptime = groups.uptime ?? UPTIME.exec(rest)?.groups?.uptime;
    const micros = groups.micros === undefined ? undefined : Number(groups.micros) / 1e6;
    return {
      host: named?.groups?.host,
      time: timeOf(groups, reference),
      uptime: micros ?? (uptime === undefined ? undefined : Number(uptime)),
    };
  }
  return NONE;
}

/** A stamp, a host and a tag are not longer than this. */
const LONGEST_STAMP = 400;

type Groups = Readonly<Record<string, string | undefined>>;

function timeOf(groups: Groups, reference: number): number | undefined {
  if (groups.epoch !== undefined) return Math.round(Number(groups.epoch) * 1000);
  if (groups.clock === undefined) return undefined;
  const fraction = `.${(groups.fraction ?? "0").slice(0, 3).padEnd(3, "0")}`;
  const clock = `${groups.clock}${fraction}${zoneOf(groups.zone)}`;
  if (groups.date !== undefined) return parseTime(`${groups.date}T${clock}`);
  const month = String(MONTHS.indexOf(groups.month ?? "") + 1).padStart(2, "0");
  const day = (groups.day ?? "").padStart(2, "0");
  const inYear = (year: number | string) => {
    const time = parseTime(`${year}-${month}-${day}T${clock}`);
    // Date.parse takes 29 February of any year for 1 March.
    return month === "02" && day === "29" && Number(year) % 4 !== 0 ? undefined : time;
  };
  if (groups.year !== undefined) return inYear(groups.year);
  const year = new Date(reference).getUTCFullYear();
  return [year + 1, year, year - 1, year - 2, year - 3]
    .map(inYear)
    .find((time) => time !== undefined && time <= reference + SLACK);
}

/** A day: the zone is not known, and clocks go wrong. */
const SLACK = 86_400_000;

function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return "Z";
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
}

function parseTime(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
