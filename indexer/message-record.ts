import type { CommitRecord, QuoteRecord, ReferenceRecord } from "../cache/history-writer.ts";
import { type CommitMessage, parseCommitMessage } from "../kernel/commit/message.ts";
import { parseCrashes } from "../kernel/crash/parse.ts";
import { wordsOf } from "../kernel/words.ts";

/** All that the index keeps of a commit's message. */
export type MessageRecord = Pick<
  CommitRecord,
  "subject" | "references" | "stableHints" | "reports" | "quotes" | "words"
>;

/** Reads a message of any size, its words up to a bound. */
export function readMessage(text: string): MessageRecord {
  const message = parseCommitMessage(text);
  return {
    subject: message.subject,
    references: referencesOf(message),
    stableHints: message.stableHints.map((hint) => hint.from),
    reports: message.reports,
    quotes: message.quotes.flatMap(quotedCrashes),
    words: countWords(message),
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

/** The crashes of one quoted log, as the same parser reads a user's. */
function quotedCrashes(quote: string): QuoteRecord[] {
  return parseCrashes(quote).map((crash) => ({
    kind: crash.kind,
    title: crash.title,
    signature: crash.signature,
    function: crash.function,
    frames: crash.frames.map((frame) => frame.function),
  }));
}

function countWords(message: CommitMessage): CommitRecord["words"] {
  const words = new Map<string, { count: number; inSubject: boolean }>();
  const count = (text: string, inSubject: boolean): void => {
    for (const word of wordsOf(text.slice(0, MAX_PROSE))) {
      const seen = words.get(word);
      if (seen) seen.count++;
      else words.set(word, { count: 1, inSubject });
    }
  };
  count(message.subject, true);
  count(message.prose, false);
  return words;
}

/** Characters of prose that are indexed; the longest real ones are merge logs of some 100 KB. */
const MAX_PROSE = 65_536;
