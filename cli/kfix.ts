#!/usr/bin/env node
import { EXIT } from "./exit-status.ts";
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
  const { main } = await import("./main.ts");
  process.exitCode = await main(words, process);
}
