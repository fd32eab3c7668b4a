import { SHORTEST_SHA } from "./character-run.ts";

/** An upstream commit that a message names as its origin. */
export interface Origin {
  readonly sha: string;
  readonly how: string;
}

/**
 * The upstream commits of which a message says that it is a copy, each once, in order. Only marks that stand on a
 * line of their own count: "commit X introduced ..." in prose names no origin.
 */
export function originsOf(lines: readonly string[]): Origin[] {
  const found = new Map<string, Origin>();
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (!SHORTEST_SHA.isIn(line)) continue;
    const mark = joinBroken(line, lines[at + 1] ?? "");
    const how = ORIGINS.find((row) => row.line.test(mark))?.how;
    if (how === undefined) continue;
    for (const [sha] of mark.matchAll(SHA))
      if (!found.has(sha.toLowerCase())) found.set(sha.toLowerCase(), { sha: sha.toLowerCase(), how });
  }
  return [...found.values()];
}

/** A mark that was broken: `commit 0123456789ab` and, on the next line, `upstream.` or `ba9876543210 upstream`. */
function joinBroken(line: string, next: string): string {
  return BROKEN.test(line) && CONTINUED.test(next) ? `${line} ${next}` : line;
}

const BROKEN = /^\W*commits?:?\s+[0-9a-f]{7,40}(?:\s*,|\s+and|\s+&)?\W*$/i;
const CONTINUED = /^\W*(?:[0-9a-f]{7,40}\s+)?(?:upstream|in (?:mainline|linus))\b/i;
const SHA = /\b(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b/gi;

interface OriginPattern {
  readonly how: string;
  readonly line: RegExp;
  readonly example: string;
}

/** Wordings, the commonest first. Shas of at least seven digits. */
const ORIGINS: readonly OriginPattern[] = [
  {
    how: "commit-upstream",
    line: /^\W*(?:this is |\(?backport of )?(?:mainline |git )?commits?:?\s+[0-9a-f]{7,40}\b.{0,200}\b(?:up-?stream|mainline|linus'?s? tree)\b/i,
    example: "commit 0123456789ab upstream.",
  },
  {
    how: "upstream-commit",
    line: /^\W*(?:this is )?(?:an? |the )?(?:backport of )?(?:the )?(?:upstream|mainline)[ -](?:git )?(?:commits?|commit[- ]?id|id|sha1?|hash)\W{0,4}(?:is )?[0-9a-f]{7,40}\b/i,
    example: "[ Upstream commit 0123456789ab ]",
  },
  {
    how: "cherry-picked",
    line: /^\W*(?:\w+ )?cherry[- ]?picked (?:from|of)(?: upstream| mainline| linus'? tree)?(?: commit)?:?\s+[0-9a-f]{7,40}\b/i,
    example: "(cherry picked from commit 0123456789ab)",
  },
  {
    how: "cherry-picked",
    line: /^\W*cherry[- ]?pick(?:ed)?:?\s+(?:of )?(?:commit )?[0-9a-f]{7,40}\b/i,
    example: "cherry-pick of commit 0123456789ab",
  },
  {
    how: "backport-of",
    line: /^\W*(?:this is )?(?:an? |the )?(?:\w+ )?back-?port(?:ed)?\s*(?:of|from|for|:)\s*(?:the )?(?:upstream|mainline)?\s*(?:git )?(?:commits?)?:?\s*[0-9a-f]{7,40}\b/i,
    example: "(backported from commit 0123456789ab)",
  },
  {
    how: "upstream",
    line: /^\W*(?:up-?stream|in mainline|mainline)(?: as)?\s*(?:git|id|sha1?)?\s*[:=]?\s*[0-9a-f]{12,40}\W*$/i,
    example: "upstream: 0123456789ab",
  },
  {
    how: "upstream",
    line: /^\W*[0-9a-f]{12,40}\s+(?:up-?stream|in mainline)\W*$/i,
    example: "0123456789ab upstream",
  },
  {
    how: "git-commit",
    line: /^Git-commit:\s*[0-9a-f]{12,40}/i,
    example: "Git-commit: 0123456789ab (SUSE, kernel-source/scripts/git_sort)",
  },
];
