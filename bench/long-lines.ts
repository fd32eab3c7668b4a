/**
 * Reads 100 MB without a newline, of several sorts, and gives time and peak memory of `kfix crash --parse-only`.
 *
 * usage: tsx bench/long-lines.ts [MEGABYTES]   (node build.mjs first)
 */
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { SEED_LOG } from "../test/fixtures/seed-crash.ts";
import { kfix } from "./measure/kfix.ts";

const bytes = Number(process.argv[2] ?? 100) * 1_000_000;
const SORTS: Readonly<Record<string, string>> = {
  "one letter": "x".repeat(4096),
  "crashes, their newlines lost": `${SEED_LOG.trim().replaceAll("\n", " ")} `,
  frames: " [<ffffffff81000000>] pick_next_task_fair+0x6b8/0x820",
  "open brackets": "[{".repeat(2048),
};

const folder = mkdtempSync(join(tmpdir(), "kfix-lines-"));
console.log("| A line of | s | MB |\n|---|---|---|");
try {
  for (const [sort, piece] of Object.entries(SORTS)) {
    const file = join(folder, "log");
    await pipeline(repeated(piece), createWriteStream(file));
    const { seconds, megabytes } = await kfix(folder, ["crash", "--parse-only", "--json", file]);
    console.log(`| ${sort} | ${seconds.toFixed(1)} | ${Math.round(megabytes)} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function* repeated(piece: string): Generator<Buffer> {
  const large = Buffer.from(piece.repeat(Math.ceil(1_000_000 / piece.length)));
  for (let written = 0; written < bytes; written += large.length) yield large;
}
