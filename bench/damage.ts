/**
 * Flips bytes at random places of an index, or cuts it, and asks questions of it: is the damage told, is it harmless, or
 * does a wrong answer come as if it were right?
 *
 * usage: tsx bench/damage.ts [COUNT] [SEED] [--unguarded]   (node build.mjs first); `--unguarded` takes the checksums
 * away: what SQLite finds by itself
 */
import { cpSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { makeFullHome } from "../test/cli/full-home.ts";
import { askEverything, flipByte, sameAnswers } from "../test/faults/damage.ts";

const unguarded = process.argv.includes("--unguarded");
const [count = 100, first = 1] = process.argv
  .slice(2)
  .filter((word) => /^\d+$/.test(word))
  .map(Number);
let seed = first;
const place = await makeFullHome();
try {
  const pristine = join(place.folder, "pristine");
  cpSync(place.home, pristine, { recursive: true });
  const right = await askEverything(place);
  const totals = { told: 0, harmless: 0, wrong: 0, crashed: 0 };
  for (let run = 0; run < count; run++) {
    rmSync(place.home, { recursive: true, force: true });
    cpSync(pristine, place.home, { recursive: true });
    const names = ["history.db", "cve.db", "packages.db", "trees/vendor.db"];
    const name = names[run % 2 === 0 ? 0 : 1 + (Math.floor(random() * 3) % 3)] ?? "history.db";
    const file = join(place.home, "index", name);
    if (unguarded) for (const end of [".sum", ".seen"]) rmSync(file + end, { force: true });
    if (run % 10 === 9) truncateSync(file, Math.floor(statSync(file).size * random()));
    else flipByte(file, random());
    const outcome = sameAnswers(right, await askEverything(place));
    totals[outcome.kind]++;
    if (outcome.kind === "wrong" || outcome.kind === "crashed")
      console.log(`${name}: ${outcome.kind}: ${outcome.detail}`);
  }
  console.log(`${count} damages: ${JSON.stringify(totals)}`);
} finally {
  place.remove();
}

function random(): number {
  seed = (seed * 1664525 + 1013904223) % 2 ** 32;
  return seed / 2 ** 32;
}
