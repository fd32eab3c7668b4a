import { existsSync } from "node:fs";
import type { cacheFolders } from "../../cache/folders.ts";
import { HistoryReader } from "../../cache/history-reader.ts";
import { historyFile } from "../../cache/index-file.ts";
import { KfixError } from "../../kernel/error.ts";
import {
  CACHE_DIR,
  type CommandDefinition,
  type Invocation,
  isSet,
  JSON_OUTPUT,
  textOption,
} from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { foldersOf } from "../open-library.ts";
import { print, printJson } from "../output/print.ts";
import { progressBar } from "../output/progress-bar.ts";
import { sanitize } from "../output/terminal.ts";

const QUIET = { flags: "-q, --quiet", help: "no progress" };

export const source: CommandDefinition = {
  name: "source",
  summary: "the repositories that kfix knows: add, list, update, remove",
  description: "What kfix answers from. Mainline and the stable tree together give the whole picture.",
  arguments: [],
  options: [],
  examples: [],
  subcommands: [
    {
      name: "add",
      summary: "index a kernel repository",
      description:
        "Indexes a git repository: a URL is cloned into the cache; a path is used in place and never written to.\n" +
        "An interrupted run goes on where it stopped.",
      arguments: [{ name: "<location>", help: "a URL, or a folder with a repository" }],
      options: [
        { flags: "--name <name>", help: "what to call it (from the location)" },
        {
          flags: "--no-hunks",
          help: "only messages and releases: minutes instead of an hour, but no changed functions",
        },
        QUIET,
        JSON_OUTPUT,
        CACHE_DIR,
      ],
      examples: [
        { command: "kfix source add ~/src/linux", says: "a clone that you have, in place" },
        {
          command: "kfix source add https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git",
          says: "mainline and all stable series",
        },
      ],
      run: add,
    },
    {
      name: "list",
      summary: "what is indexed",
      description: "Lists the sources.",
      arguments: [],
      options: [JSON_OUTPUT, CACHE_DIR],
      examples: [],
      run: list,
    },
    {
      name: "update",
      summary: "fetch and index what is new",
      description:
        "Fetches the sources that kfix cloned, and indexes what is new in all of them, or in those named.",
      arguments: [{ name: "[name...]", help: "sources; none: all" }],
      options: [
        { flags: "--rebuild", help: "make the index anew from the sources" },
        QUIET,
        JSON_OUTPUT,
        CACHE_DIR,
      ],
      examples: [{ command: "kfix source update", says: "everything; nothing new takes no time" }],
      run: update,
    },
    {
      name: "remove",
      summary: "forget a source",
      description:
        "Forgets a source and makes the index anew from the others. A repository of yours is not touched.",
      arguments: [{ name: "<name>", help: "the source" }],
      options: [QUIET, CACHE_DIR],
      examples: [],
      run: remove,
    },
  ],
};

async function add(input: Invocation): Promise<number> {
  const { prepareSource } = await import("../../indexer/source.ts");
  const { updateIndex } = await import("../../indexer/update.ts");
  const folders = foldersOf(input);
  const known = sourcesOf(folders);
  const hunks = input.options.hunks !== false;
  const progress = progressBar(input);
  const request = {
    location: input.words[0] ?? "",
    name: textOption(input, "name"),
    hunks,
    hasReleases: known.some((one) => one.indexed_at !== null),
  };
  const prepared = await prepareSource(folders, request, progress);
  refuseTaken(known, prepared);
  const result = await updateIndex(folders, {
    progress,
    register: (sources) => {
      const same = sources.all().find((one) => one.name === prepared.name);
      if (!same) sources.add({ ...prepared, hunks });
    },
    choose: (one) => one.name === prepared.name,
  });
  return report(input, { source: prepared.name, ...result });
}

/** The same place again is an update; another place under a name that is taken is a mistake. */
function refuseTaken(
  known: readonly { name: string; path: string }[],
  prepared: { name: string; path: string },
): void {
  const taken = known.find((one) => one.name === prepared.name && one.path !== prepared.path);
  if (!taken) return;
  throw new KfixError("usage", `there is already a source ${taken.name} (${taken.path})`, {
    hint: "give this one another name: --name NAME",
  });
}

async function update(input: Invocation): Promise<number> {
  const { fetchSources } = await import("../../indexer/source.ts");
  const { updateIndex } = await import("../../indexer/update.ts");
  const folders = foldersOf(input);
  const names = new Set(input.words);
  const known = sourcesOf(folders);
  for (const name of names) {
    if (!known.some((one) => one.name === name)) {
      throw new KfixError("not-found", `there is no source named ${name}`, {
        hint: "kfix source list shows them",
      });
    }
  }
  const chosen = (name: string): boolean => names.size === 0 || names.has(name);
  const progress = progressBar(input);
  await fetchSources(known, chosen, progress);
  const result = await updateIndex(folders, {
    progress,
    choose: (one) => chosen(one.name),
    rebuild: isSet(input, "rebuild"),
  });
  return report(input, { source: names.size === 0 ? "all" : [...names].join(", "), ...result });
}

async function remove(input: Invocation): Promise<number> {
  const { updateIndex } = await import("../../indexer/update.ts");
  const folders = foldersOf(input);
  const name = input.words[0] ?? "";
  const known = sourcesOf(folders);
  const gone = known.find((one) => one.name === name);
  if (!gone)
    throw new KfixError("not-found", `there is no source named ${name}`, {
      hint: "kfix source list shows them",
    });
  const result = await updateIndex(folders, {
    progress: progressBar(input),
    rebuild: true,
    keep: (one) => one.name !== name,
  });
  if (gone.url !== null) {
    const { rmSync } = await import("node:fs");
    rmSync(gone.path, { recursive: true, force: true });
  }
  return report(input, { source: name, ...result });
}

async function list(input: Invocation): Promise<number> {
  const sources = sourcesOf(foldersOf(input));
  if (isSet(input, "json"))
    printJson(input.io, { schema: "kfix.sources/1", sources: sources.map(sourceJson) });
  else {
    await print(input.io, (paint) =>
      sources.length === 0
        ? "no sources yet: kfix source add PATH-OR-URL"
        : sources
            .map(
              (one) =>
                `${paint("bold", one.name)}  ${sanitize(one.url ?? one.path)}  ${one.refs} refs  ${one.hunks ? "messages and functions" : "messages only"}  indexed ${one.indexed_at ?? "not finished"}`,
            )
            .join("\n"),
    );
  }
  return sources.length === 0 ? EXIT.none : EXIT.found;
}

type KnownSource = ReturnType<HistoryReader["sources"]>[number];

export function sourceJson(one: KnownSource): Record<string, unknown> {
  return {
    name: one.name,
    path: one.path,
    url: one.url,
    hunks: one.hunks === 1,
    refs: one.refs,
    addedAt: one.added_at,
    indexedAt: one.indexed_at,
  };
}

/** The sources of the finished index; none when there is no index. */
export function sourcesOf(folders: ReturnType<typeof cacheFolders>): KnownSource[] {
  if (!existsSync(historyFile(folders))) return [];
  const history = HistoryReader.open(historyFile(folders));
  try {
    return history.sources();
  } finally {
    history.close();
  }
}

async function report(
  input: Invocation,
  result: { source: string; changed: boolean; commits: number },
): Promise<number> {
  if (isSet(input, "json")) printJson(input.io, { schema: "kfix.update/1", ...result });
  else {
    const text = result.changed
      ? `${result.source}: ${result.commits.toLocaleString("en")} commits indexed`
      : `${result.source}: nothing new`;
    await print(input.io, () => text);
  }
  return EXIT.found;
}
