import type { ReferenceRecord } from "../cache/history-writer.ts";
import type { PackedMessage } from "../cache/packed-commits.ts";
import { subjectKey } from "../cache/subject-key.ts";
import { type CommitMessage, parseCommitMessage } from "../kernel/commit/message.ts";

/** All that the index keeps of a message of any size. */
export function readMessage(text: string): PackedMessage {
  const message = parseCommitMessage(text);
  return {
    subject: message.subject,
    subjectKey: subjectKey(message.subject),
    references: referencesOf(message),
    stableHints: message.stableHints.map((hint) => hint.from),
    reports: message.reports,
    quotes: message.quotes,
    prose: message.prose,
  };
}

function referencesOf(message: CommitMessage): ReferenceRecord[] {
  return [
    ...message.upstream.map((said) => ({
      kind: "backport" as const,
      how: said.how,
      sha: said.sha,
      subject: undefined,
    })),
    ...message.fixes.map((said) => ({
      kind: "fixes" as const,
      how: said.how,
      sha: said.sha,
      subject: said.subject,
    })),
    ...message.reverts.map((said) => ({
      kind: "revert" as const,
      how: "revert",
      sha: said.sha,
      subject: said.subject,
    })),
  ];
}
