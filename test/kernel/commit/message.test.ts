import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommitMessage } from "../../../kernel/commit/message.ts";

const SHA = "7b21fddd087678a70ad64afc0f632e0f1071b092";
const OTHER = "eeb61e53ea19be0c4015b00b2e8b3b2185436f2b";

const message = (body: string, subject = "sched: Fix it") => parseCommitMessage(`${subject}\n\n${body}\n`);

describe("the upstream commit of a backport", () => {
  test.each([
    [`commit ${SHA} upstream.`, "commit-upstream", SHA],
    [`Commit ${SHA} upstream`, "commit-upstream", SHA],
    [`commit: ${SHA} upstream`, "commit-upstream", SHA],
    [`This is commit ${SHA} in mainline`, "commit-upstream", SHA],
    [`[ Upstream commit ${SHA} ]`, "upstream-commit", SHA],
    [`Upstream commit ${SHA.slice(0, 12)}`, "upstream-commit", SHA.slice(0, 12)],
    [`mainline commit: ${SHA}`, "upstream-commit", SHA],
    [`(cherry picked from commit ${SHA})`, "cherry-picked", SHA],
    [`cherry-picked from ${SHA}`, "cherry-picked", SHA],
    [`(backported from commit ${SHA})`, "backport-of", SHA],
    [`Backport of commit ${SHA}`, "backport-of", SHA],
    [`Backport of upstream commit ${SHA}`, "upstream-commit", SHA],
    [`upstream: ${SHA}`, "upstream", SHA],
    [`Git-commit: ${SHA}`, "git-commit", SHA],
  ])("%s", (line, how, sha) => {
    expect(message(`${line}\n\nIt was broken.`).upstream).toEqual([{ sha, how }]);
  });
  test("over two lines", () => {
    expect(message(`commit ${SHA}\nupstream.`).upstream).toEqual([{ sha: SHA, how: "commit-upstream" }]);
  });
  test("two, folded into one", () => {
    const both = [SHA, OTHER];
    expect(message(`commits ${SHA} and ${OTHER} upstream.`).upstream.map((one) => one.sha)).toEqual(both);
    expect(
      message(`commit ${SHA} and\n${OTHER} upstream merged together.`).upstream.map((one) => one.sha),
    ).toEqual(both);
  });
  test.each([
    `Since commit ${SHA} the upstream code is wrong.`,
    `This was introduced by commit ${SHA}, which is upstream.`,
    `Fixes: ${SHA.slice(0, 12)} ("upstream: a driver")`,
    "commit to the upstream way of doing it",
  ])("prose names none: %s", (line) => {
    expect(message(line).upstream).toEqual([]);
  });
});

describe("what a commit fixes", () => {
  test("a trailer, with its subject", () => {
    expect(message(`It was.\n\nFixes: ${SHA.slice(0, 12)} ("sched: Break it")`).fixes).toEqual([
      { sha: SHA.slice(0, 12), subject: "sched: Break it", how: "trailer" },
    ]);
  });
  test.each([
    `This was introduced by commit ${SHA}.`,
    `Since commit ${SHA.slice(0, 10)}, it does not work.`,
    `The regression from\ncommit ${SHA.slice(0, 8)} is mended.`,
    `Commit ${SHA} broke it.`,
    `Caused by commit ${SHA.slice(0, 7)}.`,
  ])("prose of before 2013: %s", (prose) => {
    const [culprit, ...more] = message(prose).fixes;
    expect(culprit?.how).toBe("prose");
    expect(SHA.startsWith(culprit?.sha ?? "-")).toBe(true);
    expect(more).toEqual([]);
  });
  test.each(["\n", "  ", "\t", " \n ", "\u00a0"])("prose may be broken by %j", (blank) => {
    const prose = ["This", "was", "introduced", "by", "commit", SHA, '("sched:', "Add", 'it").'].join(blank);
    expect(message(prose).fixes).toEqual([{ sha: SHA, subject: "sched: Add it", how: "prose" }]);
  });
  test("a word is no sha", () => {
    expect(message("introduced by commit deadbeef or defaced").fixes.map((one) => one.sha)).toEqual([]);
    expect(message("The bug was introduced in the merge window").fixes).toEqual([]);
  });
});

describe("what a commit reverts", () => {
  test("by sha and subject", () => {
    expect(message(`This reverts commit ${SHA}.\n\nIt hangs.`, 'Revert "sched: Fix it"').reverts).toEqual([
      { sha: SHA, subject: "sched: Fix it" },
    ]);
  });
  test("by subject alone", () => {
    expect(message("It hangs.", 'Revert "sched: Fix it"').reverts).toEqual([
      { sha: undefined, subject: "sched: Fix it" },
    ]);
  });
  test("a revert of a revert names the revert", () => {
    expect(message("It did not.", 'Revert "Revert "sched: Fix it""').reverts).toEqual([
      { sha: undefined, subject: 'Revert "sched: Fix it"' },
    ]);
  });
  test("a fix that mentions a revert reverts nothing", () => {
    expect(message("A revert of the patch would be worse.").reverts).toEqual([]);
  });
});

