import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readTreeLines } from "../../../cache/tree-text.ts";
import { KfixError } from "../../../kernel/error.ts";
import type { FolderView, SourcePlace, SourceText } from "./questions.ts";

/** Lines of a source file; throws `not-found` when the file is gone. */
export function readSource({ root, path, line, endLine }: SourcePlace): SourceText {
  const from = Math.max(1, line - CONTEXT);
  const lines = readTreeLines(root, path, from, Math.min(endLine + CONTEXT, from + MOST_LINES));
  if (lines === undefined) {
    throw new KfixError("not-found", `${join(root, path)} is not there any more`, {
      hint: "index the tree again: kfix source update",
    });
  }
  return { from, lines };
}

const CONTEXT = 3;
const MOST_LINES = 2000;

/** What a folder holds, folders first. */
export async function listFolder(path: string): Promise<FolderView> {
  const folder = resolve(path);
  const entries = await readdir(folder, { withFileTypes: true });
  const files = await Promise.all(
    entries.slice(0, MOST_FILES).map(async (entry) => {
      const facts = await stat(join(folder, entry.name)).catch(() => undefined);
      return {
        name: entry.name,
        isFolder: facts?.isDirectory() ?? entry.isDirectory(),
        bytes: facts?.size ?? 0,
        changed: facts?.mtimeMs ?? 0,
      };
    }),
  );
  files.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1));
  return { path: folder, files };
}

const MOST_FILES = 5000;
