import { expect, test } from "vitest";
import { readPatchHeader } from "../../../kernel/commit/patch-header.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const CASES: readonly (readonly [what: string, text: string, found: ReturnType<typeof readPatchHeader>])[] = [
  [
    "a mail",
    `From: A\nSubject: [PATCH 2/3] lumen: Fix the ring\n of receive\n\ncommit ${SHA} upstream.\n---\n a.c | 2\n`,
    { subject: "lumen: Fix the ring of receive", upstream: SHA },
  ],
  [
    "SUSE",
    `From: A\nSubject: lumen: Fix it\nGit-commit: ${SHA}\nPatch-mainline: v5.3\n\nText\n--- a/a.c\n`,
    { subject: "lumen: Fix it", upstream: SHA },
  ],
  [
    "Debian",
    `Description: lumen: Fix it\n Long text.\nOrigin: upstream, https://git.kernel.org/linus/${SHA}\n--- a/a.c\n`,
    { subject: "lumen: Fix it", upstream: SHA },
  ],
  ["no header", "--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n+Subject: no\n", undefined],
];

for (const [what, text, found] of CASES)
  test(what, () => {
    expect(readPatchHeader(text)).toEqual(found);
  });
