import { render } from "ink";
import { App } from "./app.tsx";
import type { Context, Outside } from "./control/context.ts";
import { handle } from "./control/events.ts";
import { openLog } from "./control/logs.ts";
import { askStatus } from "./control/status.ts";
import { openEditor } from "./editor.ts";
import { type Job, type JobState, startJob } from "./jobs/jobs.ts";
import type { Lookup } from "./lookup/client.ts";
import { RecentCrashes } from "./recent.ts";
import { OnSurface } from "./row.tsx";
import type { Size, State } from "./state.ts";
import { needsAscii, toAscii } from "./terminal/ascii.ts";
import { clipboardSequence } from "./terminal/clipboard.ts";
import { drawnOn, nothingToRead } from "./terminal/for-ink.ts";
import { TerminalInput } from "./terminal/input.ts";
import { type Pen, penFor } from "./terminal/pen.ts";
import { Surface } from "./terminal/surface.ts";

/** What a session is begun with. */
export interface SessionOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The cache's folder. */
  readonly root: string;
  /** `--cache-dir`. */
  readonly cacheDir: string | undefined;
  /** `--kernel`. */
  readonly kernel: string | undefined;
  readonly logs: readonly string[];
  /** Where files are picked and reports written. */
  readonly folder: string;
}

/** The terminal that a session has. */
export interface Terminal {
  size(): Size;
  send(text: string): void;
  /** It is ours, and may be drawn on. */
  readonly held: boolean;
  /** Lets another program have it meanwhile. */
  lend<Result>(use: () => Result): Result;
  setMouse(on: boolean): void;
  /** Back to the shell, until it lets us go on. */
  suspend(): void;
  /** The user leaves, with this exit status. */
  leave(status: number): void;
}

/** The state, and all that changes it or shows it. */
export class Session implements Context {
  state: State;
  readonly lookup: Lookup;
  readonly outside: Outside;
  readonly #options: SessionOptions;
  readonly #terminal: Terminal;
  readonly #pen: Pen;
  readonly #surface: Surface;
  readonly #ink;
  readonly #input: TerminalInput;
  #changed = false;
  #turning = false;
  #job: Job | undefined;

  constructor(options: SessionOptions, { terminal, lookup }: { terminal: Terminal; lookup: Lookup }) {
    this.#options = options;
    this.#terminal = terminal;
    this.#pen = penFor(options.env);
    const ascii = needsAscii(options.env);
    this.#surface = new Surface((text) => terminal.send(ascii ? toAscii(text) : text));
    this.lookup = {
      ...lookup,
      ask: (name, question, done) => lookup.ask(name, question, (outcome) => this.#turn(() => done(outcome))),
    };
    const recent = new RecentCrashes(options.root);
    this.outside = this.#outsideWith(recent);
    this.#input = new TerminalInput((event) => this.#turn(() => handle(this, event)));
    this.state = firstState(terminal.size(), options.kernel, recent);
    this.#ink = render(this.#frame(), {
      stdout: drawnOn(this.#surface),
      stdin: nothingToRead(),
      debug: true, // every frame is written whole and at once: the surface finds what changed
      exitOnCtrlC: false,
      patchConsole: false,
    });
  }

  /** The terminal is ours now. */
  begin(): void {
    this.#surface.open();
    this.#draw();
    this.#turn(() => {
      askStatus(this);
      const { logs } = this.#options;
      if (logs.length > 0) openLog(this, { paths: logs });
    });
  }

  end(): void {
    this.#job?.stop();
    this.#input.end();
    this.#surface.close();
    this.#ink.unmount();
  }

  update(change: (state: State) => State): void {
    this.state = change(this.state);
    this.#changed = true;
  }

  /** What the terminal sends. */
  read(bytes: Uint8Array): void {
    this.#turn(() => this.#input.push(bytes));
  }

  /** The terminal has another size, or was another program's: everything is drawn anew. */
  redraw(): void {
    this.update((state) => ({ ...state, size: this.#terminal.size() }));
    this.#surface.forget();
    this.#terminal.send("\x1b[2J");
    this.#draw();
  }

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
    if (!this.#terminal.held) return;
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

  #outsideWith(recent: RecentCrashes): Outside {
    const { env } = this.#options;
    const terminal = this.#terminal;
    return {
      recent,
      copy: (text) => terminal.send(clipboardSequence(text, env)),
      edit: (path, line) => terminal.lend(() => openEditor(path, line, env)),
      startJob: (request) => {
        if (this.state.job?.state === "runs") return;
        this.#job = startJob(request, {
          cacheDir: this.#options.cacheDir,
          onChange: (job) => this.#turn(() => this.#jobChanged(job)),
        });
      },
      stopJob: () => this.#job?.stop(),
      setMouse: (on) => terminal.setMouse(on),
      redraw: () => this.redraw(),
      suspend: () => terminal.suspend(),
      quit: (status) => terminal.leave(status),
      now: () => new Date(),
      folder: () => this.#options.folder,
    };
  }

  #jobChanged(job: JobState): void {
    this.update((state) => ({ ...state, job }));
    if (job.state === "runs") return;
    this.lookup.reopen();
    this.update((state) => ({ ...state, fixes: new Map(), texts: new Map(), sources: new Map() }));
    askStatus(this);
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
