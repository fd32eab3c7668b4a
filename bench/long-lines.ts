/**
 * Reads 100 MB without a newline, of several sorts and in each way that kfix reads logs, and gives time and peak memory.
 *
 * usage: tsx bench/long-lines.ts [MEGABYTES] [WORD]   (node build.mjs first); WORD: only what is read in such a way
 */
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { SEED_LOG } from "../test/fixtures/seed-crash.ts";
import { kfix } from "./measure/kfix.ts";

/** What is repeated, and what stands once before and behind it. */
interface Sort {
  readonly name: string;
  readonly before?: string;
  readonly piece: string;
  readonly behind?: string;
  readonly read: "a log" | "many logs" | "a batch" | "a source tree" | "its text";
}

const bytes = Number(process.argv[2] ?? 100) * 1_000_000;
const CRASHES = `${SEED_LOG.trim().replaceAll("\n", " ")} `;
const FRAMES = " [<ffffffff81000000>] pick_next_task_fair+0x6b8/0x820";
const LETTERS = "x".repeat(4096);
const HIT = `{"_source":{"host":{"name":"db-1"},"@timestamp":"2016-11-12T15:06:31Z","message":${JSON.stringify(CRASHES)}}},`;
const JOURNAL =
  '{"_HOSTNAME":"db-1","__REALTIME_TIMESTAMP":"1478963191000000","_TRANSPORT":"kernel","MESSAGE":"';

const SORTS: readonly Sort[] = [
  { name: "one letter", piece: LETTERS, read: "a log" },
  { name: "crashes, their newlines lost", piece: CRASHES, read: "a log" },
  { name: "frames", piece: FRAMES, read: "a log" },
  { name: "open brackets", piece: "[{".repeat(2048), read: "a log" },
  { name: "journald's JSON, one message", before: JOURNAL, piece: CRASHES, behind: '"}\n', read: "a log" },
  { name: "the same", before: JOURNAL, piece: CRASHES, behind: '"}\n', read: "many logs" },
  {
    name: "journald's list of bytes",
    before: `${JOURNAL.slice(0, -1)}[`,
    piece: "66,85,",
    behind: "71]}\n",
    read: "many logs",
  },
  {
    name: "journald's export, one field",
    before: "_HOSTNAME=db-1\nMESSAGE=",
    piece: CRASHES,
    behind: "\n\n",
    read: "many logs",
  },
  {
    name: "an Elasticsearch answer on one line",
    before: '{"hits":{"hits":[',
    piece: HIT,
    behind: "{}]}}\n",
    read: "many logs",
  },
  {
    name: "the same, one message",
    before: '{"hits":{"hits":[{"_source":{"message":"',
    piece: FRAMES,
    behind: '"}}]}}\n',
    read: "many logs",
  },
  { name: "open brackets", piece: "[{".repeat(2048), read: "many logs" },
  {
    name: "a question",
    before: '{"id":1,"log":"',
    piece: CRASHES,
    behind: '"}\n{"id":2,"log":"quiet"}\n',
    read: "a batch",
  },
  { name: "open brackets", piece: "[{".repeat(2048), read: "a batch" },
  {
    name: "a C file of 60 MB at most",
    piece: 'int a(void) { pr_err("unable\\n"); } ',
    read: "a source tree",
  },
  { name: "that file", piece: 'int a(void) { pr_err("unable\\n"); } ', read: "its text" },
];

/** Larger source files are passed over (kernel/source/scan.ts). */
const LARGEST_SOURCE = 60_000_000;

const folder = mkdtempSync(join(tmpdir(), "kfix-lines-"));
const TREE = join(folder, "tree");
const C_FILE = join(TREE, "kernel/long.c");
for (const name of ["kernel", "include"]) mkdirSync(join(TREE, name), { recursive: true });
for (const name of ["Makefile", "MAINTAINERS"])
  writeFileSync(join(TREE, name), "VERSION = 6\nPATCHLEVEL = 1\n");
console.log("| Read as | A line of | s | MB | status |\n|---|---|---|---|---|");
try {
  for (const sort of SORTS.filter(({ read }) => read.includes(process.argv[3] ?? ""))) {
    const file = sort.read === "a source tree" || sort.read === "its text" ? C_FILE : join(folder, "log");
    await pipeline(textOf(sort), createWriteStream(file));
    const { seconds, megabytes, status } = await readAs(sort.read, file);
    console.log(
      `| ${sort.read} | ${sort.name} | ${seconds.toFixed(1)} | ${Math.round(megabytes)} | ${status} |`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readAs(read: Sort["read"], file: string): ReturnType<typeof kfix> {
  if (read === "a source tree")
    return kfix(folder, ["source", "add", TREE, "--arch", "all", "--name", "tree"]);
  if (read === "its text") return kfix(folder, ["grep", "unable", "--tree", "tree"]);
  const words = ["crash", "--parse-only"];
  if (read === "a batch") return kfix(folder, [...words, "--batch"], { input: readFileSync(file, "latin1") });
  return kfix(folder, [...words, ...(read === "many logs" ? ["--group"] : []), "--json", file]);
}

function* textOf({ before = "", piece, behind = "", read }: Sort): Generator<Buffer> {
  yield Buffer.from(before);
  const large = Buffer.from(piece.repeat(Math.ceil(1_000_000 / piece.length)));
  const wanted = read === "a source tree" || read === "its text" ? Math.min(bytes, LARGEST_SOURCE) : bytes;
  for (let written = 0; written < wanted; written += large.length) yield large;
  yield Buffer.from(behind);
}
