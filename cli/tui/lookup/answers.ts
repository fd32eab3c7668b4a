import { cacheFolders } from "../../../cache/folders.ts";
import { hasUnfinishedUpdate } from "../../../cache/index-file.ts";
import { treesCarrying } from "../../../finder/carried.ts";
import { answerCrash, type CrashAnswer, kernelOfCrash } from "../../../finder/crash.ts";
import { type Fix, findFixes, fixOfCommit } from "../../../finder/fix.ts";
import type { Library } from "../../../finder/library.ts";
import { locateCrash, locateTrace } from "../../../finder/location.ts";
import { findMessages } from "../../../finder/message.ts";
import { releaseMap } from "../../../finder/release-map.ts";
import { Trees } from "../../../finder/trees.ts";
import { judge } from "../../../finder/verdict.ts";
import { readCommitText } from "../../../indexer/commit-text.ts";
import { listSources } from "../../../indexer/source-kinds.ts";
import type { Crash } from "../../../kernel/crash/crash.ts";
import { KfixError } from "../../../kernel/error.ts";
import { identifyKernel } from "../../../kernel/running-kernel.ts";
import { closeIndex, openIndex } from "../../open-index.ts";
import type { Asked } from "./client.ts";
import { commitsView, searchView } from "./commit-lists.ts";
import { entryFilter, entryOf, readerOf } from "./entries.ts";
import { listFolder, readSource } from "./files.ts";
import { parseLog } from "./logs.ts";
import { problemOf } from "./problem.ts";
import type {
  CrashQuestion,
  CrashView,
  Entry,
  FixView,
  IndexStatus,
  MessageView,
  TraceView,
} from "./questions.ts";
import { reportTo } from "./reports.ts";

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
        return searchView(this.#open(), asked.question.query);
      case "message":
        return this.#message(asked.question.line);
      case "commits":
        return commitsView(this.#open(), this.#openTrees(), asked.question);
      case "folder":
        return listFolder(asked.question.path);
      case "report":
        return reportTo(asked.question, {
          library: this.#open(),
          trees: this.#openTrees(),
          answerOf: ({ crash, kernel }) => this.#answerOf(crash, kernel),
        });
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

  #message(line: string): MessageView {
    const trees = this.#openTrees();
    if (trees.names().length === 0) return { line, tree: undefined, root: "", matches: [] };
    const tree = trees.get(undefined);
    const matches = findMessages(tree, line, { architectures: tree.facts.architectures, limit: 8 });
    return { line, tree: tree.facts.name, root: tree.facts.root, matches };
  }
}

const MOST_CANDIDATES = 30;
