/** The terminal interface's screens as text, over the small kernel-like history: for docs/tui.md. */
import { EventEmitter } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { render } from "ink";
import { cacheFolders } from "../cache/folders.ts";
import { addSource } from "../cli/sources.ts";
import { App } from "../cli/tui/app.tsx";
import { type Lookup, startLookup } from "../cli/tui/lookup/client.ts";
import type { CrashView, Entry } from "../cli/tui/lookup/questions.ts";
import { Session } from "../cli/tui/session.tsx";
import type { Size, State } from "../cli/tui/state.ts";
import { makeKernelHistory } from "../test/fixtures/make-history.ts";
import { oopsIn, SEED_KERNEL, SEED_LOG } from "../test/fixtures/seed-crash.ts";

/** A screen that the page shows. */
export interface ShownScreen {
  readonly name:
    | "start"
    | "crash"
    | "commit"
    | "releases"
    | "trace"
    | "search"
    | "symbol"
    | "crashes"
    | "files"
    | "index"
    | "filters"
    | "wide";
  readonly text: string;
}

/** Walks through the interface as a user would, and keeps what it shows. */
export async function takeScreens(): Promise<ShownScreen[]> {
  const folder = mkdtempSync("/tmp/kfix-docs-"); // a name of a fixed length: screens are laid out around it
  const { root } = cacheFolders({ cacheDir: join(folder, "home") });
  const lookup = startLookup(root);
  try {
    await makeKernelHistory(join(folder, "linux.git"));
    cpSync(new URL("../test/fixtures/tree", import.meta.url), join(folder, "linux-3.16"), {
      recursive: true,
    });
    const folders = cacheFolders({ cacheDir: root });
    await addSource(folders, [join(folder, "linux.git")]);
    await addSource(folders, [join(folder, "linux-3.16")], { architectures: "all" });
    writeLogs(join(folder, "logs"));
    return await walk(new Walk(root, settled(lookup), folder), folder);
  } finally {
    await lookup.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Of the candidates of a crash the first, and some others by their dates: the page need not be made anew whenever the
 * ranking of the lower ones changes.
 */
function settled(lookup: Lookup): Lookup {
  return {
    ...lookup,
    ask: (name, question, done) =>
      lookup.ask(name, question, (outcome) => {
        const view: unknown = "value" in outcome ? outcome.value : undefined;
        if (isCrashView(view)) settle(view);
        done(outcome);
      }),
  };
}

function isCrashView(value: unknown): value is CrashView & { readonly entries: Entry[] } {
  return typeof value === "object" && value !== null && "entries" in value && "answer" in value;
}

function settle({ entries }: { readonly entries: Entry[] }): void {
  const [first, ...others] = entries;
  if (!first?.candidate) return;
  const evidence = [...first.candidate.evidence].sort((a, b) => (a.detail < b.detail ? -1 : 1));
  others.sort((a, b) => (b.date ?? 0) - (a.date ?? 0) || (a.sha < b.sha ? -1 : 1));
  const kept = [{ ...first, candidate: { ...first.candidate, evidence } }, ...others.slice(0, OTHERS)];
  entries.splice(0, entries.length, ...kept);
}

const OTHERS = 3;

async function walk(walk: Walk, folder: string): Promise<ShownScreen[]> {
  const shown: ShownScreen[] = [];
  const keep = async (name: ShownScreen["name"], wanted: readonly string[]): Promise<void> => {
    const text = await walk.shows(...wanted);
    shown.push({ name, text: dated(text.replaceAll(folder, "/srv")) });
  };
  await walk.shows("commits up to");
  walk.keys("K", ...SEED_KERNEL, "\r");
  walk.paste(SEED_LOG);
  await keep("crash", ["MISSING", "Evidence"]);
  walk.keys("2");
  await walk.shows("commit ", "Author:");
  walk.keys("d", "\t");
  await keep("commit", ["diff --git"]);
  walk.keys("3");
  await keep("releases", ["Release map"]);
  walk.keys("4");
  await keep("trace", ["pick_next_task_fair(struct rq"]);
  walk.keys("1", "f");
  await keep("filters", ["Show only"]);
  walk.keys("q", "/", ..."pick_next_t");
  await keep("search", ["symbol   pick_next_task_fair"]);
  walk.keys("\r");
  await keep("symbol", ["v3.18-rc1", "This kernel"]);
  walk.keys("q", "\x1b");
  await sleep(100); // Escape is known to be alone when nothing follows it
  walk.resize({ columns: 150, rows: 30 });
  await keep("wide", ["│", "Evidence"]);
  walk.resize(NARROW);
  walk.keys("q");
  await keep("start", ["Looked at before", "commits up to"]);
  walk.keys("L");
  await keep("files", ["web-1.log", "web-2.log"]);
  walk.keys("j", "\r");
  await keep("crashes", ["2 crashes in"]);
  walk.keys("q", "q", "I");
  walk.resize({ columns: 160, rows: 24 });
  await keep("index", ["Indexed", "linux-3.16"]);
  walk.end();
  return shown;
}

/** Logs as one finds them in a folder: the first has two crashes. */
function writeLogs(folder: string): void {
  mkdirSync(join(folder, "old"), { recursive: true });
  const made = new Date("2026-01-31T03:12:00Z");
  for (const [name, crashes] of [
    ["web-1.log", ["pick_next_task_fair", "push_rt_task"]],
    ["web-2.log", ["pick_next_task_fair"]],
  ] as const) {
    writeFileSync(join(folder, name), crashes.map(oopsIn).join(""));
    utimesSync(join(folder, name), made, made);
  }
  utimesSync(join(folder, "old"), made, made);
}

/** A screen with another day in place of today: when the index was made, and a log remembered. */
function dated(text: string): string {
  const today = new Date().toISOString().slice(0, 10);
  return text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, "2026-01-31 03:12").replaceAll(today, "2026-01-31");
}

const NARROW: Size = { columns: 96, rows: 24 };

/** A session on a terminal that is only looked at. */
class Walk {
  #size = NARROW;
  readonly #session: Session;

  constructor(root: string, lookup: Lookup, folder: string) {
    const terminal = {
      size: () => this.#size,
      send: () => {},
      held: true,
      lend: <Result,>(use: () => Result) => use(),
      setMouse: () => {},
      suspend: () => {},
      leave: () => {},
    };
    const options = {
      env: {},
      root,
      cacheDir: root,
      kernel: undefined,
      logs: [],
      folder: join(folder, "logs"),
    };
    this.#session = new Session(options, { terminal, lookup });
    this.#session.begin();
  }

  keys(...keys: readonly string[]): void {
    for (const key of keys) this.#session.read(Buffer.from(key));
  }

  paste(text: string): void {
    this.#session.read(Buffer.from(`\x1b[200~${text}\x1b[201~`));
  }

  resize(size: Size): void {
    this.#size = size;
    this.#session.redraw();
  }

  /** The screen, once it has all of these. */
  async shows(...wanted: readonly string[]): Promise<string> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const text = screenText(this.#session.state);
      if (wanted.every((one) => text.includes(one))) return text;
      await sleep(20);
    }
    throw new Error(`never showed ${wanted.join(" and ")}:\n${screenText(this.#session.state)}`);
  }

  end(): void {
    this.#session.end();
  }
}

const MOST_TRIES = 600;

/** The whole screen for a state, as Ink itself prints it, without styles. */
export function screenText(state: State): string {
  let text = "";
  const stdout = Object.assign(new EventEmitter(), {
    columns: state.size.columns,
    rows: state.size.rows,
    write: (frame: string) => {
      text = frame;
      return true;
    },
  });
  const shown = render(<App state={state} pen={(_tone, plain) => plain} />, {
    ...onlyWritten(stdout),
    debug: true,
    patchConsole: false,
  });
  const last = text;
  shown.unmount();
  return last
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

function onlyWritten(stdout: unknown): { stdout: NodeJS.WriteStream } {
  if (isWriteStream(stdout)) return { stdout };
  throw new TypeError("it can be written to");
}

function isWriteStream(value: unknown): value is NodeJS.WriteStream {
  return typeof value === "object" && value !== null && "write" in value && "columns" in value;
}
