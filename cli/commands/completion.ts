import { KfixError } from "../../kernel/error.ts";
import type { CommandDefinition, Invocation } from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import { COMMON_OPTIONS, program } from "../program.ts";
import { type CommandLine, commandLines } from "../shell/command-line.ts";
import { bashCompletion } from "../shell/completion-bash.ts";
import { fishCompletion } from "../shell/completion-fish.ts";
import { zshCompletion } from "../shell/completion-zsh.ts";

const SHELLS: ReadonlyMap<string, (commands: readonly CommandLine[]) => string> = new Map([
  ["bash", bashCompletion],
  ["zsh", zshCompletion],
  ["fish", fishCompletion],
]);

export const completion: CommandDefinition = {
  name: "completion",
  summary: "print the completion of a shell: bash, zsh or fish",
  description:
    "Prints what makes the shell complete kfix's commands, options, files, and the names of indexed sources and trees.",
  arguments: [{ name: "<shell>", help: "bash, zsh or fish", takes: [...SHELLS.keys()] }],
  options: [],
  examples: [
    {
      command: "source <(kfix completion bash)",
      says: "in ~/.bashrc; or once into /etc/bash_completion.d/kfix",
    },
    {
      command: "kfix completion zsh > ~/.zfunc/_kfix",
      says: "into any folder of zsh's fpath, before compinit runs",
    },
    { command: "kfix completion fish > ~/.config/fish/completions/kfix.fish", says: "for fish" },
  ],
  run,
};

async function run({ words, io }: Invocation): Promise<number> {
  const [shell = ""] = words;
  const complete = SHELLS.get(shell);
  if (!complete) {
    throw new KfixError("usage", `kfix completes no ${shell}`, {
      hint: `the shells are: ${[...SHELLS.keys()].join(", ")}`,
    });
  }
  const { commandsFor } = await import("./index.ts");
  io.stdout.write(complete(commandLines(program(await commandsFor([])), COMMON_OPTIONS)));
  return EXIT.found;
}
