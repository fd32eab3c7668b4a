import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The corpora's place, beside the project. */
export const CORPUS = join(import.meta.dirname, "../../../shared/corpus");

/** The cases of a corpus, one JSON object a line; undefined where its file is not there. */
export function readCases<Case>(name: string, folder = CORPUS): Case[] | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) return undefined;
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Case => JSON.parse(line));
}

/** So many of them, evenly spread. */
export function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]).filter(
    (one) => one !== undefined,
  );
}
