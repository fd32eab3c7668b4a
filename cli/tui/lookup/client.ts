import { Worker } from "node:worker_threads";
import { builtScript } from "../built-script.ts";
import type { Problem, QuestionName, Questions } from "./questions.ts";

/** What a question came to. */
export type Outcome<Name extends QuestionName> =
  | { readonly value: Questions[Name]["answer"] }
  | { readonly problem: Problem };

/** Looks things up without waiting for them. */
export interface Lookup {
  /**
   * Asks. Of the questions of one name that have to wait, only the newest is asked: the others' answers would be
   * of yesterday when they come, and `done` is not called for them.
   */
  ask<Name extends QuestionName>(
    name: Name,
    question: Questions[Name]["ask"],
    done: (outcome: Outcome<Name>) => void,
  ): void;
  /** The index has changed: what is open is opened anew. */
  reopen(): void;
  close(): Promise<void>;
}

/** A question as it goes to the thread. */
export type Asked = {
  [Name in QuestionName]: { readonly name: Name; readonly question: Questions[Name]["ask"] };
}[QuestionName];

interface Waiting {
  readonly name: QuestionName;
  readonly send: (worker: Worker) => void;
  readonly fail: (problem: Problem) => void;
}

/** Looks up in a thread of its own, one question at a time. */
export function startLookup(cacheDir: string | undefined): Lookup {
  let worker: Worker | undefined = start();
  let running: Waiting | undefined;
  let waiting: Waiting[] = [];

  function start(): Worker {
    const started = new Worker(builtScript("lookup-worker"), { workerData: { cacheDir } });
    started.on("error", (error) => died(started, error.message));
    started.on("exit", () => died(started, "its thread ended"));
    return started;
  }
  /** What the thread was asked fails; the next question starts another. */
  function died(which: Worker, why: string): void {
    if (worker !== which) return;
    worker = undefined;
    const one = running;
    running = undefined;
    one?.fail({
      message: `the look-up failed: ${why}`,
      hint: "try again; if it fails again, please report it",
    });
    next();
  }
  function next(): void {
    const [one, ...others] = waiting;
    if (running || !one) return;
    waiting = others;
    running = one;
    worker ??= start();
    one.send(worker);
  }
  return {
    ask: (name, question, done) => {
      const one: Waiting = {
        name,
        send: (to) => {
          to.once("message", (outcome) => {
            running = undefined;
            next();
            done(outcome);
          });
          to.postMessage({ name, question });
        },
        fail: (problem) => done({ problem }),
      };
      waiting = [...waiting.filter((other) => other.name !== name), one];
      next();
    },
    reopen: () => worker?.postMessage("reopen"),
    close: async () => {
      const closing = worker;
      worker = undefined;
      waiting = [];
      running = undefined;
      closing?.removeAllListeners();
      await closing?.terminate();
    },
  };
}
