import type { CacheFolders } from "../cache/folders.ts";
import type { Progress } from "./progress.ts";

/**
 * A kind of data that kfix answers from, each with an index of its own: git histories, and what is added beside
 * them. `kfix source` walks the table of kinds (source-kinds.ts) and knows nothing of any one of them.
 */
export interface SourceKind {
  /** As `source list` shows it: `git`. */
  readonly kind: string;
  /** Whether the words behind `kfix source add` name something of this kind; looks at them and the disk alone. */
  recognises(words: readonly string[]): boolean;
  /** Indexes a new source, or brings up to date the one that was added from the same place under the same name. */
  add(folders: CacheFolders, request: AddRequest, progress: Progress): Promise<SourceChange>;
  /** The sources of this kind that are indexed, or whose indexing was begun. */
  list(folders: CacheFolders): readonly SourceSummary[];
  /** Brings sources up to date, doing only what is new; `rebuild` makes their index anew. */
  update(folders: CacheFolders, request: UpdateRequest, progress: Progress): Promise<SourceChange>;
  /** Forgets a source and what kfix made of it; what belongs to the user stays. */
  remove(folders: CacheFolders, name: string, progress: Progress): Promise<void>;
}

export interface AddRequest {
  /** The words behind `kfix source add`: a location, perhaps with the kind in front. */
  readonly words: readonly string[];
  /** `--name`; undefined: from the location. */
  readonly name: string | undefined;
  /** False with `--no-hunks`: of a git history, messages and releases only. */
  readonly hunks: boolean;
  /** `--arch`: of a tree, the architectures to keep, commas between them; undefined: this machine's. */
  readonly architectures?: string | undefined;
}

export interface UpdateRequest {
  readonly names: ReadonlySet<string>;
  readonly rebuild: boolean;
}

/** What an addition or an update did. */
export interface SourceChange {
  /** False: there was nothing new. */
  readonly changed: boolean;
  /** For a person: `271,028 commits`. */
  readonly added: string;
  /** The source's name, as it was given or found. */
  readonly name: string;
}

/** A source as `kfix source list` shows it. */
export interface SourceSummary {
  readonly kind: string;
  readonly name: string;
  /** Where it came from: a URL, or a path of the user's. */
  readonly location: string;
  /** What is known of it: `311 refs, messages and functions`. */
  readonly detail: string;
  /** ISO 8601; undefined: not finished yet. */
  readonly indexedAt: string | undefined;
}
