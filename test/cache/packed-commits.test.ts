import fc from "fast-check";
import { expect, test } from "vitest";
import type { CommitMentions } from "../../cache/history-writer.ts";
import { CommitCursor, CommitPacker, type PackedCommits } from "../../cache/packed-commits.ts";

const SHA = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes));
const TEXT = fc.string({ unit: "binary", maxLength: 200 });
const MENTIONS: fc.Arbitrary<CommitMentions> = fc.record({
  references: fc.constantFrom(
    [],
    [{ kind: "fixes" as const, how: "trailer", sha: "0123abc", subject: undefined }],
  ),
  stableHints: fc.constantFrom([], [undefined, "3.10"]),
  reports: fc.constantFrom([], [{ kind: "syzbot", id: "0123456789ab" }]),
  quotes: fc.constantFrom([], ["BUG: soft lockup - CPU#0 stuck for 23s!\nRIP: 0010:lumen_poll+0x1b/0x60"]),
});
const COMMIT = fc.record({
  shas: fc.array(SHA, { minLength: 1, maxLength: 4 }),
  authorTime: fc.nat(2 ** 33),
  author: TEXT,
  subject: TEXT,
  subjectKey: fc.nat(0xffff_ffff),
  prose: TEXT,
  mentions: MENTIONS,
});

test("commits come back as they were packed, batch after batch", () => {
  fc.assert(
    fc.property(fc.array(fc.array(COMMIT, { maxLength: 8 }), { maxLength: 3 }), (batches) => {
      const packer = new CommitPacker();
      for (const batch of batches) {
        for (const { shas, authorTime, author, mentions, ...message } of batch) {
          const hex = Buffer.from(shas.map((sha) => sha.toString("hex")).join(" "));
          packer.add(hex, authorTime, author, { ...message, ...mentions });
        }
        expect(packer.count).toBe(batch.length);
        expect(unpacked(packer.take())).toEqual(
          batch.map(({ shas: [sha, ...parents], mentions, author, subject, prose, ...rest }) => ({
            ...rest,
            author: written(author),
            ...mentions,
            sha: sha?.toString("hex"),
            parents: Buffer.concat(parents).toString("hex"),
            subject: written(subject),
            prose: written(prose),
          })),
        );
      }
    }),
  );
});

test("a message of megabytes is packed, and of its prose as much as is indexed", () => {
  const packer = new CommitPacker();
  const sha = Buffer.from("0123456789abcdef0123456789abcdef01234567");
  const long = "straße ".repeat(300_000);
  packer.add(sha, 1, "a", { subject: long, subjectKey: 2, prose: long, ...NOTHING });
  const [commit] = unpacked(packer.take());
  expect(commit?.subject).toBe(long);
  expect(commit?.prose).toBe(long.slice(0, 65_536));
});

/** All that a cursor shows of each commit. */
function unpacked(batch: PackedCommits) {
  const cursor = new CommitCursor(batch);
  const commits = [];
  while (cursor.next()) {
    const { bytes, sha, parents, author, subject, prose, end } = cursor;
    commits.push({
      authorTime: cursor.authorTime,
      subjectKey: cursor.subjectKey,
      ...(cursor.mentions ?? NOTHING),
      sha: bytes.toString("hex", sha, parents),
      parents: bytes.toString("hex", parents, author),
      author: bytes.toString("utf8", author, subject),
      subject: bytes.toString("utf8", subject, prose),
      prose: bytes.toString("utf8", prose, end),
    });
  }
  return commits;
}

/** As text comes back that has half of a surrogate pair, too. */
const written = (text: string): string => Buffer.from(text, "utf8").toString("utf8");
const NOTHING: CommitMentions = { references: [], stableHints: [], reports: [], quotes: [] };
