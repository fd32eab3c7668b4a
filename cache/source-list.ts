import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CacheFolders } from "./folders.ts";
import { readBeside } from "./list-file.ts";

/** A git history that was added, finished or not. */
export interface ListedSource {
  readonly name: string;
  /** The git directory. */
  readonly path: string;
  /** Where kfix cloned it from; null: a repository of the user's, read in place. */
  readonly url: string | null;
  /** False: message-only. */
  readonly hunks: boolean;
  readonly refs: number;
  /** ISO 8601. */
  readonly addedAt: string;
  /** ISO 8601; null: never finished yet. */
  readonly indexedAt: string | null;
}

/**
 * The sources as they stand beside the index, in a file of their own: an index that is damaged, or of another
 * schema, can be made anew from it. Empty where there is no such file.
 *
 * Throws `unusable-cache` when it is damaged itself.
 */
export function readSourceList(folders: CacheFolders): ListedSource[] {
  return readBeside(fileOf(folders), isSourceList) ?? [];
}

/** Replaces the list as a whole. For the writer of the index. */
export function writeSourceList(folders: CacheFolders, sources: readonly ListedSource[]): void {
  mkdirSync(folders.index, { recursive: true });
  const partial = `${fileOf(folders)}.new`;
  writeFileSync(partial, `${JSON.stringify(sources, undefined, 2)}\n`);
  renameSync(partial, fileOf(folders));
}

function fileOf(folders: CacheFolders): string {
  return join(folders.index, "sources.json");
}

function isSourceList(value: unknown): value is ListedSource[] {
  return Array.isArray(value) && value.every(isListedSource);
}

function isListedSource(value: unknown): value is ListedSource {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    ["name", "path", "addedAt"].every((key) => typeof fields.get(key) === "string") &&
    ["url", "indexedAt"].every((key) => fields.get(key) === null || typeof fields.get(key) === "string") &&
    typeof fields.get("hunks") === "boolean" &&
    typeof fields.get("refs") === "number"
  );
}
