import { existsSync } from "node:fs";
import { KfixError } from "../kernel/error.ts";
import type { Maintainers } from "../kernel/source/maintainers.ts";
import { verifyDatabase } from "./checksum.ts";
import { checkIdentity, type Db, guarded, REBUILD } from "./database.ts";
import type { CacheFolders } from "./folders.ts";
import type { MessageWord } from "./message-words.ts";
import { remembered } from "./remembered.ts";
import { openSqliteForReading, SqliteError } from "./sqlite.ts";
import { treeFile, treeNames } from "./tree-files.ts";
import { DEFINITION_KINDS, TREE_LAYOUT } from "./tree-schema.ts";
import { readRising } from "./varint.ts";
import { whenAsked } from "./when-asked.ts";

/** What is known of a tree as a whole. */
export interface TreeFacts {
  readonly name: string;
  /** The folder with the source. */
  readonly root: string;
  /** What was given to `kfix source add`. */
  readonly location: string;
  /** `x86_64`, several, or `all`. */
  readonly architectures: readonly string[];
  /** Of its Makefile: `6.1.192`; undefined when it has none. */
  readonly version: string | undefined;
  /** The folder is the user's own, never written to. */
  readonly inPlace: boolean;
  readonly files: number;
  readonly definitions: number;
  readonly messages: number;
  /** ISO 8601. */
  readonly indexedAt: string;
}

export interface StoredDefinition {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly kind: (typeof DEFINITION_KINDS)[number];
  readonly macro: string | undefined;
}

export interface StoredMessage {
  readonly id: number;
  readonly path: string;
  readonly line: number;
  readonly function: string | undefined;
  readonly macro: string;
  readonly level: string | undefined;
  readonly format: string;
  readonly prefix: string | undefined;
}

/** A fix that a patch queue in the tree carries. */
export interface CarriedFix {
  readonly patch: string;
  readonly subject: string;
  /** The sha that the patch names as its origin, perhaps short. */
  readonly upstream: string | undefined;
}

/** Questions to the index of one tree. */
export class TreeReader {
  readonly facts: TreeFacts;
  readonly #db: Db;
  readonly #statements;
  readonly #paths = new Map<number, string>();
  #need: Uint8Array | undefined;

  private constructor(db: Db, facts: TreeFacts) {
    this.#db = db;
    this.facts = facts;
    this.#statements = prepareQuestions(db);
  }

