import type { CommitText } from "../../indexer/commit-text.ts";
import type { Crash } from "../../kernel/crash/crash.ts";
import type { JobState } from "./jobs/jobs.ts";
import type {
  CommitsQuestion,
  CrashView,
  Definition,
  Entry,
  Filters,
  FixView,
  FolderView,
  IndexStatus,
  MessageView,
  ParsedLog,
  Problem,
  SearchView,
  SourceText,
  TraceView,
} from "./lookup/questions.ts";
import type { RecentCrash } from "./recent.ts";

/** What was asked of another thread, and has come or not. */
export type Remote<T> =
  | { readonly is: "waiting" }
  | { readonly is: "here"; readonly value: T }
  | { readonly is: "failed"; readonly problem: Problem };

export const WAITING = { is: "waiting" } as const;

/** All that is on the screen, and what it was made from. Never changed in place. */
export interface State {
  readonly size: Size;
  /** The last one shows; `q` goes back to the one before. */
  readonly screens: readonly Screen[];
  /** Drawn over the screen, and first to get keys. */
  readonly overlay: Overlay | undefined;
  /** The kernel that the user names for logs that do not. */
  readonly kernel: string | undefined;
  readonly status: Remote<IndexStatus>;
  readonly recent: readonly RecentCrash[];
  /** A word at the bottom, gone with the next key. */
  readonly notice: Notice | undefined;
  readonly job: JobState | undefined;
  readonly mouse: boolean;
  /** By `sha kernel`, and by sha: what the panes show of a commit. */
  readonly fixes: ReadonlyMap<string, Remote<FixView>>;
  readonly texts: ReadonlyMap<string, Remote<CommitText | undefined>>;
  readonly sources: ReadonlyMap<string, Remote<SourceText>>;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Notice {
  readonly text: string;
  readonly tone: "good" | "bad" | "plain";
}

export type Screen = StartScreen | CrashesScreen | BrowseScreen | SearchScreen | JobsScreen | PickerScreen;

interface Common {
  /** Tells screens apart: an answer may come when its screen is gone. */
  readonly id: number;
  readonly selected: number;
  /** The first row of the list that shows. */
  readonly top: number;
}

/** Where one begins: what can be done, and the crashes of before. */
export interface StartScreen extends Common {
  readonly kind: "start";
  /** A log is being read. */
  readonly reading: string | undefined;
  readonly problem: Problem | undefined;
}

/** The crashes of a log. */
export interface CrashesScreen extends Common {
  readonly kind: "crashes";
  readonly log: ParsedLog;
}

/** A list of commits, and panes for the chosen one. */
export interface BrowseScreen extends Common {
  readonly kind: "browse";
  readonly of: CrashSubject | CommitsSubject;
  readonly list: Remote<ListView>;
  readonly filters: Filters;
  readonly focus: "list" | "pane";
  readonly pane: PaneName;
  readonly paneTop: number;
  /** The chosen frame of the call trace. */
  readonly frame: number;
  readonly trace: Remote<TraceView>;
}

export interface CrashSubject {
  readonly kind: "crash";
  readonly crash: Crash;
  readonly log: ParsedLog;
  /** Which of the log's crashes it is. */
  readonly at: number;
}

export interface CommitsSubject {
  readonly kind: "commits";
  readonly title: string;
  readonly of: CommitsQuestion["of"];
}

export interface ListView {
  readonly entries: readonly Entry[];
  readonly hidden: number;
  readonly crash: CrashView | undefined;
  readonly definitions: readonly Definition[];
}

export type PaneName = "why" | "commit" | "releases" | "trace" | "source";

/** Looking up while typing. */
export interface SearchScreen extends Common {
  readonly kind: "search";
  readonly query: string;
  readonly view: Remote<SearchView> | undefined;
  readonly messages: MessageView | undefined;
}

/** What is indexed, and the job that runs. */
export interface JobsScreen extends Common {
  readonly kind: "jobs";
}

/** Choosing a file. */
export interface PickerScreen extends Common {
  readonly kind: "picker";
  readonly path: string;
  readonly view: Remote<FolderView>;
}

export type Overlay =
  | { readonly kind: "help"; readonly top: number }
  | { readonly kind: "filters"; readonly screen: number; readonly selected: number }
  | { readonly kind: "prompt"; readonly prompt: Prompt; readonly value: string }
  | {
      readonly kind: "source";
      readonly title: string;
      readonly root: string;
      readonly path: string;
      readonly line: number;
      readonly top: number;
    };

/** A question for a line of text. */
export interface Prompt {
  readonly about: "kernel" | "add" | "export" | "arch" | "series";
  readonly label: string;
  readonly help: string;
}
