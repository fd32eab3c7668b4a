import { KfixError } from "../../kernel/error.ts";
import type { CommandDefinition, Invocation } from "../definition.ts";
import { EXIT } from "../exit-status.ts";
import type { CommandLine } from "../shell/command-line.ts";

/** The shells that are completed; what writes their scripts is loaded when it is asked for. */
const SHELLS: ReadonlyMap<string, () => Promise<(commands: readonly CommandLine[]) => string>> = new Map([
  ["bash", async () => (await import("../shell/completion-bash.ts")).bashCompletion],
  ["zsh", async () => (await import("../shell/completion-zsh.ts")).zshCompletion],
  ["fish", async () => (await import("../shell/completion-fish.ts")).fishCompletion],
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
  const load = SHELLS.get(shell);
  if (!load) {
    throw new KfixError("usage", `kfix completes no ${shell}`, {
      hint: `the shells are: ${[...SHELLS.keys()].join(", ")}`,
    });
  }
  const [complete, { commandsFor }, { commandLines }, { COMMON_OPTIONS, program }] = await Promise.all([
    load(),
    import("./index.ts"),
    import("../shell/command-line.ts"),
    import("../program.ts"),
  ]);
  io.stdout.write(complete(commandLines(program(await commandsFor([])), COMMON_OPTIONS)));
  return EXIT.found;
}
