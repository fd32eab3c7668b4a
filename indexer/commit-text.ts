import { existsSync } from "node:fs";
import type { CacheFolders } from "../cache/folders.ts";
import { readSourceList } from "../cache/source-list.ts";
import { DIFF_OPTIONS } from "./commit-diff.ts";
import { commitsIn } from "./commits-in.ts";
import { startGit } from "./git.ts";

/** A commit as its author wrote it. */
export interface CommitText {
  readonly sha: string;
  /** `Name <address>`. */
  readonly author: string;
  /** ISO 8601. */
  readonly date: string;
  readonly message: readonly string[];
  /** The lines of a unified diff, against the first parent. */
  readonly diff: readonly string[];
  /** The diff is longer, and only its beginning is here. */
  readonly cut: boolean;
}

/** The first of these commits that an indexed repository has; undefined when none has one. */
export async function readCommitText(
  folders: CacheFolders,
  shas: readonly string[],
): Promise<CommitText | undefined> {
  for (const { path } of readSourceList(folders).filter((source) => existsSync(source.path))) {
    const [sha] = await commitsIn(path, shas);
    if (sha !== undefined) return show(path, sha);
  }
  return undefined;
}

async function show(path: string, sha: string): Promise<CommitText> {
  const git = startGit(path, ["show", "--format=%an <%ae>%n%aI%n%B%x00", ...DIFF_OPTIONS, sha, "--"]);
  git.endInput();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of git.output) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) break;
  }
  await git.close();
  const text = Buffer.concat(chunks).toString("utf8");
  const end = text.indexOf("\0");
  const [author = "", date = "", ...message] = text.slice(0, end).trimEnd().split("\n");
  const diff = text
    .slice(end + 1)
    .trim()
    .split("\n");
  return { sha, author, date, message, diff, cut: size > MOST_BYTES };
}

/** The first commit of a history is the whole kernel: nobody reads it to the end on a screen. */
const MOST_BYTES = 4_000_000;
