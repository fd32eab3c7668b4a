import { argv } from "node:process";
import { cacheFolders } from "../../../cache/folders.ts";
import type { Progress } from "../../../indexer/progress.ts";
import type { SourceChange } from "../../../indexer/source-kind.ts";
import { kindOfLocation, SOURCE_KINDS } from "../../../indexer/source-kinds.ts";
import { problemOf } from "../lookup/problem.ts";
import type { JobMessage, JobRequest, StageState } from "./jobs.ts";

/** The process of a job: it indexes, tells how far it is, and ends with the interface that started it. */
const { request, cacheDir }: { request: JobRequest; cacheDir: string | undefined } = JSON.parse(
  argv[2] ?? "{}",
);
process.once("disconnect", () => process.exit(1));
process.once("SIGTERM", () => process.exit(143));

try {
  const changes = await run(request);
  const texts = changes.map((one) => `${one.name}: ${one.changed ? `${one.added} indexed` : "nothing new"}`);
  tell({ type: "done", text: texts.join("; ") || "there are no sources yet" });
} catch (error) {
  tell({ type: "failed", problem: problemOf(error) });
}
process.removeAllListeners("disconnect");
process.disconnect();

async function run(job: JobRequest): Promise<SourceChange[]> {
  const folders = cacheFolders({ cacheDir });
  if (job.kind === "add") {
    const { words } = job;
    const added = { words, name: undefined, hunks: true };
    return [await kindOfLocation(words).add(folders, added, progress())];
  }
  const changes: SourceChange[] = [];
  for (const kind of SOURCE_KINDS) {
    const names = new Set(kind.list(folders).map((one) => one.name));
    if (names.size === 0) continue;
    changes.push(await kind.update(folders, { names, rebuild: job.rebuild }, progress()));
  }
  return changes;
}

function progress(): Progress {
  return {
    note: (text) => tell({ type: "note", text }),
    stage: (name, expected) => {
      const began = Date.now();
      const stage = {
        name,
        done: 0,
        total: typeof expected === "number" ? expected : undefined,
        began,
        ended: false,
      };
      if (expected instanceof Promise) void expected.then((total) => (stage.total = total));
      stages.push(stage);
      tellStages(true);
      return {
        advance: (steps) => {
          stage.done += steps;
          tellStages(false);
        },
        end: () => {
          stage.ended = true;
          tellStages(true);
        },
      };
    },
  };
}

interface Running extends Omit<StageState, "seconds"> {
  readonly began: number;
}

const stages: (Running & { done: number; total: number | undefined; ended: boolean })[] = [];
let told = 0;

/** A stage may advance ten thousand times a second. */
function tellStages(now: boolean): void {
  const time = Date.now();
  if (!now && time - told < 100) return;
  told = time;
  tell({
    type: "stages",
    stages: stages.slice(-8).map(({ began, ...stage }) => ({ ...stage, seconds: (time - began) / 1000 })),
  });
}

function tell(message: JobMessage): void {
  process.send?.(message);
}
