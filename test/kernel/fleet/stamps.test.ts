import { describe, expect, test } from "vitest";
import { FORMS, readStamp } from "../../../kernel/fleet/line-stamp.ts";
import { HOST_FIELDS, recordsOf, TIME_FIELDS } from "../../../kernel/fleet/log-record.ts";

const KNOWN = Date.parse("2016-12-01T00:00:00Z");
const at = (text: string) => Date.parse(text);

test.each(FORMS.map(({ example }) => [example]))("the form of: %s", (example) => {
  const { host, time, uptime } = readStamp(example, KNOWN);
  expect(time ?? uptime).toBeDefined();
  if (example.includes("web-01")) expect(host).toBe("web-01");
});

describe("a line", () => {
  test.each<[string, string | undefined, string | undefined]>([
    ["Nov 12 15:06:31 web-01 kernel: [ 12.345678] Oops: 0000 [#1]", "web-01", "2016-11-12T15:06:31Z"],
    ["> > Nov  2 15:06:31 web-01 kernel: Oops", "web-01", "2016-11-02T15:06:31Z"],
    [
      "Nov 12 15:06:31 hello-worldkernel: [6373724.634681] BUG: unable",
      "hello-world",
      "2016-11-12T15:06:31Z",
    ],
    ["<2>1 2016-11-12T15:06:31.5+01:00 web-01 kernel - - - Oops", "web-01", "2016-11-12T14:06:31.500Z"],
    ["2016-11-12T15:06:31+0100 10.0.0.7 kernel: Oops", "10.0.0.7", "2016-11-12T14:06:31Z"],
    ["Sat 2016-11-12 15:06:31 UTC web-01 kernel: Oops", "web-01", "2016-11-12T15:06:31Z"],
    ["Nov 12 15:06:31 web-01 sshd[12]: no crash", "web-01", "2016-11-12T15:06:31Z"],
    // No host is better than a wrong one.
    ["Nov 12 15:06:31 kernel: Oops", undefined, "2016-11-12T15:06:31Z"],
    ["Nov 12 15:06:31 Call Trace:", undefined, "2016-11-12T15:06:31Z"],
    ["Nov 12 15:06:31 Hardware name: QEMU", undefined, "2016-11-12T15:06:31Z"],
    ["[Sat Nov 12 15:06:31 2016] Oops: 0000 [#1]", undefined, "2016-11-12T15:06:31Z"],
    ["Call Trace:", undefined, undefined],
    ["Feb 31 99:99:99 web-01 kernel: Oops", "web-01", undefined],
  ])("%s", (line, host, time) => {
    const stamp = readStamp(line, KNOWN);
    expect([stamp.host, stamp.time]).toEqual([host, time === undefined ? undefined : at(time)]);
  });

  test.each([
    ["kern  :warn  : [   12.345678] Oops: 0000 [#1]", 12.345678],
    ["4,416,1799526,-;Oops: 0000 [#1]", 1.799526],
    ["<4>[   12.345] Oops: 0000 [#1]", 12.345],
  ])("seconds since boot: %s", (line, uptime) => {
    expect(readStamp(line, KNOWN).uptime).toBeCloseTo(uptime, 6);
  });

  test("a date without a year is the latest that is not of the future", () => {
    const march = "Mar  3 10:00:00 web-01 kernel: Oops";
    const yearAt = (known: string) => new Date(readStamp(march, at(known)).time ?? 0).getUTCFullYear();
    expect(yearAt("2016-12-01T00:00:00Z")).toBe(2016);
    expect(yearAt("2016-02-01T00:00:00Z")).toBe(2015);
    // A leap day is of a leap year.
    const leap = readStamp("Feb 29 10:00:00 web-01 kernel: Oops", at("2017-12-01T00:00:00Z"));
    expect(new Date(leap.time ?? 0).toISOString()).toBe("2016-02-29T10:00:00.000Z");
  });
});

describe("a record", () => {
  const plain = (name: string, value: unknown) => ({ message: "Oops: 0000 [#1]", [name]: value });
  const nested = (name: string, value: unknown): object =>
    name.split(".").reduceRight<object>((inner, part, place, parts) => {
      return { [part]: place === parts.length - 1 ? value : inner };
    }, {});

  test.each(HOST_FIELDS.map((name) => [name]))("says whose it is: %s", (name) => {
    for (const record of [plain(name, "web-01"), { message: "Oops: 0000", ...nested(name, "web-01") }])
      expect(recordsOf(record)).toMatchObject([{ host: "web-01" }]);
  });

  test.each(TIME_FIELDS.map((name) => [name]))("says when: %s", (name) => {
    for (const value of [
      "2016-11-12T15:06:31Z",
      "1478963191000000",
      1478963191,
      1478963191000,
      "1478963191000000000",
    ])
      expect(recordsOf(plain(name, value))).toMatchObject([{ time: at("2016-11-12T15:06:31Z") }]);
  });

  test("a sender tells more than the server that received it", () => {
    const record = { message: "Oops", host: { name: "logserver" }, log: { syslog: { hostname: "web-01" } } };
    expect(recordsOf(record)[0]?.host).toBe("web-01");
  });

  test.each<[string, unknown]>([
    [
      "Elasticsearch",
      { took: 3, hits: { total: 1, hits: [{ _source: { host: { name: "web-01" }, message: "Oops" } }] } },
    ],
    ["Kibana's fields", { _id: "x", fields: { "host.name": ["web-01"], message: ["Oops"] } }],
    [
      "several searches",
      { responses: [{ hits: { hits: [{ _source: { hostname: "web-01", message: "Oops" } }] } }] },
    ],
    [
      "Loki",
      {
        status: "success",
        data: { result: [{ stream: { host: "web-01" }, values: [["1478963191000000000", "Oops"]] }] },
      },
    ],
    ["Splunk", { preview: false, result: { host: "web-01", _raw: "Oops" } }],
    ["journald, bytes", { _HOSTNAME: "web-01", MESSAGE: [79, 111, 112, 115] }],
  ])("%s", (_what, value) => {
    expect(recordsOf(value)).toMatchObject([{ host: "web-01", messages: ["Oops"] }]);
  });

  test.each([[null], [7], ["text"], [{}], [[]], [{ a: { b: 1 } }]])("no message: %j", (value) => {
    expect(recordsOf(value)).toEqual([]);
  });
});

test.each([["\u001b[33m"], ["\u001b[0;1;31m<4>"], ["&lt;4&gt;"]])(
  "%j in front does not hide the stamp",
  (ahead) => {
    const plain = "Nov 12 15:06:31 web-01 kernel: [   12.345678] Oops";
    expect(readStamp(ahead + plain, KNOWN)).toEqual(readStamp(plain, KNOWN));
  },
);
