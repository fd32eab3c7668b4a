/**
 * Kills kfix at random moments of cloning, indexing, updating, importing and unpacking, and compares what the next run
 * makes with what one undisturbed run makes, row by row and file by file.
 *
 * usage: tsx bench/kills.ts [COUNT] [SEED]   (node build.mjs first); so many are killed, those not counted that had ended
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { Workplace } from "../test/cli/run-kfix.ts";
import { KillHarness, WORKS } from "../test/faults/kill.ts";

const count = Number(process.argv[2] ?? 60);
let seed = Number(process.argv[3] ?? 1);
const folder = mkdtempSync(`${tmpdir()}/kfix-kills-`);
try {
  const harness = await KillHarness.make(folder, () => new Workplace());
  const totals = new Map<string, { kills: number; survived: number }>();
  const cleans = [];
  for (const work of WORKS) cleans.push(await harness.clean(work));
  let killed = 0;
  for (let run = 0; killed < count && run < 3 * count; run++) {
    const clean = cleans[run % cleans.length];
    if (!clean) continue;
    const moment = random();
    const survived = await harness.kill(clean, moment);
    const total = totals.get(clean.work.name) ?? { kills: 0, survived: 0 };
    totals.set(clean.work.name, total);
    if (!survived.killed) continue;
    killed++;
    total.kills++;
    if (survived.status === 0 && isDeepStrictEqual(survived.contents, clean.contents)) total.survived++;
    else {
      const at = Math.round(clean.milliseconds * moment);
      console.log(`${clean.work.name} killed after ${at} ms: ${survived.status} ${survived.stderr.trim()}`);
      for (const name of new Set([...Object.keys(clean.contents), ...Object.keys(survived.contents)]))
        if (!isDeepStrictEqual(clean.contents[name], survived.contents[name]))
          console.log(`  differs: ${name}`);
    }
  }
  for (const [name, { kills, survived }] of totals) console.log(`| ${name} | ${kills} | ${survived} |`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A linear congruential generator (Numerical Recipes): the same seed, the same moments. */
function random(): number {
  seed = (seed * 1664525 + 1013904223) % 2 ** 32;
  return seed / 2 ** 32;
}
