import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cacheFolders } from "../../../cache/folders.ts";
import { hasUnfinishedUpdate } from "../../../cache/index-file.ts";
import { readTreeText } from "../../../cache/tree-text.ts";
import { treesCarrying } from "../../../finder/carried.ts";
import { answerCrash, type CrashAnswer, kernelOfCrash } from "../../../finder/crash.ts";
import { findDefinitions } from "../../../finder/definition.ts";
import { type Fix, findFixes, fixOfCommit } from "../../../finder/fix.ts";
import type { Library } from "../../../finder/library.ts";
import { locateCrash, locateTrace } from "../../../finder/location.ts";
import { findMessages } from "../../../finder/message.ts";
import { releaseMap } from "../../../finder/release-map.ts";
import { commitsLike, searchAsTyped } from "../../../finder/search.ts";
import { symbolHistory } from "../../../finder/symbol.ts";
import { Trees } from "../../../finder/trees.ts";
import { judge } from "../../../finder/verdict.ts";
import { readCommitText } from "../../../indexer/commit-text.ts";
import { listSources } from "../../../indexer/source-kinds.ts";
import type { Crash } from "../../../kernel/crash/crash.ts";
import { symbolName } from "../../../kernel/crash/symbol.ts";
import { KfixError } from "../../../kernel/error.ts";
import { identifyKernel } from "../../../kernel/running-kernel.ts";
import { closeIndex, openIndex } from "../../open-index.ts";
import { sanitize } from "../../output/terminal.ts";
import { crashReport } from "../../report/model.ts";
import { formatOf, renderReport } from "../../report/render.ts";
import { expectFree, writeReport } from "../../report/write.ts";
import type { Asked } from "./client.ts";
import { entryFilter, entryOf, readerOf } from "./entries.ts";
import { parseLog } from "./logs.ts";
import { problemOf } from "./problem.ts";
import type {
  CommitsQuestion,
  CommitsView,
  CrashQuestion,
  CrashView,
  Definition,
  Entry,
  FixView,
  FolderView,
  IndexStatus,
  MessageView,
  ReportQuestion,
  SearchHit,
  SearchView,
  SourcePlace,
  SourceText,
  TraceView,
} from "./questions.ts";

/** Answers from the indexes, which are opened when first asked and stay open. */
export class Answers {
  readonly #folders;
  #library: Library | undefined;
  #trees: Trees | undefined;
  /** The last crash that was answered: filters and reports ask for it again. */
  #answered: { readonly key: string; readonly answer: CrashAnswer } | undefined;

  constructor(cacheDir: string | undefined) {
    this.#folders = cacheFolders({ cacheDir });
  }

  reopen(): void {
    if (this.#library) closeIndex(this.#library);
    this.#trees?.close();
    this.#library = undefined;
    this.#trees = undefined;
    this.#answered = undefined;
  }

  /** Throws KfixError where the command line would. */
  answer(asked: Asked): unknown {
    switch (asked.name) {
      case "status":
        return this.#status();
      case "log":
        return parseLog(asked.question);
      case "crash":
        return this.#crash(asked.question);
      case "trace":
        return this.#trace(asked.question.crash, asked.question.kernel);
      case "source":
        return readSource(asked.question);
      case "fix":
        return this.#fix(asked.question.entry, asked.question.kernel);
      case "text":
        return readCommitText(this.#folders, asked.question.shas);
      case "search":
        return this.#search(asked.question.query);
      case "message":
        return this.#message(asked.question.line);
      case "commits":
        return this.#commits(asked.question);
      case "folder":
        return listFolder(asked.question.path);
      case "report":
        return this.#report(asked.question);
    }
  }

  #open(): Library {
    this.#library ??= openIndex(this.#folders);
    return this.#library;
  }

  #openTrees(): Trees {
    this.#trees ??= new Trees(this.#folders);
    return this.#trees;
  }

