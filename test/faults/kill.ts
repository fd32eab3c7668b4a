import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { KFIX, type Workplace } from "../cli/run-kfix.ts";
import { contentsOfHome } from "./contents.ts";
import { makeSharedInputs, type SharedInputs, WORKS, type Work } from "./works.ts";

/** What a work makes when nobody stops it, and how long that takes. */
export interface Clean {
  readonly work: Work;
  readonly contents: Record<string, readonly string[]>;
  readonly milliseconds: number;
}

export interface Survived {
  /** True: the work still ran, and was killed. */
  readonly killed: boolean;
  /** What the run after it made; the status of that run and what it complained of. */
  readonly contents: Record<string, readonly string[]>;
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs works, whole or killed, each in a place of its own. */
export class KillHarness {
  readonly #place: (name: string) => Workplace;
  readonly #inputs: SharedInputs;

  private constructor(place: (name: string) => Workplace, inputs: SharedInputs) {
    this.#place = place;
    this.#inputs = inputs;
  }

  static async make(folder: string, place: (name: string) => Workplace): Promise<KillHarness> {
    mkdirSync(folder, { recursive: true });
    return new KillHarness(place, await makeSharedInputs(folder));
  }

  async clean(work: Work): Promise<Clean> {
    const place = this.#place(work.name);
    await work.prepare(place, this.#inputs);
    const began = performance.now();
    const { status, stderr } = await place.kfix(work.words(place, this.#inputs));
    const milliseconds = performance.now() - began;
    if (status !== 0) throw new Error(`${work.name}: ${stderr}`);
    const contents = normal(contentsOfHome(place.home), place);
    place.remove();
    return { work, contents, milliseconds };
  }

  /** Kills the work, git and all, at a moment (0 to 1 of its time), as the power does; and runs it again. */
  async kill(clean: Clean, moment: number): Promise<Survived> {
    const place = this.#place(clean.work.name);
    await clean.work.prepare(place, this.#inputs);
    const words = clean.work.words(place, this.#inputs);
    const killed = await killedAfter(place, words, clean.milliseconds * moment);
    const { status, stderr } = await place.kfix(words);
    const contents = status === 0 ? normal(contentsOfHome(place.home), place) : {};
    place.remove();
    return { killed, contents, status, stderr };
  }
}

export { WORKS };

function normal(
  contents: Record<string, readonly string[]>,
  place: Workplace,
): Record<string, readonly string[]> {
  const text = JSON.stringify(contents).replaceAll(place.folder, "PLACE");
  return JSON.parse(text);
}

function killedAfter(place: Workplace, words: readonly string[], milliseconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [KFIX, ...words], {
      env: { ...process.env, KFIX_HOME: place.home },
      stdio: "ignore",
      detached: true, // a process group of its own: git dies with it
    });
    const timer = setTimeout(() => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    }, milliseconds);
    child.on("error", reject);
    child.on("close", (_status, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL");
    });
  });
}
