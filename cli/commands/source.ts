import type { SourceChange, SourceSummary } from "../../indexer/source-kind.ts";
import type { SourceJson, SourcesAnswerJson, UpdateAnswerJson } from "../answers/sources.ts";
import { type CommandDefinition, type Invocation, isSet, JSON_OUTPUT, textOption } from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { foldersOf } from "../open-library.ts";
import { print, printJson } from "../output/print.ts";
import { progressBar } from "../output/progress-bar.ts";
import { sanitize } from "../output/terminal.ts";
import { addSource, listSources, removeSource, updateSources } from "../sources.ts";

export const source: CommandDefinition = {
  name: "source",
  summary: "what kfix answers from: add, list, update, remove",
  description: "What kfix answers from. Mainline and the stable tree together give the whole picture.",
  arguments: [],
  options: [],
  examples: [],
  subcommands: [
    {
      name: "add",
      summary: "index a kernel repository, a source tree, CVE records, or a package's changelog",
      description: `
Indexes a git repository: a URL is cloned into the cache; a path is used in place and never written to. An interrupted
run goes on where it stopped.

A source tree is a folder (used in place), a tarball, a linux-source package or debian:PACKAGE, a .dsc, or
REPOSITORY@TAG of an indexed repository; what cannot be built for --arch is left out. \`tree\` in front of a folder with
a repository means its files.

\`cve\` in front of the location: the kernel's CVE records, which answer modern kernels without any clone.

\`changelog\` in front: a changelog.Debian.gz, a Debian package, or what rpm -q --changelog printed.

\`lifecycle\` in front: a newer table of long-term series than kfix came with.`,
      arguments: [
        {
          name: "<location...>",
          help: "a URL, or a folder with a repository; perhaps its kind in front",
          takes: "files",
        },
      ],
      options: [
        { flags: "--name <name>", help: "what to call it (from the location)" },
        {
          flags: "-a, --arch <arch>",
          help: "of a tree, the architectures to keep: x86_64,aarch64 or all (this machine's)",
          setting: "arch",
        },
        {
          flags: "--no-hunks",
          help: "only messages and releases: minutes instead of an hour, but no changed functions",
        },
        JSON_OUTPUT,
      ],
      examples: [
        { command: "kfix source add ~/src/linux", says: "a clone that you have, in place" },
        {
          command: "kfix source add https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git",
          says: "mainline and all stable series",
        },
        {
          command: "kfix source add linux-6.1.tar.xz --arch x86_64",
          says: "a source tree, for kfix message, symbol and grep; also debian:linux-source-6.1 and linux@v3.1",
        },
        {
          command: "kfix source add cve https://git.kernel.org/pub/scm/linux/security/vulns.git",
          says: "the kernel's CVE records: first releases and texts of 14,000 fixes, in half a minute",
        },
        {
          command: "kfix source add changelog /usr/share/doc/linux-image-$(uname -r)/changelog.Debian.gz",
          says: "which version of the distribution's package has which fix",
        },
      ],
      run: add,
    },
    {
      name: "list",
      summary: "what is indexed",
      description: "Lists the sources.",
      arguments: [],
      options: [JSON_OUTPUT],
      examples: [],
      run: list,
    },
    {
      name: "update",
      summary: "fetch and index what is new",
      description:
        "Fetches the sources that kfix cloned, and indexes what is new in all of them, or in those named.",
      arguments: [{ name: "[name...]", help: "sources; none: all", takes: "sources" }],
      options: [{ flags: "--rebuild", help: "make the index anew from the sources" }, JSON_OUTPUT],
      examples: [{ command: "kfix source update", says: "everything; nothing new takes no time" }],
      run: update,
    },
    {
      name: "remove",
      summary: "forget a source",
      description:
        "Forgets a source and makes the index anew from the others. A repository of yours is not touched.",
      arguments: [{ name: "<name>", help: "the source", takes: "sources" }],
      options: [],
      examples: [],
      run: remove,
    },
  ],
};

async function add(input: Invocation): Promise<number> {
  const options = {
    name: textOption(input, "name"),
    hunks: input.options.hunks !== false,
    architectures: textOption(input, "arch"),
  };
  const change = await addSource(foldersOf(input), input.words, options, progressBar(input));
  return report(input, [change]);
}

/** Each kind brings its own sources up to date. */
async function update(input: Invocation): Promise<number> {
  const request = { names: input.words, rebuild: isSet(input, "rebuild") };
  return report(input, await updateSources(foldersOf(input), request, progressBar(input)));
}

async function remove(input: Invocation): Promise<number> {
  const name = input.words[0] ?? "";
  await removeSource(foldersOf(input), name, progressBar(input));
  await print(input.io, () => `${sanitize(name)}: removed`);
  return EXIT.found;
}

async function list(input: Invocation): Promise<number> {
  const sources = await listSources(foldersOf(input));
  if (isSet(input, "json"))
    printJson<SourcesAnswerJson>(input.io, {
      schema: "kfix.sources/1",
      sources: sources.map(sourceJson),
    });
  else if (sources.length === 0) await print(input.io, () => NO_SOURCES);
  else {
    await print(input.io, (paint) =>
      sources
        .map((one) => `${paint("bold", one.name)}  ${sourceText(one)}  indexed ${indexedText(one)}`)
        .join("\n"),
    );
  }
  return sources.length === 0 ? EXIT.none : EXIT.found;
}

const NO_SOURCES = "no sources yet: kfix source add PATH-OR-URL";

export function sourceJson(one: SourceSummary): SourceJson {
  return { ...one, indexedAt: one.indexedAt ?? null };
}

/** `git  /home/me/linux  311 refs, messages and functions` */
export function sourceText(one: SourceSummary): string {
  return `${one.kind}  ${sanitize(one.location)}  ${sanitize(one.detail)}`;
}

function indexedText(one: SourceSummary): string {
  return one.indexedAt ?? "not finished: go on with kfix source update";
}

async function report(input: Invocation, changes: readonly SourceChange[]): Promise<number> {
  if (isSet(input, "json")) printJson<UpdateAnswerJson>(input.io, { schema: "kfix.update/1", changes });
  else if (changes.length === 0) await print(input.io, () => NO_SOURCES);
  else {
    await print(input.io, () =>
      changes
        .map((one) => `${sanitize(one.name)}: ${one.changed ? `${one.added} indexed` : "nothing new"}`)
        .join("\n"),
    );
  }
  return changes.length === 0 ? EXIT.none : EXIT.found;
}
