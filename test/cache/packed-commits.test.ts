import fc from "fast-check";
import { expect, test } from "vitest";
import type { CommitMentions } from "../../cache/history-writer.ts";
import { CommitPacker, unpackCommits } from "../../cache/packed-commits.ts";

const SHA = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes));
const TEXT = fc.string({ unit: "binary", maxLength: 200 });
const MENTIONS: fc.Arbitrary<CommitMentions> = fc.record({
  references: fc.constantFrom(
    [],
    [{ kind: "fixes" as const, how: "trailer", sha: "0123abc", subject: undefined }],
  ),
  stableHints: fc.constantFrom([], [undefined, "3.10"]),
  reports: fc.constantFrom([], [{ kind: "syzbot", id: "0123456789ab" }]),
  quotes: fc.constant([]),
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
        expect(unpackCommits(packer.take())).toEqual(
          batch.map(({ shas: [sha, ...parents], mentions, subject, prose, ...rest }) => ({
            ...rest,
            ...mentions,
            sha,
            parents: Buffer.concat(parents),
            subject: Buffer.from(subject, "utf8"),
            prose: Buffer.from(prose, "utf8"),
          })),
        );
      }
    }),
  );
});

test("a message of megabytes is packed, and of its prose as much as is indexed", () => {
  const packer = new CommitPacker();
  const sha = Buffer.from("0123456789abcdef0123456789abcdef01234567");
  const none = { references: [], stableHints: [], reports: [], quotes: [] };
  const long = "straße ".repeat(300_000);
  packer.add(sha, 1, "a", { subject: long, subjectKey: 2, prose: long, ...none });
  const [commit] = unpackCommits(packer.take());
  expect(commit?.subject.toString("utf8")).toBe(long);
  expect(commit?.prose.toString("utf8")).toBe(long.slice(0, 65_536));
});
