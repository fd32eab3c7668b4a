import { KfixError } from "../../kernel/error.ts";
import { type CommandDefinition, type Invocation, KERNEL_OR_SETTING, textOption } from "../definition.ts";
import { foldersOf } from "../open-library.ts";

export const tui: CommandDefinition = {
  name: "tui",
  summary: "look around: the terminal interface",
  description:
    "Opens the terminal interface: paste a log, walk through the candidates, look at their commits, the release map and\n" +
    "the call trace; search while you type; index beside it. `kfix` alone opens it too. The keys are shown; ? shows all.",
  arguments: [{ name: "[log...]", help: "logs to begin with: files and folders", takes: "files" }],
  options: [KERNEL_OR_SETTING],
  examples: [
    { command: "kfix", says: "begin with an empty screen: paste a log" },
    { command: "kfix tui /var/log/kern.log", says: "begin with the crashes of a log" },
    { command: "kfix tui --kernel 3.16.0-4-amd64 oops.txt", says: "a log that does not name its kernel" },
  ],
  run,
};

async function run(input: Invocation): Promise<number> {
  const { stdin, stdout } = process;
  const isOurs = input.io.stdin === stdin && input.io.stdout === stdout;
  if (!isOurs || !stdin.isTTY || !stdout.isTTY || input.io.env.TERM === "dumb") {
    throw new KfixError("usage", "the terminal interface needs a terminal, and this is none", {
      hint: "the commands do without: kfix crash, fix, symbol, message, check (kfix --help)",
    });
  }
  const { runInterface } = await import("../tui/run.ts");
  const { env, settings } = input.io;
  const { root } = foldersOf(input);
  const options = {
    env: settings.color === "never" ? { ...env, NO_COLOR: "1" } : env,
    root,
    cacheDir: root,
    kernel: textOption(input, "kernel"),
    logs: input.words,
    folder: process.cwd(),
  };
  return runInterface(options, { stdin, stdout });
}
