#!/usr/bin/env node
import { createRequire } from "node:module";
import { EXIT } from "./exit-status.ts";
import type { main as Main } from "./main.ts";
import { isBrokenPipe } from "./output/broken-pipe.ts";
import { VERSION } from "./version.ts";

/** Whoever reads our output may stop at any line, as `head` does: that is no error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (!isBrokenPipe(error)) throw error;
    process.exit(0);
  });
}

/** What was done so far is kept, whatever the moment: an index is committed in steps. */
process.once("SIGINT", () => {
  process.stderr.write(`${process.stderr.isTTY ? "\r\x1b[K" : ""}kfix: interrupted\n`);
  process.exit(EXIT.interrupted);
});

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === "--version" || words[0] === "-V"))
  process.stdout.write(`${VERSION}\n`);
else {
  try {
    const { main } = await loadProgram(words[0]);
    process.exitCode = await main(words, process);
  } catch (error) {
    // nothing of ours could be loaded, not even what explains errors: a file is missing, or a limit is too low
    const why = error instanceof Error ? error.message : String(error);
    const hint = /EMFILE/.test(why) ? "raise the limit with: ulimit -n 1024" : "install kfix again";
    process.stderr.write(`kfix: it cannot be loaded: ${why}\n      ${hint}\n`);
    process.exitCode = EXIT.badInput;
  }
}

/**
 * The program for a command. A look-up that people and pipelines wait for has a file of its own with all that it needs
 * (build.mjs), which loads in a third of the time of the many modules that the commands share.
 */
function loadProgram(command: string | undefined): Promise<{ main: typeof Main }> | { main: typeof Main } {
  const quick = ["crash", "fix", "symbol", "message", "check"].find((name) => name === command);
  return quick === undefined
    ? import("./main.ts")
    : createRequire(import.meta.url)(`./look-ups/${quick}.cjs`);
}
