import { statSync } from "node:fs";
import { join } from "node:path";
import { git } from "../measure/kfix.ts";
import { runWell } from "../measure/process.ts";
import type { Measurement } from "../measure/samples.ts";
import { describeHistory, newestRelease, type Part } from "../measure/workplace.ts";

/** A quarter, a half and all of the history: time, memory and disk must be straight lines over the commits. */
export const growth: Part = {
  name: "growth",
  measure: async (place) => {
    const source = place.options.input("history");
    const measurements: Measurement[] = [];
    const sizes: string[] = [];
    for (const share of [0.25, 0.5, 1]) {
      const tip = share === 1 ? "its end" : await releaseAt(source, share);
      const repository =
        share === 1 ? await place.wholeHistory() : await place.borrowed(`history-${tip}`, ["--merged", tip]);
      const commits = Number(await git(repository, "rev-list", "--all", "--count"));
      const label = `${Math.round(commits / 1000)},000 commits`;
      sizes.push(await describeHistory(repository));
      place.say(`${label}, up to ${tip}`);
      const log = await runWell("git", ["--git-dir", repository, "log", "--all", "--format=%B"]);
      const home = place.emptied("home-growth");
      const words = ["source", "add", "-q", repository];
      const messages = await place.kfix([...words, "--no-hunks"], home);
      const messagesDisk = statSync(join(home, "index/history.db")).size / 1e6;
      const full = await place.kfix(words, place.emptied("home-growth"));
      const disk = statSync(join(home, "index/history.db")).size / 1e6;
      measurements.push(
        { what: `${label}: git log --format=%B`, unit: "s", samples: [log.seconds] },
        {
          what: `${label}: kfix source add --no-hunks`,
          unit: "s",
          samples: [messages.seconds],
          against: `${label}: git log --format=%B`,
          note: `${figure((1e6 * messages.seconds) / commits)} µs a commit, ${messages.megabytes.toFixed(0)} MB, index ${messagesDisk.toFixed(0)} MB`,
        },
        {
          what: `${label}: kfix source add`,
          unit: "s",
          samples: [full.seconds],
          note: `${figure((1e6 * full.seconds) / commits)} µs a commit, ${full.megabytes.toFixed(0)} MB, index ${disk.toFixed(0)} MB`,
        },
      );
    }
    place.emptied("home-growth");
    return { inputs: sizes.join("; "), measurements };
  },
};

function figure(value: number): string {
  return value.toFixed(0);
}

/** The mainline release that has about this share of the commits. */
async function releaseAt(repository: string, share: number): Promise<string> {
  const newest = await newestRelease(repository);
  const all = (await git(repository, "rev-list", "--topo-order", "--reverse", newest)).split("\n");
  const commit = all[Math.floor(share * all.length)] ?? newest;
  return (await git(repository, "describe", "--contains", "--match=v*", commit)).replace(/[~^].*/, "");
}
