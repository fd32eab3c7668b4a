import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { KFIX } from "../cli/run-kfix.ts";

/** A real terminal: a window of a tmux server of its own, which a test types into and looks at. */
export class Terminal {
  static #count = 0;
  readonly #socket = `kfix-test-${process.pid}-${++Terminal.#count}`;

  /** Starts kfix with these words, as from a shell: what follows it tells its exit status. */
  constructor(options: {
    readonly words: readonly string[];
    readonly columns: number;
    readonly rows: number;
    readonly env: Readonly<Record<string, string>>;
    readonly cwd: string;
  }) {
    const env = Object.entries({ LC_ALL: "C.UTF-8", EDITOR: "true", ...options.env });
    const set = env.map(([name, value]) => `${name}=${quoted(value)}`).join(" ");
    const command = [process.execPath, KFIX, ...options.words].map(quoted).join(" ");
    const shell = `env -u NO_COLOR -u TMUX ${set} ${command}; echo "ended with $?"; exec cat`;
    this.#tmux("-f", "/dev/null", "new-session", "-d", "-c", options.cwd, ...size(options), shell);
    this.#tmux("set", "-s", "set-clipboard", "on");
    this.#tmux("set", "-g", "status", "off");
    this.#tmux("resize-window", ...size(options));
  }

  /** Keys as tmux names them: `Enter`, `C-c`, `j`. */
  keys(...keys: readonly string[]): void {
    this.#tmux("send-keys", ...keys);
  }

  type(text: string): void {
    this.#tmux("send-keys", "-l", text);
  }

  /** As a terminal pastes: in brackets, where the program asked for them. */
  paste(text: string): void {
    this.#tmux("set-buffer", "-b", "pasted", text);
    this.#tmux("paste-buffer", "-p", "-b", "pasted");
  }

  /** The rows that show. */
  screen(): string {
    return this.#tmux("capture-pane", "-p");
  }

  /** With the escape sequences that give it its look. */
  styledScreen(): string {
    return this.#tmux("capture-pane", "-pe");
  }

  /** Waits until the screen has all of these, and gives it. */
  async shows(...wanted: readonly (string | RegExp)[]): Promise<string> {
    let screen = "";
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      screen = this.screen();
      if (wanted.every((one) => (typeof one === "string" ? screen.includes(one) : one.test(screen))))
        return screen;
      await sleep(50);
    }
    throw new Error(`the screen never showed ${wanted.join(" and ")}:\n${screen}`);
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", ...size({ columns, rows }));
  }

  /** What was copied last. */
  clipboard(): string {
    return this.#tmux("show-buffer");
  }

  /** The modes of the terminal that a program may leave behind; none of them on is as a shell has it. */
  modes(): string {
    return this.#tmux(
      "display-message",
      "-p",
      "alternate #{alternate_on}, mouse #{mouse_any_flag}, cursor #{cursor_flag}, wrap #{wrap_flag}",
    ).trim();
  }

  /** Sends a signal to kfix. */
  signal(name: string): void {
    const shell = this.#tmux("display-message", "-p", "#{pane_pid}").trim();
    const children = spawnSync("pgrep", ["-P", shell], { encoding: "utf8" }).stdout.trim().split("\n");
    for (const child of children) process.kill(Number(child), name);
  }

  close(): void {
    spawnSync("tmux", ["-L", this.#socket, "kill-server"]);
  }

  #tmux(...words: readonly string[]): string {
    const { stdout, stderr, error, status } = spawnSync("tmux", ["-L", this.#socket, ...words], {
      encoding: "utf8",
    });
    if (error) throw new Error("these tests need tmux: apt-get install tmux", { cause: error });
    if (status !== 0) throw new Error(`tmux ${words.join(" ").slice(0, 200)}: ${stderr}`);
    return stdout;
  }
}

/** The modes as kfix found them. */
export const AS_BEFORE = "alternate 0, mouse 0, cursor 1, wrap 1";

const MOST_TRIES = 300;

function size({ columns, rows }: { readonly columns: number; readonly rows: number }): string[] {
  return ["-x", String(columns), "-y", String(rows)];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
