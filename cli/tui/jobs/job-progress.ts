import type { Progress, Stage } from "../../../indexer/progress.ts";
import type { JobMessage, StageState } from "./jobs.ts";

/** Progress as messages to the interface; a stage may advance ten thousand times a second, and is told of ten times. */
export function jobProgress(tell: (message: JobMessage) => void): Progress {
  const stages: Running[] = [];
  let told = 0;
  const tellStages = (now: boolean): void => {
    const time = Date.now();
    if (!now && time - told < BETWEEN) return;
    told = time;
    const shown = stages.slice(-MOST_STAGES);
    tell({
      type: "stages",
      stages: shown.map(({ began, ...stage }) => ({ ...stage, seconds: (time - began) / 1000 })),
    });
  };
  return {
    note: (text) => tell({ type: "note", text }),
    stage: (name, expected): Stage => {
      const total = typeof expected === "number" ? expected : undefined;
      const stage: Running = { name, done: 0, total, ended: false, began: Date.now() };
      if (typeof expected === "function") void expected().then((count) => (stage.total = count));
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

type Running = { -readonly [Name in keyof Omit<StageState, "seconds">]: StageState[Name] } & {
  readonly began: number;
};

/** Milliseconds. */
const BETWEEN = 100;
const MOST_STAGES = 8;
