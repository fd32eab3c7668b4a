import { closeSync, openSync, writeSync } from "node:fs";
import { render } from "ink";
import { App } from "./app.tsx";
import type { Context, Outside } from "./control/context.ts";
import { handle } from "./control/events.ts";
import { openLog } from "./control/logs.ts";
import { askStatus } from "./control/status.ts";
import { openEditor } from "./editor.ts";
import { type Job, startJob } from "./jobs/jobs.ts";
import { type Lookup, startLookup } from "./lookup/client.ts";
import { problemOf } from "./lookup/problem.ts";
import type { LogPlace } from "./lookup/questions.ts";
import { RecentCrashes } from "./recent.ts";
import { OnSurface } from "./row.tsx";
import type { Size, State } from "./state.ts";
import { needsAscii, toAscii } from "./terminal/ascii.ts";
import { clipboardSequence } from "./terminal/clipboard.ts";
import { drawnOn, nothingToRead } from "./terminal/for-ink.ts";
import { TerminalInput } from "./terminal/input.ts";
import { TerminalModes } from "./terminal/modes.ts";
import { type Pen, penFor } from "./terminal/pen.ts";
import { restoreOnSignals } from "./terminal/signals.ts";
import { Surface } from "./terminal/surface.ts";

/** What a session is begun with. */
export interface SessionOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream & { readonly fd: number };
  readonly env: NodeJS.ProcessEnv;
  /** The cache's folder. */
  readonly root: string;
  readonly cacheDir: string | undefined;
  readonly kernel: string | undefined;
  readonly logs: readonly string[];
}

/** Runs the interface until the user leaves it; gives the exit status. The terminal is then as it was before. */
export async function runSession(options: SessionOptions): Promise<number> {
  const modes = new TerminalModes(options.stdin, options.stdout);
  const lookup = startLookup(options.cacheDir);
  let end: (status: number) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const ended = new Promise<number>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const signals = restoreOnSignals({
    giveBack: () => modes.giveBack(),
    takeAgain: () => session.takeAgain(),
    failed: (error) => fail(error),
  });
  const session = new Session(options, { modes, lookup, signals, end: (status) => end(status) });
  try {
    session.begin();
    return await ended;
  } finally {
    session.end();
    modes.giveBack();
    signals.end();
    await lookup.close();
  }
}

interface Parts {
  readonly modes: TerminalModes;
  readonly lookup: Lookup;
  readonly signals: { suspend(): void };
  readonly end: (status: number) => void;
}

/** The state, and all that changes it or shows it. */
class Session implements Context {
  state: State;
  readonly lookup: Lookup;
  readonly outside: Outside;
  readonly #options: SessionOptions;
  readonly #parts: Parts;
  readonly #pen: Pen;
  readonly #surface: Surface;
  readonly #ink;
  readonly #input: TerminalInput;
  #changed = false;
  #turning = false;
  #job: Job | undefined;

