import { fork } from "node:child_process";
import { builtScript } from "../built-script.ts";
import type { Problem } from "../lookup/questions.ts";

/** What a job is to do. */
export type JobRequest =
  | { readonly kind: "add"; readonly words: readonly string[] }
  | { readonly kind: "update"; readonly rebuild: boolean };

/** How far it is. */
export interface JobState {
  readonly request: JobRequest;
  readonly state: "runs" | "done" | "failed" | "stopped";
  readonly stages: readonly StageState[];
  /** What it said, the newest last. */
  readonly notes: readonly string[];
  readonly problem: Problem | undefined;
}

export interface StageState {
  readonly name: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly seconds: number;
  readonly ended: boolean;
}

/** What the job's process tells. */
export type JobMessage =
  | { readonly type: "stages"; readonly stages: readonly StageState[] }
  | { readonly type: "note"; readonly text: string }
  | { readonly type: "done"; readonly text: string }
  | { readonly type: "failed"; readonly problem: Problem };

/** A job that runs in a process of its own: it may be stopped at any moment, and goes on where it stopped. */
export interface Job {
  stop(): void;
}

export function startJob(
  request: JobRequest,
  options: { readonly cacheDir: string | undefined; readonly onChange: (state: JobState) => void },
): Job {
  let state: JobState = { request, state: "runs", stages: [], notes: [], problem: undefined };
  const change = (changes: Partial<JobState>): void => {
    state = { ...state, ...changes };
    options.onChange(state);
  };
  const child = fork(builtScript("job-process"), [JSON.stringify({ request, cacheDir: options.cacheDir })], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.on("message", (message: JobMessage) => {
    if (message.type === "stages") change({ stages: message.stages });
    else if (message.type === "note") change({ notes: [...state.notes, message.text].slice(-20) });
    else if (message.type === "done") change({ state: "done", notes: [...state.notes, message.text] });
    else change({ state: "failed", problem: message.problem });
  });
  const ended = (why: string): void => {
    if (state.state !== "runs") return;
    change({
      state: "failed",
      problem: {
        message: `the job ended early: ${why}`,
        hint: "start it again: it goes on where it stopped",
      },
    });
  };
  child.on("error", (error) => ended(error.message));
  child.on("exit", (code, signal) => ended(String(signal ?? code)));
  options.onChange(state);
  return {
    stop: () => {
      if (state.state !== "runs") return;
      change({ state: "stopped" });
      child.kill("SIGTERM");
    },
  };
}