  /**
   * Opens the index of a tree. Throws `not-indexed` when there is none of this name, `unusable-cache` when it is
   * damaged or of another schema.
   */
  static open(folders: CacheFolders, name: string): TreeReader {
    const file = treeFile(folders, name);
    const names = treeNames(folders);
    if (!names.includes(name) || !existsSync(file)) {
      throw new KfixError("not-indexed", `there is no tree named ${name}`, {
        hint:
          names.length > 0
            ? `the trees are: ${names.join(", ")}`
            : "add one with: kfix source add DIRECTORY-OR-ARCHIVE (kfix source add --help)",
      });
    }
    return guarded(file, () => {
      verifyDatabase(file, { hint: REBUILD });
      const db = openSqliteForReading(file);
      try {
        checkIdentity(db, file, TREE_LAYOUT, `index it again with: kfix source update --rebuild ${name}`);
        return new TreeReader(db, factsIn(db, name));
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  close(): void {
    this.#db.close();
  }

  /** Everything that is defined under this exact name, in the order of paths. */
  definitions(name: string): StoredDefinition[] {
    return this.#statements.definitions.all(name).map(({ kind, macro, ...row }) => ({
      ...row,
      kind: DEFINITION_KINDS[kind] ?? "function",
      macro: macro ?? undefined,
    }));
  }

  /** Whom to write to about a file, by the tree's MAINTAINERS; none for one that is not indexed. */
  maintainersOf(path: string): Maintainers[] {
    const file = this.#fileOf(path);
    const sections = file === undefined ? "" : (this.#statements.sections.get(file) ?? "");
    if (sections === "") return [];
    return sections.split(",").flatMap((section) => {
      const row = this.#statements.section.get(Number(section));
      return row ? { title: row.title, status: row.status ?? undefined, people: JSON.parse(row.people) } : [];
    });
  }

  /** Files are numbered from 1 in the order of their paths. */
  #fileOf(path: string): number | undefined {
    let [from, to] = [1, this.facts.files];
    while (from <= to) {
      const middle = (from + to) >> 1;
      const other = this.#path(middle);
      if (other === path) return middle;
      if (other < path) from = middle + 1;
      else to = middle - 1;
    }
    return undefined;
  }

  /** What is known of a word, in lower case; undefined: no message has it. */
  messageWord(word: string): MessageWord | undefined {
    return this.#statements.messageWord.get(word);
  }

  /** The ids of the messages whose format has a word, in order; in lower case. */
  messagesWith(word: string): Uint32Array {
    return readRising(this.#statements.messagesWith.get(word) ?? new Uint8Array());
  }

  /** How many messages there are. */
  get messageCount(): number {
    return this.facts.messages;
  }

  /** How many words the shortest line of each message has, by id; 255 stands for more. */
  need(): Uint8Array {
    this.#need ??= this.#statements.need.get() ?? new Uint8Array();
    return this.#need;
  }

  message(id: number): StoredMessage | undefined {
    const row = this.#statements.message.get(id);
    if (!row) return undefined;
    const [file, line, fn, macro, level, format, prefix] = row;
    return {
      id,
      path: this.#path(file),
      line,
      function: fn ?? undefined,
      macro,
      level: level ?? undefined,
      format,
      prefix: prefix ?? undefined,
    };
  }

  #path(file: number): string {
    return remembered(this.#paths, file, () => this.#statements.path.get(file) ?? "");
  }

  /** Whether a patch queue in the tree carries a fix, by the sha that it names or by its normalised subject. */
  carried(fix: { readonly sha: string; readonly subjectKey: string }): CarriedFix | undefined {
    const row = this.#statements.carried.get(fix.sha, fix.subjectKey);
    return row && { ...row, upstream: row.upstream ?? undefined };
  }

  /** How many fixes the tree's patch queues carry. */
  carriedCount(): number {
    return this.#statements.carriedCount.get() ?? 0;
  }
}

/** What is known of a tree, also of one that another kfix indexed: to index it anew. undefined: that is damaged. */
export function readTreeFacts(folders: CacheFolders, name: string): TreeFacts | undefined {
  try {
    const db = openSqliteForReading(treeFile(folders, name));
    try {
      return factsIn(db, name);
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof SqliteError) return undefined;
    throw error;
  }
}

/** The same in all schemas. */
function factsIn(db: Db, name: string): TreeFacts {
  const rows = db.prepare<[], { key: string; value: string }>("select key, value from meta").all();
  const meta = new Map(rows.map(({ key, value }) => [key, value]));
  return {
    name,
    root: meta.get("root") ?? "",
    location: meta.get("location") ?? "",
    architectures: (meta.get("architectures") ?? "all").split(","),
    version: meta.get("version") || undefined,
    inPlace: meta.get("in_place") === "1",
    files: Number(meta.get("files") ?? 0),
    definitions: Number(meta.get("definitions") ?? 0),
    messages: Number(meta.get("messages") ?? 0),
    indexedAt: meta.get("indexed_at") ?? "",
  };
}

type MessageRow = [
  file: number,
  line: number,
  fn: string | null,
  macro: string,
  level: string | null,
  format: string,
  prefix: string | null,
];

interface DefinitionRow extends Omit<StoredDefinition, "kind" | "macro"> {
  readonly kind: number;
  readonly macro: string | null;
}

function prepareQuestions(db: Db) {
  return whenAsked({
    definitions: () =>
      db.prepare<[string], DefinitionRow>(
        `select d.name, f.path, d.line, d.end_line as endLine, d.kind, d.macro
         from definition d join file f on f.id = d.file where d.name = ? order by f.path, d.line`,
      ),
    messageWord: () =>
      db.prepare<[string], MessageWord>("select number, held, lines from word where word = ?"),
    messagesWith: () => db.prepare<[string], Buffer>("select messages from word where word = ?").pluck(),
    need: () => db.prepare<[], Buffer>("select counts from need where id = 1").pluck(),
    message: () =>
      db
        .prepare<[number], MessageRow>(
          "select file, line, function, macro, level, format, prefix from message where id = ?",
        )
        .raw(),
    path: () => db.prepare<[number], string>("select path from file where id = ?").pluck(),
    sections: () => db.prepare<[number], string>("select sections from file where id = ?").pluck(),
    section: () =>
      db.prepare<[number], { title: string; status: string | null; people: string }>(
        "select title, status, people from section where id = ?",
      ),
    carried: () =>
      db.prepare<[string, string], Omit<CarriedFix, "upstream"> & { readonly upstream: string | null }>(
        `select patch, subject, upstream from carried
         where (upstream is not null and substr(?, 1, length(upstream)) = upstream) or (subject_key = ?) limit 1`,
      ),
    carriedCount: () => db.prepare<[], number>("select count(*) from carried").pluck(),
  });
}
