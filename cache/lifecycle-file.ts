import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LIFECYCLE, type Lifecycle, parseLifecycle } from "../kernel/lifecycle.ts";
import type { CacheFolders } from "./folders.ts";

/** A table of series that the user gave, and where it came from. */
export interface LifecycleSource {
  /** The user's file. */
  readonly location: string;
  readonly text: string;
  /** ISO 8601. */
  readonly indexedAt: string;
}

/** The newest table of series that is known: the user's, or kfix's own. */
export function readLifecycle(folders: CacheFolders): Lifecycle {
  const own = readLifecycleSource(folders);
  const read = own && parseLifecycle(own.text);
  return read && read.readOn > LIFECYCLE.readOn ? read : LIFECYCLE;
}

/** Undefined where the user gave none, or its copy is damaged. */
export function readLifecycleSource(folders: CacheFolders): LifecycleSource | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(fileOf(folders), "utf8"));
    return isSource(read) ? read : undefined;
  } catch {
    return undefined;
  }
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
  return ["location", "text", "indexedAt"].every((key) => typeof fields.get(key) === "string");
}
