import { rmSync } from "node:fs";
import type { CacheFolders } from "../cache/folders.ts";
import { removeHistoryIndex } from "../cache/index-file.ts";
import { readSourceList } from "../cache/source-list.ts";
import { KfixError } from "../kernel/error.ts";
import type { Progress } from "./progress.ts";
import { fetchSources, prepareSource } from "./source.ts";
import type { AddRequest, SourceChange, SourceKind, SourceSummary, UpdateRequest } from "./source-kind.ts";
import { type UpdateResult, updateIndex } from "./update.ts";

/** Git histories: mainline, the stable tree, a distribution's; all of them make one index. */
export const GIT_SOURCES: SourceKind = {
  kind: "git",
  recognises: () => true,
  add,
  list,
  update,
  remove,
};

async function add(folders: CacheFolders, request: AddRequest, progress: Progress): Promise<SourceChange> {
  const known = readSourceList(folders);
  const { name, hunks } = request;
  const prepared = await prepareSource(
    folders,
    {
      location: request.words.join(" "),
      name,
      hunks,
      hasReleases: known.some((one) => one.indexedAt !== null),
    },
    progress,
  );
  const taken = known.find((one) => one.name === prepared.name && one.path !== prepared.path);
  if (taken) {
    throw new KfixError("usage", `there is already a source ${taken.name} (${taken.url ?? taken.path})`, {
      hint: "give this one another name: --name NAME",
    });
  }
  const result = await updateIndex(folders, {
    progress,
    register: (sources) => {
      const same = sources.all().find((one) => one.name === prepared.name);
      if (!same) sources.add({ ...prepared, hunks });
    },
    choose: (one) => one.name === prepared.name,
  });
  return changeOf(prepared.name, result);
}

function list(folders: CacheFolders): SourceSummary[] {
  return readSourceList(folders).map((one) => ({
    kind: "git",
    name: one.name,
    location: one.url ?? one.path,
    detail: `${one.refs} refs, ${one.hunks ? "messages and functions" : "messages only"}`,
    indexedAt: one.indexedAt ?? undefined,
  }));
}

async function update(
  folders: CacheFolders,
  { names, rebuild }: UpdateRequest,
  progress: Progress,
): Promise<SourceChange> {
  const chosen = (name: string): boolean => names.has(name);
  await fetchSources(folders, readSourceList(folders), chosen, progress);
  const result = await updateIndex(folders, { progress, choose: (one) => chosen(one.name), rebuild });
  return changeOf([...names].join(", "), result);
}

async function remove(folders: CacheFolders, name: string, progress: Progress): Promise<void> {
  const known = readSourceList(folders);
  const gone = known.find((one) => one.name === name);
  if (known.every((one) => one.name === name)) removeHistoryIndex(folders);
  else await updateIndex(folders, { progress, rebuild: true, keep: (one) => one.name !== name });
  if (gone?.url) rmSync(gone.path, { recursive: true, force: true });
}

function changeOf(name: string, result: UpdateResult): SourceChange {
  return { name, changed: result.changed, added: `${result.commits.toLocaleString("en")} commits` };
}
