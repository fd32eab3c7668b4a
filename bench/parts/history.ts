import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { git } from "../measure/kfix.ts";
import { type Run, runWell } from "../measure/process.ts";
import type { Measurement } from "../measure/samples.ts";
import { describeHistory, newestRelease, type Part } from "../measure/workplace.ts";

/** What the index of a history costs, beside git reading the same commits. */
export const history: Part = {
  name: "history",
  measure: async (place) => {
    const newest = await newestRelease(place.options.input("history"));
    rmSync(place.path("history.git"), { recursive: true, force: true });
    const repository = await place.borrowed("history", ["--no-contains", newest]);
    const inputs = await describeHistory(repository);

    place.say("git log -p -U0");
    const diffs = await gitRun(repository, ["log", "-p", "-U0", "--no-merges", "--all", "--", ...C_FILES]);
    place.say("git cat-file of the same objects");
    const objects = place.path("objects");
    await runWell("sh", ["-c", LIST, "sh", repository, objects]);
    const bytes = await runWell("sh", ["-c", READ, "sh", repository, objects]);
    place.say("git log --format=%B");
    const messages = await runs(place.rounds(2), () => gitRun(repository, ["log", "--all", "--format=%B"]));
    place.say("kfix source add --no-hunks");
    const noHunks = await runs(place.rounds(2), () =>
      place.kfix(["source", "add", "-q", repository, "--no-hunks"], place.emptied("home-messages")),
    );
    const noHunksDisk = sizeOf(place.path("home-messages"));
    place.say("kfix source add");
    for (const file of ["history.db", "sources.json"])
      rmSync(join(place.home, "index", file), { force: true });
    const full = await place.kfix(["source", "add", "-q", repository, "--name", "history"]);
    const disk = sizeOf(place.home);
    place.say("kfix source update");
    const before = Number(await git(repository, "rev-list", "--count", "--all"));
    await place.addTags(repository, ["--contains", newest]);
    const added = Number(await git(repository, "rev-list", "--count", "--all")) - before;
    const update = await place.kfix(["source", "update", "-q", "history"]);
    const nothing = await runs(place.rounds(5), () => place.kfix(["source", "update", "-q", "history"]));
    place.emptied("home-messages");

    const seconds = (what: string, done: readonly Run[], against?: string, note?: string): Measurement => ({
      what,
      unit: "s",
      samples: done.map((one) => one.seconds),
      ...(against === undefined ? {} : { against }),
      ...(note === undefined ? {} : { note }),
    });
    const megabytes = (what: string, value: number): Measurement => ({ what, unit: "MB", samples: [value] });
    return {
      inputs,
      measurements: [
        seconds(DIFFS, [diffs]),
        seconds("git cat-file --batch, the same objects", [bytes]),
        seconds("kfix source add", [full], DIFFS),
        seconds(MESSAGES, messages),
        seconds("kfix source add --no-hunks", noHunks, MESSAGES),
        seconds(`kfix source update, ${newest} and its updates`, [update], undefined, `${added} commits`),
        seconds("kfix source update, nothing new", nothing),
        megabytes("memory of git log -p", diffs.megabytes),
        megabytes("memory of kfix source add, git's children aside", full.megabytes),
        megabytes("memory of kfix source add --no-hunks", Math.max(...noHunks.map((one) => one.megabytes))),
        megabytes("the index", disk),
        megabytes("the index without hunks", noHunksDisk),
      ],
    };
  },
};

const C_FILES: readonly string[] = ["*.c", "*.h", "*.S"];
const DIFFS = "git log -p -U0 --no-merges, C files";
const MESSAGES = "git log --format=%B";
const LIST = 'git --git-dir "$1" rev-list --objects --no-object-names --all > "$2"';
const READ = 'git --git-dir "$1" cat-file --batch --buffer < "$2" > /dev/null';

function gitRun(repository: string, words: readonly string[]): Promise<Run> {
  return runWell("git", ["--git-dir", repository, ...words]);
}

async function runs(count: number, once: () => Promise<Run>): Promise<Run[]> {
  const done: Run[] = [];
  for (let at = 0; at < count; at++) done.push(await once());
  return done;
}

/** MB. */
function sizeOf(home: string): number {
  return statSync(join(home, "index/history.db")).size / 1e6;
}
