import { findDefinitions } from "../../../finder/definition.ts";
import { type Fix, findFixes } from "../../../finder/fix.ts";
import type { Library } from "../../../finder/library.ts";
import { commitsLike, searchAsTyped } from "../../../finder/search.ts";
import { symbolHistory } from "../../../finder/symbol.ts";
import type { Trees } from "../../../finder/trees.ts";
import { symbolName } from "../../../kernel/crash/symbol.ts";
import { entryFilter, entryOf, readerOf } from "./entries.ts";
import type { CommitsQuestion, CommitsView, Definition, Entry, SearchHit, SearchView } from "./questions.ts";

/** What an unfinished query may mean: what has the name first, then commits, newest first. */
export function searchView(library: Library, query: string): SearchView {
  const found = searchAsTyped(library, query, MOST_HITS);
  const history = entriesOf(library, "history", found.history.ids);
  const known = new Set(history.map((entry) => entry.sha));
  const records = entriesOf(library, "records", found.records.ids).filter((entry) => !known.has(entry.sha));
  const hits: SearchHit[] = [
    ...found.cves.flatMap(({ cve, commit }) =>
      entriesOf(library, "records", [commit]).map((entry) => ({ kind: "cve" as const, cve, entry })),
    ),
    ...found.symbols.map(({ name, commits }) => ({ kind: "symbol" as const, name, commits })),
    ...[...history, ...records].slice(0, MOST_HITS).map((entry) => ({ kind: "commit" as const, entry })),
  ];
  return {
    query,
    hits,
    commits: found.history.total + (found.history.total === 0 ? found.records.total : 0),
  };
}

function entriesOf(library: Library, pool: Entry["pool"], ids: readonly number[]): Entry[] {
  const reader = readerOf(library, pool);
  return ids.flatMap((id) => {
    const commit = reader?.commit(id);
    return commit ? [entryOf(library, pool, commit)] : [];
  });
}

/** The commits behind a symbol, a query or a fix, without those that the filters leave out. */
export function commitsView(
  library: Library,
  trees: Trees,
  { of, kernel, filters }: CommitsQuestion,
): CommitsView {
  const passes = entryFilter(library, filters, kernel);
  const entries = commitsOf(library, of);
  const kept = entries.filter(passes);
  return {
    entries: kept,
    hidden: entries.length - kept.length,
    definitions: of.kind === "symbol" ? definitionsOf(trees, of.name) : [],
  };
}

function commitsOf(library: Library, of: CommitsQuestion["of"]): Entry[] {
  switch (of.kind) {
    case "symbol":
      return symbolHistory(library, symbolName(of.name)).map(({ commit, isFix }) => ({
        ...entryOf(library, "history", commit),
        isFix,
      }));
    case "words": {
      const found = library.history && commitsLike(library.history, of.query, MOST_COMMITS);
      if (found && found.total > 0) return entriesOf(library, "history", found.ids);
      const records = library.cve && commitsLike(library.cve.texts, of.query, MOST_COMMITS);
      return entriesOf(library, "records", records?.ids ?? []);
    }
    case "fix":
      return findFixes(library, of.query).map((fix) => entryOfFix(library, fix));
  }
}

function entryOfFix(library: Library, fix: Fix): Entry {
  const [commit] = fix.carriers;
  const record = library.cve?.texts.commitsBySha(fix.sha)[0];
  return {
    sha: fix.sha,
    id: commit?.id ?? record?.id ?? 0,
    pool: commit ? "history" : "records",
    subject: fix.subject,
    author: (fix.author ?? "").replace(/ <.*/, ""),
    date: fix.date,
    release: fix.mainline?.rc ?? fix.mainline?.release ?? fix.stable[0]?.version,
    isFix: commit ? entryOf(library, "history", commit).isFix : true,
    candidate: undefined,
  };
}

function definitionsOf(trees: Trees, name: string): Definition[] {
  if (trees.names().length === 0) return [];
  const { facts } = trees.get(undefined);
  return findDefinitions(trees.get(undefined), name, facts.architectures).map(({ path, line, endLine }) => ({
    tree: facts.name,
    root: facts.root,
    path,
    line,
    endLine,
  }));
}

const MOST_HITS = 100;
const MOST_COMMITS = 20_000;
