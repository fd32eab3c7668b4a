import { commandsFor } from "../commands/index.ts";
import { COMMON_OPTIONS, program } from "../program.ts";
import { commandLines } from "./command-line.ts";
import { manFile, manPage } from "./man-page.ts";

/** The manual: a page for kfix and one for each command, by file name. The date is one of ISO 8601. */
export async function manPages(made: { version: string; date: string }): Promise<Map<string, string>> {
  const all = commandLines(program(await commandsFor([])), COMMON_OPTIONS);
  return new Map(all.map((command) => [manFile(command), manPage(command, all, made)]));
}
