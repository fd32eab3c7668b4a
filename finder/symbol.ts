import { FACT } from "../cache/commit-facts.ts";
import type { Commit } from "../cache/history-rows.ts";
import { type HistoryLibrary, type Library, needHistory } from "./library.ts";

/** A commit that touched a symbol. */
export interface SymbolCommit {
  readonly commit: Commit;
  /** The tag of its first release. */
  readonly release: string | undefined;
  readonly isFix: boolean;
}

/** Which of a symbol's commits are wanted: all, unless said. */
export interface SymbolOptions {
  readonly fixesOnly?: boolean;
  /** The newest so many. */
  readonly limit?: number;
}

/**
 * The commits that touched a function, a structure or a variable, newest first; backports are left out, as their
 * origins are there. `name` is a bare name: `sys_read`, `struct rq`.
 */
export function symbolHistory(from: Library, name: string, options: SymbolOptions = {}): SymbolCommit[] {
  const library = needHistory(from);
  const { history, releases } = library;
  const ids = history.symbolsNamed(name).flatMap((symbol) => history.commitsTouching("touch", symbol));
  const facts = history.facts();
  const most = Math.floor(options.limit ?? Number.POSITIVE_INFINITY);
  const found: SymbolCommit[] = [];
  for (const id of [...new Set(ids)].sort((a, b) => b - a)) {
    if (found.length >= most) break;
    if (facts.has(id, FACT.copy)) continue;
    const commit = history.commit(id);
    if (!commit) continue;
    const fixes = isFix(library, commit);
    if (fixes || !options.fixesOnly)
      found.push({ commit, release: releases.get(commit.release)?.name, isFix: fixes });
  }
  return found;
}

/** A `Fixes:` trailer, a word to the stable team, a stable team's backport. */
const SAYS_FIX = FACT.namesCulprit | FACT.ccStable | FACT.backported;

/** It says so: by its subject, a `Fixes:` trailer, a word to the stable team, or a stable team's backport. */
export function isFix({ history }: HistoryLibrary, commit: Commit): boolean {
  return isFixSubject(commit.subject) || history.facts().has(commit.id, SAYS_FIX);
}

/** The subject speaks of a fix. */
export function isFixSubject(subject: string): boolean {
  return FIX_SUBJECT.test(subject);
}

const FIX_SUBJECT =
  /\b(fix(es|ed|ing|up)?|bug|oops|panic|crash|hang|deadlock|race|leak|overflow|underflow|use.after.free|null.?(pointer|deref)|double.free|corrupt\w*|regression|prevent|avoid)\b/i;