  constructor(options: SessionOptions, parts: Parts) {
    const { stdin, stdout, env } = options;
    this.#options = options;
    this.#parts = parts;
    this.#pen = penFor(env);
    const ascii = needsAscii(env);
    this.#surface = new Surface((text) => stdout.write(ascii ? toAscii(text) : text));
    this.lookup = {
      ...parts.lookup,
      ask: (name, question, done) =>
        parts.lookup.ask(name, question, (outcome) => this.#turn(() => done(outcome))),
    };
    const recent = new RecentCrashes(options.root);
    this.outside = this.#outsideWith(recent);
    this.#input = new TerminalInput((event) => this.#turn(() => handle(this, event)));
    this.state = firstState(sizeOf(stdout), options.kernel, recent);
    this.#ink = render(this.#frame(), {
      stdout: drawnOn(this.#surface),
      stdin: nothingToRead(),
      debug: true, // every frame is written whole and at once: the surface finds what changed
      exitOnCtrlC: false,
      patchConsole: false,
    });
    stdin.on("data", this.#read);
    stdout.on("resize", this.#resize);
  }

  begin(): void {
    this.#parts.modes.take();
    this.#surface.open();
    this.#draw();
    this.#turn(() => {
      askStatus(this);
      const [first] = this.#options.logs;
      if (first !== undefined) openLog(this, logOf(this.#options.logs));
    });
  }

  end(): void {
    const { stdin, stdout } = this.#options;
    this.#job?.stop();
    stdin.off("data", this.#read);
    stdout.off("resize", this.#resize);
    stdin.pause();
    this.#input.end();
    this.#surface.close();
    this.#ink.unmount();
  }

  update(change: (state: State) => State): void {
    this.state = change(this.state);
    this.#changed = true;
  }

  /** After another program had the terminal. */
  takeAgain(): void {
    this.#parts.modes.take();
    this.#redraw();
  }

  readonly #read = (bytes: Buffer): void => {
    this.#turn(() => this.#input.push(bytes));
  };

  readonly #resize = (): void => {
    this.#turn(() => {
      this.update((state) => ({ ...state, size: sizeOf(this.#options.stdout) }));
      this.#surface.forget();
      this.#options.stdout.write("\x1b[2J");
    });
  };

  /** Lets something happen, and then draws once. */
  #turn(happen: () => void): void {
    const inner = this.#turning;
    this.#turning = true;
    try {
      happen();
    } finally {
      this.#turning = inner;
    }
    if (inner) return;
    if (this.#changed) this.#draw();
  }

  #draw(): void {
    this.#changed = false;
    if (!this.#parts.modes.held) return;
    this.#surface.begin();
    this.#ink.rerender(this.#frame());
  }

  #frame() {
    return (
      <OnSurface.Provider value={this.#surface}>
        <App state={this.state} pen={this.#pen} />
      </OnSurface.Provider>
    );
  }

  #redraw(): void {
    this.update((state) => ({ ...state, size: sizeOf(this.#options.stdout) }));
    this.#surface.forget();
    this.#options.stdout.write("\x1b[2J");
    this.#draw();
  }

  #outsideWith(recent: RecentCrashes): Outside {
    const { env, stdout } = this.#options;
    const { modes } = this.#parts;
    return {
      recent,
      copy: (text) => stdout.write(clipboardSequence(text, env)),
      edit: (path, line) => {
        modes.giveBack();
        this.#options.stdin.pause();
        const problem = openEditor(path, line, env);
        this.#options.stdin.resume();
        this.takeAgain();
        return problem;
      },
      write: writeNew,
      startJob: (request) => {
        if (this.state.job?.state === "runs") return;
        this.#job = startJob(request, {
          cacheDir: this.#options.cacheDir,
          onChange: (job) =>
            this.#turn(() => {
              this.update((state) => ({ ...state, job }));
              if (job.state === "runs") return;
              this.lookup.reopen();
              this.update((state) => ({ ...state, fixes: new Map(), texts: new Map(), sources: new Map() }));
              askStatus(this);
            }),
        });
      },
      stopJob: () => this.#job?.stop(),
      setMouse: (on) => modes.setMouse(on),
      redraw: () => this.#redraw(),
      suspend: () => this.#parts.signals.suspend(),
      quit: (status) => this.#parts.end(status),
      now: () => new Date(),
      folder: () => process.cwd(),
    };
  }
}

function firstState(size: Size, kernel: string | undefined, recent: RecentCrashes): State {
  return {
    size,
    screens: [{ kind: "start", id: 1, selected: 0, top: 0, reading: undefined, problem: undefined }],
    overlay: undefined,
    kernel,
    status: { is: "waiting" },
    recent: recent.all(),
    notice: undefined,
    job: undefined,
    mouse: true,
    fixes: new Map(),
    texts: new Map(),
    sources: new Map(),
  };
}

function sizeOf(stdout: NodeJS.WriteStream): Size {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

function logOf(paths: readonly string[]): LogPlace {
  return { path: paths[0] ?? "" };
}

function writeNew(path: string, text: string): string | undefined {
  try {
    const file = openSync(path, "wx", 0o600);
    try {
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      return `${path} is there already`;
    return problemOf(error).message;
  }
}
