import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Maintainers } from "../kernel/source/maintainers.ts";
import type { IndexedFile } from "../kernel/source/resolved-file.ts";
import { publishDatabase } from "./checksum.ts";
import { type Db, explainSqlite, removeDatabase } from "./database.ts";
import type { CacheFolders } from "./folders.ts";
import { MessageWords } from "./message-words.ts";
import { openSqlite } from "./sqlite.ts";
import { treeFile } from "./tree-files.ts";
import type { CarriedFix, TreeFacts } from "./tree-reader.ts";
import { DEFINITION_KINDS, TREE_LAYOUT } from "./tree-schema.ts";

/** A file of a tree, and whom to write to about it. */
export interface TreeFile extends IndexedFile {
  readonly maintainers: readonly Maintainers[];
}

/**
 * Writes the index of a tree beside the finished one and puts it in its place; when anything fails nothing is left
 * of it. `files` come in the order of their paths.
 */
export function writeTreeIndex(
  folders: CacheFolders,
  facts: Omit<TreeFacts, "files" | "definitions" | "messages" | "indexedAt">,
  files: Iterable<TreeFile>,
  carried: readonly (CarriedFix & { readonly subjectKey: string })[],
): TreeFacts {
  const finished = treeFile(folders, facts.name);
  const next = finished.replace(/\.db$/, ".next.db");
  mkdirSync(dirname(finished), { recursive: true });
  removeDatabase(next);
  try {
    const db = openSqlite(next);
    try {
      prepare(db);
      db.exec("begin");
      const counts = fill(db, files);
      const insert = db.prepare("insert into carried values (?, ?, ?, ?, ?)");
      carried.forEach((fix, position) => {
        insert.run(position, fix.patch, fix.subject, fix.subjectKey, fix.upstream ?? null);
      });
      const whole: TreeFacts = { ...facts, ...counts, indexedAt: new Date().toISOString() };
      writeFacts(db, whole);
      db.exec("commit");
      db.close();
      publishDatabase(next, finished);
      return whole;
    } finally {
      db.close();
    }
  } catch (cause) {
    removeDatabase(next);
    throw explainSqlite(next, cause);
  }
}

function prepare(db: Db): void {
  db.pragma("page_size = 8192");
  db.pragma(`application_id = ${TREE_LAYOUT.application}`);
  db.pragma(`user_version = ${TREE_LAYOUT.version}`);
  db.pragma("journal_mode = off"); // it is thrown away when it is not finished
  db.pragma("synchronous = off");
  db.pragma("cache_size = -65536");
  db.exec(TREE_LAYOUT.schema);
}

type Row = [name: string, file: number, line: number, endLine: number, kind: number, macro: string | null];

function fill(db: Db, files: Iterable<TreeFile>): { files: number; definitions: number; messages: number } {
  const insertFile = db.prepare("insert into file values (?, ?, ?)");
  const sections = new SectionWriter(db);
  const insertMessage = db.prepare("insert into message values (?, ?, ?, ?, ?, ?, ?, ?)");
  const rows: Row[] = [];
  const words = new MessageWords();
  let fileId = 0;
  let messageId = 0;
  for (const file of files) {
    insertFile.run(++fileId, file.path, sections.numbersOf(file.maintainers));
    for (const found of file.definitions) {
      const kind = DEFINITION_KINDS.indexOf(found.kind);
      rows.push([found.name, fileId, found.line, found.endLine, kind, found.macro ?? null]);
    }
    for (const found of file.messages) {
      const { line, macro, format } = found;
      const fn = found.function ?? null;
      messageId = words.add(format);
      insertMessage.run(
        messageId,
        fileId,
        line,
        fn,
        macro,
        found.level ?? null,
        format,
        found.prefix ?? null,
      );
    }
  }
  insertDefinitions(db, rows);
  insertWords(db, words);
  return { files: fileId, definitions: rows.length, messages: messageId };
}

/** Writes each section of MAINTAINERS once. */
class SectionWriter {
  readonly #insert;
  readonly #numbers = new Map<string, number>();

  constructor(db: Db) {
    this.#insert = db.prepare("insert into section values (?, ?, ?, ?)");
  }

  /** As the table `file` has them. */
  numbersOf(maintainers: readonly Maintainers[]): string {
    return maintainers.map((one) => this.#numberOf(one)).join(",");
  }

  #numberOf({ title, status, people }: Maintainers): number {
    const key = JSON.stringify([title, status, people]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    this.#insert.run(number, title, status ?? null, JSON.stringify(people));
    return number;
  }
}

/** In the order of the key: a b-tree filled in order is smaller and faster than one grown at random. */
function insertDefinitions(db: Db, rows: Row[]): void {
  rows.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2]));
  const insert = db.prepare("insert or ignore into definition values (?, ?, ?, ?, ?, ?)");
  for (const row of rows) insert.run(...row);
}

function insertWords(db: Db, words: MessageWords): void {
  const insert = db.prepare("insert into word values (?, ?, ?, ?, ?)");
  for (const [word, { number, held, lines, messages }] of words.finish())
    insert.run(word, number, held, lines, messages);
  db.prepare("insert into need values (1, ?)").run(words.need());
}

function writeFacts(db: Db, facts: TreeFacts): void {
  const insert = db.prepare("insert into meta values (?, ?)");
  insert.run("root", facts.root);
  insert.run("location", facts.location);
  insert.run("architectures", facts.architectures.join(","));
  insert.run("version", facts.version ?? "");
  insert.run("in_place", facts.inPlace ? "1" : "0");
  insert.run("files", String(facts.files));
  insert.run("definitions", String(facts.definitions));
  insert.run("messages", String(facts.messages));
  insert.run("indexed_at", facts.indexedAt);
}
