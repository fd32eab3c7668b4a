import { describe, expect, test } from "vitest";
import { parseAnnouncement } from "../../../kernel/cve/announcement.ts";
import { parseDyad, parseFixShas } from "../../../kernel/cve/dyad.ts";
import { mainFixOf } from "../../../kernel/cve/main-fix.ts";

const sha = (digit: string): string => digit.repeat(40);

describe("a dyad file", () => {
  test("remarks and unreadable lines are left out; 0:0 is what is not known, or not fixed", () => {
    const text = [
      "# dyad version: 1.2.0",
      `5.4:${sha("a")}:5.10.3:${sha("b")}`,
      `5.4:${sha("a")}:0:0`,
      `0:0:6.1:${sha("c")}`,
      "5.4:not a sha",
      "",
    ].join("\n");
    expect(parseDyad(text)).toEqual([
      { introduced: { version: "5.4", sha: sha("a") }, fixed: { version: "5.10.3", sha: sha("b") } },
      { introduced: { version: "5.4", sha: sha("a") }, fixed: undefined },
      { introduced: undefined, fixed: { version: "6.1", sha: sha("c") } },
    ]);
  });

  test("a sha1 file may end without a newline and hold empty lines", () => {
    expect(parseFixShas(`${sha("a")}\n\n${sha("b")}`)).toEqual([sha("a"), sha("b")]);
  });
});

describe("the fix that a record is about", () => {
  test("is the newest mainline one: the older removal of the driver ended another window", () => {
    const windows = parseDyad(
      [
        `4.12:${sha("1")}:4.18:${sha("2")}`,
        `5.8:${sha("3")}:7.1:${sha("4")}`,
        `5.8:${sha("3")}:7.0.9:${sha("5")}`,
      ].join("\n"),
    );
    expect(mainFixOf(windows, [sha("2"), sha("4")])).toBe(sha("4"));
  });

  test("is the newest stable one where mainline never had the bug", () => {
    const windows = parseDyad(
      [`5.10.215:${sha("1")}:5.10.218:${sha("2")}`, `6.1.9:${sha("3")}:6.1.12:${sha("4")}`].join("\n"),
    );
    expect(mainFixOf(windows, [sha("2"), sha("4")])).toBe(sha("4"));
  });

  test("is what the sha1 file names where no window is fixed", () => {
    expect(mainFixOf(parseDyad(`5.4:${sha("a")}:0:0`), [sha("b")])).toBe(sha("b"));
    expect(mainFixOf([], [])).toBeUndefined();
  });
});

describe("an announcement", () => {
  const mail = [
    "Subject: CVE-2030-10001: lumen: fix a leak",
    "",
    "In the Linux kernel, the following vulnerability has been resolved:",
    "",
    "lumen: fix a leak",
    "",
    "The ring was kept.",
    "",
    "The Linux kernel CVE team has assigned CVE-2030-10001 to this issue.",
    "",
    "The file(s) affected by this issue are:",
    "\tdrivers/net/lumen.c",
    "\tinclude/linux/skbuff.h",
    "",
    "Mitigation",
    "\tnot/a/file",
  ].join("\n");

  test("gives the message and the files", () => {
    expect(parseAnnouncement(mail)).toEqual({
      message: "lumen: fix a leak\n\nThe ring was kept.\n",
      files: ["drivers/net/lumen.c", "include/linux/skbuff.h"],
    });
  });

  test("a mail of another kind is none", () => {
    expect(parseAnnouncement("Subject: hello\n\nworld\n")).toBeUndefined();
  });
});
