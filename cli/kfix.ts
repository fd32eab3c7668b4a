#!/usr/bin/env node
import { createRequire } from "node:module";
import { EXIT } from "./exit-status.ts";
import type { main as Main } from "./main.ts";
import { isBrokenPipe } from "./output/broken-pipe.ts";
import { VERSION } from "./version.ts";

/** Whoever reads our output may stop at any line, as `head` does: that is no error. */
process.stdout.on("error", (error) => {
  if (!isBrokenPipe(error)) throw error;
  process.exit(0);
});

/** What was done so far is kept, whatever the moment: an index is committed in steps. */
process.once("SIGINT", () => {
  process.stderr.write(`${process.stderr.isTTY ? "\r\x1b[K" : ""}kfix: interrupted\n`);
  process.exit(EXIT.interrupted);
});

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === "--version" || words[0] === "-V"))
  process.stdout.write(`${VERSION}\n`);
else {
  const { main } = await loadProgram(words[0]);
  process.exitCode = await main(words, process);
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
