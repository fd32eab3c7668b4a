import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import type { main as Main } from "./main.ts";

/**
 * Loads the program of one look-up, which the build made one file of: that is read in a third of the time of the modules
 * that the commands share. The build also kept what V8 compiles it to (`bytecode`); V8 takes that only if the same V8
 * made it of a text of the same length (https://nodejs.org/api/vm.html#scriptcachedatarejected), and compiles the text
 * otherwise. What comes from bytecode cannot import(), so no look-up does.
 */
export function loadLookUp(name: string): { main: typeof Main } {
  const url = new URL(`./look-ups/${name}.cjs`, import.meta.url);
  const filename = fileURLToPath(url);
  const cachedData = bytecodeBeside(filename);
  const script = new Script(readFileSync(filename, "utf8"), { filename, cachedData });
  const module: { exports: { main: typeof Main } } = { exports: { main: notLoaded } };
  script.runInThisContext()(module.exports, createRequire(url), module, filename);
  return module.exports;
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
