import type { Db } from "../cache/database.ts";
import {
  type CommitRecord,
  CommitWriter,
  type QuoteRecord,
  type ReferenceRecord,
} from "../cache/history-writer.ts";
import { type CommitMessage, parseCommitMessage } from "../kernel/commit/message.ts";
import { parseCrashes } from "../kernel/crash/parse.ts";
import { wordsOf } from "../kernel/words.ts";
import { askGit, startGit } from "./git.ts";
import type { Progress } from "./progress.ts";

/**
 * Adds to the index every commit that the tips reach and the index lacks, parents first.
 *
 * The order is git's own topological order of these tips, so a run that was interrupted and is begun again gives
 * the same ids as one made in one go.
 */
export async function indexCommits(
  db: Db,
  gitDir: string,
  tips: { readonly wanted: readonly string[]; readonly known: readonly string[] },
  progress: Progress,
): Promise<void> {
  const known = await presentIn(gitDir, tips.known);
  const revisions = `${tips.wanted.join("\n")}\n${known.map((sha) => `^${sha}\n`).join("")}`;
  const total = Number(await askGit(gitDir, ["rev-list", "--count", "--stdin"], revisions));
  const stage = progress.stage("commits", total);
  const git = startGit(gitDir, [
    "log",
    "--stdin",
    "--topo-order",
    "--reverse",
    "-z",
    `--format=${LOG_FORMAT}`,
  ]);
  const writer = new CommitWriter(db);
  try {
    await git.write(revisions);
    git.endInput();
    for await (const record of recordsOf(git.output)) {
      const commit = readRecord(record);
      if (!writer.has(commit.sha)) writer.add(commit);
      stage.advance(1);
    }
    await git.close();
    writer.end();
  } finally {
    writer.abandon();
    await git.close();
    stage.end();
  }
}

/** Those of the shas that this repository has: another source of the same history may have brought the rest. */
async function presentIn(gitDir: string, shas: readonly string[]): Promise<string[]> {
  if (shas.length === 0) return [];
  const answer = await askGit(gitDir, ["cat-file", "--batch-check=%(objectname)"], `${shas.join("\n")}\n`);
  return answer.split("\n").filter((line) => /^[0-9a-f]{40}$/.test(line));
}

const LOG_FORMAT = "%H%n%P%n%at%n%an <%ae>%n%B";

async function* recordsOf(output: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of output) {
    let from = 0;
    for (let to = chunk.indexOf(0); to !== -1; to = chunk.indexOf(0, from)) {
      rest.push(chunk.subarray(from, to));
      yield (rest.length === 1 ? chunk.subarray(from, to) : Buffer.concat(rest)).toString("utf8");
      rest = [];
      from = to + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString("utf8");
}

/** One record of LOG_FORMAT; a message of any size is read, its words up to a bound. */
function readRecord(record: string): CommitRecord {
  const [sha = "", parents = "", time = "", author = ""] = record.split("\n", 4);
  const start = sha.length + parents.length + time.length + author.length + 4;
  const message = parseCommitMessage(record.slice(start));
  return {
    sha,
    parents: parents === "" ? [] : parents.split(" "),
    authorTime: Number(time),
    author,
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
