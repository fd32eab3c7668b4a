/** A guard, and how to take it away: the text `from`, which stands once in the file, becomes `to`. */
export interface Mutation {
  readonly guard: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The tests of which one must then fail. */
  readonly tests: readonly string[];
}

const REPOSITORY = ["test/security/hostile-repository.test.ts"];

const TEXT = ["test/security/hostile-text.test.ts"];
const QUERY = ["test/security/hostile-query.test.ts"];

const FAULTS = ["test/faults/faults.test.ts"];

const ARCHIVE = ["test/indexer/archive.test.ts"];

export const MUTATIONS: readonly Mutation[] = [
  {
    guard: "git: objects are read without the repository's configuration",
    file: "indexer/git.ts",
    from: 'start(["--git-dir", blankGitDir(),',
    to: 'start(["--git-dir", gitDir,',
    tests: REPOSITORY,
  },
  {
    guard: "git: a partial clone fetches nothing",
    file: "indexer/git.ts",
    from: '{ ...gitEnvironment(), GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1" }',
    to: "gitEnvironment()",
    tests: REPOSITORY,
  },
  {
    guard: "git: only known protocols",
    file: "indexer/git.ts",
    from: 'GIT_ALLOW_PROTOCOL: "file:git:http:https:ssh",\n',
    to: "",
    tests: REPOSITORY,
  },
  {
    guard: "git: a remote is asked outside of the repository at hand",
    file: "indexer/clone.ts",
    from: '"--git-dir", path, "ls-remote"',
    to: '"ls-remote"',
    tests: REPOSITORY,
  },
  {
    guard: "git: a repository of another user is refused",
    file: "indexer/git.ts",
    from: '["-C", folder, ...settings(["safe.bareRepository=all"]),',
    to: '["--git-dir", folder, ...settings([]),',
    tests: REPOSITORY,
  },
  {
    guard: "text: pieces are sanitized",
    file: "cli/output/terminal.ts",
    from: "  return text.replace(UNSAFE, escaped);",
    to: "  return text;",
    tests: TEXT,
  },
  {
    guard: "text: the whole answer is sanitized, too",
    file: "cli/output/print.ts",
    from: "sanitizeStyled(compose(painter(io)), isColoured(io))",
    to: "compose(painter(io))",
    tests: TEXT,
  },
  {
    guard: "text: only our own styles pass",
    file: "cli/output/terminal.ts",
    from: "(?:0|1|2|22|3[1-69])?m",
    to: "[\\d;]*m",
    tests: TEXT,
  },
  {
    guard: "text: errors",
    file: "cli/output/complain.ts",
    from: "sanitize(error.message)",
    to: "error.message",
    tests: TEXT,
  },
  {
    guard: "text: help and usage",
    file: "cli/main.ts",
    from: "outside.stderr.write(sanitizeLines(text))",
    to: "outside.stderr.write(text)",
    tests: TEXT,
  },
  {
    guard: "text: JSON",
    file: "cli/output/json-text.ts",
    from: ".replace(UNSAFE, escaped)",
    to: "",
    tests: TEXT,
  },
  {
    guard: "text: progress",
    file: "cli/output/progress-bar.ts",
    from: "const name = sanitize(told);",
    to: "const name = told;",
    tests: TEXT,
  },
  {
    guard: "text: lines of a tree on a terminal",
    file: "cli/commands/grep.ts",
    from: "sanitizeStyled(plainPath(line), true)",
    to: "plainPath(line)",
    tests: TEXT,
  },
  {
    guard: "query: an empty one is refused",
    file: "finder/fix.ts",
    from: 'if (text === "")',
    to: "if (false)",
    tests: QUERY,
  },
  {
    guard: "query: values are bound, not pasted",
    file: "cache/history-reader.ts",
    from: "return this.#statements.symbolId.get(name);",
    to: 'return this.#db.prepare<[], number>("select id from symbol where name = \'" + name + "\'").pluck().get();',
    tests: QUERY,
  },
  {
    guard: "query: a name is no path",
    file: "indexer/source.ts",
    from: "if (/^[\\w][\\w.-]{0,63}$/.test(name)) return;",
    to: "if (name) return;",
    tests: QUERY,
  },
  {
    guard: "query: a package's name",
    file: "indexer/tree-package.ts",
    from: "if (!/^[a-z0-9][a-z0-9.+-]{1,100}$/.test(name))",
    to: "if (!name)",
    tests: QUERY,
  },
  {
    guard: "damage: checksums are compared",
    file: "cache/database.ts",
    from: "    verifyDatabase(file, { hint: REBUILD });\n    const db",
    to: "    const db",
    tests: [...FAULTS, "-t", "damaged index"],
  },
  {
    guard: "damage: of a tree's index",
    file: "cache/tree-reader.ts",
    from: "      verifyDatabase(file, { hint: REBUILD });\n",
    to: "",
    tests: [...FAULTS, "-t", "vendor"],
  },
  {
    guard: "damage: an update carries none over",
    file: "cache/index-file.ts",
    from: "      verifyDatabase(finished, { always: true, hint: REBUILD });\n",
    to: "",
    tests: [...FAULTS, "-t", "carry"],
  },
  {
    guard: "damage: of what a stopped update left",
    file: "cache/index-file.ts",
    from: "(existsSync(next) && !isSound(next))",
    to: "false",
    tests: [...FAULTS, "-t", "begun again"],
  },
  {
    guard: "damage: of a list is told",
    file: "cache/list-file.ts",
    from: "if (isValue(value)) return value;",
    to: "return isValue(value) ? value : undefined;",
    tests: [...FAULTS, "-t", "the list"],
  },
  {
    guard: "kill: a copy of the index is whole or not there",
    file: "cache/index-file.ts",
    from: "renameSync(partial, to);",
    to: "",
    tests: ["test/cli/interrupted.test.ts"],
  },
  {
    guard: "kill: a clone's init is done again, git's lock files go",
    file: "indexer/clone.ts",
    from: "    await clearStaleLocks(path);\n",
    to: "",
    tests: [...FAULTS, "-t", "lock files"],
  },
  {
    guard: "limits: what the system refuses is explained",
    file: "cli/main.ts",
    from: "explainSystemError(error)",
    to: "error",
    tests: [...FAULTS, "-t", "permissions"],
  },
  {
    guard: "honest: the index is held against git",
    file: "indexer/agreement.ts",
    from: "tags: comparedTags, differences }",
    to: "tags: comparedTags, differences: [] }",
    tests: ["test/cli/deep-check.test.ts"],
  },
  {
    guard: "honest: rows that lead nowhere",
    file: "cache/history-check.ts",
    from: "filter(({ count }) => count > 0)",
    to: "filter(() => false)",
    tests: ["test/cli/deep-check.test.ts"],
  },
  {
    guard: "honest: every fixed has its proof",
    file: "finder/history-verdict.ts",
    from: "since, proof: first.proof }",
    to: "since }",
    tests: ["test/cli/deep-check.test.ts"],
  },
  {
    guard: "honest: old data says so",
    file: "cli/stale-note.ts",
    from: "if (days <= FRESH_DAYS) continue;",
    to: "continue;",
    tests: ["test/cli/deep-check.test.ts"],
  },
  {
    guard: "offline: a call that is forgiven is noticed",
    file: "cli/stale-note.ts",
    from: 'export function noteStaleSources(folders: CacheFolders, io: Pick<Io, "stderr">): void {',
    to: 'import { connect } from "node:net";\nexport function noteStaleSources(folders: CacheFolders, io: Pick<Io, "stderr">): void {\n  connect(80, "203.0.113.1").on("error", () => {}).unref();',
    tests: ["test/security/offline.test.ts"],
  },
  {
    guard: "supply: no other package may run a script",
    file: "package.json",
    from: '"better-sqlite3": true,',
    to: '"better-sqlite3": true,\n    "left-pad": true,',
    tests: ["test/security/supply.test.ts"],
  },
  {
    guard: "fuzz: a damaged list does not grow without end",
    file: "cache/touched-list.ts",
    from: "if (count > bytes.length)",
    to: "if (count > 2 ** 50)",
    tests: ["test/fuzz/parsers.test.ts", "-t", "once broke"],
  },
  {
    guard: "fuzz: blanks before a log line are read once",
    file: "kernel/commit/quoted-crash.ts",
    from: "/^\\s{0,80}(?:<",
    to: "/^\\s*\\s*(?:<",
    tests: ["test/fuzz/parsers.test.ts", "-t", "once broke"],
  },
  {
    guard: "archive: a path that leads out",
    file: "indexer/archive-unpack.ts",
    from: 'if (parts.includes(".."))',
    to: "if (false)",
    tests: ARCHIVE,
  },
  {
    guard: "archive: an absolute path",
    file: "indexer/archive-unpack.ts",
    from: 'if (path.startsWith("/")) throw',
    to: "if (false) throw",
    tests: ARCHIVE,
  },
  {
    guard: "archive: a link that leads out",
    file: "indexer/archive-unpack.ts",
    from: 'target === "" || target.startsWith("/") || leads === ".." || leads.startsWith("../")',
    to: "false",
    tests: ARCHIVE,
  },
  {
    guard: "archive: case clashes",
    file: "indexer/archive-unpack.ts",
    from: 'return path.normalize("NFC").toLowerCase();',
    to: "return path;",
    tests: ARCHIVE,
  },
  {
    guard: "archive: a size that is no number",
    file: "indexer/archive-tar.ts",
    from: "if (!Number.isSafeInteger(size) || size < 0)",
    to: "if (false)",
    tests: ARCHIVE,
  },
  {
    guard: "damage: an index without its checksum is told",
    file: "cache/checksum.ts",
    from: "return knownSums(file).length > 0;",
    to: "return true;",
    tests: ["test/cli/deep-check.test.ts"],
  },
  {
    guard: "damage: the list of changelogs is restored",
    file: "cli/deep-check.ts",
    from: "restoreChangelogPlaces(folders)",
    to: "undefined",
    tests: ["test/cli/deep-check.test.ts"],
  },
  {
    guard: "limits: the rest of an endless line is not read",
    file: "cli/logs/line-limit.ts",
    from: "Math.max(0, this.#longest - this.#length)",
    to: "Number.POSITIVE_INFINITY",
    tests: ["test/cli/long-line.test.ts"],
  },
  {
    guard: "supply: a known vulnerability fails the check",
    file: "audit.mjs",
    from: "if (told.length > 0) process.exitCode = 1;",
    to: "",
    tests: ["test/security/audit.test.ts"],
  },
  {
    guard: "archive: a bomb without files",
    file: "indexer/archive-unpack.ts",
    from: "if (total > most)",
    to: "if (total > 2 ** 60)",
    tests: ARCHIVE,
  },
  {
    guard: "archive: the size of all files",
    file: "indexer/archive-unpack.ts",
    from: "if (this.#bytes > limits.bytes)",
    to: "if (false)",
    tests: ARCHIVE,
  },
];
