import type { Commit } from "../cache/history-rows.ts";
import { type HistoryLibrary, type Library, needHistory } from "./library.ts";

/** A commit that touched a symbol. */
export interface SymbolCommit {
  readonly commit: Commit;
  /** The tag of its first release. */
  readonly release: string | undefined;
  readonly isFix: boolean;
}

/**
 * The commits that touched a function, a structure or a variable, newest first; backports are left out, as their
 * origins are there. `name` is a bare name: `sys_read`, `struct rq`.
 */
export function symbolHistory(from: Library, name: string): SymbolCommit[] {
  const library = needHistory(from);
  const { history, releases } = library;
  const ids = [name, `struct ${name}`, `union ${name}`, `enum ${name}`]
    .flatMap((spelling) => history.symbolId(spelling) ?? [])
    .flatMap((symbol) => history.commitsTouching("touch", symbol));
  const commits = [...new Set(ids)].sort((a, b) => b - a).flatMap((id) => history.commit(id) ?? []);
  return commits
    .filter((commit) => !isCopy(library, commit))
    .map((commit) => ({
      commit,
      release: releases.get(commit.release)?.name,
      isFix: isFix(library, commit),
    }));
}

/** A backport whose origin is indexed. */
export function isCopy(library: HistoryLibrary, commit: Commit): boolean {
  return library.history
    .referencesFrom(commit.id)
    .some((said) => said.kind === "backport" && said.target !== undefined);
}

/** It says so: by a `Fixes:` trailer, a word to the stable team, a stable team's backport, or its subject. */
export function isFix(library: HistoryLibrary, commit: Commit): boolean {
  return (
    FIX_SUBJECT.test(commit.subject) ||
    library.history.referencesFrom(commit.id).some((said) => said.kind === "fixes") ||
    library.history.stableHints(commit.id).length > 0 ||
    library.history.referencesTo(commit.id, "backport").length > 0
  );
}

/** The subject speaks of a fix. */
export function isFixSubject(subject: string): boolean {
  return FIX_SUBJECT.test(subject);
}

const FIX_SUBJECT =
  /\b(fix(es|ed|ing|up)?|bug|oops|panic|crash|hang|deadlock|race|leak|overflow|underflow|use.after.free|null.?(pointer|deref)|double.free|corrupt\w*|regression|prevent|avoid)\b/i;
