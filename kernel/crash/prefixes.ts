/**
 * What stands in front of a kernel message, one row a dressing. A line may wear several, in any order: each row
 * is tried at the start of the line, again and again, until none fits.
 */
export interface Prefix {
  readonly name: string;
  /** The ASCII characters that it can begin with; `a-z` are all from a to z, a `-` at the end is itself. */
  readonly first: string;
  /** Anchored at the start. Its first group, if any, is the printing task or processor (`T123`, `C3`). */
  readonly pattern: RegExp;
  /** Text that is in every line with it. */
  readonly needs?: string;
  /**
   * `kernel`: the kernel wrote the line; `time`: it is a log's; `date`: so it is, and a host and a program's tag
   * may follow.
   */
  readonly means?: "kernel" | "time" | "date";
  /** Tried only once a date has been seen. */
  readonly after?: "date";
  /** The line is another program's, not the kernel's. */
  readonly foreign?: true;
  readonly example: string;
}

const DIGIT = "0-9";
const WORD = "0-9A-Za-z_";
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const CLOCK = "\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?";
const ZONE = "(?:Z|[+-]\\d\\d:?\\d\\d|[A-Z]{2,5}(?= ))";

/** Put in front of a message that a log store kept as a record of its own: a line, not a piece of a broken one. */
export const RECORD_MARK = "\u001e";

