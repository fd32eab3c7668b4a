/** What to do when a signal comes. */
export interface OnSignal {
  /** The terminal, back as it was. */
  readonly giveBack: () => void;
  /** The terminal is ours again. */
  readonly takeAgain: () => void;
  /** Something threw that nobody caught. */
  readonly failed: (error: unknown) => void;
}

/**
 * Gives the terminal back before a signal does what it does (signal(7)): SIGINT, SIGTERM and SIGHUP end the process,
 * SIGTSTP stops it until SIGCONT; and whenever the process exits.
 */
export function restoreOnSignals(on: OnSignal): { suspend(): void; end(): void } {
  const endings = ENDING.map(([signal, number]) => {
    const listener = (): void => {
      on.giveBack();
      process.exit(128 + number);
    };
    process.prependListener(signal, listener);
    return { signal, listener };
  });
  const suspend = (): void => {
    on.giveBack();
    process.off("SIGTSTP", suspend);
    process.kill(0, "SIGTSTP");
  };
  const goOn = (): void => {
    process.off("SIGTSTP", suspend);
    process.on("SIGTSTP", suspend);
    on.takeAgain();
  };
  const failed = (error: unknown): void => on.failed(error);
  process.on("SIGTSTP", suspend);
  process.on("SIGCONT", goOn);
  process.on("exit", on.giveBack);
  process.on("uncaughtException", failed);
  return {
    suspend,
    end: () => {
      for (const { signal, listener } of endings) process.off(signal, listener);
      process.off("SIGTSTP", suspend);
      process.off("SIGCONT", goOn);
      process.off("exit", on.giveBack);
      process.off("uncaughtException", failed);
    },
  };
}

/** A shell's exit status for a process that a signal ended is 128 and its number. */
const ENDING = [
  ["SIGHUP", 1],
  ["SIGINT", 2],
  ["SIGTERM", 15],
] as const;
