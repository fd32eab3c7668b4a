#!/usr/bin/env node
import { isBrokenPipe, main } from "./main.ts";

/** Whoever reads our output may stop at any line, as `head` does: that is no error. */
process.stdout.on("error", (error) => {
  if (!isBrokenPipe(error)) throw error;
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2), process);