export const PREFIXES: readonly Prefix[] = [
  {
    name: "a record of a log store",
    first: "\x1e",
    pattern: new RegExp(`^${RECORD_MARK}`),
    means: "time",
    example: `${RECORD_MARK}Oops: 0000 [#1]`,
  },
  {
    name: "mail quotes, reviewers' bars, indentation",
    first: " \t>|",
    pattern: /^[ \t]*(?:[>|│┃][ \t]*)+/,
    example: "> > BUG: kernel NULL pointer dereference",
  },
  {
    name: "diagnostics of the Test Anything Protocol: kselftest",
    first: "#",
    pattern: /^(?:#(?: |$))+/,
    example: "# [   12.345678] Oops: 0000 [#1]",
  },
  {
    name: "indentation",
    first: " \t\v\f",
    pattern: /^[ \t\v\f]+/,
    example: "    BUG: kernel NULL pointer dereference",
  },
  {
    name: "journal export, binary field",
    first: "\0-\x7f",
    needs: "\0",
    pattern: /^[^\0]{0,3}\0{4,7}/,
    example: "E\\0\\0\\0\\0\\0\\0\\0BUG: kernel NULL pointer dereference",
  },
  {
    name: "zeros in a file that was not written to its end",
    first: "\0",
    pattern: /^\0+/,
    example: "\\0\\0Oops: 0000 [#1]",
  },
  {
    name: "grep's file name and line number",
    first: `${WORD}./-`,
    needs: ":",
    pattern:
      /^[\w./-]{0,200}(?:\.log|\.txt|syslog|messages|kern|dmesg)(?:[.-]\d{1,14})?(?:\.gz)?:(?:\d{1,8}:)?/,
    example: "/var/log/kern.log:1234:Nov 12 15:06:31 hello-world kernel: Oops: 0000 [#1]",
  },
  {
    name: "lost messages",
    first: "*p",
    needs: " messages dropped",
    pattern: /^(?:\*\* \d{1,12} printk messages dropped \*\*|printk: \d{1,12} messages dropped\.?) ?/,
    example: "** 12 printk messages dropped ** [   12.345678] Oops: 0000 [#1]",
  },
  {
    name: "level of a syslog socket, pstore, the serial console",
    first: "<",
    pattern: /^<\d{1,3}>(?:1 (?=\d{4}-))?/,
    example: "<4>[   12.345678] Oops: 0000 [#1]",
  },
  {
    name: "/dev/kmsg, extended netconsole",
    first: DIGIT,
    needs: ";",
    pattern: /^\d{1,3},\d{1,20},\d{1,20},[^;,]{1,8}(?:,caller=([TC]\d{1,10}))?[^;]{0,60};/,
    means: "kernel",
    example: "4,416,1799526,-,caller=T12;Oops: 0000 [#1]",
  },
  {
    name: "dmesg -x",
    first: "kumdaslnc",
    pattern:
      /^(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local\d) *: *(?:emerg|alert|crit|err|warn|notice|info|debug) *: */,
    means: "kernel",
    example: "kern  :alert : [   12.345678] Oops: 0000 [#1]",
  },
  {
    name: "kernel time and caller",
    first: "[",
    pattern:
      /^\[ *\d{1,10}\.\d{1,9}(?: *<[^>\]]{0,24}>)?[^\][]{0,3}\]:?[ \t]?(?:\[ *([TC]\d{1,10})(?:@[^\]]{1,8})?\])?[ \t]?/,
    means: "kernel",
    example: "[   12.345678][  T123] Oops: 0000 [#1]",
  },
  {
    name: "kernel time and a vendor's clock",
    first: "[",
    needs: " / ",
    // printk_time of LG's phones
    pattern: /^\[ *\d{1,10}\.\d{1,9} \/ \d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9}\] ?/,
    means: "kernel",
    example: "[   12.345678 / 11-12 15:06:31.123] Oops: 0000 [#1]",
  },
  {
    name: "kernel time, level and a vendor's clock",
    first: DIGIT,
    needs: "> (",
    pattern: /^\d{1,10}\.\d{6}: {0,4}<\d> {0,4}\(\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9}\) ?/,
    means: "kernel",
    example: "12.345678:   <1> (11-12 15:06:31.123456789) Oops: 0000 [#1]",
  },
  {
    name: "vendor's task and processor",
    first: "<([",
    pattern:
      /^(?:<\d>-?\.?)?(?:\(\d{1,3}\)\[\d{1,10}:[^\]]{1,32}\]|\[ *\d{1,3}: *[^\]]{1,40}: *\d{1,10}\]|\[c\d{1,3} {1,4}\d{1,10}\]) ?/,
    means: "kernel",
    example: "[   12.345678]  [3:  kworker/3:1:  123] Oops: 0000 [#1]",
  },
  {
    name: "dmesg -T",
    first: "[",
    pattern: new RegExp(`^\\[${DAY} ${MONTH} {1,2}\\d{1,2} ${CLOCK} \\d{4}\\](?:\\[ *([TC]\\d{1,10})\\])? ?`),
    means: "kernel",
    example: "[Sat Nov 12 15:06:31 2016] Oops: 0000 [#1]",
  },
  {
    name: "dmesg -e, dmesg -d",
    first: "[",
    pattern: new RegExp(
      `^\\[(?:${MONTH} ?\\d{1,2} \\d\\d:\\d\\d| *\\+\\d{1,10}\\.\\d{1,9}|< *\\d{1,10}\\.\\d{1,9}>)\\] ?`,
    ),
    means: "kernel",
    example: "[  +0.000031] Oops: 0000 [#1]",
  },
  {
    name: "syslog's date",
    first: "A-Za-z",
    needs: ":",
    pattern: new RegExp(`^(?:${MONTH}|[a-z]{2}) {1,2}\\d{1,2} (?:\\d{4} )?${CLOCK}(?: [A-Z]{2,5}(?= ))?:? *`),
    means: "date",
    example: "Nov 12 15:06:31 hello-world kernel: Oops: 0000 [#1]",
  },
  {
    name: "journald, short-full and verbose",
    first: "[MTWFS",
    pattern: new RegExp(
      `^\\[?${DAY},? (?:\\d{4}-\\d\\d-\\d\\d|${MONTH} {1,2}\\d{1,2})[ T]${CLOCK}(?: \\d{4})?(?: ?${ZONE})?\\]? *`,
    ),
    means: "date",
    example: "Sat 2016-11-12 15:06:31 CET hello-world kernel: Oops: 0000 [#1]",
  },
  {
    name: "ISO 8601 and its like",
    first: `[${DIGIT}"'`,
    pattern: new RegExp(
      `^[["']?\\d{4}[-/.]\\d\\d[-/.]\\d\\d(?:[T ]| @ )${CLOCK}(?: ?${ZONE})?[\\]"']?[:,]? *`,
    ),
    means: "date",
    example: "2016-11-12T15:06:31+0100 hello-world kernel: Oops: 0000 [#1]",
  },
  {
    name: "Kibana's date",
    first: "\"'JFMASOND",
    needs: " @ ",
    pattern: new RegExp(`^["']?${MONTH} {1,2}\\d{1,2}, \\d{4} @ ${CLOCK}["']?[:,]?["']? *`),
    means: "date",
    example: "Nov 12, 2016 @ 15:06:31.123 Oops: 0000 [#1]",
  },
  {
    name: "seconds since 1970",
    first: DIGIT,
    pattern: /^\d{10}\.\d{3,9} +/,
    means: "date",
    example: "1478959591.123456 hello-world kernel: Oops: 0000 [#1]",
  },
  {
    name: "Android logcat",
    first: DIGIT,
    pattern:
      /^\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9} +(?:\S{1,12} +)?(?:\d{1,10} +\d{1,10} +)?[VDIWEF](?:\/| +)(?:(?:[kK]ernel|KERNEL|k?logd)(?:\( *\d{1,10}\))? *: )?/,
    means: "date",
    example: "11-12 15:06:31.123     0     0 E Oops: 0000 [#1]",
  },
  {
    name: "journald, verbose: the entry's cursor",
    first: "[",
    after: "date",
    pattern: /^\[s=[0-9a-f]{1,32};i=[0-9a-f]{1,16};/,
    foreign: true,
    example: "Sat 2016-11-12 15:06:31.123456 CET [s=1f;i=2a;b=3c;m=4d;t=5e;x=6f]",
  },
  {
    name: "a clock: minicom, IRC, continuous integration",
    first: `[${DIGIT}`,
    pattern: /^\[?\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?\]?|\]|(?= <)) +/,
    means: "date",
    example: "15:06:31 Oops: 0000 [#1]",
  },
  {
    name: "line number: an editor, a web page, cat -n",
    first: DIGIT,
    pattern: /^\d{1,7}(?:[:.)] |:(?=[[<A-Z])|[:.)]?\t+)/,
    example: "  12\tOops: 0000 [#1]",
  },
  {
    name: "a date as people write it",
    first: `[${DIGIT}`,
    pattern:
      /^\[?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? {1,2}\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,6})?)?(?: ?[AP]M)?\]?[:,]? */,
    means: "date",
    example: "12/11/2016 15:06:31 Oops: 0000 [#1]",
  },
  {
    name: "fields of a table, commas or tabs in between",
    first: "\x09-\x7f",
    after: "date",
    pattern: /^(?:,?(?:[^,\t]{0,64},){0,12}"?kernel"?,"?|\t?(?:[^,\t]{0,64}\t){0,12}kernel\t)/,
    means: "kernel",
    example: "2016-11-12T15:06:31Z,hello-world,kernel,Oops: 0000 [#1]",
  },
  {
    name: "pod",
    first: "[",
    pattern: /^\[(?:pod|container)\/[^\]]{1,200}\] /,
    means: "time",
    example: "[pod/node-exporter/main] Oops: 0000 [#1]",
  },
  {
    name: "container runtime",
    first: "s",
    pattern: /^(?:stdout|stderr) [FP] /,
    means: "time",
    example: "2016-11-12T15:06:31.123456789Z stdout F Oops: 0000 [#1]",
  },
  {
    name: "docker compose",
    first: `${WORD}.-`,
    needs: "| ",
    pattern: /^[\w.-]{1,63}[-_]\d{1,4} {1,20}\| /,
    means: "time",
    example: "guest_1  | Oops: 0000 [#1]",
  },
  {
    name: "IRC nick",
    first: "<a-z",
    pattern: /^(?:<[@+ ]?(?=[^>]{0,31}[a-z])[A-Za-z][\w^`{}-]{0,31}>|[a-z][\w^`{}-]{0,31}\|) ?/,
    example: "<tux> Oops: 0000 [#1]",
  },
  {
    name: "login prompt",
    first: "\0-Z\\^-\x7f",
    needs: " login: ",
    pattern: /^[^[\]]{0,80} login: (?=[<[])/,
    example: "debian login: [   12.345678] Oops: 0000 [#1]",
  },
  {
    name: "the kernel's tag",
    first: `${WORD}.:@-[`,
    pattern:
      /^(?:[\w.:@-]{1,255}? ?)?(?:\[kernel\]|(?:kernel|klogd|vmunix)(?:\[\d{1,10}\])?:)(?: kernel:)?[ \t]?(?:\[\]|- - - )?/,
    means: "kernel",
    example: "hello-world kernel: Oops: 0000 [#1]",
  },
  {
    name: "the kernel's tag, RFC 5424",
    first: `${WORD}.:@-`,
    pattern: /^[\w.:@-]{1,255} kernel (?:-|\d{1,10}) (?:-|\S{1,32}) (?:-|\[[^\]]{0,255}\]) ?/,
    after: "date",
    means: "kernel",
    example: "<2>1 2016-11-12T15:06:31.123Z hello-world kernel - - - Oops: 0000 [#1]",
  },
  {
    name: "host, and perhaps a program, in front of kernel time",
    first: `${WORD}.:@-`,
    pattern: /^[\w.:@-]{1,255}(?: [\w./-]{1,63}(?:\[\d{1,10}\])?:)? (?=(?:<\d>)?\[ *\d{1,10}\.\d{6}\])/,
    after: "date",
    example: "Nov 12 15:06:31 hello-world [   12.345678] Oops: 0000 [#1]",
  },
  {
    name: "another program",
    first: `${WORD}.:@-`,
    pattern:
      /^[\w.:@-]{1,255} (?!BUG|WARNING|INFO|CPU|RIP|Oops)[\w./@-]{1,63}(?:\(\w{1,32}\))?\[\d{1,10}\]: /,
    after: "date",
    foreign: true,
    example: "Nov 12 15:06:31 hello-world sshd[123]: INFO: no crash",
  },
];

const ASCII = 128;
/** By the first character of a line. */
const rows: (readonly Prefix[])[] = [];

/** The rows, in order, whose prefix may begin with this character; NaN: with anything. */
export function prefixesFor(character: number): readonly Prefix[] {
  if (!(character < ASCII)) return PREFIXES;
  rows[character] ??= PREFIXES.filter(({ first }) => isAmong(character, first));
  return rows[character];
}

/** Nearly all lines are asked about one or two characters: an expression a row would have to be compiled for each. */
function isAmong(character: number, first: string): boolean {
  for (let at = 0; at < first.length; at++) {
    const from = first.charCodeAt(at);
    const isRange = first[at + 1] === "-" && at + 2 < first.length;
    if (isRange) at += 2;
    if (character >= from && character <= first.charCodeAt(at)) return true;
  }
  return false;
}
