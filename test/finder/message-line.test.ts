import { describe, expect, test } from "vitest";
import { cleanLine } from "../../finder/message-line.ts";
import { CARRIERS, KERNEL, MARKUP } from "../kernel/crash/dressers.ts";

const LINES = [
  "usb 1-1: device descriptor read/64, error -71",
  "[drm:intel_dp_aux_ch [i915]] *ERROR* dp aux hw did not signal timeout!",
  "EXT4-fs error (device sda1): ext4_lookup:1447: inode #2: comm ls: deleted inode referenced: 12",
  "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)",
];

describe("what the kernel printed is found in whatever a line is dressed", () => {
  for (const [carrier, carry] of Object.entries(CARRIERS))
    test.each(Object.entries(KERNEL))(`${carrier}, %s`, (_, stamp) => {
      for (const line of LINES) expect(cleanLine(carry(stamp(line)))).toBe(line);
    });
  const ofOneLine = Object.entries(MARKUP).filter(([, mark]) => !mark("usb").includes("\n"));
  test.each(ofOneLine)("%s", (_, mark) => {
    for (const line of LINES) expect(cleanLine(mark(`[    3.141593] ${line}`))).toBe(line);
  });
});

test("what looks like a host and a program is the kernel's own behind its tag or its time", () => {
  const line = "VALIDATE C-TBL[80]: Duplicate mydev";
  for (const tag of ["kernel: ", "kernel: [    3.141593] ", "[    3.141593] "])
    expect(cleanLine(`Nov 12 15:06:31 hello-world ${tag}${line}`)).toBe(line);
});

test("a line of another program is searched for as it is", () => {
  const line = "Nov 12 15:06:31 hello-world sshd[812]: Accepted publickey for root";
  expect(cleanLine(line)).toBe(line);
});

test("of nothing, nothing is left", () => {
  for (const nothing of ["", " \n\t", "[    3.141593] "]) expect(cleanLine(nothing)).toBe("");
});
