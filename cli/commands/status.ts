import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { hasUnfinishedUpdate } from "../../cache/index-file.ts";
import type { StatusAnswerJson } from "../answers/sources.ts";
import { type CommandDefinition, type Invocation, isSet, JSON_OUTPUT } from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { foldersOf, openIfIndexed, openLibrary } from "../open-library.ts";
import { print, printJson } from "../output/print.ts";
import { sanitize } from "../output/terminal.ts";
import { listSources } from "../sources.ts";
import { sourceJson, sourceText } from "./source.ts";

export const status: CommandDefinition = {
  name: "status",
  summary: "what kfix knows: sources, size, age",
  description: "Shows what is indexed, how large and how old it is.",
  arguments: [],
  options: [JSON_OUTPUT],
  examples: [{ command: "kfix status", says: "is the index there, and how old is it" }],
  run,
};

async function run(input: Invocation): Promise<number> {
  const folders = foldersOf(input);
  const sources = await listSources(folders);
  // Trees alone may be indexed, or a first history is not done yet.
  const library = sources.length === 0 ? openLibrary(input) : openIfIndexed(() => openLibrary(input)).library;
  const known = {
    folder: folders.root,
    commits: library?.history?.commitCount() ?? 0,
    cveRecords: library?.cve?.recordCount() ?? 0,
    releases: library?.releases.all.length ?? 0,
    newest: library?.releases.newest()?.name ?? null,
    bytes: bytesIn(folders.index, ({ name }) => name.endsWith(".db") && !name.endsWith(".next.db")),
    folderBytes: bytesIn(folders.root),
    unfinished: hasUnfinishedUpdate(folders),
    sources: sources.map(sourceJson),
  };
  if (isSet(input, "json")) printJson<StatusAnswerJson>(input.io, { schema: "kfix.status/1", ...known });
  else {
    await print(input.io, (paint) =>
      [
        `${known.commits.toLocaleString("en")} commits, ${known.releases} releases, the newest ${known.newest ?? "none"}; ${known.cveRecords.toLocaleString("en")} CVE records`,
        `${sizeText(known.folderBytes)} in ${sanitize(known.folder)}, the indexes ${sizeText(known.bytes)} of it`,
        ...sources.map(
          (one) => `  ${paint("bold", one.name)}  ${sourceText(one)}  indexed ${ageText(one.indexedAt)}`,
        ),
        ...(known.unfinished
          ? [paint("yellow", "an update was interrupted or still runs; go on with: kfix source update")]
          : []),
      ].join("\n"),
    );
  }
  return EXIT.found;
}

/** What the files in a folder, and in those in it, take together. One that an update takes away meanwhile takes nothing. */
function bytesIn(folder: string, counts: (file: Dirent) => boolean = () => true): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && counts(entry),
  );
  const sizes = files.map(
    ({ parentPath, name }) => lstatSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function sizeText(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
}

function ageText(time: string | undefined): string {
  if (time === undefined) return "not finished";
  const days = Math.floor((Date.now() - Date.parse(time)) / 86_400_000);
  if (days < -1) return `on ${time.slice(0, 10)}, which is yet to come: is the clock right?`;
  return days < 1 ? "today" : `${days} day${days === 1 ? "" : "s"} ago`;
}