describe("trailers", () => {
  test.each([
    ["Cc: stable@vger.kernel.org", [undefined]],
    ["Cc: <stable@vger.kernel.org> # 3.10+", ["3.10"]],
    ["Cc: stable@kernel.org # v2.6.32.x", ["2.6.32"]],
    ["CC: stable <stable@vger.kernel.org> [2.6.33, 2.6.34]", ["2.6.33", "2.6.34"]],
    ["Cc: someone@example.org", []],
  ])("stable hint: %s", (line, series) => {
    expect(message(line).stableHints.map((hint) => hint.from)).toEqual(series);
  });
  test.each(["Bug: 12345", "BUG: #8695", "Bug: https://launchpad.net/bugs/249448", "Bug: b/1234567"])(
    "%s is one",
    (line) => {
      expect(message(`It broke.\n\n${line}`)).toMatchObject({
        prose: "It broke.",
        trailers: [{ key: "bug" }],
      });
    },
  );
  test.each([
    "BUG: unable to handle kernel NULL pointer dereference at 0000000000000078",
    "BUG: kernel NULL pointer dereference, address: 0000000000000078",
    "  BUG: KASAN: slab-use-after-free in iput+0x20b/0x210",
    "BUG: soft lockup - CPU#1 stuck for 22s! [kworker/1:2:77]",
  ])("%s is none, but the headline of a quoted crash", (line) => {
    const { trailers, quotes } = message(`It broke:\n\n${line}\nRIP: 0010:iput+0x20b/0x210`);
    expect(trailers).toEqual([]);
    expect(quotes[0]).toContain(line);
  });
  test.each([
    ["Reported-by: syzbot+3e1f7a90c2b4d5566778@syzkaller.appspotmail.com", "syzbot", "3e1f7a90c2b4d5566778"],
    [
      "Closes: https://syzkaller.appspot.com/bug?extid=3e1f7a90c2b4d5566778",
      "syzbot",
      "3e1f7a90c2b4d5566778",
    ],
    [
      "Bugzilla: https://bugzilla.kernel.org/show_bug.cgi?id=12345",
      "bugzilla",
      "bugzilla.kernel.org/show_bug.cgi?id=12345",
    ],
    ["Link: https://lore.kernel.org/r/20141027.1", "link", "https://lore.kernel.org/r/20141027.1"],
  ])("report: %s", (line, kind, id) => {
    expect(message(line).reports).toEqual([{ kind, id }]);
  });
});

describe("prose and quoted crash are kept apart", () => {
  const { prose, quotes } = message(`The entity may be gone by then:

 BUG: unable to handle kernel NULL pointer dereference at 0000000000000078
 IP: [<ffffffff810a3e18>] pick_next_task_fair+0x6b8/0x820
 PGD 10561e4067 PUD ffdb46067 PMD 0
 Oops: 0000 [#1] SMP
 Call Trace:
  [<ffffffff815f5ee2>] __schedule+0x302/0x7a0

Take the lock before the entity is looked at.

Signed-off-by: Somebody <somebody@example.org>`);
  test("the prose is the author's", () => {
    expect(prose).toContain("The entity may be gone by then:");
    expect(prose).toContain("Take the lock before the entity is looked at.");
    expect(prose).not.toMatch(/Oops|__schedule|Signed-off/);
  });
  test("the quote is the kernel's", () => {
    expect(quotes).toHaveLength(1);
    expect(quotes[0]).toContain("pick_next_task_fair+0x6b8/0x820");
    expect(quotes[0]).toContain("__schedule+0x302/0x7a0");
  });
});

describe("subjects", () => {
  test.each([
    ["\n\n  sched: Fix it  \n\nbody", "sched: Fix it"],
    ["", ""],
    ["one line", "one line"],
  ])("%j", (text, subject) => expect(parseCommitMessage(text).subject).toBe(subject));
});

test("any text is a message", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "commit ",
      SHA,
      " upstream",
      "\n",
      "Fixes: ",
      '("',
      '")',
      "Revert ",
      "introduced by ",
      "Call Trace:\n",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const parsed = parseCommitMessage(pieces.join(""));
      for (const said of parsed.upstream) expect(said.sha).toMatch(/^[0-9a-f]{7,40}$/);
      for (const said of parsed.fixes) expect(said.sha ?? "").toMatch(/^[0-9a-f]*$/);
    }),
    { numRuns: 500 },
  );
});
