/** What carries a kernel's lines to a person: one row a way to keep a log. */

/** Where and when a line was written. */
export interface Scene {
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Seconds since boot. */
  readonly uptime: number;
  /** The task that printed it. */
  readonly task: number;
  readonly cpu: number;
  /** The number of the line in its log. */
  readonly number: number;
}

export interface Carrier {
  /** A line as it is kept; of several lines, where it is kept so. */
  readonly carry: (line: string, scene: Scene) => string;
  /** It says whose line it is. */
  readonly named: boolean;
  /** What stands around and between the entries. */
  readonly list?: { readonly before: string; readonly between: string; readonly after: string };
  /** A mail or a console would break it. */
  readonly data?: true;
}

const iso = (time: number) => new Date(time).toISOString();
const clock = (time: number) => iso(time).slice(11, 19);
const two = (number: number) => String(number).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const month = (time: number) => MONTHS[new Date(time).getUTCMonth()] ?? "";
const weekday = (time: number) => DAYS[new Date(time).getUTCDay()] ?? "";
const dayOf = (time: number) => new Date(time).getUTCDate();
const stamp = (time: number) => `${month(time)} ${String(dayOf(time)).padStart(2)} ${clock(time)}`;
const seconds = (uptime: number) => uptime.toFixed(6).padStart(12);
const micros = (time: number) => String(time * 1000);
const caller = (name: string) => `[${name.padStart(6)}]`;

