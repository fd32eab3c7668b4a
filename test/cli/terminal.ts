import { spawn } from "node:child_process";
import { KFIX, type Workplace } from "./run-kfix.ts";

/** What a terminal of 24 lines showed, and how the command ended. */
export interface Shown {
  readonly screen: string;
  readonly status: number | null;
}

/** Keys that are pressed once the screen shows something. */
export interface Press {
  readonly when: RegExp;
  readonly keys: string;
}

/** Runs the command in a terminal of its own (script(1) of util-linux makes one), as a user who types would. */
export function inTerminal(
  place: Workplace,
  words: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly presses?: readonly Press[];
    readonly typed?: string;
  } = {},
): Promise<Shown> {
  const command = [process.execPath, KFIX, ...words].map((word) => `'${word}'`).join(" ");
  const { NO_COLOR: _none, FORCE_COLOR: _force, PAGER: _pager, LESS: _less, ...outer } = process.env;
  const child = spawn("script", ["-qec", `stty rows 24 cols 80; exec ${command}`, "/dev/null"], {
    cwd: place.folder,
    env: { ...outer, TERM: "xterm", KFIX_HOME: place.home, KFIX_CONFIG: "", ...options.env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const presses = [...(options.presses ?? [])];
  child.stdin.write(options.typed ?? ""); // ahead of the command: the terminal keeps it
  let screen = "";
  let since = 0;
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      const next = presses[0];
      if (!next?.when.test(screen.slice(since))) return;
      presses.shift();
      since = screen.length;
      child.stdin.write(next.keys);
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ screen, status }));
  });
}
