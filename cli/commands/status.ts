import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { hasUnfinishedUpdate } from "../../cache/index-file.ts";
import type { StatusAnswerJson } from "../answers/sources.ts";
import { type CommandDefinition, type Invocation, isSet, JSON_OUTPUT } from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { foldersOf, openLibrary } from "../open-library.ts";
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
  const { history, releases, cve } = openLibrary(input);
  const sources = await listSources(folders);
  const known = {
    folder: folders.root,
    commits: history?.commitCount() ?? 0,
    cveRecords: cve?.recordCount() ?? 0,
    releases: releases.all.length,
    newest: releases.newest()?.name ?? null,
    bytes: indexBytes(folders.index),
    unfinished: hasUnfinishedUpdate(folders),
    sources: sources.map(sourceJson),
  };
  if (isSet(input, "json")) printJson<StatusAnswerJson>(input.io, { schema: "kfix.status/1", ...known });
  else {
    await print(input.io, (paint) =>
      [
        `${known.commits.toLocaleString("en")} commits, ${known.releases} releases, the newest ${known.newest ?? "none"}; ${known.cveRecords.toLocaleString("en")} CVE records`,
        `${Math.round(known.bytes / 1e6)} MB in ${sanitize(known.folder)}`,
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

/** What all indexes take together. */
function indexBytes(folder: string): number {
  const files = readdirSync(folder).filter((name) => name.endsWith(".db") && !name.endsWith(".next.db"));
  return files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function ageText(time: string | undefined): string {
  if (time === undefined) return "not finished";
  const days = Math.floor((Date.now() - Date.parse(time)) / 86_400_000);
  if (days < -1) return `on ${time.slice(0, 10)}, which is yet to come: is the clock right?`;
  return days < 1 ? "today" : `${days} day${days === 1 ? "" : "s"} ago`;
}