export const CARRIERS: Readonly<Record<string, Carrier>> = {
  syslog: { named: true, carry: (line, { host, time }) => `${stamp(time)} ${host} kernel: ${line}` },
  "syslog with the kernel's time": {
    named: true,
    carry: (line, { host, time, uptime }) => `${stamp(time)} ${host} kernel: [${seconds(uptime)}] ${line}`,
  },
  "syslog with priority": {
    named: true,
    carry: (line, { host, time, uptime }) => `<4>${stamp(time)} ${host} kernel: [${seconds(uptime)}] ${line}`,
  },
  "syslog with ISO dates": {
    named: true,
    carry: (line, { host, time, uptime }) =>
      `${iso(time).slice(0, 23)}123+00:00 ${host} kernel: [${seconds(uptime)}] ${line}`,
  },
  "syslog, RFC 5424": {
    named: true,
    carry: (line, { host, time }) => `<4>1 ${iso(time)} ${host} kernel - - - ${line}`,
  },
  "journald short-iso": {
    named: true,
    carry: (line, { host, time }) => `${iso(time).slice(0, 19)}+0000 ${host} kernel: ${line}`,
  },
  "journald short-precise": {
    named: true,
    carry: (line, { host, time }) => `${stamp(time)}.${iso(time).slice(20, 23)}456 ${host} kernel: ${line}`,
  },
  "journald short-full": {
    named: true,
    carry: (line, { host, time }) =>
      `${weekday(time)} ${iso(time).slice(0, 10)} ${clock(time)} UTC ${host} kernel: ${line}`,
  },
  "journald short-monotonic": {
    named: true,
    carry: (line, { host, uptime }) => `[${seconds(uptime)}] ${host} kernel: ${line}`,
  },
  "journald short-unix": {
    named: true,
    carry: (line, { host, time }) => `${(time / 1000).toFixed(6)} ${host} kernel: ${line}`,
  },
  "journald json": {
    named: true,
    data: true,
    carry: (line, { host, time }) =>
      JSON.stringify({
        _HOSTNAME: host,
        __REALTIME_TIMESTAMP: micros(time),
        PRIORITY: "1",
        MESSAGE: line,
      }),
  },
  "journald json-pretty": {
    named: true,
    data: true,
    carry: (line, { host, time }) =>
      JSON.stringify(
        {
          __REALTIME_TIMESTAMP: micros(time),
          SYSLOG_IDENTIFIER: "kernel",
          _TRANSPORT: "kernel",
          MESSAGE: line,
          _HOSTNAME: host,
        },
        null,
        "\t",
      ),
  },
  "journald export": {
    named: true,
    data: true,
    carry: (line, { host, time, number }) =>
      `__CURSOR=s=1;i=${number.toString(16)}\n__REALTIME_TIMESTAMP=${micros(time)}\n_TRANSPORT=kernel\nSYSLOG_IDENTIFIER=kernel\nMESSAGE=${line}\n_HOSTNAME=${host}\nPRIORITY=4\n`,
  },
  "journald verbose": {
    named: true,
    data: true,
    carry: (line, { host, time, number }) =>
      `${weekday(time)} ${iso(time).slice(0, 10)} ${clock(time)}.123456 UTC [s=1;i=${number.toString(16)};b=0;m=1;t=1;x=1]\n    _TRANSPORT=kernel\n    SYSLOG_IDENTIFIER=kernel\n    _HOSTNAME=${host}\n    PRIORITY=4\n    MESSAGE=${line}`,
  },
  "ELK JSON": {
    named: true,
    data: true,
    carry: (line, { host, time }) =>
      JSON.stringify({ "@timestamp": iso(time), host: { name: host }, message: line }),
  },
  "ELK JSON around syslog": {
    named: true,
    data: true,
    carry: (line, { host, time }) =>
      JSON.stringify({
        "@timestamp": iso(time),
        logsource: host,
        program: "kernel",
        message: `${stamp(time)} ${host} kernel: ${line}`,
      }),
  },
  "ELK hits": {
    named: true,
    data: true,
    carry: (line, { host, time }) =>
      JSON.stringify({ _index: "logs", _source: { "@timestamp": iso(time), hostname: host, message: line } }),
  },
  "ELK search answer": {
    named: true,
    data: true,
    list: { before: '{"took":3,"hits":{"total":{"value":9},"hits":[', between: ",", after: "]}}" },
    carry: (line, { host, time }) =>
      JSON.stringify({
        _index: "logs",
        _source: { "@timestamp": iso(time), host: { name: host }, message: line },
      }),
  },
  "Kibana's list, pretty": {
    named: true,
    data: true,
    list: { before: "[\n", between: ",\n", after: "\n]" },
    carry: (line, { host, time }) =>
      JSON.stringify(
        { _id: "x", fields: { "@timestamp": [iso(time)], "host.name": [host], message: [line] } },
        null,
        2,
      ),
  },
  GELF: {
    named: true,
    data: true,
    carry: (line, { host, time }) =>
      JSON.stringify({ version: "1.1", host, short_message: line, timestamp: time / 1000, level: 3 }),
  },
  Loki: {
    named: true,
    data: true,
    carry: (line, { host, time }) =>
      JSON.stringify({ streams: [{ stream: { host, job: "kernel" }, values: [[`${time}000000`, line]] }] }),
  },
  Splunk: {
    named: true,
    data: true,
    carry: (line, { host, time }) =>
      JSON.stringify({ preview: false, result: { _time: iso(time), host, _raw: line } }),
  },
  dmesg: { named: false, carry: (line, { uptime }) => `[${seconds(uptime)}] ${line}` },
  "dmesg, milliseconds": {
    named: false,
    carry: (line, { uptime }) => `[${uptime.toFixed(3).padStart(8)}] ${line}`,
  },
  "dmesg -T": {
    named: false,
    carry: (line, { time }) => `[${weekday(time)} ${stamp(time)} ${new Date(time).getUTCFullYear()}] ${line}`,
  },
  "dmesg -x": { named: false, carry: (line, { uptime }) => `kern  :warn  : [${seconds(uptime)}] ${line}` },
  "dmesg --time-format iso": {
    named: false,
    carry: (line, { time }) => `${iso(time).slice(0, 19)},123456+00:00 ${line}`,
  },
  "dmesg with levels": { named: false, carry: (line, { uptime }) => `<4>[${seconds(uptime)}] ${line}` },
  "printk's caller, a task": {
    named: false,
    carry: (line, { uptime, task }) => `[${seconds(uptime)}]${caller(`T${task}`)} ${line}`,
  },
  "printk's caller, a processor": {
    named: false,
    carry: (line, { uptime, cpu }) => `[${seconds(uptime)}]${caller(`C${cpu}`)} ${line}`,
  },
  "journald short, printk's caller": {
    named: true,
    carry: (line, { host, time, uptime, task }) =>
      `${stamp(time)} ${host} kernel: [${seconds(uptime)}]${caller(`T${task}`)} ${line}`,
  },
  "/dev/kmsg, extended netconsole": {
    named: false,
    carry: (line, { uptime, number }) => `4,${1000 + number},${Math.round(uptime * 1e6)},-;${line}`,
  },
  "netconsole by syslog": {
    named: true,
    carry: (line, { host, time, uptime }) => `${iso(time)} ${host} [${seconds(uptime)}] ${line}`,
  },
  "serial console with a clock": { named: false, carry: (line, { time }) => `[${clock(time)}] ${line}` },
  "container runtime": {
    named: false,
    carry: (line, { time }) => `${iso(time).slice(0, 23)}456789Z stdout F ${line}`,
  },
  "Android logcat": {
    named: false,
    carry: (line, { time }) =>
      `${two(new Date(time).getUTCMonth() + 1)}-${two(dayOf(time))} ${clock(time)}.123     0     0 E kernel  : ${line}`,
  },
  console: { named: false, carry: (line) => line },
};
