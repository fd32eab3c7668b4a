import type { CarriedBy } from "../../../finder/carried.ts";
import type { Candidate } from "../../../finder/crash.ts";
import type { Fix } from "../../../finder/fix.ts";
import type { CrashLocation, LocatedTrace } from "../../../finder/location.ts";
import type { MessageMatch } from "../../../finder/message.ts";
import type { ReleaseStrip } from "../../../finder/release-map.ts";
import type { Verdict } from "../../../finder/verdict.ts";
import type { CommitText } from "../../../indexer/commit-text.ts";
import type { SourceSummary } from "../../../indexer/source-kind.ts";
import type { Crash } from "../../../kernel/crash/crash.ts";
import type { RunningKernel } from "../../../kernel/running-kernel.ts";

/**
 * What the interface asks of the thread that looks up, and what comes back: plain data, as it crosses between
 * threads.
 */
export interface Questions {
  /** What is indexed. */
  status: { ask: Record<never, never>; answer: IndexStatus };
  /** The crashes of a log. */
  log: { ask: LogPlace; answer: ParsedLog };
  /** The ranked fixes of a crash. */
  crash: { ask: CrashQuestion; answer: CrashView };
  /** Where its frames are in the source. */
  trace: { ask: { crash: Crash; kernel: string | undefined }; answer: TraceView };
  /** Some lines of a source file. */
  source: { ask: SourcePlace; answer: SourceText };
  /** What is known of a fix. */
  fix: { ask: { entry: Entry; kernel: string | undefined }; answer: FixView };
  /** Its message and its diff. */
  text: { ask: { shas: readonly string[] }; answer: CommitText | undefined };
  /** What an unfinished query may mean. */
  search: { ask: { query: string; kernel: string | undefined }; answer: SearchView };
  /** Who prints a line. */
  message: { ask: { line: string }; answer: MessageView };
  /** The commits behind a symbol, a query, a sha, a CVE or a subject. */
  commits: { ask: CommitsQuestion; answer: CommitsView };
  /** What a folder holds. */
  folder: { ask: { path: string }; answer: FolderView };
  /** Writes the answer into a file to keep, and names it. */
  report: { ask: ReportQuestion; answer: string };
}

export type QuestionName = keyof Questions;

export interface ReportQuestion {
  /** The ending says the format: .md, .html, .json. */
  readonly file: string;
  readonly of:
    | { readonly crash: Crash; readonly kernel: string | undefined; readonly input: string }
    | { readonly title: string; readonly entries: readonly Entry[] };
}

export type LogPlace =
  | { readonly text: string; readonly name: string }
  | { readonly paths: readonly string[] }
  | { readonly boot: string };

export interface ParsedLog {
  readonly name: string;
  readonly crashes: readonly Crash[];
  /** The log, or of a long one what lies around its crashes: to be remembered. */
  readonly text: string;
}

/** What a list leaves out. */
export interface Filters {
  /** Commits that only touch other architectures. */
  readonly arch: string | undefined;
  /** Commits that no release of the series has. */
  readonly series: string | undefined;
  /** Commits that the kernel has, or does not need. */
  readonly onlyMissing: boolean;
  readonly hideMerges: boolean;
  /** Of a crash's candidates: fixes of bugs that its kernel never had. */
  readonly hideUnaffected: boolean;
}

export const NO_FILTERS: Filters = {
  arch: undefined,
  series: undefined,
  onlyMissing: false,
  hideMerges: false,
  hideUnaffected: false,
};

/** What a crash's candidates are shown with: nobody need read of bugs that the kernel does not have. */
export const CRASH_FILTERS: Filters = { ...NO_FILTERS, hideUnaffected: true };

export interface CrashQuestion {
  readonly crash: Crash;
  readonly kernel: string | undefined;
  readonly filters: Filters;
}

export interface CrashView {
  readonly kernel: RunningKernel;
  readonly entries: readonly Entry[];
  /** The index in `entries` of the one to act on. */
  readonly answer: number | undefined;
  /** How many the filters left out. */
  readonly hidden: number;
}

/** A row of a list of commits. */
export interface Entry {
  readonly sha: string;
  /** Its number in its index. */
  readonly id: number;
  readonly pool: "history" | "records";
  readonly subject: string;
  readonly author: string;
  /** Seconds since 1970; undefined: not known. */
  readonly date: number | undefined;
  /** Its first release. */
  readonly release: string | undefined;
  readonly isFix: boolean;
  readonly candidate: CandidateFacts | undefined;
}

export interface CandidateFacts extends Pick<Candidate, "confidence" | "evidence" | "score"> {
  readonly verdict: Verdict;
}

export interface FixView {
  readonly fix: Fix;
  readonly strips: readonly ReleaseStrip[];
  /** The kernel that is asked about; undefined: none is known, and there is no verdict. */
  readonly kernel: RunningKernel | undefined;
  readonly verdict: Verdict | undefined;
  readonly carried: readonly CarriedBy[];
}

export interface TraceView {
  readonly located: LocatedTrace | undefined;
  readonly location: CrashLocation | undefined;
}

export interface SourcePlace {
  readonly root: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

export interface SourceText {
  /** The number of the first line. */
  readonly from: number;
  readonly lines: readonly string[];
}

export type SearchHit =
  | { readonly kind: "cve"; readonly cve: string; readonly entry: Entry }
  | { readonly kind: "symbol"; readonly name: string; readonly commits: number }
  | { readonly kind: "commit"; readonly entry: Entry };

export interface SearchView {
  readonly query: string;
  readonly hits: readonly SearchHit[];
  /** Commits that match, of which `hits` shows the first. */
  readonly commits: number;
}

export interface MessageView {
  readonly line: string;
  readonly tree: string | undefined;
  readonly root: string;
  readonly matches: readonly MessageMatch[];
}

export interface CommitsQuestion {
  readonly of:
    | { readonly kind: "symbol"; readonly name: string }
    | { readonly kind: "words"; readonly query: string }
    | { readonly kind: "fix"; readonly query: string };
  readonly kernel: string | undefined;
  readonly filters: Filters;
}

export interface CommitsView {
  readonly entries: readonly Entry[];
  readonly hidden: number;
  /** Where a symbol is defined. */
  readonly definitions: readonly Definition[];
}

export interface Definition {
  readonly tree: string;
  readonly root: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

export interface FolderView {
  readonly path: string;
  readonly files: readonly FolderEntry[];
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

export interface IndexStatus {
  readonly folder: string;
  readonly commits: number;
  readonly cveRecords: number;
  readonly newest: string | undefined;
  readonly trees: readonly string[];
  readonly sources: readonly SourceSummary[];
  readonly unfinished: boolean;
  /** Why nothing can be looked up. */
  readonly problem: Problem | undefined;
}

/** An error for a person, as it crosses between threads. */
export interface Problem {
  readonly message: string;
  readonly hint: string | undefined;
  /** A bug of kfix: where. */
  readonly stack?: string | undefined;
}
