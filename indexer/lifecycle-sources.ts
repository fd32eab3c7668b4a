import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { CacheFolders } from "../cache/folders.ts";
import { readLifecycleSource, removeLifecycleSource, writeLifecycleSource } from "../cache/lifecycle-file.ts";
import { KfixError } from "../kernel/error.ts";
import { parseLifecycle } from "../kernel/lifecycle.ts";
import type { AddRequest, SourceChange, SourceKind, SourceSummary } from "./source-kind.ts";

const NAME = "lifecycle";

/** The table of long-term series and their ends of life, newer than the one that kfix came with. */
export const LIFECYCLE_SOURCES: SourceKind = {
  kind: "lifecycle",
  recognises: ([first = "", ...rest]) => first === "lifecycle" && rest.length > 0,
  add: async (folders, { words }: AddRequest) => store(folders, resolve(words.slice(1).join(" "))),
  list,
  update,
  remove: async (folders) => removeLifecycleSource(folders),
};

function store(folders: CacheFolders, location: string): SourceChange {
  const text = existsSync(location) && statSync(location).isFile() ? readFileSync(location, "utf8") : "";
  const lifecycle = parseLifecycle(text);
  if (!lifecycle) {
    throw new KfixError("bad-input", `${location} is no table of long-term series`, {
      hint: 'the first line says "# read on 2026-08-01", each other line a series and the month of its end: 6.12 2028-12',
    });
  }
  writeLifecycleSource(folders, { location, text, indexedAt: new Date().toISOString() });
  return { name: NAME, changed: true, added: `${lifecycle.longterm.length} long-term series` };
}

function list(folders: CacheFolders): SourceSummary[] {
  const source = readLifecycleSource(folders);
  if (!source) return [];
  const detail = `read on ${parseLifecycle(source.text)?.readOn ?? "an unknown day"}`;
  return [{ kind: "lifecycle", name: NAME, location: source.location, detail, indexedAt: source.indexedAt }];
}

async function update(folders: CacheFolders): Promise<SourceChange> {
  const source = readLifecycleSource(folders);
  const same =
    !source || !existsSync(source.location) || readFileSync(source.location, "utf8") === source.text;
  return same ? { name: NAME, changed: false, added: "" } : store(folders, source.location);
}
