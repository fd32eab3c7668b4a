#!/usr/bin/env node
import { refusalOf } from "../cache/refusal.ts";
import type { Outside } from "./definition.ts";
import { EXIT } from "./exit-status.ts";
import { loadLookUp } from "./look-up.ts";
import type { main as Main } from "./main.ts";
import { isBrokenPipe } from "./output/broken-pipe.ts";
import { standardOutput } from "./output/output-file.ts";
import { VERSION } from "./version.ts";

/** Whoever reads our output may stop at any line, as `head` does: that is no error. An answer that nothing takes is one. */
const outside: Outside = {
  get stdin() {
    return process.stdin; // asking for it opens it
  },
  stdout: standardOutput("stdout", (error) => {
    if (isBrokenPipe(error)) process.exit(EXIT.found);
    sayUnusable("the answer could not be written whole", error);
    process.exit(EXIT.badInput);
  }),
  stderr: standardOutput("stderr", (error) => {
    process.exit(isBrokenPipe(error) ? EXIT.found : EXIT.badInput);
  }),
  env: process.env,
};
const { stdout, stderr } = outside;

/** What was done so far is kept, whatever the moment: an index is committed in steps. */
process.once("SIGINT", () => {
  stderr.write(`${stderr.isTTY ? "\r\x1b[K" : ""}kfix: interrupted\n`);
  process.exit(EXIT.interrupted);
});

/** Node ends in silence when nothing more can come: an answer that never came must not look like one. */
process.once("exit", () => {
  if (process.exitCode !== undefined) return;
  stderr.write("kfix: it ended before it had an answer, which is a bug; please report it\n");
  process.exitCode = EXIT.badInput;
});

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  stdout.write(`${VERSION}\n`);
  process.exitCode = EXIT.found;
} else void run();

async function run(): Promise<void> {
  try {
    const { main, ends } = await loadProgram(words[0]);
    process.exitCode = await main(words, outside);
    if (ends) endAtOnce();
  } catch (error) {
    // nothing of ours could be loaded, not even what explains errors: a file is missing, or a limit is too low
    sayUnusable("it cannot be loaded", error);
    process.exitCode = EXIT.badInput;
  }
}

function sayUnusable(what: string, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  const { says, hint } = refusalOf(error) ?? { says: why, hint: "install kfix again" };
  stderr.write(`kfix: ${what}: ${says}\n      ${hint}\n`);
}

/** The program for a command. One that people and pipelines wait for has a file of its own with all that it needs. */
async function loadProgram(command: string | undefined): Promise<{ main: typeof Main; ends: boolean }> {
  const quick = ["crash", "fix", "symbol", "message", "check"].find((name) => name === command);
  return quick === undefined
    ? { ...(await import("./main.ts")), ends: false }
    : { ...loadLookUp(quick), ends: true };
}

/**
 * Ends the process once all is written; who hears that something could not be, above, is told before. Node would first
 * wait for what V8 still compiles and collects on other threads, and take its memory apart: 6 of 200 ms.
 */
function endAtOnce(): void {
  stdout.write("", () => stderr.write("", () => setImmediate(() => process.exit())));
}
