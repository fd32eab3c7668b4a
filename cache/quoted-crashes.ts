import { identifyCrashes } from "../kernel/crash/parse.ts";

/** A crash that a message quotes, as the index keeps it. */
export interface QuotedCrashRecord {
  readonly kind: string;
  readonly title: string;
  readonly signature: string;
  readonly function: string | undefined;
  readonly frames: readonly string[];
}

/** The crashes of one quoted log, as the same parser reads a user's. */
export function quotedCrashesOf(log: string): QuotedCrashRecord[] {
  return identifyCrashes(log).map((crash) => ({
    kind: crash.kind,
    title: crash.title,
    signature: crash.signature,
    function: crash.function,
    frames: crash.frames.map((frame) => frame.function),
  }));
}
