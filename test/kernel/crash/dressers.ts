/** Dressers: each makes of a bare log what a program, a person or an accident makes of it. */

export type Dresser = (log: string) => string;

const stamp = (index: number) => (6373724.634681 + index * 0.000031).toFixed(6);
const eachLine =
  (dress: (line: string, index: number) => string): Dresser =>
  (log) =>
    log.split("\n").map(dress).join("\n");
const eachText = (dress: (line: string, index: number) => string): Dresser =>
  eachLine((line, index) => (line === "" ? line : dress(line, index)));

/** What the kernel or its reader puts in front of each line. */
export const KERNEL: Readonly<Record<string, Dresser>> = {
  bare: (log) => log,
  dmesg: eachLine((line, index) => `[${stamp(index)}] ${line}`),
  "dmesg, padded": eachLine((line, index) => `[   ${(12.5 + index / 1000).toFixed(6)}] ${line}`),
  "printk caller, task": eachLine((line, index) => `[${stamp(index)}][ T1187] ${line}`),
  "printk caller, processor": eachLine((line, index) => `[   12.${100000 + index}][    C3] ${line}`),
  pstore: eachLine((line, index) => `<4>[${stamp(index)}] ${line}`),
};

/** What carries the kernel's lines. */
export const CARRIERS: Readonly<Record<string, Dresser>> = {
  none: (log) => log,
  "kselftest, TAP": eachLine((line) => `# ${line}`),
  "dmesg -T": eachLine((line) => `[Sat Nov 12 15:06:31 2016] ${line}`),
  "dmesg -x": eachLine((line) => `kern  :alert : ${line}`),
  "dmesg -e": eachLine((line) => `[  +0.000031] ${line}`),
  "dmesg --time-format iso": eachLine((line) => `2016-11-12T15:06:31,634681+01:00 ${line}`),
  syslog: eachLine((line) => `Nov 12 15:06:31 hello-world kernel: ${line}`),
  "syslog, one-digit day": eachLine((line) => `Nov  2 15:06:31 hello-world kernel: ${line}`),
  "syslog without host": eachLine((line) => `Nov 12 15:06:31 kernel: ${line}`),
  "syslog, RFC 5424": eachLine(
    (line) => `<2>1 2016-11-12T15:06:31.123456+01:00 hello-world kernel - - - ${line}`,
  ),
  "journalctl -o short-iso": eachLine((line) => `2016-11-12T15:06:31+0100 hello-world kernel: ${line}`),
  "journalctl -o short-precise": eachLine((line) => `Nov 12 15:06:31.123456 hello-world kernel: ${line}`),
  "journalctl -o short-monotonic": eachLine((line) => `[6373724.634681] hello-world kernel: ${line}`),
  "journalctl -o short-full": eachLine((line) => `Sat 2016-11-12 15:06:31 CET hello-world kernel: ${line}`),
  "journalctl -o short-unix": eachLine((line) => `1478959591.123456 hello-world kernel: ${line}`),
  "journalctl -o verbose": eachLine(
    (line, index) =>
      `Sat 2016-11-12 15:06:31.123456 CET [s=a1b2;i=${index};b=c3;m=d4;t=e5;x=f6]\n    _TRANSPORT=kernel\n    PRIORITY=1\n    _HOSTNAME=hello-world\n    MESSAGE=${line}`,
  ),
  "journalctl -o export": eachLine(
    (line, index) =>
      `__CURSOR=s=a1;i=${index}\n__REALTIME_TIMESTAMP=1478959591123456\nPRIORITY=1\nMESSAGE=${line}\n_HOSTNAME=hello-world\n`,
  ),
  "journalctl -o json": eachLine((line) =>
    JSON.stringify({ _HOSTNAME: "hello-world", PRIORITY: "1", MESSAGE: line, __REALTIME_TIMESTAMP: "1" }),
  ),
  "journalctl -o json, bytes": eachLine((line) =>
    JSON.stringify({ MESSAGE: [...new TextEncoder().encode(line)], _TRANSPORT: "kernel" }),
  ),
  "journalctl -o json-pretty": eachLine((line) =>
    JSON.stringify({ PRIORITY: "1", MESSAGE: line, _HOSTNAME: "hello-world" }, null, "\t"),
  ),
  Elasticsearch: eachLine((line) =>
    JSON.stringify({
      "@timestamp": "2016-11-12T15:06:31.123Z",
      host: { name: "hello-world" },
      message: line,
    }),
  ),
  "Elasticsearch hits": eachLine((line) =>
    JSON.stringify({ _index: "logs", _source: { message: line, tags: ["kernel"] } }),
  ),
  "a log field": eachLine((line) => JSON.stringify({ time: "2016-11-12", log: line, level: "error" })),
  "a text field": eachLine((line) => JSON.stringify({ text: line })),
  "docker json-file": eachLine((line) =>
    JSON.stringify({ log: `${line}\n`, stream: "stdout", time: "2016-11-12T15:06:31Z" }),
  ),
  "container runtime": eachLine((line) => `2016-11-12T15:06:31.123456789Z stdout F ${line}`),
  "docker compose": eachLine((line) => `guest_1  | ${line}`),
  kmsg: eachLine((line, index) => `4,${400 + index},1799526,-;${line}`),
  netconsole: eachLine((line, index) => `4,${400 + index},1799526,-,caller=T1187;${line}`),
  logcat: eachLine((line) => `11-12 15:06:31.123     0     0 E ${line}`),
  "Google Cloud": eachLine((line) => JSON.stringify({ textPayload: line, severity: "ERROR" })),
  "a nested record": eachLine((line) => JSON.stringify({ id: 1, payload: { host: "a", message: line } })),
  Loki: eachLine((line) =>
    JSON.stringify({ streams: [{ stream: { host: "a" }, values: [["1478959591000000000", line]] }] }),
  ),
  Papertrail: eachLine(
    (line, index) =>
      `${802460 + index}\t2016-11-12T15:06:31Z\t1234\thello-world\tKernel\tAlert\tkernel\t${line}`,
  ),
  stern: eachLine((line) => `[pod/node-exporter/main] ${line}`),
  "grep -H": eachLine((line) => `/var/log/kern.log.1:${line}`),
  "grep -n": eachLine((line, index) => `/var/log/syslog:${index + 1234}:${line}`),
  "serial console, minicom": eachLine((line) => `[2016-11-12 15:06:31] ${line}`),
};

