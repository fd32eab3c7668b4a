/** The logs in a folder: every file below it, and pstore's records put together. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { compareNames } from "../../kernel/compare-names.ts";
import { isPstoreRecord } from "./pstore.ts";

/** What a folder holds, in the order of names. */
export type FolderEntry =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "pstore"; readonly folder: string; readonly fileNames: readonly string[] }
  | { readonly kind: "unreadable"; readonly path: string; readonly cause: unknown };

/** systemd-pstore(8) leaves the joined text beside the records, or in a folder below, one an event. */
const JOINED_RECORDS = "dmesg.txt";

/** Walks a folder and those below it; links are not followed. A folder that cannot be read is told as such. */
export async function* walkFolder(folder: string, joined = false): AsyncGenerator<FolderEntry> {
  let entries: Awaited<ReturnType<typeof readEntries>>;
  try {
    entries = await readEntries(folder);
  } catch (cause) {
    yield { kind: "unreadable", path: folder, cause };
    return;
  }
  const records = entries.filter((entry) => entry.isFile() && isPstoreRecord(entry.name));
  if (records.length > 0) yield { kind: "pstore", folder, fileNames: records.map((entry) => entry.name) };
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walkFolder(path, records.length > 0);
    else if (!entry.isFile() || records.includes(entry)) continue;
    else if (entry.name !== JOINED_RECORDS || (records.length === 0 && !joined)) yield { kind: "file", path };
  }
}

async function readEntries(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.sort((one, other) => compareNames(one.name, other.name));
}
