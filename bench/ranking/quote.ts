import { parseCrashes } from "../../kernel/crash/parse.ts";

/** Of a message's quoted logs the one that says most: a crash with a function, and the most frames. */
export function bestQuote(quotes: readonly string[]): string | undefined {
  let best: { log: string; frames: number } | undefined;
  for (const log of quotes) {
    const [crash] = parseCrashes(log);
    if (crash?.function === undefined) continue;
    if (!best || crash.frames.length > best.frames) best = { log, frames: crash.frames.length };
  }
  return best?.log;
}