/** What people and programs do to the whole. */
export const MARKUP: Readonly<Record<string, Dresser>> = {
  none: (log) => log,
  "mail quote": eachLine((line) => `> ${line}`),
  "quote of a quote": eachLine((line) => `> > ${line}`),
  "quote without blank": eachLine((line) => `>${line}`),
  tabs: eachLine((line) => `\t${line}`),
  blanks: eachLine((line) => `      ${line}`),
  bars: eachLine((line) => `| ${line}`),
  IRC: eachLine((line) => `<tux> ${line}`),
  "IRC with clock": eachLine((line) => `15:06 <tux> ${line}`),
  entities: (log) =>
    log.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
  "numeric entities": (log) =>
    log.replaceAll("&", "&amp;").replaceAll("<", "&#60;").replaceAll(">", "&#x3e;").replaceAll("[", "&#91;"),
  "a web page": (log) =>
    `<html><body><pre>${log.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</pre></body></html>`,
  "line breaks": (log) =>
    log.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br>\n"),
  "line breaks only": (log) =>
    log.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br/>"),
  "written newlines": (log) => log.replaceAll("\n", "\\n"),
  "line numbers": eachLine((line, index) => `${String(index + 1).padStart(6)}\t${line}`),
  "line numbers with colons": eachLine((line, index) => `${index + 1}: ${line}`),
  "a table": (log) =>
    log
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .split("\n")
      .map((line, index) => `<tr><td class="line">${index}</td><td>${line}</td></tr>`)
      .join(""),
  "a code block": (log) => `\`\`\`\n${log}\n\`\`\``,
  "a wiki's block": (log) => `{noformat}\n${log}\n{noformat}`,
  CRLF: (log) => log.replaceAll("\n", "\r\n"),
  colours: eachText((line) => `\u001b[0m\u001b[31m${line}\u001b[0m`),
  "written colours": eachText((line) => `^[[31m${line}^[[0m`),
  "hard blanks": (log) => log.replaceAll(" ", "\u00a0"),
  "smart quotes": (log) => log.replaceAll('"', "\u201d").replaceAll("'", "\u2019"),
  "zero width": eachText((line) => `\u200b${line}\ufeff`),
  "trailing blanks": eachLine((line) => `${line}   `),
  "empty lines": (log) => log.replaceAll("\n", "\n\n"),
};

/** What programs make of the whole, and people then leave as it is. */
export const WRAPPERS: Readonly<Record<string, Dresser>> = {
  "a list of strings": (log) => JSON.stringify(log.split("\n")),
  "a list of strings, one a line": (log) => JSON.stringify(log.split("\n"), null, 2),
  "a string of JSON": (log) => JSON.stringify(log),
};

/** What mailers and editors do to plain text: inside JSON they would destroy what they dress. */
export const PLAIN_MARKUP: Readonly<Record<string, Dresser>> = {
  "quoted-printable": (log) =>
    log
      .replaceAll("=", "=3D")
      .split("\n")
      .map((line) => line.replace(/(.{74})(?=.)/g, "$1=\n"))
      .join("\n"),
  "doubled blanks": (log) => log.replaceAll(" ", "  "),
};

/** What loses addresses, newlines and blanks. */
export const stripAddresses: Dresser = (log) => log.replace(/\[<[0-9a-f]+>\] ?/g, "[]");
export const joinLines: Dresser = (log) => log.replaceAll("\n", " ");

/** Breaks lines as a mailer does, at the last blank before the column. */
export const wrap =
  (column: number): Dresser =>
  (log) =>
    log
      .split("\n")
      .flatMap((line) => {
        const parts: string[] = [];
        let rest = line;
        for (
          let cut = rest.lastIndexOf(" ", column);
          rest.length > column && cut > 20;
          cut = rest.lastIndexOf(" ", column)
        ) {
          parts.push(rest.slice(0, cut));
          rest = rest.slice(cut + 1);
        }
        return [...parts, rest];
      })
      .join("\n");

/** Cuts lines as a terminal does that is read back from its screen. */
export const cutAtColumn =
  (columns: number): Dresser =>
  (log) =>
    log
      .split("\n")
      .flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, "g")) ?? [""])
      .join("\n");

/** Other lines of the log in between. */
export const addNoise =
  (noise: string): Dresser =>
  (log) =>
    log.split("\n").join(`\n${noise}\n`);
