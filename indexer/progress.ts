/** How the indexer tells what it does; the command line draws it, a library user may ignore it. */
export interface Progress {
  /** Begins a stage of `total` steps; undefined: not known; a function: it costs something to know, so whoever shows it asks. */
  stage(name: string, total: number | (() => Promise<number>) | undefined): Stage;
  note(message: string): void;
}

export interface Stage {
  advance(steps: number): void;
  end(): void;
}

export const SILENT: Progress = {
  stage: () => ({ advance: () => {}, end: () => {} }),
  note: () => {},
};
