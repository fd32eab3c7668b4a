import { describe, expect, test } from "vitest";
import {
  type Changelog,
  parseChangelog,
  revertedSubject,
  spellingsOf,
} from "../../../kernel/distro/changelog.ts";

const DEBIAN = `linux (6.1.10-1) bookworm; urgency=medium

  * New upstream stable update:
    https://www.kernel.org/pub/linux/kernel/v6.x/ChangeLog-6.1.9
    - lumen: free the ring when the probe fails (CVE-2030-10001)
    - [arm64,armhf] lumen: a subject so long that the packager had to
      wrap it (Closes: #1000001)
    - Revert "lumen: poll without the lock"
    https://www.kernel.org/pub/linux/kernel/v6.x/ChangeLog-6.1.10
    - aio: fix the tail (PCI revision)

  [ Somebody ]
  * [x86] Add mitigations (CVE-2030-10002):
    - x86/lumen: first part
    + x86/lumen: a part of the part
  * Bump ABI to 4

 -- Somebody <somebody@example.org>  Thu, 01 Feb 2024 21:07:04 +0100

linux (6.1.9-1) unstable; urgency=medium

  * First.

 -- Somebody <somebody@example.org>  Mon, 01 Jan 2024 00:00:00 +0000
`;

const UBUNTU = `linux (5.15.0-91.101) jammy; urgency=medium

  * CVE-2030-10003
    - net/lumen: do not free twice

  * Jammy update: v5.15.131 upstream stable release (LP: #2039610)
    - erofs: fill the tail

 -- Somebody <somebody@canonical.com>  Tue, 14 Nov 2023 13:28:00 +0100
`;

const RHEL = `* Tue Nov 07 2023 Some Body <somebody@redhat.com> [5.14.0-362.8.1.el9_3]
- net/lumen: do not free twice (Some Body) [RHEL-1234 2178965] {CVE-2030-10003}
- redhat: bump the release (Some Body)

* Mon Oct 02 2023 Some Body <somebody@redhat.com> - 5.14.0-362.el9
- [netdrv] lumen: fix the tail (Ann O'Ther) [1234567]
`;

const SUSE = `* Mon Jan 15 2024 somebody@suse.com
- net/lumen: do not free twice (bsc#1217946 CVE-2030-10003).
- aio: fix the tail (git-fixes).
`;

function subjects(changelog: Changelog | undefined): string[][] {
  return changelog?.entries.map((entry) => entry.items.map((item) => item.subject)) ?? [];
}

describe("a Debian changelog", () => {
  const changelog = parseChangelog(DEBIAN);

  test("gives versions, newest first, with their changes; lines that go on are joined", () => {
    expect(changelog?.packaging).toBe("deb");
    expect(changelog?.entries.map(({ version, distribution }) => [version, distribution])).toEqual([
      ["6.1.10-1", "bookworm"],
      ["6.1.9-1", "unstable"],
    ]);
    expect(subjects(changelog)[0]).toEqual([
      "New upstream stable update: https://www.kernel.org/pub/linux/kernel/v6.x/ChangeLog-6.1.9",
      "lumen: free the ring when the probe fails",
      "[arm64,armhf] lumen: a subject so long that the packager had to wrap it",
      'Revert "lumen: poll without the lock"',
      "aio: fix the tail (PCI revision)",
      "[x86] Add mitigations (CVE-2030-10002):",
      "x86/lumen: first part",
      "x86/lumen: a part of the part",
      "Bump ABI to 4",
    ]);
    expect(changelog?.entries[0]?.date).toBe(Date.parse("2024-02-01T20:07:04Z") / 1000);
  });

  test("a CVE stands behind the change, or above the changes that are for it", () => {
    const cves = changelog?.entries[0]?.items.map((item) => item.cves.join());
    expect(cves).toEqual([
      "",
      "CVE-2030-10001",
      "",
      "",
      "",
      "CVE-2030-10002",
      "CVE-2030-10002",
      "CVE-2030-10002",
      "",
    ]);
  });

  test("of Ubuntu: the CVE is a heading", () => {
    const [entry] = parseChangelog(UBUNTU)?.entries ?? [];
    expect(entry?.items.map((item) => [item.subject, item.cves])).toEqual([
      ["net/lumen: do not free twice", ["CVE-2030-10003"]],
      ["Jammy update: v5.15.131 upstream stable release", []],
      ["erofs: fill the tail", []],
    ]);
  });
});

describe("what rpm -q --changelog prints", () => {
  test("of Red Hat: author, bug numbers and CVEs stand behind the subject", () => {
    const changelog = parseChangelog(RHEL);
    expect(changelog?.entries.map((entry) => entry.version)).toEqual([
      "5.14.0-362.8.1.el9_3",
      "5.14.0-362.el9",
    ]);
    expect(subjects(changelog)).toEqual([
      ["net/lumen: do not free twice", "redhat: bump the release"],
      ["[netdrv] lumen: fix the tail"],
    ]);
    expect(changelog?.entries[0]?.items[0]?.cves).toEqual(["CVE-2030-10003"]);
  });

  test("of SUSE: no version", () => {
    const changelog = parseChangelog(SUSE);
    expect(changelog?.entries[0]?.version).toBeUndefined();
    expect(subjects(changelog)).toEqual([["net/lumen: do not free twice", "aio: fix the tail"]]);
  });
});

test("other texts are no changelog", () => {
  expect(parseChangelog("[    1.0] Linux version 6.1.0\n* a list\n- of things\n")).toBeUndefined();
});

test("a subject is known with and without what a packager put in front", () => {
  expect(spellingsOf("[powerpc*] xmon: check")).toEqual(["[powerpc*] xmon: check", "xmon: check"]);
  expect(revertedSubject('Revert "lumen: poll without the lock"')).toBe("lumen: poll without the lock");
  expect(revertedSubject("lumen: revert the order")).toBeUndefined();
});