  #status(): IndexStatus {
    const known = {
      folder: this.#folders.root,
      trees: this.#openTrees().names(),
      sources: listSources(this.#folders),
      unfinished: hasUnfinishedUpdate(this.#folders),
    };
    try {
      const library = this.#open();
      return {
        ...known,
        commits: library.history?.commitCount() ?? 0,
        cveRecords: library.cve?.recordCount() ?? 0,
        newest: library.releases.newest()?.name,
        problem: undefined,
      };
    } catch (error) {
      return { ...known, commits: 0, cveRecords: 0, newest: undefined, problem: problemOf(error) };
    }
  }

  #answerOf(crash: Crash, kernel: string | undefined): CrashAnswer {
    const key = JSON.stringify([crash, kernel]);
    if (this.#answered?.key !== key) {
      const answer = answerCrash(this.#open(), crash, { kernel, limit: MOST_CANDIDATES });
      this.#answered = { key, answer };
    }
    return this.#answered.answer;
  }

  #crash({ crash, kernel: told, filters }: CrashQuestion): CrashView {
    const library = this.#open();
    const { candidates, answer, kernel } = this.#answerOf(crash, told);
    const passes = entryFilter(library, { ...filters, onlyMissing: false }, undefined);
    const kept = candidates.filter(
      (one) =>
        passes({ id: one.commit.id, pool: one.pool.name }) &&
        (!filters.onlyMissing || one.verdict.status === "missing") &&
        (!filters.hideUnaffected || one.verdict.status !== "not-affected"),
    );
    const entries = kept.map(({ pool, commit, fix, confidence, evidence, score, verdict }): Entry => {
      return {
        ...entryOf(library, pool.name, commit),
        sha: fix.sha,
        date: fix.date,
        release: fix.mainline?.rc ?? fix.mainline?.release ?? fix.stable[0]?.version,
        candidate: { confidence, evidence, score, verdict },
      };
    });
    const at = answer === undefined ? -1 : kept.indexOf(answer);
    return {
      kernel,
      entries,
      answer: at === -1 ? undefined : at,
      hidden: candidates.length - kept.length,
    };
  }

