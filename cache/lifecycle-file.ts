import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KfixError } from "../kernel/error.ts";
import { LIFECYCLE, type Lifecycle, parseLifecycle } from "../kernel/lifecycle.ts";
import { shellWord } from "../kernel/shell-word.ts";
import type { CacheFolders } from "./folders.ts";
import { readBeside } from "./list-file.ts";

/** A table of series that the user gave, and where it came from. */
export interface LifecycleSource {
  /** The user's file. */
  readonly location: string;
  readonly text: string;
  /** ISO 8601. */
  readonly indexedAt: string;
}

/** The newest table of series that is known: the user's, or kfix's own, also where the user's is damaged. */
export function readLifecycle(folders: CacheFolders): Lifecycle {
  const { source } = examined(folders);
  const read = source && parseLifecycle(source.text);
  return read && read.readOn > LIFECYCLE.readOn ? read : LIFECYCLE;
}

/** What is wrong with the user's table, and what mends it; undefined: nothing. */
export function lifecycleDamage(folders: CacheFolders): KfixError | undefined {
  return examined(folders).damage;
}

function examined(folders: CacheFolders): { source?: LifecycleSource | undefined; damage?: KfixError } {
  try {
    return { source: readLifecycleSource(folders) };
  } catch (error) {
    if (error instanceof KfixError) return { damage: error };
    throw error;
  }
}

/** Undefined where the user gave none. Throws `unusable-cache` where its copy is damaged. */
export function readLifecycleSource(folders: CacheFolders): LifecycleSource | undefined {
  const file = fileOf(folders);
  return readBeside(
    file,
    isSource,
    `until then the ends of series are those that kfix came with: rm ${shellWord(file)}, then kfix source add lifecycle FILE`,
  );
}

export function writeLifecycleSource(folders: CacheFolders, source: LifecycleSource): void {
  mkdirSync(folders.index, { recursive: true });
  writeFileSync(`${fileOf(folders)}.new`, `${JSON.stringify(source, undefined, 2)}\n`);
  renameSync(`${fileOf(folders)}.new`, fileOf(folders));
}

export function removeLifecycleSource(folders: CacheFolders): void {
  if (existsSync(fileOf(folders))) rmSync(fileOf(folders));
}

function fileOf(folders: CacheFolders): string {
  return join(folders.index, "lifecycle.json");
}

function isSource(value: unknown): value is LifecycleSource {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const isText = ["location", "indexedAt"].every((key) => typeof fields.get(key) === "string");
  const table = fields.get("text");
  return isText && typeof table === "string" && parseLifecycle(table) !== undefined;
}
