import { describe, expect, test } from "vitest";
import { namedBy } from "../../finder/query.ts";

const SHA = "a9c667f8f065";
const SUBJECT = "ext4: fixed tracepoints cleanup";

describe("what a person's words name", () => {
  test.each([
    SHA,
    SHA.toUpperCase(),
    `Fixes: ${SHA} ("${SUBJECT}")`,
    `${SHA} ("${SUBJECT}")`,
    `${SHA} ${SUBJECT}`,
    `commit ${SHA}`,
    `commit ${SHA} upstream.`,
    `[ Upstream commit ${SHA} ]`,
    `(cherry picked from commit ${SHA})`,
    `https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=${SHA}`,
    `https://git.kernel.org/linus/${SHA}`,
    `https://github.com/torvalds/linux/commit/${SHA}`,
    `https://github.com/torvalds/linux/commit/${SHA}.patch`,
  ])("the commit of: %s", (text) => {
    expect(namedBy(text)).toEqual({ sha: SHA });
  });

  test.each([
    "CVE-2024-26642",
    "cve-2024-26642",
    "https://nvd.nist.gov/vuln/detail/CVE-2024-26642",
    "https://lore.kernel.org/linux-cve-announce/2024032151-CVE-2024-26642-f1b2@gregkh/",
  ])("the CVE of: %s", (text) => {
    expect(namedBy(text)).toEqual({ cve: "CVE-2024-26642" });
  });

  test.each([
    [SUBJECT, SUBJECT],
    [`Re: [PATCH 2/3] ${SUBJECT}`, `[PATCH 2/3] ${SUBJECT}`],
    ["acceded to the facade of defaced code", "acceded to the facade of defaced code"],
    ["blkback: Fix CVE-2010-3699", "blkback: Fix CVE-2010-3699"],
    ["commit a transaction only once", "commit a transaction only once"],
    ["8139too: fix a race", "8139too: fix a race"],
  ])("the subject of: %s", (text, subject) => {
    expect(namedBy(text)).toEqual({ subject });
  });

  test.each(["CVE-24-1", "CVE-2999-1", "CVE-2024-"])("%s is no CVE's name", (text) => {
    expect(() => namedBy(text)).toThrow(/is no CVE's name/);
  });
});