  #trace(crash: Crash, told: string | undefined): TraceView {
    const kernel = kernelOfCrash(crash, told);
    const trees = this.#openTrees();
    return {
      located: locateTrace(trees, crash, kernel),
      location: locateCrash(trees, crash, kernel),
    };
  }

  #fix(entry: Entry, told: string | undefined): FixView {
    const library = this.#open();
    const fix = this.#fixOf(library, entry);
    const kernel = told === undefined ? undefined : identifyKernel(told);
    return {
      fix,
      strips: releaseMap(library, fix, kernel),
      kernel,
      verdict: kernel && judge(library, fix, kernel),
      carried: treesCarrying(this.#openTrees(), fix),
    };
  }

  #fixOf(library: Library, entry: Entry): Fix {
    const commit = readerOf(library, entry.pool)?.commit(entry.id);
    if (entry.pool === "history" && commit) return fixOfCommit(library, commit);
    const [fix] = findFixes(library, entry.sha === "" ? entry.subject : entry.sha);
    if (fix) return fix;
    throw new KfixError("not-found", `nothing is known of ${entry.sha}`);
  }

  #search(query: string): SearchView {
    const library = this.#open();
    const found = searchAsTyped(library, query, MOST_HITS);
    const history = this.#entries("history", found.history.ids);
    const known = new Set(history.map((entry) => entry.sha));
    const records = this.#entries("records", found.records.ids).filter((entry) => !known.has(entry.sha));
    const hits: SearchHit[] = [
      ...found.cves.flatMap(({ cve, commit }) =>
        this.#entries("records", [commit]).map((entry) => ({ kind: "cve" as const, cve, entry })),
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

  #entries(pool: Entry["pool"], ids: readonly number[]): Entry[] {
    const library = this.#open();
    const reader = readerOf(library, pool);
    return ids.flatMap((id) => {
      const commit = reader?.commit(id);
      return commit ? [entryOf(library, pool, commit)] : [];
    });
  }

  #message(line: string): MessageView {
    const trees = this.#openTrees();
    if (trees.names().length === 0) return { line, tree: undefined, root: "", matches: [] };
    const tree = trees.get(undefined);
    const matches = findMessages(tree, line, { architectures: tree.facts.architectures, limit: 8 });
    return { line, tree: tree.facts.name, root: tree.facts.root, matches };
  }

  #commits({ of, kernel, filters }: CommitsQuestion): CommitsView {
    const library = this.#open();
    const passes = entryFilter(library, filters, kernel);
    const entries = this.#commitsOf(of);
    const kept = entries.filter(passes);
    return {
      entries: kept,
      hidden: entries.length - kept.length,
      definitions: of.kind === "symbol" ? this.#definitions(of.name) : [],
    };
  }

  #commitsOf(of: CommitsQuestion["of"]): Entry[] {
    const library = this.#open();
    switch (of.kind) {
      case "symbol":
        return symbolHistory(library, symbolName(of.name)).map(({ commit, isFix }) => ({
          ...entryOf(library, "history", commit),
          isFix,
        }));
      case "words": {
        const found = library.history && commitsLike(library.history, of.query, MOST_COMMITS);
        if (found && found.total > 0) return this.#entries("history", found.ids);
        const records = library.cve && commitsLike(library.cve.texts, of.query, MOST_COMMITS);
        return this.#entries("records", records?.ids ?? []);
      }
      case "fix":
        return findFixes(library, of.query).map((fix) => this.#entryOfFix(library, fix));
    }
  }

  #entryOfFix(library: Library, fix: Fix): Entry {
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
      isFix: true,
      candidate: undefined,
    };
  }

  #definitions(name: string): Definition[] {
    const trees = this.#openTrees();
    if (trees.names().length === 0) return [];
    const { facts } = trees.get(undefined);
    return findDefinitions(trees.get(undefined), name, facts.architectures).map(
      ({ path, line, endLine }) => ({ tree: facts.name, root: facts.root, path, line, endLine }),
    );
  }

  async #report({ file, of }: ReportQuestion): Promise<string> {
    const format = formatOf(file);
    await expectFree(file);
    if ("entries" in of) {
      await writeReport(file, commitsReport(of.title, of.entries));
      return file;
    }
    const answer = this.#answerOf(of.crash, of.kernel);
    const answered = { ...answer, candidates: answer.candidates.slice(0, REPORTED_CANDIDATES) };
    const location = locateCrash(this.#openTrees(), of.crash, answer.kernel);
    const context = { library: this.#open(), now: new Date() };
    const report = crashReport([{ input: of.input, answered, location }], context);
    await writeReport(file, renderReport(report, format));
    return file;
  }
}

const REPORTED_CANDIDATES = 10;
const MOST_CANDIDATES = 30;
const MOST_HITS = 100;
const MOST_COMMITS = 20_000;

function readSource({ root, path, line, endLine }: SourcePlace): SourceText {
  const text = readTreeText(root, path);
  if (text === undefined) {
    throw new KfixError("not-found", `${join(root, path)} is not there any more`, {
      hint: "index the tree again: kfix source update",
    });
  }
  const from = Math.max(1, line - CONTEXT);
  const lines = text.split("\n").slice(from - 1, Math.min(endLine + CONTEXT, from + MOST_LINES));
  return { from, lines };
}

const CONTEXT = 3;
const MOST_LINES = 2000;

async function listFolder(path: string): Promise<FolderView> {
  const folder = resolve(path);
  const entries = await readdir(folder, { withFileTypes: true });
  const files = await Promise.all(
    entries.slice(0, MOST_FILES).map(async (entry) => {
      const facts = await stat(join(folder, entry.name)).catch(() => undefined);
      return {
        name: entry.name,
        isFolder: facts?.isDirectory() ?? entry.isDirectory(),
        bytes: facts?.size ?? 0,
        changed: facts?.mtimeMs ?? 0,
      };
    }),
  );
  files.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1));
  return { path: folder, files };
}

const MOST_FILES = 5000;

/** A list of commits in Markdown, as a block of text: no subject can be taken for markup. */
function commitsReport(title: string, entries: readonly Entry[]): string {
  const rows = entries.map(
    (one) => `${one.sha.slice(0, 12)} ${one.release ?? "unreleased"} ${sanitize(one.subject)}`,
  );
  return `<!-- kfix report -->\n\n    ${[title, "", ...rows].map(sanitize).join("\n    ")}\n`;
}
