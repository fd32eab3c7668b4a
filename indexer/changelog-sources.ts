import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { CacheFolders } from "../cache/folders.ts";
import {
  packageFile,
  readChangelogPlaces,
  type StoredChangelog,
  storeChangelogs,
} from "../cache/package-index.ts";
import { type IndexedChangelog, PackageReader } from "../cache/package-reader.ts";
import { type Changelog, parseChangelog } from "../kernel/distro/changelog.ts";
import { DISTRIBUTIONS } from "../kernel/distro/distributions.ts";
import { KfixError } from "../kernel/error.ts";
import { parseVersion } from "../kernel/version.ts";
import { readChangelog } from "./changelog-file.ts";
import type { Progress } from "./progress.ts";
import type { AddRequest, SourceChange, SourceKind, SourceSummary, UpdateRequest } from "./source-kind.ts";

/** Changelogs of distributions' kernel packages. They are read in place, whenever they changed. */
export const CHANGELOG_SOURCES: SourceKind = {
  kind: "changelog",
  recognises: ([first = "", ...rest]) => first === "changelog" || (rest.length === 0 && looksLikeOne(first)),
  add,
  list,
  update,
  remove,
};

function looksLikeOne(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const name = basename(path);
  if (/^linux-(?:image|doc|headers)-.*\.deb$/.test(name)) return true;
  if (/^changelog(?:\.debian)?(?:\.gz)?$/i.test(name)) return true;
  return parseChangelog(headOf(path)) !== undefined;
}

/** Enough of a file to know a changelog by. */
function headOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(1000);
    return head.toString("utf8", 0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}

async function add(folders: CacheFolders, request: AddRequest, progress: Progress): Promise<SourceChange> {
  const [first = "", ...rest] = request.words;
  const location = first === "changelog" ? rest.join(" ") : request.words.join(" ");
  if (location === "") {
    throw new KfixError("usage", "say which changelog", {
      hint: "as in: kfix source add changelog /usr/share/doc/linux-image-6.1.0-18-amd64/changelog.Debian.gz",
    });
  }
  const path = resolve(location);
  const stored = await readStored(path, request.name, progress);
  const taken = readChangelogPlaces(folders).find((one) => one.name === stored.name && one.location !== path);
  if (taken) {
    throw new KfixError("usage", `there is already a source ${taken.name} (${taken.location})`, {
      hint: "give this one another name: --name NAME",
    });
  }
  storeChangelogs(folders, { put: [stored], remove: [] });
  return { name: stored.name, changed: true, added: countOf(stored.changelog) };
}

async function readStored(
  path: string,
  name: string | undefined,
  progress: Progress,
): Promise<StoredChangelog> {
  const stage = progress.stage("changelog", undefined);
  try {
    const changelog = parseChangelog(await readChangelog(path));
    const newest = changelog?.entries.find((entry) => entry.version !== undefined);
    if (!changelog || newest?.version === undefined) {
      throw new KfixError("bad-input", `${path} is no changelog of Debian's form or of rpm's with versions`, {
        hint: "as apt-get changelog, or rpm -q --changelog kernel, print it",
      });
    }
    const distro = distroOf(changelog, newest.version);
    const source = newest.package ?? "kernel";
    const series = parseVersion(newest.version)?.series;
    return {
      name:
        name ??
        [distro, source, ...(series === undefined || source.includes(series) ? [] : [series])].join("-"),
      location: path,
      state: stateOf(path),
      distro,
      package: source,
      changelog,
    };
  } finally {
    stage.end();
  }
}

/** Whose package it is: an rpm's version has the distribution's mark, a Debian one's has its form. */
function distroOf({ packaging }: Changelog, version: string): string {
  if (packaging === "deb") {
    if (/^\d+\.\d+\.\d+-\d+\.\d+/.test(version)) return "ubuntu";
    return /\+rpt/.test(version) ? "raspberrypi" : "debian";
  }
  return DISTRIBUTIONS.find((row) => row.packaging === "rpm" && row.release.test(version))?.id ?? "rpm";
}

/** Size and time of what is there: enough to see that it was replaced. */
function stateOf(path: string): string {
  if (!existsSync(path)) return "gone";
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

function countOf(changelog: Changelog): string {
  const items = changelog.entries.reduce((sum, entry) => sum + entry.items.length, 0);
  return `${changelog.entries.length.toLocaleString("en")} versions with ${items.toLocaleString("en")} changes`;
}

function list(folders: CacheFolders): SourceSummary[] {
  const indexed = new Map(known(folders).map((one) => [one.name, one]));
  return readChangelogPlaces(folders).map(({ name, location }) => {
    const one = indexed.get(name);
    return {
      kind: "changelog",
      name,
      location,
      detail: one ? `${one.distro} ${one.package}` : "to be indexed anew",
      indexedAt: one?.indexedAt,
    };
  });
}

async function update(
  folders: CacheFolders,
  { names, rebuild }: UpdateRequest,
  progress: Progress,
): Promise<SourceChange> {
  const states = new Map(rebuild ? [] : known(folders).map((one) => [one.name, one.state]));
  const changed = readChangelogPlaces(folders).filter(
    ({ name, location }) =>
      (rebuild || names.has(name)) && existsSync(location) && stateOf(location) !== states.get(name),
  );
  const put: StoredChangelog[] = [];
  for (const one of changed) put.push(await readStored(one.location, one.name, progress));
  if (put.length > 0) storeChangelogs(folders, { put, remove: [], fresh: rebuild });
  return {
    name: [...names].join(", "),
    changed: put.length > 0,
    added: put.map((one) => countOf(one.changelog)).join(", "),
  };
}

async function remove(folders: CacheFolders, name: string): Promise<void> {
  storeChangelogs(folders, { put: [], remove: [name] });
}

/** What the index has; nothing, when it can only be made anew. */
function known(folders: CacheFolders): IndexedChangelog[] {
  if (!existsSync(packageFile(folders))) return [];
  try {
    const reader = PackageReader.open(packageFile(folders));
    try {
      return reader.changelogs();
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error instanceof KfixError && error.code === "unusable-cache") return [];
    throw error;
  }
}
