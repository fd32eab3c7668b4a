import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import type { CacheFolders } from "../../cache/folders.ts";
import { hasUnfinishedUpdate } from "../../cache/index-file.ts";
import { lifecycleDamage } from "../../cache/lifecycle-file.ts";
import { readSourceList } from "../../cache/source-list.ts";
import { KfixError } from "../../kernel/error.ts";
import type { DoctorAnswerJson, FindingJson } from "../answers/doctor.ts";
import { deepChecks } from "../deep-check.ts";
import { type CommandDefinition, type Invocation, isSet, JSON_OUTPUT } from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { historyIndex, type Index, indexesIn } from "../index-list.ts";
import { foldersOf } from "../open-library.ts";
import { print, printJson } from "../output/print.ts";
import { sanitize } from "../output/terminal.ts";

export const doctor: CommandDefinition = {
  name: "doctor",
  summary: "is everything kfix needs here and healthy",
  description:
    "Checks git, the cache folder, the indexes and their sources, and says how to mend what is wrong. With --deep it compares\n" +
    "the index with its checksum, with itself and with git, and can mend it. Exit status 1 if anything is wrong.",
  arguments: [],
  options: [
    {
      flags: "--deep",
      help: "also look for rows that lead nowhere, hold a sample against git's own answers, and compare every checksum",
    },
    { flags: "--repair", help: "with --deep: make anew what is wrong" },
    JSON_OUTPUT,
  ],
  examples: [
    { command: "kfix doctor", says: "first thing when an answer surprises" },
    { command: "kfix doctor --deep --repair", says: "after a crash of the disk or the machine" },
  ],
  run,
};

async function run(input: Invocation): Promise<number> {
  const folders = foldersOf(input);
  // first, as it may mend what the others look at
  const deep = isSet(input, "deep") ? await deepFindings(folders, isSet(input, "repair")) : [];
  const findings = [
    await examine("git", async () => {
      const { gitVersion } = await import("../../indexer/git.ts");
      return gitVersion();
    }),
    await examine("cache folder", () => {
      mkdirSync(folders.root, { recursive: true });
      accessSync(folders.root, constants.W_OK);
      return folders.root;
    }),
    ...(await indexFindings(folders)),
    ...(await sourceFindings(folders)),
    ...(await lifecycleFindings(folders)),
    await examine("updates", () => {
      if (hasUnfinishedUpdate(folders)) {
        throw new KfixError("environment", "an update was interrupted or still runs", {
          hint: "go on with: kfix source update",
        });
      }
      return "none unfinished";
    }),
    ...deep,
  ];
  if (isSet(input, "json")) printJson<DoctorAnswerJson>(input.io, { schema: "kfix.doctor/1", findings });
  else {
    await print(input.io, (paint) =>
      findings
        .map((finding) => {
          const mark = finding.healthy ? paint("green", "ok  ") : paint("red", "bad ");
          return `${mark}${finding.what}: ${sanitize(finding.detail)}${finding.remedy ? `\n    ${sanitize(finding.remedy)}` : ""}`;
        })
        .join("\n"),
    );
  }
  return findings.every((finding) => finding.healthy) ? EXIT.found : EXIT.none;
}

/** What was mended is healthy, and says so. */
async function deepFindings(folders: CacheFolders, repair: boolean): Promise<FindingJson[]> {
  const findings: FindingJson[] = [];
  for (const check of deepChecks(folders)) {
    const found = await examine(check.what, check.look);
    if (found.healthy || !repair || !check.repair) findings.push(found);
    else {
      findings.push(
        await examine(check.what, async () => {
          await check.repair?.();
          return `repaired (${found.detail}); now: ${await check.look()}`;
        }),
      );
    }
  }
  return findings;
}

/** The history's, which is missing, where there is no index at all. */
function indexFindings(folders: CacheFolders): Promise<FindingJson[]> {
  const indexes = indexesIn(folders);
  const all = indexes.length > 0 ? indexes : [historyIndex(folders)];
  return Promise.all(all.map((index) => examine(TITLES[index.kind] ?? index.what, index.look)));
}

const TITLES: { readonly [kind in Index["kind"]]?: string } = {
  git: "index",
  cve: "index of CVE records",
  changelog: "index of changelogs",
};

/** A repository that is gone harms no answer, but no update either. */
async function sourceFindings(folders: CacheFolders): Promise<FindingJson[]> {
  const { readRefs } = await import("../../indexer/refs.ts");
  const listed = readListed(folders);
  if (!Array.isArray(listed)) return [await examine("sources", () => Promise.reject(listed))];
  return Promise.all(
    listed.map((one) =>
      examine(`source ${one.name}`, async () => {
        if (!existsSync(one.path)) {
          throw new KfixError("environment", `${one.path} is gone`, {
            hint: `answers still come from the index; to forget it: kfix source remove ${one.name}`,
          });
        }
        return `${(await readRefs(one.path)).length} refs in ${one.path}`;
      }),
    ),
  );
}

/** Nothing is said of a table that the user never gave. */
async function lifecycleFindings(folders: CacheFolders): Promise<FindingJson[]> {
  const damage = lifecycleDamage(folders);
  return damage ? [await examine("ends of series", () => Promise.reject(damage))] : [];
}

async function examine(what: string, work: () => string | Promise<string>): Promise<FindingJson> {
  try {
    return { what, healthy: true, detail: await work(), remedy: null };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { what, healthy: false, detail, remedy: error instanceof KfixError ? (error.hint ?? null) : null };
  }
}

/** The sources, or why the list cannot be read. */
function readListed(folders: CacheFolders): ReturnType<typeof readSourceList> | KfixError {
  try {
    return readSourceList(folders);
  } catch (error) {
    if (error instanceof KfixError) return error;
    throw error;
  }
}
