import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ListedWord, type MessageWord, MessageWords } from "../cache/message-words.ts";
import type { StoredDefinition, StoredMessage, TreeFacts } from "../cache/tree-reader.ts";
import { readRising } from "../cache/varint.ts";
import { wordsOfText } from "../kernel/source/format.ts";
import type { Maintainers } from "../kernel/source/maintainers.ts";
import { scanSource } from "../kernel/source/scan.ts";
import type { ScannedFile } from "../kernel/source/scanned-file.ts";
import { TreeMacros } from "../kernel/source/tree-macros.ts";
import type { DefinitionStore } from "./definition.ts";
import { findMaintainers } from "./maintainers.ts";
import type { MessageStore } from "./message.ts";
import { ripgrep } from "./ripgrep.ts";

/** What is known of a folder that is searched and not indexed. */
export function folderFacts(folder: string): TreeFacts {
  return {
    name: folder,
    root: resolve(folder),
    location: folder,
    architectures: ["all"],
    version: undefined,
    inPlace: true,
    files: 0,
    definitions: 0,
    messages: 0,
    indexedAt: "",
  };
}

/** Definitions of a folder without an index: ripgrep finds the files that name the symbol, and these are scanned. */
export class FolderDefinitions implements DefinitionStore {
  readonly facts: TreeFacts;

  constructor(folder: string) {
    this.facts = folderFacts(folder);
  }

  definitions(name: string): StoredDefinition[] {
    const word = name.replace(/^(?:struct|union|enum) /, "");
    if (!/^[\w.$]+$/.test(word)) return [];
    const call = /^(?:compat_)?sys_(\w+)$/.exec(word)?.[1];
    const spellings = [word, ...(call === undefined ? [] : [call])].flatMap((one) => ["-e", one]);
    return filesWith(this.facts.root, spellings).flatMap((path) =>
      scan(this.facts.root, path)
        .definitions.filter((one) => one.name === name)
        .map((one) => ({ ...one, path })),
    );
  }

  maintainersOf(path: string): Maintainers[] {
    return findMaintainers(this.facts.root, path);
  }
}

/** The messages of those files of a folder that share the rarer words of a line. */
export class FolderMessages implements MessageStore {
  readonly facts: TreeFacts;
  readonly #messages: StoredMessage[] = [];
  readonly #words = new MessageWords();
  #finished: ReadonlyMap<string, ListedWord> | undefined;

  constructor(folder: string, line: string) {
    this.facts = folderFacts(folder);
    const files = likelyFiles(this.facts.root, line).map(
      (path) => [path, scan(this.facts.root, path)] as const,
    );
    const macros = new TreeMacros();
    for (const [path, file] of files) macros.add(path, file);
    for (const [path, file] of files)
      for (const message of macros.resolve(path, file).messages) this.#add(path, message);
  }

  messageWord(word: string): MessageWord | undefined {
    return this.#listed().get(word);
  }

  messagesWith(word: string): Uint32Array {
    return readRising(this.#listed().get(word)?.messages ?? new Uint8Array());
  }

  get messageCount(): number {
    return this.#messages.length;
  }

  need(): Uint8Array {
    return this.#words.need();
  }

  message(id: number): StoredMessage | undefined {
    return this.#messages[id - 1];
  }

  #listed(): ReadonlyMap<string, ListedWord> {
    this.#finished ??= this.#words.finish();
    return this.#finished;
  }

  #add(path: string, message: Omit<StoredMessage, "id" | "path">): void {
    this.#messages.push({ ...message, path, id: this.#words.add(message.format) });
  }
}

/** The files that have the most of a line's longest words. */
function likelyFiles(root: string, line: string): string[] {
  const words = [...wordsOfText(line)]
    .filter((word) => /[a-z]{3}/.test(word))
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_WORDS);
  const counts = new Map<string, number>();
  for (const word of words)
    for (const path of filesWith(root, ["-i", "-e", word])) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_FILES)
    .map(([path]) => path)
    .sort();
}

function filesWith(root: string, patterns: readonly string[]): string[] {
  const lines = ripgrep(root, ["-l", "-w", "-F", "--no-ignore", "-g", "*.{c,h,S}", ...patterns, "--", "."]);
  return lines.map((path) => path.replace(/^\.\//, "")).sort();
}

function scan(root: string, path: string): ScannedFile {
  return scanSource(path, readFileSync(join(root, path)));
}

const MOST_WORDS = 5;
const MOST_FILES = 400;
