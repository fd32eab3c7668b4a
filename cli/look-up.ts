import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import type { main as Main } from "./main.ts";

/**
 * Loads the program of one look-up, which the build made one file of, in ASCII: that is read in a third of the time of the
 * modules that the commands share. The build also kept what V8 compiles it to (`bytecode`); V8 takes that only if the same V8
 * made it of a text of the same length (https://nodejs.org/api/vm.html#scriptcachedatarejected), and compiles the text
 * otherwise. What comes from bytecode cannot import(), so no look-up does. It requires what this file could: `node:module`,
 * which makes such a function for another file, takes a millisecond to load.
 */
export function loadLookUp(name: string): { main: typeof Main } {
  const folder = join(import.meta.dirname, "look-ups");
  const filename = join(folder, `${name}.cjs`);
  const cachedData = bytecodeBeside(filename);
  const script = new Script(readFileSync(filename, "latin1"), { filename, cachedData });
  if (name === "crash") compileSoon();
  const module: { exports: { main: typeof Main } } = { exports: { main: notLoaded } };
  script.runInThisContext()(module.exports, require, module, filename, folder);
  return module.exports;
}

/**
 * V8 compiles what is used often while it is used, and a crash is answered soon:
 *
 * - It compiles a regular expression to bytecode, and to native code when it is used again (v8.dev/blog/regexp-tier-up). A
 *   log is held against hundreds, nearly all of them more than once: to compile each only once saves a process that
 *   lives for a few tenths of a second a twentieth of them.
 * - It compiles a function with all that it calls in it, up to 920 bytes of bytecode. With 200 the native code is there
 *   sooner, and is as quick in a batch.
 *
 * After the bytecode was taken, which V8 does only under the flags that it was made with
 * (nodejs.org/api/v8.html#v8setflagsfromstringflags). Other look-ups end before it would help: to load `node:v8` takes
 * them longer.
 */
function compileSoon(): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  setFlagsFromString("--no-regexp-tier-up");
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");
}

/** undefined: an installed package has none, as it does not know which Node will run it. */
function bytecodeBeside(file: string): Buffer | undefined {
  try {
    return readFileSync(file.replace(/cjs$/, "bytecode"));
  } catch {
    return undefined;
  }
}

function notLoaded(): never {
  throw new Error("the look-up's file has no program");
}
